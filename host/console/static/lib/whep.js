import { playsPicture, preferH264 } from "./capabilities.js";
import { retryAfter } from "./retry.js";

const GATHERING_MS = 1000;
// What pictures and sound wait in the browser. Left alone it begins with 5 ms for pictures and 60 for sound, and takes half
// a minute to bring the lips to the words; and a picture that comes 40 ms late would be shown late. Chromium counts
// decoding and drawing into the one and adds a packet to the other: these two come out at some 100 ms each.
const BUFFER_MS = { video: 125, audio: 80 };
// Replies to an offer that the next one may not get: the room is full, restarts, or has begun to send a picture.
const PASSING = [404, 408, 425, 429];

/** The server did not take the offer; `retryMs` is how long it asked to wait, 0 for no word on it. */
export class WhepError extends Error {
  constructor(status, retryMs, reason) {
    super(`WHEP ${status}: ${reason}`);
    this.status = status;
    this.retryMs = retryMs;
  }

  /** Whether the same offer will be refused again. */
  get final() {
    return this.status >= 400 && this.status < 500 && !PASSING.includes(this.status);
  }
}

/** The browser cannot play what the room sends; `lack` says what: "webrtc", or "answer" for one it did not take. */
export class Unplayable extends Error {
  constructor(lack, cause) {
    super(lack, { cause });
    this.lack = lack;
  }
}

/** One WHEP session: an offer posted, an answer applied. Closing it tells the server. */
export class WhepSession {
  constructor(url) {
    this.url = url;
    this.resource = null;
    this.pc = connection();
    this.stream = new MediaStream();
    this.pc.ontrack = ({ track }) => this.stream.addTrack(track);
    // Sound is always sent, so it comes first and carries the bundle: Chromium takes no answer that rejects what does.
    const audio = this.pc.addTransceiver("audio", { direction: "recvonly" });
    // A browser that does not know the property keeps its own ways.
    audio.receiver.jitterBufferTarget = BUFFER_MS.audio;
    if (!playsPicture()) return;
    this.video = this.pc.addTransceiver("video", { direction: "recvonly" });
    this.video.receiver.jitterBufferTarget = BUFFER_MS.video;
    preferH264(this.video);
  }

  /** Connect; rejects with `WhepError`, `Unplayable`, or what fetch rejects with. */
  async open(signal) {
    await this.pc.setLocalDescription();
    await gathered(this.pc);
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/sdp", Accept: "application/sdp" },
      body: this.pc.localDescription.sdp,
      signal,
    });
    if (response.status !== 201) throw new WhepError(response.status, retryAfter(response), await reason(response));
    this.resource = new URL(response.headers.get("Location"), new URL(this.url, location.href));
    const answer = { type: "answer", sdp: await response.text() };
    await this.pc.setRemoteDescription(answer).catch((error) => {
      throw new Unplayable("answer", error);
    });
  }

  /** Whether a picture comes, and not the sound alone: the room sends none to a browser that cannot decode it. */
  get picture() {
    return this.video?.currentDirection === "recvonly";
  }

  /** How much has come so far, for the watchdog: frames decoded, or packets of a sound that is alone. */
  async progress() {
    const kind = this.picture ? "video" : "audio";
    for (const report of (await this.pc.getStats()).values()) {
      if (report.type !== "inbound-rtp" || report.kind !== kind) continue;
      return (this.picture ? report.framesDecoded : report.packetsReceived) ?? 0;
    }
    return 0;
  }

  close() {
    this.pc.close();
    if (!this.resource) return;
    fetch(this.resource, { method: "DELETE", keepalive: true }).catch(() => {});
    this.resource = null;
  }
}

function connection() {
  try {
    return new RTCPeerConnection({ bundlePolicy: "max-bundle", iceServers: [] });
  } catch (error) {
    throw new Unplayable("webrtc", error);
  }
}

/** The server's own words, for the console of whoever looks into it. */
async function reason(response) {
  const { error = "", hint = "" } = await response.json().catch(() => ({}));
  return [error, hint].filter(Boolean).join(": ");
}

function gathered(pc) {
  if (pc.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHERING_MS);
    pc.addEventListener("icegatheringstatechange", () => {
      if (pc.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve();
    });
  });
}
