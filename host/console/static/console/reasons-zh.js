// What every reason says in Chinese, by the codes and details of host/core/wording.py.

const CONTACT = { link: "网址", mail: "邮箱", handle: "联系账号", phone: "号码" };
const MEASURE = {
  money: "金额", percent: "百分比", discount: "折扣", physical: "参数", duration: "时长", date: "日期", clock: "时间", count: "数量", bundle: "买赠",
  link: "链接号", code: "型号", number: "数字",
};
const ROLE = { "list price": "原价", saving: "优惠额", coupon: "优惠券", threshold: "满减门槛", fee: "费用", deposit: "定金" };
const BOUND = { above: "以上", below: "以下", about: "左右", from: "起" };
const CATEGORY = {
  "absolute terms": "绝对化用语", "medical claims": "医疗功效", guarantees: "承诺保证", "service and shipping": "服务与物流", "urgency and popularity": "稀缺与热度",
  "material and function": "材质与功能", "origin and proof": "产地与证明", "off the platform": "站外引流", insults: "辱骂",
  "gambling, sex, politics": "赌博、色情、政治", "gambling, sex, superstition, politics": "赌博、色情、迷信、政治",
};
const TROUBLE = { sound: "没有声音", picture: "没有画面", stuck: "画面卡住", sync: "音画不同步", blurry: "画面不清楚" };
const CARRIES = { price: "价格、原价或生效中的促销", date: "带这个日期的促销或事实", unit: "带这个数值和单位的事实", number: "带这个数字的事实", claim: "说明这一点的事实" };
const ENDPOINT = { 401: "，密钥被拒", 403: "，没有权限", 429: "，请求太多或余额不足" };

const STOPPED = { content_filter: "内容过滤", tool_calls: "要调用工具", tool_use: "要调用工具", function_call: "要调用函数", refusal: "拒绝回答", error: "出错" };

const category = (name) => CATEGORY[name] ?? name;
const named = (products) => products.map(({ name, link }) => `${name}（${link}号）`).join("、");

/** What a comment asks needs no words: the tag beside it says so. */
function asks({ product, link, missing }) {
  if (product) return `关于${product}（${link}号）`;
  return missing === undefined ? "" : `没有 ${missing} 号链接`;
}

function guardFacts({ offending, what, products, add, source }) {
  const searched = products.length ? `查了${named(products)}的资料` : "没有对应的商品资料";
  return `「${offending}」${what}；${searched}${add ? `。要说，请把${CARRIES[add]}写进 ${source || "商品资料"}` : ""}`;
}

function whep({ served, never_connected: never, vanished, previews }) {
  const parts = [`累计服务 ${served} 人`, never && `${never} 次没连上`, vanished && `${vanished} 人掉线`, previews && `另有 ${previews} 路预览`];
  return parts.filter(Boolean).join("，");
}

