import { heardShare } from "../lib/clock.js";
import { h, keyed, setText } from "../lib/dom.js";

/** `<now-panel>`: what is being said, how far, where in the script, and what comes next. */
export class NowPanel extends HTMLElement {
  connectedCallback() {
    if (this.text) return;
    this.heading = h("h2");
    this.kind = h("span", { class: "tag" });
    this.place = h("span", { class: "soft" });
    this.text = h("p", { class: "now-text", dir: "auto" });
    this.bar = h("progress", { max: 1, value: 0 });
    this.clock = h("span", { class: "soft figures" });
    this.nextHeading = h("h3");
    this.list = h("ol", { class: "next" });
    this.blank = h("p", { class: "soft" });
    this.append(h("header", {}, this.heading, this.kind, this.place, h("span", { class: "spring" }), this.clock), this.text, this.bar, this.nextHeading, this.list, this.blank);
    setInterval(() => this.progress(), 200);
  }

  show(state) {
    const { words } = this;
    this.now = state.now;
    setText(this.heading, words.now);
    setText(this.kind, state.now ? (words.kind[state.now.kind] ?? state.now.kind) : "");
    this.kind.className = `tag kind-${state.now?.kind}`;
    this.kind.hidden = !state.now;
    const place = state.place;
    setText(this.place, place ? `${place.segment_title} · ${words.line(place.line + 1, place.lines)}` : "");
    setText(this.text, state.now?.text ?? words.nothing);
    this.text.classList.toggle("soft", !state.now);
    this.bar.setAttribute("aria-label", words.now);
    setText(this.nextHeading, words.next);
    setText(this.blank, words.nothingNext);
    this.blank.hidden = state.next.length > 0;
    const numbered = state.next.slice(0, 6).map((coming, index) => ({ ...coming, index }));
    keyed(this.list, numbered, (coming) => coming.index, () => h("li", {}, h("span", { class: "tag" }), h("span", { class: "next-text", dir: "auto" }), h("span", { class: "soft" })),
      (item, coming) => {
        const [kind, text, where] = item.children;
        kind.className = `tag kind-${coming.kind}`;
        setText(kind, words.kind[coming.kind] ?? coming.kind);
        setText(text, coming.text);
        text.title = coming.text;
        setText(where, coming.segment ?? "");
      });
    this.progress();
  }

  progress() {
    const share = heardShare(this.now);
    this.bar.value = share;
    const duration = this.now?.duration ?? 0;
    setText(this.clock, duration ? `${(share * duration).toFixed(1)} / ${duration.toFixed(1)} s` : "");
  }
}

customElements.define("now-panel", NowPanel);
