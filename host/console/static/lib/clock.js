// Progress of the utterance being said: the room tells how much was heard, the page counts on from there.

/** `now` of a state with the moment it arrived. */
export function arrived(now) {
  return now && { ...now, arrivedAt: performance.now() };
}

/** How much of an utterance has been heard, 0 to 1. */
export function heardShare(now) {
  if (!now || !now.duration) return 0;
  const heard = now.heard + (performance.now() - now.arrivedAt) / 1000;
  return Math.max(0, Math.min(1, heard / now.duration));
}
