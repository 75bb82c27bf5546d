"""What is said about how many are left, against the stock: 最后几件 of 236 is a lie, of four it is the truth.

The stock in the sheet is the measure, and it is the only one: a sheet without a stock carries no such words, unless a
fact states them. Numbers left (还剩236件) are quantities like others, and not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from host.core.reason import Reason
from host.mind.carried import Sheet
from host.mind.stated import CLAUSE_END, Claimed, affirmed, compact, stated
from host.mind.subject import spoken_of

FEW = 9
"""The most that 几件 and ``a handful`` can be."""
LOW = 30
"""The most of which 库存不多 and ``almost sold out`` may be said."""

_IN = rf"[^{CLAUSE_END}]"
_PIECE = "件|只|台|瓶|盒|单|套|份|双|袋|包|箱|罐|把|条|支|块|本|张|副|组|对"
_END = rf"(?=$|[{CLAUSE_END}了啦喽咯啊呀哦哈~吧])"
_OF_TALK = (
    r"(?!\w* ?(?:minutes?|seconds?|hours?|days?|weeks?|questions?|words?|things?|points?|years?|months?|times?"
    r"|moments?))"
)
_FEW = re.compile(
    rf"最后(?:的|这|那|剩下的?)?(?:几|两三|三两|三五)(?:(?:{_PIECE})|个{_END}|个(?:杯|名额|库存|现货|货))"
    rf"|(?:剩|还有)(?:下|了|余)?(?:最后)?(?:没)?(?:几|两三|三两|三五)(?:(?:{_PIECE})|个{_END}|个(?:名额|库存|现货|货))"
    rf"|个位数|(?:只|就|仅)剩(?:下|了)?(?:最后)?(?:一点|少量|零星|寥寥)"
    rf"|\b(?:(?:a|the last|only a|just a) (?:handful|couple|few)|(?:very |only |precious )few|only some)\b{_OF_TALK}"
    r"(?: \w+){0,3} (?:left|remain\w*|in stock|available|to go)\b"
    rf"|\b(?:the|our|your|these|those|are) (?:very )?last (?:few|handful|couple|ones|pieces|units|batch)\b{_OF_TALK}"
)
_LOW = re.compile(
    rf"(?:库存|现货|存货|仓库|后台|货){_IN}{{0,8}}?(?:不多|见底|告急|紧张|告罄|无几|没(?:剩|有)?(?:多少|几)"
    rf"|不够|快没|快空|有限|少得可怜|吃紧)"
    r"|没剩(?:下)?(?:多少|几|什么)|剩(?:下|余)?(?:得|的)?(?:已经|也|真的)?不多|所剩无几|寥寥无几"
    r"|(?:即将|马上|就要|快要?|眼看|差不多|接近)(?:就)?(?:要)?(?:被)?(?:大家)?(?:售罄|卖完|卖光|卖空|抢光"
    r"|抢完|抢空|拍完|拍光|拍空|没货|断货|缺货)"
    rf"|(?:快|马上|就要)(?:就)?(?:要)?没(?:有)?(?:货)?了{_END}|拍一(?:单|件|个)少一(?:单|件|个)|(?:卖"
    rf"|抢)一(?:单|件|个)少一(?:单|件|个)"
    r"|\bstocks?\b[^.!?;]{0,20}\b(?:low|thin|short|dwindl\w+|disappearing|vanishing|running out|almost|nearly)\b"
    r"|\b(?:low|short|running low|limited)(?: in| on)? (?:stock|supply|supplies|quantit\w+|numbers)\b"
    r"|\b(?:almost|nearly|practically|virtually|just about|about to be"
    r"|close to(?: being)?) (?:all )?(?:sold out|sold|gone|out of "
    r"stock|out)\b|\b(?:we|they|these|those|it)(?: are|'re| is|'s) (?:quickly |nearly |almost "
    r"|fast )?running (?:out|low)\b(?! of time)"
    r"|\b(?:will|going to|about to|'ll) (?:be gone|sell out|run out)\b|\b(?:not|n't) (?:many"
    r"|much) (?:are )?left\b|\bbarely any\b|\bdown to (?:our|the) last\b"
)
_GONE = re.compile(
    r"(?<!即将)(?<!马上)(?<!快)(?<!快要)(?<!就要)(?:已经?)?(?:全部|都|彻底)?(?:售罄|卖光了|抢光了|卖完了"
    r"|抢完了|没货了|断货了)"
    r"|(?<!almost )(?<!nearly )(?<!practically )(?<!virtually )\b(?:is|are|it's|they're|completely|already"
    r"|all) (?:now )?(?:sold out|out of stock)\b"
)


def scarcities(folded: str, sheet: Sheet) -> Iterator[Claimed]:
    """Everything a folded text says about little or nothing being left that the stock does not bear out."""
    text = compact(folded)
    named = spoken_of(text, (), sheet)
    stocks = [
        product.stock
        for product in sheet.products
        if product.stock is not None and product.id in (named or {product.id})
    ]
    least = min(stocks, default=LOW + 1)
    for pattern, most in ((_FEW, FEW), (_LOW, LOW), (_GONE, 0)):
        for match in affirmed(pattern, text):
            if least > most and not stated(pattern, match, sheet):
                yield Claimed(match.group(), Reason("lacks_scarcity", most=most))
