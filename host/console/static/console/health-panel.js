import { h, keyed, setText } from "../lib/dom.js";
import { allInWords, inWords, passedInWords } from "./reasons.js";

/** What fits into a row of what an output says of itself while all is well; the whole is in the row's title. */
const SHORT = {
  whep: (words, output) => words.viewers(output.clients),
  recording: (words) => words.recording,
};

/** An engine's: one that was preferred does not work, but another does. */
function level({ degraded }, working) {
  if (!degraded.length) return "good";
  return working ? "warn" : "bad";
}

/** `<health-panel>`: outputs, engines and counters. What fails is told in full, what works in a word. */
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
    const rows = [
      this.voice(state), this.answerer(state), ...state.outputs.map((output) => this.output(output)), ...this.sound(state), this.computer(state),
    ];
    keyed(this.rows, rows, (row) => row.key, () => h("li", {}, h("i"), h("span"), h("span", { class: "soft" })), (item, row) => {
      const [light, name, detail] = item.children;
      light.className = `light ${row.level}`;
      light.title = words.level[row.level];
      setText(name, row.name);
      setText(detail, row.detail || words.level[row.level]);
      item.title = row.whole ?? row.detail;
    });
    setText(this.summary, words.counters);
    const figures = Object.entries({ ...state.counters, ...state.gauges });
    keyed(this.counters, figures, ([key]) => key, () => h("div", {}, h("dt"), h("dd")), (item, [key, value]) => {
      setText(item.children[0], this.named(key));
      setText(item.children[1], String(value));
    });
  }

  /** A figure's name in words, with which one it is where there are several alike: `comments_dropped/websocket`. */
  named(key) {
    const [name, one] = key.split("/");
    return [this.words.counter[name] ?? name.replaceAll("_", " "), this.words.output[one] ?? one].filter(Boolean).join(" · ");
  }

  voice({ voice, ...state }) {
    const speaking = Object.entries(voice.speaking).map(([lang, name]) => `${lang} ${name}`).join(" · ");
    return { key: "voice", name: this.words.voice, level: level(voice, speaking), detail: speaking, whole: this.trouble("voice_down", state) || speaking };
  }

  /** What the room file has set of the sound: the music below it, and the mouth's time against it. */
  sound({ music, av_offset_ms: offset }) {
    const { words } = this;
    const file = music?.file.split("/").at(-1);
    return [
      ...(music ? [{ key: "music", name: words.music, level: "good", detail: file, whole: `${music.file} · ${music.licence}` }] : []),
      ...(offset ? [{ key: "mouth", name: words.mouth, level: "good", detail: words.offset(offset), whole: words.offset(offset) }] : []),
    ];
  }

  answerer({ answerer, ...state }) {
    const ready = answerer.answerers.find((one) => one.state === "ready")?.name ?? "";
    const detail = answerer.last?.name ?? ready;
    const whole = this.trouble("answerer_down", state) || passedInWords(this.words, answerer.last?.passed) || detail;
    return { key: "answerer", name: this.words.answerer, level: level(answerer, ready), detail, whole };
  }

  computer(state) {
    const slow = state.degraded_why.find((why) => why?.code === "computer_slow");
    const detail = slow ? this.words.late(slow.details.percent) : "";
    return { key: "computer", name: this.words.computer, level: slow ? "bad" : "good", detail, whole: this.trouble("computer_slow", state) };
  }

  output(output) {
    const { words } = this;
    const whole = inWords(words, output.detail, output.why);
    const short = output.healthy && SHORT[output.why?.code]?.(words, output);
    const dropped = output.dropped ? words.dropped(output.dropped) : "";
    return {
      key: `output ${output.name}`, name: words.output[output.name] ?? output.name, level: output.healthy ? "good" : "bad",
      detail: [short || whole, dropped].filter(Boolean).join(" · "), whole: [whole, dropped].filter(Boolean).join(" · "),
    };
  }

  /** The reasons with a code among those for which the room is degraded. */
  trouble(code, { degraded, degraded_why: whys }) {
    return allInWords(this.words, degraded, whys).filter((_, index) => whys?.[index]?.code === code).join(" · ");
  }
}

customElements.define("health-panel", HealthPanel);
