// What the operator page says. The operator chooses the language; the browser's own is only the first guess.

import REASONS_EN from "/words/en.js";
import REASONS_ZH from "/words/zh.js";
import { PLAYER_WORDS } from "../lib/player-words.js";

/** What a tag beside a reason says already is not said again. */
const BESIDE_A_TAG = { asks: "{product?about {product} (#{link})}{product!{missing?there is no link {missing}}}", answered: "", greeted: "", small_talk: "" };

const ZH = {
  htmlLang: "zh-CN", other: "English", title: "控制台",
  phase: { starting: "启动中", on_air: "直播中", paused: "已暂停", stopping: "停播中" },
  viewers: (n) => `${n} 人在看`, waiting: (n) => `${n} 条待答`,
  link: { open: "已连接", closed: "连接断开", opening: "连接中…" },
  lost: "与直播间的连接断开，页面上的内容可能已过时。正在重连…", degraded: "降级运行", fault: (where) => `${where}故障`,
  where: { voice: "语音", answerer: "回答", pump: "播出", presenter: "播出", conversation: "评论", scripts: "脚本", feed: "商品数据", vetting: "脚本核对", whep: "网页直播", recorder: "录像", websocket: "评论接入" },
  faultRetry: (s) => `${s} 秒后重试`, findings: (n) => `脚本有 ${n} 处问题，已沿用上一个可用版本`, warnings: (n) => `脚本有 ${n} 处提醒`, hide: "知道了",
  help: "快捷键", logout: "退出", login: "登录", token: "操作口令", tokenHint: "启动直播间时终端里打印的那一串", wrongToken: "口令不对", tooMany: "试错太多次，请稍后再试", unreachable: "连不上直播间",
  now: "正在说", nothing: "此刻没有在说话", next: "接下来", nothingNext: "队列是空的", line: (n, all) => `第 ${n} / ${all} 句`,
  kind: { script: "脚本", answer: "回答", greeting: "问候", bridge: "衔接", operator: "导播", notice: "AI 提示" },
  pause: "暂停", resume: "继续", skip: "跳过本段", hush: "立即停嘴", hushHint: "马上静音并暂停", say: "让主播马上说…", sayNow: "插播", commands: "指令",
  facts: "改价", factsTitle: (name) => `修改「${name}」的价格和库存`, factsHint: "下一句起生效；半分钟内说过的旧价，主播会更正。留空表示不再说。", factsSave: "立即生效",
  factLabels: { price: "价格", listPrice: "划线价", stock: "库存", variant: "规格" }, factsBy: { api: "接口", console: "控制台", webhook: "外部系统", feed: "商品数据", file: "文件" },
  products: "商品", goto: "去讲", onAir: "讲解中", stock: (n) => (n === 0 ? "已售罄" : `库存 ${n}`), segments: (n) => `${n} 段`, linkNo: (n) => `${n}号`,
  comments: "评论", all: "全部", open: "待处理", noComments: "还没有评论", noOpen: "没有待处理的评论", answer: "回答", correct: "更正", dismiss: "忽略",
  by: (name) => `由 ${name} 回答`, answering: "正在答", correcting: "更正中", answerTitle: "让主播这样回答", answerHint: "说出去之前仍会核对事实", correctTitle: "让主播更正这条回答", correctHint: "写对的内容即可，主播会先说明是更正；说出去之前仍会核对事实", send: "播出", cancel: "取消", confirm: "确定",
  held: "被拦下的话", heldNow: "拦下", allowed: "已放行", allow: "放行这句话", revoke: "收回", times: (n) => `${n} 次`, notAllowable: "不能由导播放行",
  allowedBy: (who, when) => [`由 ${who} 放行`, when].filter(Boolean).join(" · "),
  gotoAsk: (name) => `现在去讲「${name}」？`, gotoHint: "主播说完这一句就换过去。",
  intent: { question: "提问", greeting: "问候", order: "下单", request: "点播", identity: "问真假", trouble: "报障", chat: "闲聊", spam: "垃圾" },
  fate: { queued: "排队", answered: "已答", greeted: "已问候", refused: "拒答", escalated: "转人工", ignored: "忽略", expired: "过期", dropped: "丢弃" },
  ago: (s) => (s < 60 ? `${s} 秒前` : s < 3600 ? `${Math.floor(s / 60)} 分钟前` : `${Math.floor(s / 3600)} 小时前`),
  health: "状态", voice: "语音", answerer: "回答", computer: "这台电脑", music: "背景音乐", mouth: "口型", offset: (ms) => `比声音${ms > 0 ? "晚" : "早"} ${Math.abs(ms)} 毫秒`, late: (percent) => `${percent}% 画面来不及`, output: { whep: "网页直播", recorder: "录像" }, dropped: (n) => `丢包 ${n}`, recording: "录制中", level: { good: "正常", warn: "由后备顶上", bad: "异常" },
  counters: "计数（本次开播以来）与现状",
  counter: {
    comments: "评论", answered: "已回应", refused: "拦下的句子", utterances: "说过的句子", trouble_sound: "反映没声音", trouble_picture: "反映没画面", trouble_stuck: "反映卡顿", trouble_sync: "反映音画不同步", trouble_blurry: "反映画面糊", trouble_other: "反映别的问题", faults: "故障", journal_lost: "丢失的日志", released_ticks: "播出的拍",
    repeated_pictures: "重复的画面", late_pictures: "迟到的画面", dropped_pictures: "丢弃的画面", late_releases: "迟发的拍", skips: "跳帧", ticks: "生成的拍",
    heard_samples: "说话的采样", idle_samples: "安静的采样", skipped_ticks: "跳过的拍", pump_faults: "播出故障", output_packets_sent: "送出的数据包",
    output_packets_dropped: "丢弃的数据包", output_pictures_early: "首个关键帧之前的画面", comments_dropped: "来不及收的评论", comments_displaced: "被挤掉的评论", replies_dropped: "没说成的答句",
    viewers_forgotten: "忘掉的观众", watcher_events_lost: "没送到的事件",
    viewers: "观众", comments_waiting: "待答的评论", degraded: "降级项", late_ratio: "来不及播出的比例", too_slow: "电脑太慢", paused: "已暂停", in_flight_ticks: "在途的拍", rendering: "正在绘制", render_seconds: "绘制用时（秒）", encode_seconds: "编码用时（秒）",
    output_clients: "观看连接", comments_unread: "未读的评论", viewers_remembered: "记得的观众", replies_waiting: "待说的答句",
  },
  log: "事件", noEvents: "从打开这一页起，发生的事记在这里", logLost: (n) => `${n} 条事件因网络慢而丢失`,
  event: { speaking: "说", again: "重说", played: "说完", interrupted: "被打断", comment: "评论", verdict: "判定", refusal: "拦下", operator: "导播", not_done: "没有照办", fault: "故障", degraded: "降级", reloaded: "脚本更新", facts: "商品信息", room_started: "开播", room_stopped: "停播", lost: "丢失" },
  allWell: "一切恢复正常", sent: "已发出", failed: "没有成功", player: { ...PLAYER_WORDS.zh, connecting: "正在接入画面…", waiting: "画面中断，重连中…", absent: "没有画面输出", sound: "", play: "" },
  reasons: REASONS_ZH, http: { 403: "没有权限", 413: "内容太长", 429: "操作太频繁，请稍后再试", 500: "直播间出错了，详情见它的日志" },
  command: { change: "改商品信息", pause: "暂停", resume: "继续", skip: "跳过本段", hush: "立即停嘴", goto: "去讲", say: "插播", answer: "回答", correct: "更正", dismiss: "忽略", allow: "放行", revoke: "收回放行" }, resumed: "接着上次的地方讲",
  mute: "静音", unmute: "监听",
  keys: [["空格", "暂停 / 继续"], ["H", "立即停嘴"], ["N", "跳过本段"], ["T", "写一句让主播马上说"], ["1–9", "去讲几号商品（要确认）"], ["M", "监听开关"], ["?", "这张表"]],
};

