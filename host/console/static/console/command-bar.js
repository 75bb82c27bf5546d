import { h, setText } from "../lib/dom.js";

/** `<command-bar>`: pause, resume, skip, stop talking, say this now. Fires `act` with the command. */
export class CommandBar extends HTMLElement {
  connectedCallback() {
    if (this.pause) return;
    this.pause = h("button", { class: "control", type: "button", "data-act": "pause", onclick: () => this.togglePause() });
    this.skip = h("button", { class: "control", type: "button", "data-act": "skip", onclick: () => this.act({ command: "skip" }) });
    this.hush = h("button", { class: "hush", type: "button", "data-act": "hush", onclick: () => this.act({ command: "hush" }) }, h("b"), h("small"));
    this.field = h("input", { id: "say", type: "text", maxlength: 500, autocomplete: "off", required: true });
    this.send = h("button", { class: "primary", type: "submit", "data-act": "say" });
    this.form = h("form", { class: "say", onsubmit: (event) => this.say(event) }, this.field, this.send);
    this.append(h("div", { class: "controls" }, this.pause, this.skip, this.hush), this.form);
  }

  show(state, enabled) {
    const { words } = this;
    this.paused = state.phase === "paused";
    this.setAttribute("aria-label", words.commands);
    setText(this.pause, this.paused ? words.resume : words.pause);
    this.pause.dataset.act = this.paused ? "resume" : "pause";
    this.pause.classList.toggle("primary", this.paused);
    setText(this.skip, words.skip);
    setText(this.hush.children[0], words.hush);
    setText(this.hush.children[1], words.hushHint);
    this.field.placeholder = words.say;
    this.field.setAttribute("aria-label", words.say);
    setText(this.send, words.sayNow);
    for (const button of [this.pause, this.skip, this.send, this.hush]) button.disabled = !enabled;
  }

  togglePause() {
    this.act({ command: this.paused ? "resume" : "pause" });
  }

  say(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (text) this.act({ command: "say", text }, () => (this.field.value = ""));
  }

  act(command, done) {
    this.dispatchEvent(new CustomEvent("act", { detail: { command, done } }));
  }
}

customElements.define("command-bar", CommandBar);
