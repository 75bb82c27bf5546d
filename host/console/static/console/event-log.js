import { h, setText } from "../lib/dom.js";
import { allInWords, findingsInWords, inWords } from "./reasons.js";

const MOST = 300;
const MOST_TEXTS = 20;
const MOST_USERS = 200;
const SILENT = ["given", "alive"];

/** `<event-log>`: what happened, newest first. `add(event)` takes what `WS /api/events` sends; that something was
 *  heard, or said to its end, is what one expects, and not listed. */
export class EventLog extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.texts = new Map();
    this.users = new Map();
    this.heading = h("h2");
    this.list = h("ol", { class: "log", tabindex: "0" });
    this.blank = h("p", { class: "soft blank" });
    this.append(this.heading, this.blank, this.list);
  }

  show() {
    setText(this.heading, this.words.log);
    this.list.setAttribute("aria-label", this.words.log);
    setText(this.blank, this.words.noEvents);
  }

  add(event) {
    if (event.kind === "speaking") remember(this.texts, event.utterance, event.text, MOST_TEXTS);
    if (event.kind === "comment") remember(this.users, event.comment, event.user, MOST_USERS);
    if (SILENT.includes(event.kind) || (event.kind === "facts" && event.whole) || (event.kind === "played" && !event.interrupted)) return;
    const when = event.wall ? new Date(event.wall) : new Date();
    const time = Number.isNaN(when.valueOf()) ? "" : when.toLocaleTimeString("en-GB");
    const kind = shownAs(event);
    const text = describe({ text: this.texts.get(event.utterance), user: this.users.get(event.comment), ...event }, this.words);
    this.list.prepend(h("li", { class: `log-${kind}`, title: text },
      h("time", { class: "figures" }, time), h("span", { class: "log-kind" }, this.words.event[kind] ?? kind), h("span", { class: "log-text", dir: "auto" }, text)));
    this.blank.hidden = true;
    while (this.list.children.length > MOST) this.list.lastElementChild.remove();
  }
}

/** Keep what a later event only names by its id, the latest `most` of them: the words that are cut, who asked. */
function remember(known, id, text, most) {
  known.set(id, text);
  if (known.size > most) known.delete(known.keys().next().value);
}

/** What a line is headed with: what was cut is not simply played, an excuse not simply said. */
function shownAs({ kind, interrupted, excuse }) {
  if (kind === "played" && interrupted) return "interrupted";
  return kind === "speaking" && excuse ? "again" : kind;
}

function describe(event, words) {
  const reason = inWords(words, event.reason, event.why);
  switch (event.kind) {
    case "speaking": return event.text ?? "";
    case "played": return [event.text ?? event.utterance, event.total ? `${Math.round((100 * event.heard) / event.total)} %` : ""].filter(Boolean).join(" · ");
    case "comment": return `${event.user}: ${event.text}`;
    case "verdict": return [event.user, words.intent[event.intent] ?? event.intent, words.fate[event.fate] ?? event.fate, reason].filter(Boolean).join(" · ");
    case "refusal": return [reason || event.code, event.text].filter(Boolean).join(" · ");
    case "operator":
    case "not_done": return [words.command[event.command] ?? event.command, event.product, event.link, event.text, reason].filter(Boolean).join(" · ");
    case "fault": return [words.where[event.where] ?? event.where, inWords(words, event.message, event.why), event.retry_in ? words.faultRetry(Math.round(event.retry_in)) : ""].filter(Boolean).join(" · ");
    case "degraded": return allInWords(words, event.reasons, event.why).join(" · ") || words.allWell;
    case "reloaded": return [...(event.products ?? []), findingsInWords(words, event.found ?? [])].filter(Boolean).join(" · ");
    case "facts": return [words.factsBy[event.by] ?? event.by, ...Object.entries(event.products).map(([product, { values }]) => `${product} ${valuesInWords(values)}`)].join(" · ");
    case "lost": return words.logLost(event.count);
    case "room_started": return [event.room, event.resumed ? words.resumed : ""].filter(Boolean).join(" · ");
    case "room_stopped": return "";
    default: return reason;
  }
}

/** What of a product changed: its keys and values. */
function valuesInWords(values) {
  return Object.entries(values).map(([key, value]) => `${key} = ${typeof value === "object" ? JSON.stringify(value) : value}`).join(", ");
}

customElements.define("event-log", EventLog);
