import { lacking, playsPicture } from "./capabilities.js";
import { h, setText } from "./dom.js";
import { Backoff } from "./retry.js";
import { Unplayable, WhepError, WhepSession } from "./whep.js";

const WATCH_MS = 1000;
const FROZEN_MS = 6000;
const FIRST_FRAME_MS = 12000;
const DISCONNECTED_MS = 4000;
const LEARNED_MS = 2000;
const FRUITLESS = 2;
const OTHERS = "a, button, input, textarea, select, dialog";

/**
 * `<live-player src="/whep">`: the live picture, which comes back by itself.
 *
 * Starts muted, as browsers demand; a tap anywhere on the picture turns the sound on, on what lies over it too. `state`
 * is "connecting", "playing", "listening" (sound without a picture, which this browser cannot decode), "waiting" (it
 * tries again), "absent" (the room sends no picture) or "stopped" (trying again would change nothing), and is reflected
 * as `data-state`; each change fires `state`. With the attribute `preview` nothing is to be tapped. `words` holds the
 * texts shown.
 */
export class LivePlayer extends HTMLElement {
  words = { connecting: "…", waiting: "…", absent: "", sound: "", play: "", refused: () => "" };

  connectedCallback() {
    if (this.video) return;
    this.backoff = new Backoff(500, 15000);
    this.fruitless = 0;
    this.video = h("video", { playsinline: true, autoplay: true, disablepictureinpicture: true });
    this.video.muted = true;
    this.note = h("p", { class: "player-note", role: "status" });
    this.again = h("button", { class: "player-again", type: "button", onclick: () => this.anew() });
    this.prompt = h("span", { class: "player-prompt" });
    this.sound = h("button", { class: "player-sound", type: "button", onclick: () => this.unmute() }, this.prompt);
    this.append(this.video, h("div", { class: "player-veil" }, h("span", { class: "player-sign" }), this.note, this.again));
    if (!this.hasAttribute("preview")) this.append(this.sound);
    this.video.addEventListener("volumechange", () => this.show());
    this.video.addEventListener("playing", () => this.playing());
    document.addEventListener("click", (event) => this.tapped(event));
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

  /** Whether there is something to hear. */
  get live() {
    return this.state === "playing" || this.state === "listening";
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

  /** A tap on comments or captions that lie over the picture is one on the picture. */
  tapped({ target, clientX, clientY }) {
    if (this.sound.hidden || !this.sound.isConnected || target.closest(OTHERS)) return;
    const { left, right, top, bottom } = this.getBoundingClientRect();
    if (clientX >= left && clientX < right && clientY >= top && clientY < bottom) this.unmute();
  }

  /** Show the texts of `words` again. */
  show() {
    setText(this.note, this.told());
    const blocked = this.live && this.video.paused;
    setText(this.prompt, blocked ? this.words.play : this.words.sound);
    this.sound.hidden = !this.live || (!this.video.muted && !blocked);
    setText(this.again, this.words.again ?? "");
    this.again.hidden = this.state !== "stopped";
    this.dispatchEvent(new CustomEvent("state"));
  }

  /** What stands where the picture would. */
  told() {
    if (this.state === "stopped" && this.lack === "refused") return this.words.refused(this.status);
    if (this.state === "waiting" && this.fruitless >= FRUITLESS) return this.words.blocked;
    return this.words[{ listening: "picture", stopped: this.lack }[this.state] ?? this.state] ?? "";
  }

  enter(state) {
    this.dataset.state = state;
    this.show();
  }

  leave() {
    clearTimeout(this.timer);
    clearTimeout(this.grace);
    clearInterval(this.watch);
    clearInterval(this.learning);
    this.attempt?.abort();
    this.session?.close();
    this.session = null;
  }

  anew() {
    this.enter("connecting");
    this.reconnect(0);
  }

  reconnect(delay) {
    this.leave();
    this.timer = setTimeout(() => this.connect(), delay);
  }

  async connect() {
    const lack = lacking();
    if (lack) return this.giveUp(lack);
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
      if (!attempt.signal.aborted) this.failed(error);
    }
  }

  /** Try again what may change. */
  failed(error) {
    if (error instanceof Unplayable) return this.giveUp(error.lack, error);
    if (error instanceof WhepError && error.final) return this.giveUp("refused", error);
    this.enter(error.status === 404 ? "absent" : "waiting");
    this.reconnect(this.backoff.next(error.retryMs ?? 0));
  }

  giveUp(lack, error) {
    if (error) console.warn(error);
    this.leave();
    this.lack = lack;
    this.status = error?.status;
    this.enter("stopped");
  }

  playing() {
    if (!this.session) return;
    this.backoff.reset();
    this.fruitless = 0;
    this.enter(this.session.picture ? "playing" : "listening");
    clearInterval(this.learning);
    if (!playsPicture()) this.learning = setInterval(() => playsPicture() && this.reconnect(0), LEARNED_MS);
  }

  connection(session) {
    if (session !== this.session) return;
    clearTimeout(this.grace);
    const state = session.pc.connectionState;
    if (state === "failed" || state === "closed") this.lost();
    if (state === "disconnected") this.grace = setTimeout(() => this.lost(), DISCONNECTED_MS);
  }

  lost() {
    this.fruitless += !this.live;
    this.enter("waiting");
    this.reconnect(this.backoff.next());
  }

  // A connection can stand while nothing comes: count what does. Hidden pages need not decode, so only visible time
  // counts.
  startWatch(session) {
    let before = 0;
    let still = 0;
    this.watch = setInterval(async () => {
      if (session !== this.session || document.visibilityState === "hidden") return;
      const now = await session.progress().catch(() => before);
      still = now === before ? still + WATCH_MS : 0;
      before = now;
      if (session === this.session && still >= (before ? FROZEN_MS : FIRST_FRAME_MS)) this.lost();
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
