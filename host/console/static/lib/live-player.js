import { h, setText } from "./dom.js";
import { Backoff } from "./retry.js";
import { WhepError, WhepSession } from "./whep.js";

const WATCH_MS = 1000;
const FROZEN_MS = 6000;
const FIRST_FRAME_MS = 12000;
const DISCONNECTED_MS = 4000;

/**
 * `<live-player src="/whep">`: the live picture, which comes back by itself.
 *
 * Starts muted, as browsers demand; the sound button unmutes. `state` is "connecting", "playing", "waiting" or
 * "absent" (the room sends no picture) and is reflected as `data-state`; each change fires `state`. With the attribute
 * `preview` there is no sound button. `words` holds the texts shown.
 */
export class LivePlayer extends HTMLElement {
  words = { connecting: "…", waiting: "…", absent: "", sound: "", mute: "", unmute: "", play: "" };

  connectedCallback() {
    if (this.video) return;
    this.backoff = new Backoff(500, 15000);
    this.video = h("video", { playsinline: true, autoplay: true, disablepictureinpicture: true });
    this.video.muted = true;
    this.note = h("p", { class: "player-note", role: "status" });
    this.sound = h("button", { class: "player-sound", type: "button", onclick: () => this.unmute() });
    this.append(this.video, h("div", { class: "player-veil" }, h("span", { class: "player-pulse" }), this.note));
    if (!this.hasAttribute("preview")) this.append(this.sound);
    this.video.addEventListener("volumechange", () => this.show());
    this.video.addEventListener("playing", () => this.playing());
    document.addEventListener("visibilitychange", () => this.visible());
    addEventListener("online", () => this.hurry());
    addEventListener("pagehide", () => this.session?.close());
    addEventListener("pageshow", (event) => event.persisted && this.hasAttribute("src") && this.reconnect(0));
    this.setAttribute("data-state", "connecting");
    this.show();
    if (this.hasAttribute("src")) this.reconnect(0);
  }

  /** Begin to play from a WHEP address. */
  start(address) {
    if (this.getAttribute("src") === address) return;
    this.setAttribute("src", address);
    this.reconnect(0);
  }

  /** Leave the session and stay quiet until `start`. */
  stop() {
    this.removeAttribute("src");
    this.leave();
  }

  get state() {
    return this.dataset.state;
  }

  get muted() {
    return this.video.muted;
  }

  set muted(muted) {
    this.video.muted = muted;
  }

  unmute() {
    this.video.muted = false;
    this.video.play().catch(() => {
      this.video.muted = true;
    });
  }

  /** Show the texts of `words` again. */
  show() {
    setText(this.note, this.state === "playing" ? "" : (this.words[this.state] ?? ""));
    const blocked = this.state === "playing" && this.video.paused;
    setText(this.sound, blocked ? this.words.play : this.words.sound);
    this.sound.hidden = this.state !== "playing" || (!this.video.muted && !blocked);
    this.dispatchEvent(new CustomEvent("state"));
  }

  enter(state) {
    this.dataset.state = state;
    this.show();
  }

  leave() {
    clearTimeout(this.timer);
    clearTimeout(this.grace);
    clearInterval(this.watch);
    this.attempt?.abort();
    this.session?.close();
    this.session = null;
  }

  reconnect(delay) {
    this.leave();
    this.timer = setTimeout(() => this.connect(), delay);
  }

  async connect() {
    if (this.state !== "connecting") this.enter(this.state === "absent" ? "absent" : "waiting");
    const attempt = new AbortController();
    this.attempt = attempt;
    try {
      const session = new WhepSession(this.getAttribute("src"));
      this.session = session;
      session.pc.addEventListener("connectionstatechange", () => this.connection(session));
      await session.open(attempt.signal);
      if (attempt.signal.aborted) return session.close();
      this.video.srcObject = session.stream;
      this.video.play().catch(() => this.show());
      this.startWatch(session);
    } catch (error) {
      if (attempt.signal.aborted) return;
      this.enter(error instanceof WhepError && error.status === 404 ? "absent" : "waiting");
      this.reconnect(this.backoff.next(error.retryMs ?? 0));
    }
  }

  playing() {
    this.backoff.reset();
    this.enter("playing");
  }

  connection(session) {
    if (session !== this.session) return;
    clearTimeout(this.grace);
    const state = session.pc.connectionState;
    if (state === "failed" || state === "closed") this.lost();
    if (state === "disconnected") this.grace = setTimeout(() => this.lost(), DISCONNECTED_MS);
  }

  lost() {
    this.enter("waiting");
    this.reconnect(this.backoff.next());
  }

  // A connection can stand while no picture comes: count decoded frames. Hidden pages need not decode, so only visible
  // time counts.
  startWatch(session) {
    let frames = 0;
    let still = 0;
    this.watch = setInterval(async () => {
      if (session !== this.session || document.visibilityState === "hidden") return;
      const decoded = await session.framesDecoded().catch(() => frames);
      still = decoded === frames ? still + WATCH_MS : 0;
      frames = decoded;
      if (session === this.session && still >= (frames ? FROZEN_MS : FIRST_FRAME_MS)) this.lost();
    }, WATCH_MS);
  }

  visible() {
    if (document.visibilityState !== "visible") return;
    if (this.session && this.video.paused) this.video.play().catch(() => this.show());
    this.hurry();
  }

  /** Do not sit out a long wait when the network or the viewer has just come back. */
  hurry() {
    if (this.state === "waiting" && !this.session) {
      this.backoff.reset();
      this.reconnect(this.backoff.next());
    }
  }
}

customElements.define("live-player", LivePlayer);
