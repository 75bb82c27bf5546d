"""What is said about how many are left, against the stock: 最后几件 of 236 is a lie, of four it is the truth.

The stock in the sheet is the measure, and it is the only one: a sheet without a stock carries no such words, unless a
fact states them. Numbers left (还剩236件) are quantities like others, and not judged here.
"""

from __future__ import annotations

from collections.abc import Iterator

from host.core.reason import Reason
from host.lang.stance.clauses import CLAUSE_END
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind, claimed
from host.mind.guard.patterns import Claimed, borne_out, compact, either
from host.mind.proof.lineup import line_up

FEW = 9
"""The most that 几件 and ``a handful`` can be."""
LOW = 30
"""The most of which 库存不多 and ``almost sold out`` may be said."""

_KIND = ClaimKind.SCARCITY
_IN = rf"[^{CLAUSE_END}]"
_PIECE = "件|只|台|瓶|盒|单|套|份|双|袋|包|箱|罐|把|条|支|块|本|张|副|组|对"
_END = rf"(?=$|[{CLAUSE_END}了啦喽咯啊呀哦哈~吧])"
_SOME = "几|两三|三两|三五"
_NO_TALK = r"(?! (?:minutes?|seconds?|hours?|days?|weeks?|questions?|words?|things?|points?|years?|months?|times?))"
_FEW = either(
    rf"最后(?:的|这|那|剩下的?)?(?:{_SOME})(?:(?:{_PIECE})|个{_END}|个(?:杯|名额|库存|现货|货))",
    rf"(?:剩|还有)(?:下|了|余)?(?:最后)?(?:没)?(?:{_SOME})(?:(?:{_PIECE})|个{_END}|个(?:名额|库存|现货|货))",
    rf"(?:仓库|库存|现货|货){_IN}{{0,6}}?(?:这|那)么(?:几|一?点)|就(?:剩)?(?:这|那)么一?点(?:货|库存|现货)",
    r"个位数|(?:只|就|仅)剩(?:下|了)?(?:最后)?(?:一点|少量|零星|寥寥)",
    rf"\b(?:(?:a|the last|only a|just a) (?:handful|couple|few)|(?:very |only |precious )few|only some|hardly any)\b"
    rf"{_NO_TALK}(?: \w+){{0,3}} (?:left|remain\w*|in stock|available|to go)\b",
    rf"\b(?:the|our|your|these|those|are) (?:very )?last (?:few|handful|couple|ones|pieces|units|batch)\b{_NO_TALK}",
)
_SOON_GONE = "售罄|卖完|卖光|卖空|抢光|抢完|抢空|拍完|拍光|拍空|没货|断货|缺货"
_LOW = either(
    rf"(?:库存|现货|存货|仓库|后台|货){_IN}{{0,8}}?(?:不多|见底|告急|紧张|告罄|无几|没(?:剩|有)?(?:多少|几)|不够|只够"
    r"|快没|快空|有限|少得可怜|吃紧|撑不)",
    r"没剩(?:下)?(?:多少|几|什么)|剩(?:下|余)?(?:得|的)?(?:已经|也|真的)?不多|所剩无几|寥寥无几",
    rf"(?:即将|马上|就要|快要?|眼看|差不多|接近)(?:就)?(?:要)?(?:被)?(?:大家)?(?:{_SOON_GONE})",
    rf"(?:快|马上|就要)(?:就)?(?:要)?没(?:有)?(?:货)?了{_END}|[拍卖抢]一(?:单|件|个)少一(?:单|件|个)",
    r"\bstocks?\b[^.!?;]{0,20}\b(?:low|thin|short|dwindl\w+|disappearing|vanishing|running out|almost|nearly)\b",
    r"\b(?:low|short|running low|limited)(?: in| on)? (?:stock|supply|supplies|quantit\w+|numbers)\b",
    r"\b(?:almost|nearly|practically|virtually|just about|about to be|close to(?: being)?) (?:all )?"
    r"(?:sold out|sold|gone|out of stock|out)\b",
    r"\b(?:shelf|shelves|warehouse|stock room)\b[^.!?;]{0,12}\b(?:empty|bare)\b",
    r"\b(?:we|they|these|those|it)(?: are|'re| is|'s) (?:quickly |nearly |almost |fast )?running (?:out|low)"
    r"\b(?! of time)",
    r"\b(?:will|going to|about to|'ll) (?:be gone|sell out|run out)\b|\b(?:not|n't) (?:many|much) (?:are )?left\b",
    r"\bbarely any\b|\bdown to (?:our|the) last\b",
)
_GONE = either(
    r"(?<!即将)(?<!马上)(?<!快)(?<!快要)(?<!就要)(?:已经?)?(?:全部|都|彻底)?(?:售罄|(?:卖光|抢光|卖完|抢完|没货|断货)了)",
    r"(?<!almost )(?<!nearly )(?<!practically )(?<!virtually )"
    r"(?:\b(?:is|are|it's|they're|we're|completely|already|all) (?:now )?|^)(?:sold out|out of stock)\b",
)


def scarcities(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Everything a folded text says about little or nothing being left that the stock does not bear out."""
    text = compact(folded)
    stocks = [product.stock for product in sheet.products if product.stock is not None]
    least = min(stocks, default=LOW + 1)
    for pattern, most in ((_FEW, FEW), (_LOW, LOW), (_GONE, 0)):
        for match in claimed(_KIND, pattern, text):
            gone = pattern is _GONE and _is_gone(text, sheet)
            if least > most and not gone and not borne_out(_KIND, pattern, match, sheet):
                yield Claimed(match.group(), Reason("lacks_scarcity", most=most))


def _is_gone(text: str, sheet: FactIndex) -> bool:
    """Whether each variant that a text names is sold out, and it names one."""
    named = {
        choice.id for product in sheet.products for name in line_up(product).named_in(text) for choice in name.choices
    }
    gone = {each.id for product in sheet.products for each in product.variants if each.sold_out}
    return bool(named) and named <= gone
