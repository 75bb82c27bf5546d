"""What a sheet has may be said as it stands, and no other number in its place: guard and voice read one text alike."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from guard_corpus import GUARD
from number_kinds import CASES

from host.core.product import Lang, Money, Product
from host.core.utterance import Kind, Ruling
from host.lang.normalise import normalise
from host.mind.guard.case import Case

WALL = datetime(2026, 11, 1, 12, 0)
KINDS = pytest.mark.parametrize(("lang", "written"), [case[1:3] for case in CASES], ids=[case[0] for case in CASES])
ORDER = ("/", ":", "、")
"""Between these, numbers that the sheet has may come in any order."""
NO_QUANTITY = ("1st", "2nd", "2-in-1", "第")
"""Small ordinals, and small numbers of a name that stand in it anyway."""


def ruling(text: str, lang: Lang, fact: str) -> Ruling:
    price = Money(Decimal(77), "CNY" if lang == "zh" else "USD")
    product = Product("x", "样品" if lang == "zh" else "Sample", lang, 9, price, facts={"说明": fact})
    return GUARD.check(Case(text, normalise(text, lang), Kind.ANSWER, lang, [product], WALL))


@KINDS
def test_what_the_sheet_has_is_said_as_it_stands(lang: Lang, written: str) -> None:
    passed = ruling(written, lang, written)
    assert passed.allowed or passed.code == "link", passed.reason  # telephone numbers reach somebody


@KINDS
def test_another_number_in_its_place_is_refused(lang: Lang, written: str) -> None:
    known = {written[at] for at in range(len(written))}
    for at, character in enumerate(written):
        other = f"{written[:at]}{(int(character) + 1) % 10}{written[at + 1 :]}" if character in "0123456789" else ""
        anew = other and (str((int(character) + 1) % 10) not in known or not any(sign in written for sign in ORDER))
        if anew and not written.startswith(NO_QUANTITY):
            assert not ruling(other, lang, written).allowed, other
