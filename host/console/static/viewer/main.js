import "../lib/live-player.js";
import "./cart-list.js";
import "./comment-box.js";
import "./comment-list.js";
import "./live-caption.js";
import "./product-card.js";
import { arrived } from "../lib/clock.js";
import { setText } from "../lib/dom.js";
import { Feed } from "../lib/feed.js";
import { wordsFor } from "./words.js";

const find = (selector) => document.querySelector(selector);
const player = find("live-player");
const card = find("product-card");
const cart = find("cart-list");
const comments = find("comment-list");
const box = find("comment-box");
const caption = find("live-caption");
const sound = find("#sound");

const empty = { title: "", lang: "", label: "", phase: "starting", viewers: 0, now: null, card: null, products: [], comments: [], progress: {} };
let state = { ...empty, lang: navigator.language.startsWith("zh") ? "zh" : "en" };
let connected = true;

function render() {
  const words = wordsFor(state.lang);
  document.documentElement.lang = words.htmlLang;
  document.title = state.title || words.title;
  for (const part of [card, cart, comments, box]) part.words = words;
  player.words = words.player;
  player.show();
  setText(find("#title"), state.title);
  setText(find("#watching"), words.watching(state.viewers));
  setText(find("#label"), state.label);
  const notice = !connected ? words.offline : state.phase === "paused" ? words.paused : "";
  setText(find("#notice"), notice);
  find("#notice").hidden = !notice;
  find("#stage").setAttribute("aria-label", words.stage);
  find("#comments-title").textContent = words.comments;
  card.show(state.card, state.products);
  cart.show(state.products, state.card?.product);
  comments.show(state.comments, state.now, state.progress);
  box.show();
  caption.setAttribute("aria-label", words.caption);
  caption.show(state.now);
  showSound(words);
}

function showSound(words) {
  sound.hidden = !player.live;
  sound.dataset.muted = player.muted;
  sound.setAttribute("aria-label", player.muted ? words.unmute : words.mute);
}

player.addEventListener("state", () => {
  document.body.dataset.picture = player.state;
  showSound(wordsFor(state.lang));
});
sound.addEventListener("click", () => (player.muted ? player.unmute() : (player.muted = true)));
card.addEventListener("cart", () => cart.open());
cart.addEventListener("ask", ({ detail }) => box.say(wordsFor(state.lang).askText(detail)));
box.addEventListener("comment", ({ detail }) => comments.own(detail));
comments.addEventListener("retry", ({ detail }) => box.post(detail));

const feed = new Feed("/api/public/events");
feed.addEventListener("status", ({ detail }) => {
  connected = detail === "open";
  render();
});
feed.addEventListener("message", ({ detail }) => {
  if (detail.kind === "state") state = { ...empty, ...detail.state };
  else if (detail.kind === "patch") state = { ...state, ...detail.state };
  if ("now" in detail.state) state.now = arrived(detail.state.now);
  render();
});
render();
feed.start();
