"""What is promised for after the sale: repair and replacement, taking back, and paying later."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from host.core.reason import Reason
from host.lang.stance.clauses import CLAUSE_END
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind
from host.mind.guard.patterns import Claimed, either
from host.mind.guard.promises import Promise

_IN = rf"[^{CLAUSE_END}]"
_EVER = (
    r"一辈子|没有?期限|不限(?:时间|次数|期|年)|期过了?|过[了]?保|永远|终[身生]|永[远久]|无限期|长期"
    r"|[用到]到?老|到底|随时(?!.{0,4}(?:找|问|联系|来|看|告诉"
    r"|咨询|可以[找问]))|(?:任何|什么|不管.{0,2})时候"
    r"|多(?:久|少年|长时间)(?:都|也|了)|哪[天年]|(?:年|个?月)(?:以)?后|过了(?:质保|保修)|想.{1,2}就.(?:$|[^\w]|退|换)"
    r"|\b(?:for (?:life|ever|good|years|decades)|forever|lifetime|life-long|whenever|any ?time|always"
    r"|no matter when|as long as you"
    r"|years? (?:from now|later|down|after)|months? (?:from now|later)|after (?:a|an|one|two|three"
    r"|five|six|ten|several|many) (?:years?|months?|weeks?)"
    r"|never (?:ends?|expires?|runs? out)|no (?:time )?limit|till you die|rest of your life|if it ever)\b"
)
_ANYHOW = (
    r"不管|无论|不论|怎么(?:坏|摔|弄|用|折腾)|(?<!非)人为|任何(?:原因|问题|情况|理由|毛病)|什么(?:原因|问题|毛病)都"
    r"|(?:摔|磕|碰|砸|撞|压|弄)(?:坏|碎|瘪|破|裂|了)"
    r"|\b(?:no matter (?:how|what|why)|(?:any|whatever) (?:reason|cause|problem|damage|accident)s?"
    r"|whatever|accident\w*"
    r"|(?:if|when) you (?:drop|break|crack|smash|lose|dent|spill)|(?:drop|dent|crack|smash|lose) it)\b"
)
_BROKEN = r"坏|破|碎|裂|摔|磕|碰|瘪|凹|失灵|罢工|故障|毛病|损|不亮|掉漆|出了?问题|质量问题"
_WE = (
    r"\b(?:we|i|they|the shop|our team|support)(?:'ll| will| would| can| even| still| always| just"
    r"| simply| also| happily| gladly)*"
)
_ANOTHER = r"(?:you )?(?:a (?:new|fresh|second) (?:one|\w+)|another|a replacement|a spare one)"
CARE = Promise(
    ClaimKind.CARE,
    Reason("lacks_care"),
    either(
        r"质保|保修|保固|联保|三包(?!装)|包换|包修|包赔|换新",
        r"免费(?:给[你您])?(?:换|修|维修|更换|维护|保养)",
        rf"(?:{_BROKEN}){_IN}{{0,6}}[,，]?{_IN}{{0,8}}?(?<!不)(?<!季)(?<!没)(?:换(?!个?(?:话题|颜色"
        r"|一?下一?个|季|洗|着))|(?<![装保])修(?![身长改])|赔|补[发寄]|重[发寄]|再[发寄]|照?样?管(?!用|够|理|子))",
        rf"(?:过保|质保期?过了){_IN}{{0,6}}管",
        r"换(?:一[个台只口件条把]|个|[台只口])?(?:全?新的|新(?:[杯灯锅机]|$))",
        rf"(?:一辈子|终[身生]|永远|永久|用到老){_IN}{{0,6}}(?:管|负责|维护|维修|保养|售后|包|修|换)",
        rf"(?:售后|维护|维修){_IN}{{0,8}}(?:到底|一辈子|终[身生]|永远|永久|全包|都管|不收|免费)",
        r"\bwarrant(?:y|ies|ed)\b|\bguarantees?\b",
        rf"{_WE} (?:replace|repair|fix|swap|exchange|mend|rebuild)\b(?! your (?:paper|old))",
        rf"{_WE} (?:send|give|ship|hand|get|mail|post) {_ANOTHER}",
        r"\bfree (?:repairs?|replacements?)\b|\b(?:repairs?|replacements?) (?:is|are|come) (?:always )?free",
        r"\byou(?:'ll| will)? get (?:a new one|another one|a replacement)\b|\b(?:is|are|'s|be"
        r"|you're) (?:fully |always |also )?covered\b",
    ),
    {
        "ever": either(_EVER),
        "anyhow": either(
            _ANYHOW, r"\bany (?:dent|scratch|crack|break|fault|mark|chip)s?\b|\b(?:dent|scratch|crack)s? you\b"
        ),
        "anew": either(
            r"(?<!不)(?<!更)换(?!季|洗|着)|包换|赔[你您]?(?:一|个|新)|[补重再][发寄]",
            r"\b(?:replac\w+|swap\w*|another|new one|exchang\w+|a new|fresh|brand[- ]new)\b",
        ),
    },
)
"""To mend or replace what breaks."""

_TAKEN = r"退(?![休步烧化色热潮缩让役伍学出路下])"
RETURNS = Promise(
    ClaimKind.RETURNS,
    Reason("lacks_returns"),
    either(
        r"(?:支持|可以?|能|包|随[便时意]|都|就|给[你您]?|照样?|也|直接|再|想|无条件|不满意|不喜欢"
        rf"|不合适|不想要了?|后悔了?|无?理由|全额|放心|时候|痕迹{_IN}{{0,6}}|原路){_IN}{{0,6}}?{_TAKEN}",
        rf"{_TAKEN}(?:回来?|给我|给[你您]|[你您]钱?)(?!休)",
        rf"(?:寄|拿|送)回来{_IN}{{0,4}}{_TAKEN}",
        rf"{_TAKEN}(?:货|换|款)?{_IN}{{0,3}}(?:不用|不要|没有?|无需?){_IN}{{0,4}}(?:条件|理由|原因)",
        r"\b(?:return|refund|send|bring|ship|give|take|mail|get) (?:it|them|this|yours|the \w+"
        r"|your money)(?: right)? ?(?:back|for a refund)\b(?! to (?:the|our) (?:show|table))",
        r"\breturn(?:s|ed|able)?\b(?! to\b)(?: (?:it|them|this|is|are|free|within|whenever|any ?time"
        r"|used|for|after|policy))",
        r"\b(?:full|free|easy|instant|no-questions) (?:refunds?|returns?)\b|\bmoney back\b"
        r"|\brefund(?:s|ed)?\b|\btakes? (?:it|them) back\b|\b(?:take|accept) (?:all |any )?returns\b",
    ),
    {
        "ever": either(_EVER, r"\bafter (?:a|one|two|six|several) (?:year|month)s?\b|\blater on\b"),
        "unconditional": either(
            r"无条件|(?:没有?|不用|不要|无需?)(?:任何)?条件|随[便意]退|想退就退|任意|闭眼退|别有压力|说退就退"
        ),
        "unasked": either(
            r"无(?:任何)?理由|(?:任何|什么)理由都|不(?:用|要|问)(?:任何)?(?:理由|原因)|没有?理由"
            r"|(?:理由|原因)都?不问",
            r"\bno questions\b|\b(?:any|whatever|no) reason\b|\bno matter why\b",
        ),
        "used": either(
            r"痕迹|[喝吃用]剩|剩(?:下)?(?:一?半|点)|弄脏|[用穿喝吃试洗戴拆][过了坏完](?!头)|拆(?:开"
            r"|封|掉)|开[封盖]|用(?:了|过)?(?:几|半|一|两"
            r"|三).{0,2}[天月年周]",
            r"(?<!un)\b(?:used(?! to)|opened|worn|washed|dirty|scratched|stained|damaged|unboxed"
            r"|half empty)\b|\b(?:after"
            r"|even if you(?:'ve)?) (?:us|open|wear|wash)\w*"
            r"|\buse it\b|\bopen it\b",
        ),
        "more": either(
            r"双倍|加倍|退一(?:赔|还)|三倍|还(?:倒)?(?:给|送|赔)",
            r"\bdouble (?:your )?money\b|\btwice (?:the|your|what)\b",
        ),
    },
)
"""To take back what does not please."""

PAYMENT = Promise(
    ClaimKind.PAYMENT,
    Reason("lacks_payment"),
    either(
        rf"先(?:拿|用|试|穿|带|收){_IN}{{0,8}}[,，]?{_IN}{{0,8}}(?:再|后|不(?:用"
        rf"|满意)){_IN}{{0,4}}(?:付|给|钱|款)|先用后付",
        rf"(?:试用|满意){_IN}{{0,6}}(?:再|后|才){_IN}{{0,2}}(?:付|给)|不满意{_IN}{{0,4}}(?:不"
        r"|别)(?:用|必)?(?:付|给)钱|货到付款|免费试用",
        r"\bpay(?:ing)? (?:for it )?(?:later|after(?:wards)?|when you|next month|once you)\b"
        r"|\btry (?:it )?(?:first|before you (?:buy|pay))\b"
        r"|\bfree trial\b|\bcash on delivery\b|\bpay nothing (?:until|now)\b",
    ),
)
"""To be paid later than at the order."""


def aftersales(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every promise for after the sale that no fact keeps."""
    return chain.from_iterable(promise.unkept(folded, sheet) for promise in (CARE, RETURNS, PAYMENT))
