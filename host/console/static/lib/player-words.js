// What the player says where it cannot play all there is, on both pages: in a line what is wrong, then what helps.

export const PLAYER_WORDS = {
  zh: {
    picture: "只有声音，没有画面\n这个浏览器不能解码 H.264。请换用 Chrome、Edge 或 Safari；Firefox 装好 OpenH264 插件后，画面会自己出现。",
    webrtc: "这个浏览器看不了直播\n它没有 WebRTC，或者把 WebRTC 关掉了。请换用新版的 Chrome、Edge、Safari 或 Firefox。",
    https: "这个页面看不了直播\n这个浏览器只在安全的页面上播放直播，请用 https:// 开头的地址打开。",
    refused: (status) => `进不了直播间\n直播间没有接受这个浏览器的连接（${status}）。请刷新页面，或换一个浏览器。`,
    answer: "这个浏览器看不了直播\n它没有接受直播间的应答。请刷新页面，或换一个浏览器。",
    blocked: "画面和声音传不过来，可能是网络拦截了 UDP。仍在重试…",
    again: "再试一次",
  },
  en: {
    picture: "Sound only, no picture\nThis browser cannot decode H.264. Use Chrome, Edge or Safari; in Firefox the picture comes by itself once its OpenH264 plug-in is there.",
    webrtc: "It cannot play here\nThis browser has no WebRTC, or has it switched off. Use a current Chrome, Edge, Safari or Firefox.",
    https: "It cannot play here\nThis browser plays live rooms on secure pages only. Open this one at an address that begins with https://.",
    refused: (status) => `You were not let in\nThe room did not accept this browser's connection (${status}). Reload the page, or try another browser.`,
    answer: "It cannot play here\nThis browser did not accept the room's answer. Reload the page, or try another browser.",
    blocked: "No picture or sound gets through. The network may block UDP. Still trying…",
    again: "Try again",
  },
};
