import { Backoff } from "./retry.js";

/**
 * The room's news over a WebSocket that comes back by itself.
 *
 * Fires `message` (detail: the parsed message) and `status` (detail: "open", "closed" or "refused").
 */
export class Feed extends EventTarget {
  constructor(path, { mayConnect = async () => true } = {}) {
    super();
    this.path = path;
    this.mayConnect = mayConnect;
    this.backoff = new Backoff(400, 8000);
    this.wanted = false;
    addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.soon(0));
  }

  start() {
    this.wanted = true;
    this.soon(0);
  }

  stop() {
    this.wanted = false;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  soon(delay) {
    if (!this.wanted || this.socket) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), delay);
  }

  connect() {
    if (this.socket) return;
    const address = new URL(this.path, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onopen = () => this.tell("status", "open");
    socket.onmessage = (event) => {
      this.backoff.reset();
      this.tell("message", JSON.parse(event.data));
    };
    socket.onclose = (event) => this.closed(event.code);
  }

  async closed(code) {
    this.socket = null;
    this.tell("status", "closed");
    if (!this.wanted) return;
    // A browser does not tell a refused handshake from a server that is down: ask over HTTP.
    const allowed = await this.mayConnect().catch(() => true);
    if (!allowed) {
      this.wanted = false;
      this.tell("status", "refused");
      return;
    }
    this.soon(this.backoff.next(code === 1013 ? 5000 : 0));
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
