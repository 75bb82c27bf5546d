// What this browser can play. The room encodes H.264 once for everybody, so that is the picture there is.

const isH264 = (codec) => codec.mimeType.toLowerCase() === "video/h264";
const codecs = () => globalThis.RTCRtpReceiver?.getCapabilities?.("video")?.codecs;

/** Why nothing at all can play here: "webrtc", or "https" where a secure page might have it; "" where something can. */
export function lacking() {
  if (globalThis.RTCPeerConnection) return "";
  return globalThis.isSecureContext ? "webrtc" : "https";
}

/** Whether the picture can play, as far as the browser tells. It may learn to: Firefox fetches its decoder on first use. */
export function playsPicture() {
  return codecs()?.some(isH264) ?? true;
}

/** Have a transceiver offer H.264 first: Chrome would offer VP8. */
export function preferH264(transceiver) {
  if (!transceiver.setCodecPreferences || !codecs()?.some(isH264)) return;
  transceiver.setCodecPreferences([...codecs().filter(isH264), ...codecs().filter((codec) => !isH264(codec))]);
}
