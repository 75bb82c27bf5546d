import { h, keyed, setText } from "../lib/dom.js";

/** `<health-panel>`: outputs, engines and counters. */
export class HealthPanel extends HTMLElement {
  connectedCallback() {
    if (this.rows) return;
    this.heading = h("h2");
    this.rows = h("ul", { class: "health" });
    this.summary = h("summary");
    this.counters = h("dl", { class: "counters figures" });
    this.append(this.heading, this.rows, h("details", {}, this.summary, this.counters));
  }

  show(state) {
    const { words } = this;
    setText(this.heading, words.health);
    const engines = [
      { name: words.voice, good: !state.voice.degraded.length, detail: Object.entries(state.voice.speaking).map(([lang, name]) => `${lang} ${name}`).join(" · ") },
      { name: words.answerer, good: !state.answerer.degraded.length, detail: state.answerer.answerers.find(({ state }) => state === "ready")?.name },
    ];
    const outputs = state.outputs.map((output) => ({
      name: output.name, good: output.healthy,
      detail: [output.clients ? words.clients(output.clients) : "", output.dropped ? words.dropped(output.dropped) : "", output.detail].filter(Boolean).join(" · "),
    }));
    keyed(this.rows, [...engines, ...outputs], (row) => row.name, () => h("li", {}, h("i"), h("span"), h("span", { class: "soft" })), (item, row) => {
      const [light, name, detail] = item.children;
      light.className = row.good ? "light good" : "light bad";
      light.title = row.good ? words.good : words.bad;
      setText(name, row.name);
      setText(detail, row.detail || (row.good ? words.good : words.bad));
      detail.title = row.detail ?? "";
    });
    setText(this.summary, words.counters);
    const counters = Object.entries(state.counters);
    keyed(this.counters, counters, ([name]) => name, () => h("div", {}, h("dt"), h("dd")), (item, [name, value]) => {
      setText(item.children[0], name.replaceAll("_", " "));
      setText(item.children[1], typeof value === "object" ? JSON.stringify(value) : String(value));
    });
  }
}

customElements.define("health-panel", HealthPanel);