export const REASONS_ZH = {
  other: ({ text }) => text,
  too_long: ({ most }) => `超过 ${most} 字`,
  room_rate: () => "全场评论太快，超过每秒上限",
  user_rate: ({ user }) => `${user} 发得太快`,
  user_rate_unnamed: () => "这位观众发得太快",
  advert_in_name: ({ found }) => `昵称里有广告：「${found}」`,
  seen_before: () => "这条已经收到过",
  unreadable: () => "没有可读的内容",
  same_words: () => "同一人一分钟内重复发送",
  instructions: ({ found }) => `想给主播下指令：「${found}」`,
  contact: ({ kind, found }) => `含${CONTACT[kind] ?? "联系方式"}：「${found}」`,
  advertising: ({ found }) => `广告：「${found}」`,
  insult: ({ found }) => `辱骂：「${found}」`,
  laugh: () => "只是笑声，不用回答",
  flood: ({ found }) => `刷屏：「${found}」`,
  banned_word: ({ found }) => `违禁词：「${found}」`,
  bare_number: () => "只有一个数字，看不出想问什么",
  no_words: () => "没有文字",
  small_talk: () => "",
  complaint: () => "是意见或投诉，主播不接话",
  perhaps_asks: () => "可能是在提问",
  left_to_operator: () => "可能是在提问，资料里没有答案",
  asks,
  trouble: ({ trouble }) => `观众反映：${TROUBLE[trouble] ?? trouble}`,
  asks_identity: () => "问主播是不是真人",
  asks_identity_in_spam: ({ why }) => `问主播是不是真人，另外：${why}`,
  answered: () => "",
  greeted: () => "",
  answer_had_begun: () => "停播时已经在回答",
  waited_off_air: () => "停播期间过期",
  waited_at_stop: () => "停播前就在等",
  goes_to: ({ product }) => `换到${product}`,
  inlet_full: () => "评论来得太快，没来得及读",
  crowded_out: () => "排队已满，让给了更值得回答的",
  greetings_off: () => "本直播间关闭了问候",
  thanking_another: () => "正在感谢另一位买家",
  no_answer: () => "资料里没有答案",
  too_many_replies: () => "等着说的回答太多",
  dismissed: () => "导播忽略",
  went_stale: () => "还没轮到就过时了",
  waited_too_long: () => "等得太久",
  unheard: () => "回答没有播出",
  guard_facts: guardFacts,
  guard_words: ({ offending, what, written }) => `「${offending}」${what}${written ? "，请改写这句" : ""}`,
  guard_failed: ({ error }) => `事实核对出错，按不通过处理（${error}）`,
  guard_length: ({ length, most }) => `一句太长：${length} 字，最多 ${most} 字`,
  guard_nothing: () => "没有能说出口的内容",
  uncarried: ({ measure, role, bound }) => {
    const what = role ? (ROLE[role] ?? role) : (MEASURE[measure] ?? measure);
    return `：现有资料里没有这个${what}${bound ? `（${BOUND[bound] ?? bound}）` : ""}`;
  },
  needs_fact: (details) => `属于${category(details.category)}，资料里写明才能说`,
  never_say: ({ product }) => `在${product}的禁说词里`,
  reaches_someone: () => "是网址、号码或联系账号",
  banned: ({ category: name, source, advertising }) => `属于${category(name)}，${advertising ? "广告里不能说" : "直播里不能说"}（${source}）`,
  claim_role: () => "像是外来的指令或角色",
  claim_model: () => "是语言模型在谈自己",
  claim_markup: () => "是标记或没填好的模板",
  claim_rank: () => "是排名，广告里不能说",
  claim_superlative: () => "是最高级用语，广告里不能说",
  claim_result: () => "是效果承诺，广告里不能说",
  claim_letter: () => "是主播不会念的文字",
  claim_character: () => "同一个字反复出现",
  claim_words: () => "同一句话反复出现",
  lacks_price_comparison: () => "是价格对比，生效的价格和资料都不支持",
  lacks_other_sellers: () => "是和别家对比，资料里没有依据",
  lacks_another_day: () => "是和以前或以后的价格对比，资料里没有依据",
  lacks_price_ahead: () => "是涨价预告，没有优惠在那时结束，资料里也没写",
  lacks_scarcity: ({ most }) => `${most ? `库存并不是 ${most} 件以内` : "库存并没有卖完"}，资料里也没写`,
  lacks_material: () => "和资料里的材质不一致",
  lacks_colour: () => "和资料里的颜色不一致",
  lacks_care: () => "是质保或换修的承诺，资料里没有写到这个程度",
  lacks_returns: () => "是退货的承诺，资料里没有这样的条件",
  lacks_payment: () => "是以后付款的承诺，资料里没有写",
  lacks_free_shipping: () => "是包邮的承诺，资料里没有写这样包邮，或写了例外",
  lacks_destination: () => "资料里没有写送到那里",
  lacks_speed: () => "资料里没有写这么快",
  lacks_gift: () => "资料里没有写送这个，或条件不一样",
  lacks_origin: () => "资料里没有写来自那里",
  lacks_praise: () => "资料里没有写谁在用、谁推荐",
  lacks_certificate: () => "资料里没有写这项认证、检测或奖项",
  lacks_crowd: () => "资料里没有写卖得多火、多少人买",
  leaving: () => "直播间正在停播",
  no_such_product: ({ products }) => `没有这个商品；现有：${products.map(({ name, link }) => `${link}号${name}`).join("、")}`,
  too_many_lines: () => "等着说的话太多，请稍后再试",
  comment_unknown: () => "这条评论已经不在了",
  comment_not_waiting: () => "这条评论已经不在排队",
  nothing_to_say: () => "没有要说的内容",
  guard_refuses: ({ why }) => `核对没有通过：${why}`,
  guard_will_refuse: ({ why }) => `到时会被拦下：${why}`,
  voice_down: ({ name, why }) => `语音 ${name}：${why}`,
  answerer_down: ({ name, why }) => `回答 ${name}：${why}`,
  no_answerer: () => "没有可用的回答引擎，所有提问只能得到稳妥的回复",
  output_down: ({ name, why }) => `输出 ${name}：${why}`,
  journal_fault: ({ error }) => `日志写不进去：${error}`,
  journal_set_aside: ({ file }) => `日志 ${file} 读不了，已另存，换了新的`,
  journal_removed: ({ file }) => `日志 ${file} 在直播中被删，换了新的`,
  viewers_report: ({ trouble, viewers }) => `${viewers} 位观众说${TROUBLE[trouble] ?? trouble}`,
  script_kept: ({ finding }) => `脚本沿用上一个可用版本：${finding}`,
  no_reply: () => "没有响应",
  no_reply_within: ({ seconds }) => `${seconds} 秒内没有响应`,
  engine_no_reply_within: ({ engine, seconds }) => `${engine === "the speech endpoint" ? "语音接口" : engine} ${seconds} 秒内没有响应`,
  speech_status: ({ status }) => `语音接口返回 ${status}`,
  no_sound: () => "没有收到声音",
  not_sound: ({ kind }) => `收到的不是声音，而是 ${kind}`,
  sound_undecodable: ({ error }) => `声音无法解码（${error}）`,
  sound_incomplete: () => "声音缺了一部分或已损坏",
  said_too_short: ({ seconds, usual }) => `一句话只说了 ${seconds} 秒，通常要 ${usual} 秒`,
  said_too_long: ({ seconds, usual }) => `一句话说了 ${seconds} 秒，通常只要 ${usual} 秒`,
  said_with_gap: ({ seconds }) => `句中或句后静默 ${seconds} 秒`,
  said_noise: ({ seconds }) => `有 ${seconds} 秒噪声`,
  sound_endless: ({ seconds }) => `一句话的声音超过 ${seconds} 秒`,
  no_key: ({ name }) => `没有设置 ${name}`,
  too_slow: () => "太慢",
  endpoint_slow: () => "接口太慢",
  endpoint_status: ({ status }) => `接口返回 HTTP ${status}${ENDPOINT[status] ?? ""}`,
  endpoint_unreachable: () => "接口连不上，或连接中断",
  endpoint_garbage: () => "接口返回的内容无法解析",
  endpoint_protocol: ({ error }) => `接口不符合协议（${error}）`,
  endpoint_error: () => "接口报错",
  model_stopped: ({ why }) => `模型中止了回复（${STOPPED[why] ?? why}）`,
  only_reasoning: () => "时间内只收到思考过程，没有回答",
  reply_endless: () => "回复没完没了",
  reply_cut: () => "回复没有说完就断了",
  whep,
  not_running: () => "没有运行",
  recording: ({ file }) => file,
  waiting_for_keyframe: () => "等待关键帧",
  not_recording: () => "没有在录",
};
