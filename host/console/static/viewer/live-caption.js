import { heardShare } from "../lib/clock.js";
import { h, setText } from "../lib/dom.js";

/** `<live-caption>`: what is being said, the part already heard set off from the rest. `show(now)` as from `arrived`. */
export class LiveCaption extends HTMLElement {
  connectedCallback() {
    if (this.line) return;
    this.said = h("span", { class: "said" });
    this.rest = h("span", { class: "unsaid" });
    this.line = h("p", { dir: "auto" }, this.said, this.rest);
    this.append(this.line);
    setInterval(() => this.progress(), 200);
  }

  show(now) {
    this.now = now;
    this.hidden = !now;
    this.progress();
  }

  progress() {
    if (!this.now || document.visibilityState === "hidden") return;
    const letters = [...this.now.text];
    const heard = Math.round(heardShare(this.now) * letters.length);
    setText(this.said, letters.slice(0, heard).join(""));
    setText(this.rest, letters.slice(heard).join(""));
  }
}

customElements.define("live-caption", LiveCaption);
