// The reader of host/core/wording.py, in the browser: what a reason says, from the templates of a language.

/** A reason in words; undefined for a code the language does not have. `language` is what /words/LANG.js exports. */
export function say(language, code, details) {
  const template = language.templates[code];
  return template === undefined ? undefined : put(parse(template), details, language);
}

function put(nodes, details, language) {
  return nodes.map((node) => (typeof node === "string" ? node : field(node, details, language))).join("");
}

function field({ name, form, texts, table }, details, language) {
  const value = details[name];
  switch (form) {
    case "?": return given(value) ? put(texts[0], details, language) : "";
    case "!": return given(value) ? "" : put(texts[0], details, language);
    case "*": return value.map((item) => put(texts[0], { ...details, ...(typeof item === "object" ? item : { it: item }) }, language)).join(language.separator);
    case "#": return put(texts[value === 1 ? 0 : 1], details, language);
  }
  const said = value?.code ? say(language, value.code, value.details) : String(value);
  const words = (form === "|" && language.tables[table]) || {};
  return words[said] ?? words[""] ?? said;
}

function given(value) {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

const parsed = new Map();

function parse(template) {
  if (!parsed.has(template)) parsed.set(template, text(template, 0, "")[0]);
  return parsed.get(template);
}

/** The nodes from `at` to the first of `ends`, and where that stands. */
function text(template, at, ends) {
  const nodes = [];
  let plain = "";
  while (at < template.length) {
    const character = template[at];
    const twice = template[at + 1] === character;
    if (twice && (character === "{" || (character === "}" && !ends.includes("}")))) {
      plain += character;
      at += 2;
    } else if (ends.includes(character)) {
      break;
    } else if (character === "{") {
      const [node, end] = opened(template, at + 1);
      nodes.push(plain, node);
      plain = "";
      at = end;
    } else {
      plain += character;
      at += 1;
    }
  }
  return [[...nodes, plain], at];
}

/** The field whose name begins at `at`, and where it ends. */
function opened(template, at) {
  const name = /^\w+/.exec(template.slice(at))[0];
  const form = template[at + name.length];
  let end = at + name.length + 1;
  if (form === "}") return [{ name }, end];
  let inside, many;
  [inside, end] = text(template, end, form === "#" ? "|}" : "}");
  if (form === "|") return [{ name, form, table: inside.join("") }, end + 1];
  if (form !== "#") return [{ name, form, texts: [inside] }, end + 1];
  [many, end] = text(template, end + 1, "}");
  return [{ name, form, texts: [inside, many] }, end + 1];
}
