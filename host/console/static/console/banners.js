import { h, keyed, setText } from "../lib/dom.js";
import { allInWords, findingsInWords, inWords } from "./reasons.js";

const FAULT_SHOWN_MS = 60000;

/** Reasons for being degraded that are findings: those have a bar of their own. */
const OF_FINDINGS = new Set(["script_kept"]);

/** A path's end, which tells a file of the room from the others. */
const short = (path) => path.split("/").slice(-2).join("/");

/** The bars over everything else: connection lost, degraded, faults of the last minute, findings in scripts. */
export class Banners {
  constructor(place) {
    this.place = place;
    this.fault = null;
    this.dismissed = new Set();
    this.known = new Set();
  }

  /** Show a fault for a minute. */
  addFault(event) {
    this.fault = event;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.fault = null;
      this.again?.();
    }, FAULT_SHOWN_MS);
  }

  show(words, state, connected) {
    this.again = () => this.show(words, state, connected);
    const bars = [];
    if (!connected) bars.push({ key: "lost", level: "bad", title: "", text: words.lost });
    const reasons = allInWords(words, state.degraded, state.degraded_why)
      .filter((_, index) => !OF_FINDINGS.has(state.degraded_why[index]?.code));
    if (reasons.length) bars.push({ key: "degraded", level: "warn", title: words.degraded, text: reasons.join(" · ") });
    if (this.fault) bars.push({ key: `fault ${this.fault.at}`, level: "bad", title: words.fault(words.where[this.fault.where] ?? ""), text: `${this.fault.where}: ${inWords(words, this.fault.message, this.fault.why)}`, closes: true });
    if (state.findings.length) {
      bars.push({ key: `findings ${words.htmlLang} ${JSON.stringify(state.findings)}`, level: "warn", title: findingsInWords(words, state.findings), text: "", findings: this.told(words, state.findings), closes: true });
    }
    const current = new Set(bars.map((bar) => bar.key));
    this.dismissed = new Set([...this.dismissed].filter((key) => current.has(key)));
    const shown = bars.filter((bar) => !this.dismissed.has(bar.key));
    keyed(this.place, shown, (bar) => bar.key, (bar) => this.bar(bar), (element, bar) => {
      setText(element.children[0], bar.title);
      setText(element.children[1], bar.text);
      setText(element.lastElementChild, bar.closes ? words.hide : "");
      element.lastElementChild.hidden = !bar.closes;
    });
  }

  told(words, findings) {
    return findings.map((finding) => ({ ...finding, message: inWords(words, finding.message, finding.why), hint: inWords(words, finding.hint, finding.hint_why) }));
  }

  bar(bar) {
    const findings = bar.findings && h("ul", {}, bar.findings.map((finding) => h("li", {},
      h("code", { title: finding.path }, finding.line ? `${short(finding.path)}:${finding.line}` : short(finding.path)), " ", finding.message, finding.hint ? h("small", {}, ` ${finding.hint}`) : null)));
    const close = h("button", { class: "quiet", type: "button", onclick: () => { this.dismissed.add(bar.key); this.again(); } });
    return h("div", { class: `banner ${bar.level}` }, h("b"), h("span"), findings, close);
  }
}
