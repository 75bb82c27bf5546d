"""Each kind of number is read aloud as people do, and what has been said is left as it is."""

from __future__ import annotations

import pytest
from number_kinds import CASES

from host.core.product import Lang
from host.lang.normalise import normalise


@pytest.mark.parametrize(("lang", "written", "spoken"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_it_is_said_as_people_do(lang: Lang, written: str, spoken: str) -> None:
    assert normalise(written, lang) == spoken
    assert normalise(spoken, lang) == spoken
