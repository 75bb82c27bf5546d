"""Numerals that count nothing: 一起, 三心二意, 双十一, ``one of``. They are not quantities and need no fact.

Whatever is not listed here counts as a number and must be in the facts: a missing idiom costs a refusal that a
person sees, a wrong one lets a false number through. Entries are therefore words, never bare numerals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import ahocorasick

_ZH = """
一块儿 大一号 小一号 三九天 数九 三伏天
一下 一起 一直 一样 一定 一般 一些 一点 一点点 一会 一会儿 一旦 一边 一面 一方面 一切 一共 一路 一同 一向 一律
一再 一致 一体 一时 一味 一度 一贯
一举 一手 一眼 一口气 一辈子 一阵 一番 一系列 一线 一流 一如既往 一目了然 一模一样 一心一意 一举两得 一应俱全
一步到位 一步一步 一针一线 一五一十
一干二净 一清二楚 一石二鸟 一板一眼 一丝不苟 一成不变 一帆风顺 一拍即合 一见钟情 一视同仁 一言为定 一分为二
一不小心 一转眼 一摸就 一看就 一听就
一用就 一喝就 一拧 一按 一擦 一冲 一洗 一推 一拉 一放 一插 一键 一次性 一站式 一体式 一体成型 一字 一对一
一比一 一整天 一天到晚 一年四季 一年到头 一日三餐 一天三顿
一分钱一分货 一传十十传百 一来 一来二去 一则 一半天 一刹那 一瞬间 一霎 一众 一行人 一家人 一家老小 一家子
一大家子 一大早 一早 一晚上 一夜 一整晚 一整夜 一宿 一周年庆
一圈 一层 一句话 一两句 一两句话 一两个 一二 万一 逐一 统一 唯一 单一 同一 每一 任一 某一 合一 归一 专一 不一
第一次 第一时间 第一步 第一点 第一个
第一件事 第一眼 第一口 第一波 第一批 第一反应 第一印象 其一 其二 其三 有一说一 说一不二 知其一 万众一心
独一无二 始终如一 表里如一 言行一致 大吃一惊
再一次 再来一 又一 这一 那一 哪一 另一 有一 没有一 换一 试一试 看一看 讲一讲 说一说 聊一聊 摸一摸 闻一闻 尝一尝
比一比 想一想 点一点 戳一戳 等一等 歇一歇 缓一缓 数一数 选一选
看一下 讲一下 说一下 聊一下 等一下 试一下 了解一下 介绍一下 放一放 冲一冲 洗一洗 擦一擦 烫一下 晃一晃 摇一摇
捏一捏 拍一拍 扫一扫 扫一眼 看一眼 走一走 走一圈 逛一逛 晒一晒
三心二意 三言两语 三三两两 三番五次 三番两次 三思 三五好友 三两好友 三餐 一日三餐 三伏 三九 三角 三明治 三文鱼
三脚架 三国 三亚 三八节 三七 再三 丢三落四 接二连三 举一反三 朝三暮四 颠三倒四 三下五除二
两边 两侧 两手 两面 两头 两全其美 两不误 两用 两码事 两难 两口子 两样 两回事 一刀两断 两句 小两口 三两下 两下
两步 两三下
四季 四周 四川 四面八方 四处 四肢 四海 四方 四通八达 四平八稳 四舍五入 不三不四 丢三忘四 七上八下 七嘴八舌
七七八八 乱七八糟 七夕 七分裤 八宝 八仙 八卦 八角 八成新 横七竖八
五谷 五谷杂粮 五金 五官 五花 五花八门 五湖四海 五香 五颜六色 五彩 五星红旗 五一 五四 五福 六一儿童节 六六大顺
六神 六亲 九九归一 九牛 九霄 九阳 九牛一毛
十分 十足 十全十美 十拿九稳 十有八九 十万火急 十月怀胎 十字 十字路口 十来 十一黄金周 十一假期 国庆十一 双十一
双十二 双11 双12 双二 六一八大促 618大促 618活动 六一八活动 818大促 八一八大促 六一八 618年中
百搭 百货 百科 百年 百姓 百合 百香果 百看不厌 百听不厌 百忙 百事 百忙之中 百口莫辩 千万别 千万不要 千万要
千万记得 千万 千层 千变万化 千家万户 千里 千里迢迢 千篇一律 千言万语 千辛万苦 千方百计 千军万马 千金 秋千 千禧
百般
万能 万物 万分 万一 万幸 万年 万事 万事如意 万无一失 万象 万向 万家 万紫千红 万众 千千万万 万万 万万没想到 万里
万用 包罗万象
二维 二维码 二手 二郎腿 二话不说 二话 二来 二则 二次元 二胎 二宝 二人世界 不二 独一不二 二选一 三选一 二楼 周末
第二天 第二层皮肤 亿点 亿万
一百个放心 一万个放心 一百个愿意 零食 零钱 零件 零售 零碎 零散 零星 归零 清零 零下 零距离 零距 零基础 零负担
幺儿 半斤八两 一对 一双手 一只手 一个人 两个人 两只手 两个字 四个字 三个字
一分耕耘 一份心意 一天比一天 一年比一年 一个顶俩 一口 一小口 一大口 一整杯 一整套 每一天 三、二、一 三,二,一
三二一 3、2、1 3,2,1 321上 一天好心情 三三、 这两天 那两天 前两天 过两天 四四方方 五脏 一天带着 一天喝 一天里
一天要 新的一天 走一天 站一天
坐一天 逛一天 忙一天 跑一天 忙活一天 上一天班 忙了一天 一天下来 美好的一天 愉快的一天 一天的开始 一天的工作
这一天 那一天 一天没 辛苦一天 累了一天 工作一天 一天都
一分一毫 一厘一毫 一寸一寸 一片心意 一丝 一股 一抹 一缕 一脸 一身 一头 一堆 一肚子 一屋子 一桌 一车 一路上
一条龙 一回生二回熟 一年一度 一分为 进一步 退一步 更进一步 下一步 上一步
下一个 上一个 下一款 上一款 下一件 下一位 下一句 下一次 上一次 前一个 后一个 头一次 头一回 星期一到 一号位
一切两半 一刻 一时间 一一 一一回答 一一解答 一一回复 一一介绍 挨个
等我一分钟 稍等一分钟 稍等一秒 一分钟都 一点也不 一点都不 一点儿 有一点 快一点 慢一点 大一点 小一点 早一点
晚一点 多一点 少一点 差一点 近一点 好一点 一点没 一点不 一点小 一点建议 一点心意 一点时间
"""
_EN = r"""
three,? two,? one|one of|one by one|no one|this one|that one|the one|which one|each one|every one|one another|
one more|one thing|one last
thing|one at a time|at one time|no two|one side|one hand|one person|someone|another one|new one|one moment|one sec|
one second|just a second|a second look|in a
second|second thoughts?|one[- ]handed|first of all|at first|first time|for the first time|first thing|
first come|number one question|one step|one word|day one|one
too|square one|all in one|all-in-one|one-on-one|one to one|one way or another|one that|ones? (?:who|you|we|i)|
either one|double eleven|double[- ]check|think twice|twice
about it|on second thought|the two of (?:us|you|them)|you two|two cents|one question|good one|great one|
one and only|a hundred percent sure|at the eleventh
hour|one from|one for (?:me|you|now|yourself)|one with|one in (?:your|my|the)|one here|one there|
one on (?:screen|air)|one you|one i|one we|one is|one or the other|one day soon|some day|
back to you in a minute|give me a second|wait a second|a second to|take a second|hang on a second|one by|
lower (?:forty-eight|48)|
loved ones?|pick one up|grab one|try one|want one|get one in|need one|have one|order one|buy one for|add one to
"""  # fmt: skip

_PHRASES = re.compile(
    r"(?<![a-z])(?:" + "|".join(part.strip() for part in " ".join(_EN.split("\n")).split("|")) + r")(?![a-z])"
)
_AUTOMATON = ahocorasick.Automaton()
for _entry in _ZH.split():
    _AUTOMATON.add_word(_entry, _entry)
_AUTOMATON.make_automaton()


def idioms(text: str) -> Iterator[tuple[int, int]]:
    """``(start, end)`` of every idiom in a folded text, longest first where they start together."""
    found = [(end + 1 - len(entry), end + 1) for end, entry in _AUTOMATON.iter(text)]
    found += [match.span() for match in _PHRASES.finditer(text)]
    yield from sorted(found, key=lambda span: (span[0], -span[1]))
