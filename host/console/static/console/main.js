import "../lib/live-player.js";
import "./command-bar.js";
import "./comment-desk.js";
import "./event-log.js";
import "./health-panel.js";
import "./held-list.js";
import "./login-form.js";
import "./now-panel.js";
import "./product-list.js";
import { arrived } from "../lib/clock.js";
import { setText, settings } from "../lib/dom.js";
import { Feed } from "../lib/feed.js";
import { Banners } from "./banners.js";
import { askAnswer, confirm, showShortcuts } from "./dialogs.js";
import { inWords } from "./reasons.js";
import { askFacts } from "./facts-dialog.js";
import { Refused, change, command, facts, hasSession, logout } from "./session.js";
import { installShortcuts } from "./shortcuts.js";
import { WORDS } from "./words.js";

const find = (selector) => document.querySelector(selector);
const form = find("login-form");
const player = find("live-player");
const parts = ["now-panel", "command-bar", "product-list", "comment-desk", "health-panel", "held-list"].map(find);
const [, bar, products, comments, , held] = parts;
const log = find("event-log");
const banners = new Banners(find("#banners"));
const feed = new Feed("/api/events", { mayConnect: hasSession });

let lang = settings.get("console.lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
let words = WORDS[lang] ?? WORDS.en;
let state = null;
let link = "opening";
let busy = false;

function render() {
  document.documentElement.lang = words.htmlLang;
  document.title = `${state?.title || "livehost"} · ${words.title}`;
  for (const part of [...parts, log, form]) part.words = words;
  player.words = words.player;
  player.show?.();
  log.show();
  setText(find("#lang"), words.other);
  setText(find("#help"), words.help);
  setText(find("#logout"), words.logout);
  setText(find("#link-state"), words.link[link]);
  find("#link-state").dataset.link = link;
  showSound();
  if (!state) return;
  const connected = link === "open";
  document.body.classList.toggle("stale", !connected);
  setText(find("#title"), state.title || state.room);
  setText(find("#phase"), words.phase[state.phase] ?? state.phase);
  find("#phase").dataset.phase = state.phase;
  setText(find("#viewers"), words.viewers(state.viewers));
  setText(find("#waiting"), words.waiting(state.waiting));
  banners.show(words, state, connected);
  for (const part of parts) part.show(state, connected && !busy);
}

function showSound() {
  find("#sound").dataset.muted = player.muted ?? true;
  find("#sound").setAttribute("aria-label", player.muted ? words.unmute : words.mute);
}

function take(next) {
  state = { ...next, now: arrived(next.now) };
  render();
}

let toastTimer;
function toast(text, bad = false) {
  const place = find("#toast");
  place.textContent = text;
  place.classList.toggle("bad", bad);
  place.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (place.hidden = true), bad ? 8000 : 2500);
}

const act = (request, done) => send(async () => take(await command(request)), done);

/** Do one thing at a time, and say what became of it. */
async function send(work, done) {
  if (busy || link !== "open") return;
  busy = true;
  render();
  try {
    await work();
    done?.();
    busy = false;
    render();
    toast(words.sent);
  } catch (error) {
    busy = false;
    render();
    toast(`${words.failed}: ${told(error)}`, true);
    if (error.status === 401) show("login");
  }
}

/** What became of a request, in the operator's words where there are some. */
function told(error) {
  if (!(error instanceof Refused)) return words.unreachable;
  return error.why ? inWords(words, error.message, error.why) : (words.http[error.status] ?? error.message);
}

async function goTo(product) {
  if (await confirm(words, words.gotoAsk(product.name), words.gotoHint)) act({ command: "goto", product: product.id });
}

async function answer(comment) {
  const text = await askAnswer(words, comment);
  if (text) act({ command: "answer", comment_id: comment.id, text });
}

async function correct(comment) {
  const text = await askAnswer(words, comment, { title: words.correctTitle, hint: words.correctHint });
  if (text) act({ command: "correct", comment_id: comment.id, text });
}

async function changeFacts(product) {
  const known = await facts(product.id).catch((error) => toast(`${words.failed}: ${told(error)}`, true));
  const patch = known && (await askFacts(words, known));
  if (patch) send(() => change(product.id, known.version, patch));
}

/** "desk" or "login", with the status that led there. */
function show(view, status = 0) {
  document.body.dataset.view = view;
  if (view === "login") {
    feed.stop();
    player.stop();
    form.show(status);
    form.field.focus();
    return;
  }
  player.start("/whep?preview");
  feed.start();
}

bar.addEventListener("act", ({ detail }) => act(detail.command, detail.done));
products.addEventListener("goto", ({ detail }) => goTo(detail));
products.addEventListener("facts", ({ detail }) => changeFacts(detail));
comments.addEventListener("answer", ({ detail }) => answer(detail));
comments.addEventListener("correct", ({ detail }) => correct(detail));
comments.addEventListener("dismiss", ({ detail }) => act({ command: "dismiss", comment_id: detail.id }));
held.addEventListener("allow", ({ detail }) => act({ command: "allow", wording: detail.wording }));
held.addEventListener("revoke", ({ detail }) => act({ command: "revoke", wording: detail.wording }));
form.addEventListener("login", () => show("desk"));
player.addEventListener("state", showSound);
const toggleSound = () => (player.muted ? player.unmute() : (player.muted = true));
find("#sound").addEventListener("click", toggleSound);
find("#help").addEventListener("click", () => showShortcuts(words));
find("#logout").addEventListener("click", async () => {
  await logout().catch(() => {});
  location.assign("/console");
});
find("#lang").addEventListener("click", () => {
  lang = lang === "zh" ? "en" : "zh";
  settings.set("console.lang", lang);
  words = WORDS[lang];
  render();
});

feed.addEventListener("status", ({ detail }) => {
  if (detail === "refused") return show("login");
  link = detail;
  render();
});
feed.addEventListener("message", ({ detail }) => {
  if (detail.kind === "state") return take(detail.state);
  log.add(detail);
  if (detail.kind !== "fault") return;
  banners.addFault(detail);
  render();
});

const byNumber = (key) => {
  const product = state?.products.find((candidate) => candidate.link === Number(key));
  if (product && link === "open") goTo(product);
};
installShortcuts({
  " ": () => bar.togglePause(), h: () => act({ command: "hush" }), n: () => act({ command: "skip" }), m: toggleSound,
  t: () => bar.field.focus(), "?": () => showShortcuts(words), ...Object.fromEntries([..."123456789"].map((key) => [key, byNumber])),
});

const refused = new URLSearchParams(location.search).get("login");
history.replaceState(null, "", "/console");
render();
hasSession().then((yes) => show(yes ? "desk" : "login", Number(refused)), () => show("login", 503));
