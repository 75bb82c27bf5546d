import { h, setText } from "../lib/dom.js";
import { login } from "./session.js";

/** `<login-form>`: asks for the operator's token. Set `words`, call `show()`. Fires `login` once the session stands. */
export class LoginForm extends HTMLElement {
  connectedCallback() {
    if (this.field) return;
    this.heading = h("h1");
    this.label = h("label", { for: "token" });
    this.field = h("input", { id: "token", type: "password", autocomplete: "current-password", required: true, spellcheck: "false" });
    this.hint = h("p", { class: "hint" });
    this.error = h("p", { class: "error", role: "alert" });
    this.button = h("button", { class: "primary", type: "submit" });
    this.append(h("form", { onsubmit: (event) => this.submit(event) }, this.heading,
      h("input", { type: "text", autocomplete: "username", value: "operator", hidden: true }), this.label, this.field, this.hint, this.error, this.button));
  }

  show(status = 0) {
    const { words } = this;
    setText(this.heading, `livehost · ${words.title}`);
    setText(this.label, words.token);
    setText(this.hint, words.tokenHint);
    setText(this.button, words.login);
    setText(this.error, !status ? "" : status === 429 ? words.tooMany : status === 401 ? words.wrongToken : words.unreachable);
  }

  async submit(event) {
    event.preventDefault();
    this.button.disabled = true;
    try {
      await login(this.field.value);
      this.field.value = "";
      this.show();
      this.dispatchEvent(new Event("login"));
    } catch (error) {
      this.show(error.status ?? 503);
      this.field.select();
    } finally {
      this.button.disabled = false;
    }
  }
}

customElements.define("login-form", LoginForm);
