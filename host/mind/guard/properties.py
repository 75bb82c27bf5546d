"""A material or a colour that the sheet's own fact of that matter contradicts: 内胆是塑料的 where 内胆 is steel.

Kept narrow, so that it is right when it speaks. A material is contradicted where the text gives it to a part whose
material a fact names, or to the whole where the fact on material names any, and no fact or name of the product knows
it. A colour is contradicted where it is offered for choice, and the fact on colours names others. What no fact speaks
of (底座 of a lamp whose sheet tells of the arm alone) is the writer's to say, as other prose is. Two parts that change
places, and a property denied or affirmed against the sheet (不防漏), are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from host.core.fold import fold
from host.core.reason import Reason
from host.lang.stance.clauses import CLAUSE_END
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind, claimed
from host.mind.guard.patterns import Claimed, compact

_IN = rf"[^{CLAUSE_END}]"
_KINDS = {
    "plastic": r"塑料(?![袋膜盒])|塑胶|\bplastic\b(?!-| ?free)",
    "steel": r"不锈钢|\bsteel\b",
    "aluminium": r"铝合金|纯铝|铝制|铝的|\balumini?um\b",
    "titanium": r"纯?钛(?!白)|\btitanium\b",
    "copper": r"紫铜|黄铜|纯铜|铜制|\bcopper\b|\bbrass\b",
    "iron": r"铸铁|铁皮|铁制|铁的|\bcast iron\b|\biron\b",
    "glass": r"玻璃(?![心杯])|\bglass\b(?!-)",
    "ceramic": r"陶瓷|瓷的|\bceramic\b|\bporcelain\b",
    "wood": r"实木|木头(?!色)|木制|木质|\bwood(?:en)?\b(?!-)",
    "bamboo": r"竹子|竹制|竹的|\bbamboo\b",
    "leather": r"真皮|牛皮|皮革|皮的|\bleather\b",
    "cotton": r"纯棉|全棉|棉的|\bcotton\b",
    "silk": r"真丝|蚕丝|\bsilk\b",
    "silicone": r"硅胶|\bsilicone\b",
}
_KIND = {name: re.compile(pattern) for name, pattern in _KINDS.items()}
_ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _KINDS.items()))
_PARTS = r"内胆|外壳|杯盖|盖子|底座|灯臂|灯头|把手|提手|手柄|面料|里料|外层|内层|杯口|瓶盖"
_PARTS_EN = r"liner|lid|shell|base|handle|arm|strap|lining|cap|cover|frame"
_WHOLE = r"杯身|瓶身|壶身|机身|里面|外面|里外|这款|这个|它|整个|整体|全身|通体"
_WHOLE_EN = r"inside|outside|body|interior|exterior|whole thing|it|this|this one|material"
_LEADS = (
    r"(?:其实|都|也|就|全部?|整体|整个|真的|用料|材质|的材质){0,2}(?:是|为|采用|选用|用的?是?|用了)(?:纯|全"
    r"|优质|加厚|食品级|高级|真正的)*"
)
_LEADS_EN = (
    r"(?: (?:itself|really|actually))? (?:is|are|uses|comes in)(?: (?!not\b|no\b|never\b"
    r"|n't)\w+){0,3}? (?:pure |solid |real )?"
)
OTHERS = re.compile(
    r"普通|有的|有些|别的|其[他它]|便宜的|很多|一般|市面|以前|旧的?|那种|不少|\b(?:other|cheap|some|old"
    r"|most|many|usual)\b"
)
_PART_OF = re.compile(
    rf"(?P<whole>(?!))?(?P<material>{'|'.join(_KINDS.values())})(?:制?的?| )(?P<part>{_PARTS}|(?:{_PARTS_EN})\b)"
)
"""A part by what it is made of: 铝合金手柄."""
_MATERIAL = re.compile(r"材质|材料|面料|用料|质地|material|fabric")
_COLOURS = re.compile(r"颜色|配色|colou?r")
_HUES = {
    "red": "红", "yellow": "黄", "green": "绿", "purple": "紫", "black": "黑", "grey": "灰", "gray": "灰",
    "gold": "金", "silver": "银", "orange": "橙", "brown": "棕", "white": "白", "blue": "蓝", "pink": "粉",
    "cyan": "青", "coral": "珊", "beige": "米", "cream": "奶",
}  # fmt: skip
_HAN_HUE = re.compile("[红黄绿紫黑灰金银橙棕白蓝粉青]")
_HUE = re.compile(r"\b(?:" + "|".join(_HUES) + r")\b")
_OFFERED = re.compile(
    rf"(?:有|出了?|分为?"
    rf"|选){_IN}{{0,3}}?(?P<hues>(?:[深浅暖]?[红黄绿紫黑灰金银橙棕白蓝粉青]色?[、和跟及与,]?)+)(?:的|几个"
    rf"|这)?"
    r"(?:可选|可以选|可以挑|能选|任选|任你选|随便选|[两三四几]?款|[两三四几]种|的?颜色)"
    r"|\b(?:comes?|available|it|one|them|also|and) (?:also )?in (?P<english>(?:(?:light |dark |matte |and |or )*"
    rf"(?:{'|'.join(_HUES)})(?:,? ?))+)(?=$|[.!?;]| too| as well)"
)


def contradictions(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every material and colour a folded text gives to a product against the fact on that matter."""
    text = compact(folded)
    names = tuple(fold(name) for item in sheet.products for name in (item.name, *item.aliases) if len(name) > 1)
    known = " ".join([*sheet.folded.values(), *names])
    for match in chain(claimed(ClaimKind.MATERIAL, _made_of(names), text), claimed(ClaimKind.MATERIAL, _PART_OF, text)):
        kind = next(name for name, pattern in _KIND.items() if pattern.search(match["material"]))
        told = _KIND[kind].search(known) or _others(text, match.start())
        if not told and _told_otherwise(match["part"] or match["whole"], bool(match["whole"]), sheet):
            yield Claimed(match.group(), Reason("lacks_material"))
    hues = _hues(" ".join(fact for fact in sheet.folded.values() if _COLOURS.search(fact[:16])))
    for match in claimed(ClaimKind.MATERIAL, _OFFERED, text) if hues else ():
        offered = _hues(match["hues"] or match["english"])
        if not offered <= _hues(known) and not _others(text, match.start()):
            yield Claimed(match.group(), Reason("lacks_colour"))


