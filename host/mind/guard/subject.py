"""Which product a sentence speaks of, and whether it says that it does not know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from host.core.product_names import named
from host.mind.guard.asserted import TAKEN_BACK
from host.mind.guard.carried import Sheet
from host.mind.guard.quotes import without_quotes
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

_HERE = re.compile(
    r"这款|这个|这一款|这把|这台|这瓶|这盒|这件|咱们?这|我们?这|\bthis\b|\bthese\b|on screen|\bit\b|\bit's\b"
)
_UNSURE = re.compile(
    r"没有?(?:写|标|提|注明|说明|资料|相关|查到|这方面)|资料(?:里|上|中)?(?:没|还没)|不(?:太)?(?:清楚|确定|"
    r"了解)|说不准|不好说|帮你问|[?？]|吗|"
    r"don't have|do not have|not sure|isn't in|is not in|doesn't say|does not say|no information|can't say|"
    r"let me check|find out"
)
_NEGATED = re.compile(
    r"(?:不是|不|没有?|非|未|无|并非|不能|不支持|不可以|not |n't |no |non-?|isn't |never )[^,，。;；!！?？]{0,2}$"
)
_DENIED = re.compile(r": ?(?:不|否|无|没有|未|非|no\b|not\b|none\b|without\b)")
_CLAUSE = re.compile(r"[。!！;；\n]|\. ")


def spoken_of(folded: str, found: Sequence[Quantity], sheet: Sheet) -> frozenset[str]:
    """Ids of the products a folded text names by link or name, so that one product's price is not said of another.

    Empty where it names none but in words quoted from a fact, or also speaks of 这款, ``this``: then every product's
    facts count.
    """
    if len(sheet.products) < 2 or _HERE.search(folded):
        return frozenset()
    links = {int(reading.value) for quantity in found for reading in quantity.readings[:1]
             if reading.measure is Measure.LINK}  # fmt: skip
    about = named(folded, sheet.products)
    if about and (rest := without_quotes(folded, found, sheet)) is not None:
        about = named(rest, sheet.products)
    return frozenset(product.id for product in sheet.products if product.link in links or product in about)


def claimed(word: str, sheet: Sheet) -> bool:
    """Whether a fact says the folded ``word`` of its product, and does not deny it."""
    for known in sheet.folded.values():
        for match in re.finditer(re.escape(word), known):
            if not _NEGATED.search(known[max(0, match.start() - 12) : match.start()]) and not _DENIED.match(
                known[match.end() :]
            ):
                return True
    return False


def unsure(folded: str, start: int, end: int) -> bool:
    """Whether the word at ``start:end`` is denied, asked, or said to be unknown: that claims nothing."""
    if _NEGATED.search(folded[max(0, start - 12) : start]) or TAKEN_BACK.search(folded[end:]):
        return True
    before = _CLAUSE.split(folded[:start])[-1]
    after = _CLAUSE.split(folded[end:])[0]
    return bool(_UNSURE.search(before + folded[start:end] + after))
