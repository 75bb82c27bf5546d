import { h, keyed, setText } from "../lib/dom.js";

const NEAR_BOTTOM = 40;
const KEPT_OWN = 20;

/**
 * `<comment-list>`: the room's comments, newest last, with the host's answers, and this viewer's own.
 *
 * `show(comments, now, progress)` takes the room's list, what is being said and how far comments have come by id; `own(comment)` adds or updates one of this
 * viewer's, which stays in its place for them whether or not the room publishes it, with what the host said to it.
 * Fires `retry` with one that could not be sent.
 */
export class CommentList extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.comments = [];
    this.progress = {};
    this.answering = [];
    this.mine = new Map();
    this.list = h("ol", { class: "comments", role: "log", tabindex: "0" });
    this.following = true;
    this.top = this.height = 0;
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Whoever reads the newest goes on reading them when the list is given less room, or its text more (a late font).
    // A comment the viewer opened stays where it is.
    this.sizes = new ResizeObserver((changes) => {
      if (this.following && changes.some(({ target }) => !target.classList.contains("open"))) this.toBottom();
    });
    this.sizes.observe(this.list);
    this.blank = h("p", { class: "comments-empty" });
    this.newer = h("button", { class: "comments-newer", type: "button", hidden: true, onclick: () => this.toBottom() });
    this.append(this.blank, this.list, this.newer);
  }

  show(comments, now, progress) {
    this.comments = comments;
    this.progress = progress;
    this.answering = now?.in_reply_to ?? [];
    for (const id of this.answering) this.mine.get(id)?.heard.set(now.utterance, now.text);
    this.render();
  }

  own(comment) {
    const known = this.mine.get(comment.id) ?? { heard: new Map(), after: this.comments.at(-1)?.id };
    this.mine.set(comment.id, { ...known, ...comment });
    if (this.mine.size > KEPT_OWN) this.mine.delete(this.mine.keys().next().value);
    this.render();
    this.toBottom();
  }

  render() {
    this.list.setAttribute("aria-label", this.words.comments);
    setText(this.blank, this.words.empty);
    setText(this.newer, this.words.newer);
    const items = this.inOrder();
    const last = this.list.lastElementChild?.dataset.key;
    keyed(this.list, items, (comment) => comment.id, () => this.item(), (item, comment) => this.update(item, comment));
    this.blank.hidden = items.length > 0;
    if (this.following) this.toBottom();
    else if (this.list.lastElementChild?.dataset.key !== last) this.newer.hidden = false;
  }

  /** The room's comments, each of this viewer's that is not among them after the one it came after. */
  inOrder() {
    const published = new Set(this.comments.map((comment) => comment.id));
    const unpublished = [...this.mine.values()].filter((comment) => !published.has(comment.id));
    const after = (id) => unpublished.filter((comment) => (published.has(comment.after) ? comment.after : undefined) === id);
    return [...after(undefined), ...this.comments.flatMap((comment) => [comment, ...after(comment.id)])];
  }

  item() {
    // Long ones are shown in part; a tap shows the rest.
    const item = h("li", { onclick: (event) => event.currentTarget.classList.toggle("open") },
      h("p", { class: "comment-line" }, h("b", { class: "comment-user" }), h("span", { class: "comment-text", dir: "auto" })),
      h("p", { class: "comment-answer", hidden: true }, h("b"), h("span", { dir: "auto" })),
      h("p", { class: "comment-note", hidden: true }, h("span"), h("button", { type: "button", hidden: true })));
    this.sizes.observe(item);
    return item;
  }

  update(item, comment) {
    const [line, answer, note] = item.children;
    const mine = this.mine.get(comment.id);
    const answering = this.answering.includes(comment.id);
    item.classList.toggle("mine", Boolean(mine));
    item.classList.toggle("answering", answering);
    setText(line.children[0], mine ? `${comment.user} (${this.words.you})` : comment.user);
    setText(line.children[1], comment.text);
    const said = comment.answer || [...(mine?.heard.values() ?? [])].join(" ");
    answer.hidden = !said;
    setText(answer.children[0], this.words.host);
    setText(answer.children[1], said);
    // What became of it is known once the room has it; before, how far it was sent.
    const state = mine && !said ? (this.progress[comment.id] ?? mine.state) : "";
    setText(note.children[0], answering ? this.words.answering : state ? (mine.note ?? this.words[state]) : "");
    note.hidden = !note.children[0].textContent;
    const retry = note.children[1];
    retry.hidden = state !== "failed";
    setText(retry, this.words.retry);
    retry.onclick = () => this.dispatchEvent(new CustomEvent("retry", { detail: mine }));
  }

  /**
   * Only a viewer's scrolling up ends the following. The event may come late, when the list has been given less room
   * already, and comes too when there is less to scroll.
   */
  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    const atBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    this.following = atBottom || (this.following && (scrollTop >= this.top || scrollHeight < this.height));
    this.top = scrollTop;
    this.height = scrollHeight;
    if (this.following) this.newer.hidden = true;
  }

  toBottom() {
    this.following = true;
    this.list.scrollTop = this.list.scrollHeight;
    this.newer.hidden = true;
  }
}

customElements.define("comment-list", CommentList);
