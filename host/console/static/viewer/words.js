// What the viewer page says, by room language.

import { PLAYER_WORDS } from "../lib/player-words.js";

export const WORDS = {
  zh: {
    htmlLang: "zh-CN",
    player: {
      ...PLAYER_WORDS.zh, connecting: "正在进入直播间…", waiting: "画面中断，正在重新连接…", absent: "本直播间暂无画面", sound: "点一下，打开声音",
      play: "点一下，开始观看",
    },
    mute: "静音", unmute: "打开声音", stage: "直播画面", watching: (n) => `${n} 人在看`,
    link: (n) => `${n}号链接`, listPrice: "原价", soldOut: "已售罄", cart: "全部商品", cartCount: (n) => `商品 ${n}`, close: "关闭",
    ask: "讲一下", askText: (n) => `讲一下${n}号链接`, onAir: "讲解中", noProduct: "主播马上开始介绍商品",
    caption: "字幕", comments: "评论", empty: "还没有评论，来问第一个问题吧", host: "主播", answering: "正在回答",
    newer: "有新评论", you: "我", sending: "发送中…", sent: "已发送", failed: "没有发出去", waiting: "等主播回答", done: "主播收到了", left: "主播没有把握，留给工作人员了", missed: "这次没来得及回答", retry: "重试",
    say: "问问主播…", send: "发送", nick: "昵称", nickTitle: "你的昵称", nickHint: "只保存在这台设备上", save: "保存", guest: "游客",
    tooMany: (s) => `发得太快了，${s} 秒后再试`, offline: "连接断开，正在重连…", paused: "主播休息一下，马上回来", title: "直播间",
  },
  en: {
    htmlLang: "en",
    player: {
      ...PLAYER_WORDS.en, connecting: "Entering the live room…", waiting: "Picture lost, reconnecting…", absent: "This room sends no picture",
      sound: "Tap or click for sound", play: "Tap or click to watch",
    },
    mute: "Mute", unmute: "Turn sound on", stage: "Live picture", watching: (n) => `${n} watching`,
    link: (n) => `Link ${n}`, listPrice: "List price", soldOut: "Sold out", cart: "All products", cartCount: (n) => `${n} products`, close: "Close",
    ask: "Show me", askText: (n) => `Tell us about link ${n}`, onAir: "On air", noProduct: "The host is about to start",
    caption: "Captions", comments: "Comments", empty: "No comments yet. Ask the first question.", host: "Host", answering: "Answering now",
    newer: "New comments", you: "you", sending: "Sending…", sent: "Sent", failed: "Not sent", waiting: "Waiting for the host", done: "The host has it", left: "Left to the shop's people", missed: "Not reached this time", retry: "Try again",
    say: "Ask the host…", send: "Send", nick: "Name", nickTitle: "Your name", nickHint: "Kept on this device only", save: "Save", guest: "Guest",
    tooMany: (s) => `Too fast. Try again in ${s} s`, offline: "Connection lost, reconnecting…", paused: "The host is taking a short break", title: "Live room",
  },
};

/** The words of a room's language. */
export function wordsFor(lang) {
  return WORDS[lang] ?? WORDS.en;
}
