import { h } from "../lib/dom.js";

/** A dialog per question, made when it is asked and gone when it is answered. Resolves to what `read` makes of it, or
 *  null where the operator thought better of it. */
export function ask(content, read = () => true) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "ask" }, content);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? read() : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** What a dialog ends with: leave it, or `yes`. */
export function buttons(words, yes) {
  return h("footer", {},
    h("button", { class: "quiet", type: "submit", value: "no", formnovalidate: true }, words.cancel),
    h("button", { class: "primary", type: "submit", value: "yes" }, yes));
}

/** Resolves to true, or null where the operator thought better of it. */
export function confirm(words, question, hint) {
  const yes = buttons(words, words.confirm);
  const answer = ask(h("form", { method: "dialog" }, h("h2", {}, question), h("p", { class: "hint" }, hint), yes));
  yes.lastElementChild.focus();
  return answer;
}

/** Resolves to the text for the host to answer with, or null. What it said to the comment before stands beside it. */
export function askAnswer(words, comment, { title = words.answerTitle, hint = words.answerHint } = {}) {
  const field = h("textarea", { rows: 4, maxlength: 500, required: true, "aria-label": title });
  const before = comment.answer && h("p", { class: "desk-answer", dir: "auto" }, comment.answer);
  const form = h("form", { method: "dialog" },
    h("h2", {}, title), h("blockquote", {}, h("b", {}, comment.user), " ", comment.text), before, field,
    h("p", { class: "hint" }, hint), buttons(words, words.send));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("[value=yes]"));
  });
  const answer = ask(form, () => field.value.trim());
  field.focus();
  return answer;
}

/** The table of keyboard shortcuts. */
export function showShortcuts(words) {
  if (document.querySelector("dialog[open]")) return;
  const rows = words.keys.map(([key, what]) => h("tr", {}, h("th", { scope: "row" }, h("kbd", {}, key)), h("td", {}, what)));
  ask(h("form", { method: "dialog" }, h("h2", {}, words.help), h("table", { class: "keys" }, rows), h("footer", {}, h("button", { class: "primary", value: "no" }, "OK"))));
}
