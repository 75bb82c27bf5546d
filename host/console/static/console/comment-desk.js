import { h, keyed, setText } from "../lib/dom.js";
import { inWords, passedInWords } from "./reasons.js";

/** What waits for the host, is left to the operator, or got no more than a safe reply. */
const OPEN = new Set(["queued", "escalated", "refused"]);

/** `<comment-desk>`: comments, newest first, with verdict, fate and reason. What waits for someone stands out, what is
 *  settled steps back. Fires `answer`, `correct` and `dismiss`. */
export class CommentDesk extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.onlyOpen = false;
    this.heading = h("h2");
    this.allTab = h("button", { type: "button", class: "tab", onclick: () => this.filter(false) });
    this.openTab = h("button", { type: "button", class: "tab", onclick: () => this.filter(true) });
    this.list = h("ol", { class: "desk-comments", tabindex: "0" });
    this.blank = h("p", { class: "soft blank" });
    this.append(h("header", {}, this.heading, h("span", { class: "spring" }), this.allTab, this.openTab), this.blank, this.list);
  }

  filter(onlyOpen) {
    this.onlyOpen = onlyOpen;
    this.render();
  }

  show(state, enabled) {
    this.state = state;
    this.enabled = enabled;
    this.render();
  }

  render() {
    const { words, state } = this;
    const open = state.comments.filter((comment) => OPEN.has(comment.fate));
    const shown = [...(this.onlyOpen ? open : state.comments)].reverse();
    setText(this.heading, words.comments);
    setText(this.allTab, `${words.all} ${state.comments.length}`);
    setText(this.openTab, `${words.open} ${open.length}`);
    this.allTab.setAttribute("aria-pressed", String(!this.onlyOpen));
    this.openTab.setAttribute("aria-pressed", String(this.onlyOpen));
    this.list.setAttribute("aria-label", words.comments);
    this.blank.hidden = shown.length > 0;
    setText(this.blank, this.onlyOpen ? words.noOpen : words.noComments);
    keyed(this.list, shown, (comment) => comment.id, () => this.item(), (item, comment) => this.update(item, comment));
  }

  item() {
    const tell = (type) => (event) => this.dispatchEvent(new CustomEvent(type, { detail: event.currentTarget.closest("li").comment }));
    return h("li", {},
      h("p", { class: "desk-top" }, h("b", { dir: "auto" }), h("span", { class: "tag" }), h("span", { class: "tag" }), h("span", { class: "soft reason" }), h("span", { class: "soft by" }), h("span", { class: "soft figures" })),
      h("p", { class: "desk-text", dir: "auto" }),
      h("div", { class: "desk-acts" },
        h("button", { class: "quiet", type: "button", "data-act": "answer", onclick: tell("answer") }),
        h("button", { class: "quiet", type: "button", "data-act": "correct", onclick: tell("correct") }),
        h("button", { class: "quiet", type: "button", "data-act": "dismiss", onclick: tell("dismiss") })),
      h("p", { class: "desk-answer", dir: "auto" }));
  }

  update(item, comment) {
    const { words, state } = this;
    const [top, text, acts, answer] = item.children;
    const [user, intent, fate, why, by, when] = top.children;
    item.comment = comment;
    item.className = `fate-${comment.fate}`;
    setText(user, comment.user);
    setText(intent, words.intent[comment.intent] ?? comment.intent);
    const answering = comment.fate === "queued" && state.now?.in_reply_to?.includes(comment.id);
    const under = comment.correcting ? words.correcting : answering && words.answering;
    setText(fate, under || (words.fate[comment.fate] ?? comment.fate));
    fate.className = `tag fate-tag-${answering ? "answered" : comment.fate}`;
    setText(when, words.ago(Math.max(0, Math.round(state.at - comment.at))));
    when.title = comment.source;
    setText(text, comment.text);
    answer.hidden = !comment.answer;
    setText(answer, comment.answer);
    const reason = inWords(words, comment.reason, comment.why);
    setText(why, reason);
    why.title = reason;
    setText(by, comment.answerer ? words.by(comment.answerer) : "");
    by.title = passedInWords(words, comment.passed);
    const settled = comment.fate === "answered" || comment.fate === "dropped";
    const offered = { answer: !settled, correct: comment.fate === "answered" && Boolean(comment.answer), dismiss: OPEN.has(comment.fate) };
    for (const button of acts.children) {
      const act = button.dataset.act;
      setText(button, words[act]);
      button.hidden = !offered[act];
      button.disabled = !this.enabled || (act === "correct" && comment.correcting);
    }
  }
}

customElements.define("comment-desk", CommentDesk);