@lru_cache(maxsize=64)
def _made_of(names: tuple[str, ...]) -> re.Pattern[str]:
    whole = "|".join([_WHOLE, *(re.escape(name) for name in names if not name.isascii())])
    whole_en = "|".join([_WHOLE_EN, *(re.escape(name) for name in names if name.isascii())])
    material = "|".join(_KINDS.values())
    return re.compile(
        rf"(?:(?P<part>{_PARTS}|\b(?:{_PARTS_EN})\b)|(?P<whole>{whole}|\b(?:{whole_en})\b))(?:{_LEADS}|{_LEADS_EN})"
        rf"(?P<material>{material})"
    )


def _told_otherwise(part: str, whole: bool, sheet: FactIndex) -> bool:
    """Whether a fact names a material of this part; for the whole, whether the fact on material names any."""
    for fact in sheet.folded.values():
        topic, _, _ = fact.partition(":")
        if whole and _MATERIAL.search(topic) and _ANY.search(fact):
            return True
        near = re.search(rf"{re.escape(part)}{_IN}{{0,10}}", fact)
        before = re.search(rf"{_IN}{{0,8}}{re.escape(part)}", fact)
        if not whole and any(found and _ANY.search(found.group()) for found in (near, before)):
            return True
    return False


def _others(text: str, start: int) -> bool:
    """Whether the clause speaks of other things than the product: 普通杯子内胆是塑料的."""
    return bool(OTHERS.search(re.split(rf"[{CLAUSE_END}]|\. ", text[max(0, start - 40) : start])[-1]))


def _hues(text: str) -> frozenset[str]:
    """The colours a text names, whatever its language."""
    return frozenset(_HAN_HUE.findall(text)) | frozenset(_HUES[hue] for hue in _HUE.findall(text))
