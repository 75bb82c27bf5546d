import { say } from "./wording.js";

/**
 * A reason in the operator's words.
 *
 * `why` is its data (`{code, details}`, as the API sends it), `text` its English words, which stand where `words.reasons`
 * has none for the code.
 */
export function inWords(words, text, why) {
  return (why && say(words.reasons, why.code, why.details)) ?? text ?? "";
}

/** Reasons in words, as a list: `texts` and `whys` belong together one by one. */
export function allInWords(words, texts, whys) {
  return (texts ?? []).map((text, index) => inWords(words, text, whys?.[index]));
}

/** Who was to answer before the one who did, and why they did not, in a line. */
export function passedInWords(words, passed) {
  return (passed ?? []).map(({ name, reason, why }) => `${name}: ${inWords(words, reason, why)}`).join(" · ");
}

/** How many findings there are: of mistakes, for which the last good version stays on air, and of warnings. */
export function findingsInWords(words, findings) {
  const mistakes = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - mistakes;
  return [mistakes ? words.findings(mistakes) : "", warnings ? words.warnings(warnings) : ""].filter(Boolean).join(" · ");
}
