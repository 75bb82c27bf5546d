"""The bundled rooms: what their hosts read out and answer passes their own guard, as written and as spoken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from mind_rooms import WALL, asking, catalogue

from host.config import load_room
from host.core.bundled import bundled
from host.core.text import guess_lang
from host.core.utterance import Kind
from host.lang.normalise import normalise
from host.mind.answers.embedded import EmbeddedAnswerer
from host.mind.guard.case import Case
from host.mind.guard.judge import Guard
from host.mind.guard.wordlists import WordList
from host.show.load import load_show
from host.show.script import Sentence

GUARD = Guard(WordList.load())
ROOMS = {"zh": "demo.yaml", "en": "demo-en.yaml"}
GESTURES = {"relaxed", "clasp", "present", "point", "thumb", "ok", "wave"}


def show(room: str):  # type: ignore[no-untyped-def]
    return load_show(load_room(bundled("config", ROOMS[room])).script_files(), GESTURES, WALL)


def wordings(room: str) -> Iterator[tuple[str, list[Sentence]]]:
    for product, script in show(room).scripts.items():
        for _, _, line in script.lines():
            for wording in line.wordings:
                yield product, list(wording.sentences)


@pytest.mark.parametrize("room", ["zh", "en"])
def test_files_are_clean(room: str) -> None:
    assert show(room).findings == ()
    assert {turn.product for turn in load_room(bundled("config", ROOMS[room])).config.rundown} == set(
        show(room).scripts
    )


@pytest.mark.parametrize("room", ["zh", "en"])
def test_the_guard_passes_every_line(room: str) -> None:
    refused = []
    for product, sentences in wordings(room):
        for sentence in sentences:
            ruling = GUARD.check(
                Case(
                    sentence.text,
                    normalise(sentence.text, room),  # type: ignore[arg-type]
                    kind=Kind.SCRIPT,
                    lang=room,
                    products=[catalogue(room).get(product)],
                    wall=WALL,  # type: ignore[arg-type, list-item]
                )
            )
            if not ruling.allowed:
                refused.append((sentence.text, ruling.reason))
    assert refused == []


@pytest.mark.parametrize("room", ["zh", "en"])
def test_the_guard_passes_the_embedded_answers(room: str) -> None:
    answerer, refused, asked = EmbeddedAnswerer(), [], 0
    products = tuple(catalogue(room))
    for product in products:
        for question in [wording for entry in product.faq for wording in entry.questions] + list(product.facts):
            for draft in answerer.drafts(asking(question, room, product.id)):
                asked += 1
                lang = guess_lang(draft.text, product.lang)
                about = [product, *(other for other in products if other.id in draft.about and other is not product)]
                ruling = GUARD.check(
                    Case(
                        draft.text, normalise(draft.text, lang), kind=Kind.ANSWER, lang=lang, products=about, wall=WALL
                    )
                )
                if not ruling.allowed:
                    refused.append((question, draft.text, ruling.reason))
    assert asked > 60
    assert refused == []


@pytest.mark.parametrize("room", ["zh", "en"])
def test_pitches_last_two_to_four_minutes_and_vary(room: str) -> None:
    for script in show(room).scripts.values():
        first = " ".join(line.wordings[0].text for _, _, line in script.lines())
        seconds = len(first) / 4.5 if room == "zh" else len(first.split()) / 2.5
        assert 120 <= seconds <= 240
        assert len(script.segments) >= 6
        varied = sum(len(line.wordings) > 1 for _, _, line in script.lines())
        assert varied >= 0.9 * sum(1 for _ in script.lines())


def test_chinese_sentences_fit_a_breath() -> None:
    assert all(len(sentence.text) <= 40 for _, sentences in wordings("zh") for sentence in sentences)


@pytest.mark.parametrize("name", ["demo", "demo-en"])
def test_comments_to_rehearse(name: str) -> None:
    rows = [json.loads(line) for line in bundled("config", "comments", f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) >= 25
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert rows[-1]["at"] <= 600
    assert len({row["id"] for row in rows}) == len(rows)
    assert any(re.search(r"3号链接|link 2", row["text"]) for row in rows)