const EN = {
  htmlLang: "en", other: "中文", title: "Console",
  phase: { starting: "Starting", on_air: "On air", paused: "Paused", stopping: "Stopping" },
  viewers: (n) => `${n} watching`, waiting: (n) => `${n} waiting`,
  link: { open: "Connected", closed: "Disconnected", opening: "Connecting…" },
  lost: "The connection to the room is lost; what this page shows may be old. Reconnecting…", degraded: "Degraded", fault: (where) => `Fault${where && `: ${where}`}`, where: {},
  faultRetry: (s) => `retry in ${s} s`, findings: (n) => `${n} finding${n === 1 ? "" : "s"} in scripts; the last good version stays on air`, warnings: (n) => `${n} warning${n === 1 ? "" : "s"} about scripts`, hide: "Dismiss",
  help: "Shortcuts", logout: "Log out", login: "Log in", token: "Operator token", tokenHint: "Printed in the terminal when the room starts", wrongToken: "That is not the token", tooMany: "Too many attempts, try again later", unreachable: "The room cannot be reached",
  now: "Saying", nothing: "Nothing is being said", next: "Next", nothingNext: "The queue is empty", line: (n, all) => `line ${n} of ${all}`,
  kind: { script: "script", answer: "answer", greeting: "greeting", bridge: "bridge", operator: "operator", notice: "AI notice" },
  pause: "Pause", resume: "Resume", skip: "Skip segment", hush: "Stop talking", hushHint: "silence at once, then paused", say: "Have the host say now…", sayNow: "Say now", commands: "Commands",
  facts: "Price", factsTitle: (name) => `Change price and stock of “${name}”`, factsHint: "In force at the next sentence; a price said within half a minute is corrected aloud. Empty: nothing is told of it.", factsSave: "Put in force",
  factLabels: { price: "Price", listPrice: "List price", stock: "Stock", variant: "Variant" }, factsBy: {},
  products: "Products", goto: "Go to", onAir: "on air", stock: (n) => (n === 0 ? "sold out" : `${n} in stock`), segments: (n) => (n === 1 ? "1 segment" : `${n} segments`), linkNo: (n) => `#${n}`,
  comments: "Comments", all: "All", open: "To do", noComments: "No comments yet", noOpen: "Nothing to do", answer: "Answer", correct: "Correct", dismiss: "Dismiss",
  by: (name) => `by ${name}`, answering: "answering", correcting: "correcting", answerTitle: "Have the host answer", answerHint: "Facts are checked before it is spoken", correctTitle: "Have the host correct its answer", correctHint: "Write what is right: the host says first that it is a correction. Facts are checked before it is spoken", send: "Send to air", cancel: "Cancel", confirm: "Yes",
  held: "Held back", heldNow: "Held", allowed: "Allowed", allow: "Allow this wording", revoke: "Take back", times: (n) => `${n} times`, notAllowable: "no operator can allow this",
  allowedBy: (who, when) => [`allowed by ${who}`, when].filter(Boolean).join(" · "),
  gotoAsk: (name) => `Go to “${name}” now?`, gotoHint: "The host finishes the sentence first.",
  intent: { question: "question", greeting: "greeting", order: "order", request: "request", identity: "human or AI", trouble: "trouble", chat: "chat", spam: "spam" },
  fate: { queued: "queued", answered: "answered", greeted: "greeted", refused: "refused", escalated: "escalated", ignored: "ignored", expired: "expired", dropped: "dropped" },
  ago: (s) => (s < 60 ? `${s} s ago` : s < 3600 ? `${Math.floor(s / 60)} min ago` : `${Math.floor(s / 3600)} h ago`),
  health: "Health", voice: "Voice", answerer: "Answers", computer: "Computer", music: "Music", mouth: "Mouth", offset: (ms) => `${Math.abs(ms)} ms ${ms > 0 ? "behind" : "ahead of"} the sound`, late: (percent) => `${percent} % of pictures late`, output: { whep: "Viewers", recorder: "Recording" }, dropped: (n) => `${n} dropped`, recording: "recording", level: { good: "ok", warn: "a fallback works", bad: "failing" },
  counters: "Counters since the start, and figures now", counter: {},
  log: "Events", noEvents: "What happens from now on is listed here", logLost: (n) => `${n} events lost: this connection is slow`,
  event: { speaking: "says", again: "again", played: "said", interrupted: "cut", comment: "comment", verdict: "verdict", refusal: "blocked", operator: "operator", not_done: "not done", fault: "fault", degraded: "degraded", reloaded: "scripts", facts: "facts", room_started: "started", room_stopped: "stopped", lost: "lost" },
  allWell: "all is well again", sent: "Done", failed: "That failed", player: { ...PLAYER_WORDS.en, connecting: "Getting the picture…", waiting: "Picture lost, reconnecting…", absent: "No picture output", sound: "", play: "" },
  reasons: { ...REASONS_EN, templates: { ...REASONS_EN.templates, ...BESIDE_A_TAG } }, http: {},
  command: { goto: "go to", change: "change facts" }, resumed: "goes on where it stopped",
  mute: "Mute", unmute: "Listen in",
  keys: [["Space", "pause / resume"], ["H", "stop talking at once"], ["N", "skip the segment"], ["T", "write a line to say now"], ["1–9", "go to that product (asks first)"], ["M", "listen in / mute"], ["?", "this table"]],
};

export const WORDS = { zh: ZH, en: EN };
