/**
 * A reason in the operator's words.
 *
 * `why` is its data (`{code, details}`, as the API sends it), `text` its English words, which stand where `words.reasons`
 * has none of its own for the code.
 */
export function inWords(words, text, why) {
  const phrase = why && words.reasons[why.code];
  return phrase ? phrase(saidIn(words, why.details)) : (text ?? "");
}

/** Reasons in words, as a list: `texts` and `whys` belong together one by one. */
export function allInWords(words, texts, whys) {
  return (texts ?? []).map((text, index) => inWords(words, text, whys?.[index]));
}

/** Who was to answer before the one who did, and why they did not, in a line. */
export function passedInWords(words, passed) {
  return (passed ?? []).map(({ name, reason, why }) => `${name}: ${inWords(words, reason, why)}`).join(" · ");
}

/** Details with the reasons among them put into words. */
function saidIn(words, details) {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, value?.code ? inWords(words, "", value) : value]));
}
