import { h, keyed, setText } from "../lib/dom.js";
import { inWords } from "./reasons.js";

/** `<held-list>`: sentences that the guard holds back, why, under which law, and those that operators allow. Fires `allow`
 *  and `revoke` with the entry. Not there while there is neither. */
export class HeldList extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.showsAllowed = false;
    this.heading = h("h2");
    this.heldTab = h("button", { type: "button", class: "tab", onclick: () => this.choose(false) });
    this.allowedTab = h("button", { type: "button", class: "tab", onclick: () => this.choose(true) });
    this.list = h("ol", { class: "held", tabindex: "0" });
    this.append(h("header", {}, this.heading, h("span", { class: "spring" }), this.heldTab, this.allowedTab), this.list);
  }

  choose(allowed) {
    this.showsAllowed = allowed;
    this.render();
  }

  show(state, enabled) {
    this.state = state;
    this.enabled = enabled;
    this.render();
  }

  render() {
    const { words, state: { held, allowed } } = this;
    this.hidden = !held.length && !allowed.length;
    const showsAllowed = (this.showsAllowed && allowed.length > 0) || !held.length;
    setText(this.heading, words.held);
    setText(this.heldTab, `${words.heldNow} ${held.length}`);
    setText(this.allowedTab, `${words.allowed} ${allowed.length}`);
    this.heldTab.setAttribute("aria-pressed", String(!showsAllowed));
    this.allowedTab.setAttribute("aria-pressed", String(showsAllowed));
    this.list.setAttribute("aria-label", showsAllowed ? words.allowed : words.held);
    const shown = showsAllowed ? allowed : held;
    keyed(this.list, shown, (entry) => `${showsAllowed} ${entry.wording}`, () => this.item(),
      (item, entry) => (showsAllowed ? this.showAllowed(item, entry) : this.showHeld(item, entry)));
  }

  item() {
    return h("li", {}, h("p", { class: "held-text", dir: "auto" }), h("ul", { class: "soft held-why" }),
      h("div", { class: "desk-acts" }, h("span", { class: "soft held-note" }), h("button", { class: "quiet", type: "button" })));
  }

  showHeld(item, entry) {
    const { words } = this;
    const [text, why, acts] = item.children;
    const place = entry.path ? `${entry.path.split("/").at(-1)}:${entry.line}` : (words.kind[entry.kind] ?? entry.kind);
    setText(text, entry.text);
    keyed(why, entry.objections, ({ category, offending }) => `${category.id} ${offending}`, () => h("li", {}, h("b"), " ", h("span", { dir: "auto" }), " ", h("small")),
      (row, { category, reason, why: told }) => {
        setText(row.children[0], this.called(category));
        setText(row.children[1], inWords(words, reason, told));
        setText(row.children[2], category.sources.join(" · "));
      });
    setText(acts.children[0], [place, entry.times > 1 ? words.times(entry.times) : "", entry.allowable ? "" : words.notAllowable].filter(Boolean).join(" · "));
    this.offer(acts.children[1], "allow", words.allow, entry, entry.allowable);
  }

  showAllowed(item, entry) {
    const { words } = this;
    const [text, why, acts] = item.children;
    const when = new Date(entry.when);
    setText(text, entry.text);
    keyed(why, entry.categories, ({ id }) => id, () => h("li", {}, h("b"), " ", h("small")), (row, category) => {
      setText(row.children[0], this.called(category));
      setText(row.children[1], category.sources.join(" · "));
    });
    setText(acts.children[0], words.allowedBy(entry.by, Number.isNaN(when.valueOf()) ? "" : when.toLocaleString(words.htmlLang)));
    this.offer(acts.children[1], "revoke", words.revoke, entry, true);
  }

  offer(button, act, label, entry, possible) {
    setText(button, label);
    button.dataset.act = act;
    button.hidden = !possible;
    button.disabled = !this.enabled;
    button.setAttribute("aria-label", `${label} ${entry.text}`);
    button.onclick = () => this.dispatchEvent(new CustomEvent(act, { detail: entry }));
  }

  called({ id, names }) {
    return names[this.words.htmlLang.slice(0, 2)] ?? id;
  }
}

customElements.define("held-list", HeldList);
