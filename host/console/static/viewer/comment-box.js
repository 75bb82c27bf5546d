import { h, setText, settings } from "../lib/dom.js";
import { retryAfter } from "../lib/retry.js";

const LONGEST = 200;
const LONGEST_NICK = 20;

/**
 * `<comment-box>`: where a viewer writes, under a nickname kept on this device.
 *
 * Fires `comment` with `{id, user, text, state, note}` when one is on its way, and again when its state has changed
 * ("sending", "sent", "failed").
 */
export class CommentBox extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.nick = settings.get("nick") ?? "";
    this.nickButton = h("button", { type: "button", class: "nick-button", onclick: () => this.editNick() });
    this.input = h("input", { type: "text", name: "text", maxlength: LONGEST, autocomplete: "off", enterkeyhint: "send", required: true });
    this.send = h("button", { type: "submit", class: "send-button" });
    this.append(h("form", { class: "comment-form", onsubmit: (event) => this.submit(event) }, this.nickButton, this.input, this.send), this.nickDialog());
  }

  nickDialog() {
    this.nickLabel = h("label", { for: "nick" });
    this.nickInput = h("input", { id: "nick", type: "text", maxlength: LONGEST_NICK, autocomplete: "nickname" });
    this.nickHint = h("p", { class: "hint" });
    this.nickSave = h("button", { type: "submit", class: "send-button" });
    const form = h("form", { method: "dialog", onsubmit: () => this.saveNick() }, this.nickLabel, this.nickInput, this.nickHint, this.nickSave);
    this.dialog = h("dialog", { class: "sheet small" }, form);
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    return this.dialog;
  }

  show() {
    this.input.placeholder = this.words.say;
    this.input.setAttribute("aria-label", this.words.say);
    setText(this.send, this.words.send);
    setText(this.nickLabel, this.words.nickTitle);
    setText(this.nickHint, this.words.nickHint);
    setText(this.nickSave, this.words.save);
    setText(this.nickButton, this.nick || this.words.nick);
    this.nickButton.setAttribute("aria-label", `${this.words.nickTitle}: ${this.nick || "–"}`);
  }

  editNick() {
    this.nickInput.value = this.nick;
    this.dialog.showModal();
    this.nickInput.select();
  }

  saveNick() {
    this.nick = this.nickInput.value.trim().slice(0, LONGEST_NICK);
    settings.set("nick", this.nick);
    this.show();
  }

  /** The nickname, made up on first use. */
  user() {
    if (!this.nick) {
      this.nick = `${this.words.guest}${1000 + Math.floor(Math.random() * 9000)}`;
      settings.set("nick", this.nick);
      this.show();
    }
    return this.nick;
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.say(text);
  }

  /** Send a text as this viewer's comment. */
  say(text) {
    return this.post({ id: newId(), user: this.user(), text, answer: "" });
  }

  /** Send a comment; one that was not sent keeps its id, so that a lost reply does not double it. */
  async post(comment) {
    this.tell({ ...comment, state: "sending", note: null });
    try {
      const response = await fetch("/api/comments", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ id: comment.id, user: comment.user, text: comment.text }),
      });
      if (response.status === 202) return this.tell({ ...comment, state: "sent", note: null });
      const wait = Math.ceil(retryAfter(response) / 1000);
      return this.tell({ ...comment, state: "failed", note: response.status === 429 ? this.words.tooMany(wait) : null });
    } catch {
      return this.tell({ ...comment, state: "failed", note: null });
    }
  }

  tell(comment) {
    this.dispatchEvent(new CustomEvent("comment", { detail: comment }));
  }
}

// Ids of comments sent without a token begin with "page:", or the room puts it before them.
// crypto.randomUUID needs a secure context, which a room on the local network is not.
function newId() {
  return "page:" + [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

customElements.define("comment-box", CommentBox);
