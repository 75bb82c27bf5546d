/** Waiting times that double up to a longest one, spread by chance so that a room's viewers do not return as one. */
export class Backoff {
  constructor(first = 500, longest = 15000) {
    this.first = first;
    this.longest = longest;
    this.reset();
  }

  reset() {
    this.delay = this.first;
  }

  /** Milliseconds to wait, never less than `atLeast`. */
  next(atLeast = 0) {
    const delay = this.delay * (0.5 + Math.random() / 2);
    this.delay = Math.min(this.longest, this.delay * 2);
    return Math.max(delay, atLeast);
  }
}

/** Milliseconds of a Retry-After header in seconds; 0 without one. */
export function retryAfter(response) {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 120) * 1000 : 0;
}
