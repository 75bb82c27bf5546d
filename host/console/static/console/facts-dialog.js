import { ask, buttons } from "./dialogs.js";
import { h } from "../lib/dom.js";

const MOST_VARIANTS = 200;

/** What changed in the fields, as a merge patch; an empty field takes its value away. */
function changed(fields) {
  const patch = {};
  for (const field of fields) {
    const text = field.value.trim();
    if (text === field.defaultValue) continue;
    const value = text === "" ? null : "count" in field.dataset ? Number(text) : text;
    const [key, variant] = [field.dataset.key, field.dataset.variant];
    if (variant === undefined) patch[key] = value;
    else ((patch.variants ??= {})[variant] ??= {})[key] = value;
  }
  return patch;
}

const number = (amount) => amount?.split(" ")[0] ?? "";

function priceField(label, key, amount, more = {}) {
  return h("input", { inputmode: "decimal", maxlength: 20, size: 8, "aria-label": label, "data-key": key, value: number(amount), ...more });
}

function stockField(label, stock, more = {}) {
  return h("input", { type: "number", min: 0, step: 1, "aria-label": label, "data-key": "stock", "data-count": true, value: String(stock ?? ""), ...more });
}

/** Ask for other facts of a product. Resolves to a merge patch, or null where nothing is to be changed. */
export function askFacts(words, facts) {
  const labels = words.factLabels;
  const own = [
    [labels.price, priceField(labels.price, "price", facts.price, { required: true })],
    [labels.listPrice, priceField(labels.listPrice, "list_price", facts.list_price)],
    [labels.stock, stockField(labels.stock, facts.stock)],
  ];
  const variants = Object.entries(facts.variants ?? {}).slice(0, MOST_VARIANTS).map(([id, variant]) => [
    variant.name,
    priceField(`${variant.name} ${labels.price}`, "price", variant.price, { "data-variant": id, placeholder: number(facts.price) }),
    stockField(`${variant.name} ${labels.stock}`, variant.stock, { "data-variant": id }),
  ]);
  const form = h("form", { method: "dialog" },
    h("h2", {}, words.factsTitle(facts.name)),
    h("div", { class: "fact-fields" }, own.map(([label, field]) => h("label", {}, label, field))),
    variants.length > 0 && h("table", { class: "fact-variants" },
      h("thead", {}, h("tr", {}, h("th", {}, labels.variant), h("th", {}, labels.price), h("th", {}, labels.stock))),
      h("tbody", {}, variants.map(([name, ...fields]) => h("tr", {}, h("th", { scope: "row" }, name), fields.map((field) => h("td", {}, field)))))),
    h("p", { class: "hint" }, words.factsHint), buttons(words, words.factsSave));
  const fields = [...form.querySelectorAll("input")];
  const answer = ask(form, () => changed(fields)).then((patch) => (patch && Object.keys(patch).length ? patch : null));
  fields[0].select();
  return answer;
}
