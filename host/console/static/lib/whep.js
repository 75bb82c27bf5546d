import { retryAfter } from "./retry.js";

const GATHERING_MS = 1000;
// What pictures and sound wait in the browser. Left alone it begins with 5 ms for pictures and 60 for sound, and takes half
// a minute to bring the lips to the words; and a picture that comes 40 ms late would be shown late. Chromium counts
// decoding and drawing into the one and adds a packet to the other: these two come out at some 100 ms each.
const BUFFER_MS = { video: 125, audio: 80 };

/** The server did not take the offer; `retryMs` is how long it asked to wait, 0 for no word on it. */
export class WhepError extends Error {
  constructor(status, retryMs) {
    super(`WHEP ${status}`);
    this.status = status;
    this.retryMs = retryMs;
  }
}

/** One WHEP session: an offer posted, an answer applied. Closing it tells the server. */
export class WhepSession {
  constructor(url) {
    this.url = url;
    this.resource = null;
    this.pc = new RTCPeerConnection({ bundlePolicy: "max-bundle", iceServers: [] });
    this.stream = new MediaStream();
    this.pc.ontrack = ({ track }) => this.stream.addTrack(track);
    const video = this.pc.addTransceiver("video", { direction: "recvonly" });
    preferH264(video);
    const audio = this.pc.addTransceiver("audio", { direction: "recvonly" });
    // A browser that does not know the property keeps its own ways.
    video.receiver.jitterBufferTarget = BUFFER_MS.video;
    audio.receiver.jitterBufferTarget = BUFFER_MS.audio;
  }

  /** Connect; rejects with `WhepError`, or with what fetch and RTCPeerConnection reject with. */
  async open(signal) {
    await this.pc.setLocalDescription();
    await gathered(this.pc);
    const response = await fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/sdp", Accept: "application/sdp" },
      body: this.pc.localDescription.sdp,
      signal,
    });
    if (response.status !== 201) throw new WhepError(response.status, retryAfter(response));
    this.resource = new URL(response.headers.get("Location"), new URL(this.url, location.href));
    await this.pc.setRemoteDescription({ type: "answer", sdp: await response.text() });
  }

  /** Frames decoded so far, for the watchdog. */
  async framesDecoded() {
    for (const report of (await this.pc.getStats()).values()) {
      if (report.type === "inbound-rtp" && report.kind === "video") return report.framesDecoded ?? 0;
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

// The room encodes H.264 once for everybody; Chrome would offer VP8 first.
function preferH264(transceiver) {
  const codecs = RTCRtpReceiver.getCapabilities?.("video")?.codecs ?? [];
  const isH264 = (codec) => codec.mimeType.toLowerCase() === "video/h264";
  if (!transceiver.setCodecPreferences || !codecs.some(isH264)) return;
  transceiver.setCodecPreferences([...codecs.filter(isH264), ...codecs.filter((codec) => !isH264(codec))]);
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
