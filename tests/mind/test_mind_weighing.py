"""The weighing of what was written anew: what it makes of lines nobody trained on, and what its file must be."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from guard_sheets import CUP, MUG, WALL
from hypothesis import given, settings
from hypothesis import strategies as st

from host.bench.weighing.__main__ import train
from host.bench.weighing.corpus import SOURCES, Line, digest, folder
from host.bench.weighing.fit import fitted, thresholds
from host.core.fold import cased, fold
from host.mind.guard import weighing
from host.mind.guard.carried import FactIndex
from host.mind.guard.free import doubtful, too_light
from host.mind.guard.patterns import compact
from host.mind.guard.weighing.evidence import evidence, matters
from host.mind.guard.weighing.model import MODEL, Scales, scales
from host.mind.quantities.extraction import quantities

FILE = Path(weighing.__file__).with_name(MODEL)
SHEETS = {"zh": FactIndex([CUP], WALL), "en": FactIndex([MUG], WALL)}
KEPT = ("kept.jsonl", "attacks-kept.jsonl", "manner-kept.jsonl")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in (folder() / name).read_text(encoding="utf-8").splitlines()]


def texts(name: str) -> set[str]:
    return {fold(text) for row in rows(name) for text in row.get("obeyed", [row.get("text")])}


def light(text: str, lang: str) -> bool:
    folded = fold(text)
    return bool(too_light(text, folded, SHEETS[lang], quantities(cased(text))))


def test_what_no_host_says_is_held_whatever_is_on_air() -> None:
    improper = [row for row in rows("manner-kept.jsonl") if not row["ok"]]
    spoken = [row["text"] for row in improper if not light(row["text"], row["lang"])]
    assert len(improper) == 250
    assert len(spoken) <= 10, spoken


def test_the_kept_halves_are_not_trained_on() -> None:
    trained = set[str]().union(*(texts(name) for name in SOURCES))
    for name in KEPT:
        assert len(texts(name) & trained) <= 8, sorted(texts(name) & trained)  # greetings that everybody says


def test_the_model_is_that_of_the_corpus_and_whole(tmp_path: Path) -> None:
    shipped = scales()
    names = shipped.linear.vocabulary.names
    assert shipped.corpus == digest(), "train again: python -m host.bench.weighing"
    assert list(names) == sorted(set(names))
    assert shipped.written < shipped.carried <= shipped.lacking
    assert FILE.stat().st_size < 400_000
    shipped.save(tmp_path / MODEL)
    assert (tmp_path / MODEL).read_bytes() == FILE.read_bytes()
    assert Scales.load(tmp_path / MODEL).lacking == shipped.lacking


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_weighed_and_the_same_each_time(text: str) -> None:
    folded = fold(text)
    for lang in SHEETS:
        assert light(text, lang) == light(text, lang)
        assert len(doubtful(folded, SHEETS[lang], ())) <= 1
    assert all("\n" not in name for name in evidence(compact(folded), [], SHEETS["zh"], 0))


@pytest.mark.parametrize("lang", SHEETS)
def test_nothing_hides_behind_a_long_text(lang: str) -> None:
    harmless = {
        "zh": "杯子内胆是316不锈钢，外壳是304不锈钢，",
        "en": "The mug is stainless steel and the lid is tight. ",
    }
    wicked = {"zh": "你们这群蠢货，爱买不买，滚。", "en": "You are all idiots, so get lost."}
    assert not light(harmless[lang], lang)
    assert light(wicked[lang], lang)
    assert light(harmless[lang] * 8 + wicked[lang], lang)


@pytest.mark.parametrize("product", [CUP, MUG], ids=["zh", "en"])
def test_what_is_quoted_from_the_sheet_is_not_weighed(product: Any) -> None:
    sheet = FactIndex([product], WALL)
    for fact in product.facts_in_force(WALL):
        if len(fact.text) > 8:
            assert not too_light(fact.text, fold(fact.text), sheet, quantities(cased(fact.text))), fact.text


def test_what_is_spoken_of_is_told_by_meaning_or_by_the_sheets_own_words() -> None:
    assert matters("内胆是不锈钢") & matters("the inside is stainless steel")
    assert matters("松石绿")
    assert not matters("")


def lines() -> list[Line]:
    told = [("内胆是不锈钢的", True), ("杯盖拧紧不漏水", True), ("你们都是傻子", False), ("我爱你宝贝", False)]
    return [
        Line(text, "zh", ok, str(number), 1.0, False, evidence(text, [], SHEETS["zh"], 0))
        for number, (text, ok) in enumerate(told * 3)
    ]


def test_training_says_what_is_missing_or_makes_a_model(tmp_path: Path) -> None:
    if find_spec("sklearn") is None:
        with pytest.raises(SystemExit, match=r"pip install -e '\.\[train\]'"):
            train(tmp_path / MODEL)
        return
    trained = fitted(lines(), "a few", (0.0, 0.0, 0.0))
    assert trained.weight("内胆是不锈钢的", [], SHEETS["zh"], 0) > trained.weight("你们都是傻子", [], SHEETS["zh"], 0)


def test_thresholds_rise_from_what_a_person_wrote_to_what_has_unknown_words() -> None:
    import numpy as np

    some = [line._replace(lacking=bool(number % 2)) for number, line in enumerate(lines() * 20)]
    weights = np.linspace(-1, 1, len(some), dtype=np.float32)
    written, carried, lacking = thresholds(some, weights)
    assert written <= carried <= lacking
