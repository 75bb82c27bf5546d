"""How long the host is silent between two utterances: longer for what lies further apart, and by what it means."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_room import CUP, LAMP, ROOM, make_room

from host.core.media import SAMPLE_RATE, TICK_SAMPLES, Speech
from host.core.utterance import Direction, Kind, Place, Utterance
from host.programme.pauses import LONGEST, SILENCE, Bond, bond, pause, silence_between, takes_breath
from host.stage.on_air import Item, Started
from host.stage.playout import Playout
from host.voice.sound.breath import BREATH, LENGTH, with_breath


def script(text: str = "这款杯子很轻。", at: str = "cup 0 0 0", gesture: str = "") -> Utterance:
    product, segment, line, sentence = at.split()
    place = Place(product, int(segment), int(line), 0, int(sentence))
    return Utterance("s", Kind.SCRIPT, text, "zh", product, place=place, direction=Direction(gesture=gesture))


def reply(text: str = "净重220克。", stream: str = "r1", kind: Kind = Kind.ANSWER, product: str = "cup") -> Utterance:
    return Utterance("r", kind, text, "zh", product, reply=stream)


def said(kind: Kind, product: str = "cup", text: str = "接着说。") -> Utterance:
    return Utterance("k", kind, text, "zh", product)


HELLO = reply("欢迎小明！", "r2", Kind.GREETING)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (script(), script(at="cup 0 0 1"), Bond.LINE),
        (script("轻，"), script(at="cup 0 0 1"), Bond.CLAUSE),
        (script("It is light,"), script("and it is tight.", "cup 0 0 1"), Bond.CLAUSE),
        (script(), script(at="cup 0 1 0"), Bond.NEXT_LINE),
        (script(at="cup 0 2 1"), script(at="cup 1 0 0"), Bond.SEGMENT),
        (script(at="cup 3 2 1"), script(at="cup 0 0 0"), Bond.SEGMENT),
        (script(), script(at="lamp 0 0 0"), Bond.PRODUCT),
        (script(), said(Kind.BRIDGE, "lamp"), Bond.PRODUCT),
        (reply(), script(at="lamp 0 0 0"), Bond.PRODUCT),
        (said(Kind.BRIDGE, "lamp"), script(at="lamp 0 0 0"), Bond.ASIDE),
        (script(), said(Kind.NOTICE), Bond.ASIDE),
        (said(Kind.NOTICE), script(), Bond.ASIDE),
        (script(), reply(), Bond.TURN),
        (HELLO, reply(), Bond.TURN),
        (reply(), reply(stream="r9"), Bond.TURN),
        (script(), reply(kind=Kind.OPERATOR), Bond.TURN),
        (reply("有货。"), reply("现在就能发。"), Bond.REPLY),
        (reply("三号链接，"), reply("有货。"), Bond.CLAUSE),
        (reply(), script(), Bond.RETURN),
        (reply(kind=Kind.OPERATOR), script(), Bond.RETURN),
        (script(), HELLO, Bond.PASSING),
        (HELLO, script(at="cup 0 1 0"), Bond.PASSING),
    ],
)
def test_how_closely_two_belong_together(before: Utterance, after: Utterance, expected: Bond) -> None:
    assert bond(before, after, 4.0) is expected


def test_short_sentences_of_a_line_follow_each_other_like_a_list() -> None:
    one, two = script("第一，轻。"), script("第二，不漏。", "cup 0 0 1")
    assert bond(one, two, 1.8) is Bond.LIST
    assert bond(one, script("第二，不漏。", "cup 0 1 0"), 1.8) is Bond.NEXT_LINE
    assert bond(script("轻吗？"), two, 1.8) is Bond.LINE


def between(before: Utterance, after: Utterance, lasted: float = 3.0, lasts: float = 3.0) -> float:
    return silence_between(before, after, lasted, lasts)


@pytest.mark.parametrize("question", ["你包里有这样的杯子吗？", "Do you have one?", "“真的吗？”", "Really?)"])
def test_after_a_question_to_the_viewers_the_host_waits(question: str) -> None:
    plain = between(script(), script(at="cup 0 0 1"))
    assert between(script(question), script(at="cup 0 0 1")) >= plain + 0.25
    in_reply = between(reply(question), reply()) - between(reply(), reply())
    assert 0 < in_reply < 0.2, "one he answers himself waits for nobody"
    assert between(script(question), reply()) == SILENCE[Bond.TURN]


@pytest.mark.parametrize(
    "point", ["现在79元。", "今天只要九十九块九。", "It is $19.90 today.", "Now only 19 dollars.", "￥79带走。"]
)
def test_a_price_is_given_room_once(point: str) -> None:
    plain = between(script(), script(at="cup 0 0 1"))
    assert between(script(), script(point, "cup 0 0 1")) >= plain + 0.2
    assert between(script("平时129元。"), script(point, "cup 0 0 1")) == plain


@pytest.mark.parametrize("text", ["它重220克。", "装500毫升。", "1号链接。", "It weighs 220 g.", "保温6小时。"])
def test_other_figures_are_no_point_and_what_is_pointed_at_is(text: str) -> None:
    plain = between(script(), script(at="cup 0 0 1"))
    assert between(script(), script(text, "cup 0 0 1")) == plain
    assert between(script(), script(text, "cup 0 0 1", "point")) >= plain + 0.2


def test_the_further_apart_the_longer() -> None:
    steps = [
        between(script(), after)
        for after in (reply(), HELLO, script(at="cup 0 0 1"), script(at="cup 0 1 0"), script(at="cup 1 0 0"),
                      script(at="lamp 0 0 0"))
    ]  # fmt: skip
    assert steps == sorted(set(steps))


KINDS = st.sampled_from(
    [script(), script("好吗？"), script("现在79元。"), script(at="lamp 1 0 0"), reply(), reply("，"), HELLO,
     reply(stream="r7"), reply(kind=Kind.OPERATOR, stream="r8"), said(Kind.BRIDGE), said(Kind.NOTICE),
     said(Kind.SCRIPT, text="")]
)  # fmt: skip


@given(KINDS, KINDS, st.floats(0, 60), st.floats(0, 60))
def test_any_two_part_for_a_moment_and_never_long(
    before: Utterance, after: Utterance, lasted: float, lasts: float
) -> None:
    silence = silence_between(before, after, lasted, lasts)
    assert min(SILENCE.values()) <= silence <= LONGEST
    assert silence >= silence_between(before, after, min(lasted, 2.0), max(lasted, lasts)) - 1e-9


def recorded(utterance: Utterance, lead: int, voice: int, tail: int) -> Item:
    pcm = np.concatenate((np.zeros(lead), np.full(voice, 3000), np.zeros(tail))).astype(np.int16)
    return Item(utterance, Speech(pcm, (), (), "", "zh", "test"))


@given(st.integers(0, 20_000), st.integers(1, 90_000), st.integers(0, 30_000))
def test_what_recordings_bring_of_silence_is_counted_in(tail: int, voice: int, lead: int) -> None:
    """Whatever an engine leaves at the edges, the silence that is heard is the one that was chosen."""
    before = recorded(script(), 7680, voice, tail)
    after = recorded(script(at="cup 1 0 0"), lead, 48_000, 5760)
    wanted = silence_between(before.utterance, after.utterance, before.speech.duration, after.speech.duration)
    playout = Playout(np.zeros(TICK_SAMPLES, np.int16))
    playout.enqueue(before)
    found = pause(before, after)
    playout.enqueue(Item(after.utterance, after.speech, pause=found))
    outs = [playout.pull() for _ in range(120)]
    starts = [event.position for out in outs for event in out.events if isinstance(event, Started)]
    heard = starts[1] + lead - (starts[0] + 7680 + voice)
    assert heard >= round(wanted * SAMPLE_RATE)
    assert heard < round(wanted * SAMPLE_RATE) + TICK_SAMPLES or found == 0


def test_a_room_on_air_keeps_its_pauses(tmp_path: Path, speech_cache: Path) -> None:
    """Between the last phone of one sentence and the first of the next, as the timeline has them."""
    said = make_room(tmp_path, speech_cache).run(70).utterances
    gaps: dict[str, list[float]] = {"line": [], "segment": [], "product": []}
    for one, two in pairwise(entry for entry in said if entry["kind"] == "script"):
        if said.index(two) == said.index(one) + 1:
            gaps[_apart(one, two)].append(_voice(two)[0] - _voice(one)[1])
    assert gaps["line"]
    assert gaps["segment"]
    assert max(gaps["line"]) < 0.9
    assert min(gaps["segment"]) > 0.75
    shown = [entry for entry in said if entry["product"]]  # the welcome is of none
    handed_over = [_voice(two)[0] - _voice(one)[1] for one, two in pairwise(shown) if one["product"] != two["product"]]
    assert handed_over
    assert 1.0 < min(handed_over) <= max(handed_over) < LONGEST + 0.15


def _apart(one: dict[str, Any], two: dict[str, Any]) -> str:
    if one["product"] != two["product"]:
        return "product"
    return "line" if (one["segment"], one["line"]) == (two["segment"], two["line"]) else "segment"


def _voice(entry: dict[str, Any]) -> tuple[float, float]:
    sounds = [phone for phone in entry["phones"] if phone[2]]
    return sounds[0][0], sounds[-1][1]


def test_a_breath_is_taken_where_there_is_room_and_nothing_is_later_for_it() -> None:
    before = recorded(script(), 7680, 150_000, 5760)
    long = recorded(script(at="cup 1 0 0"), 7680, 220_000, 5760)
    assert takes_breath(before, long.utterance, long.speech)
    breathed = Item(long.utterance, with_breath(long.speech))
    assert pause(before, breathed) + LENGTH == pytest.approx(pause(before, long), abs=2000)


@pytest.mark.parametrize(
    ("before", "after", "lasted", "lasts"),
    [
        (script(), script(at="cup 1 0 0"), 3.5, 2.0),
        (script(), script(at="cup 1 0 0"), 1.0, 5.0),
        (script(), script(at="cup 0 0 1"), 3.5, 5.0),
        (script(), reply(), 3.5, 5.0),
        (reply(), reply(), 3.5, 5.0),
        (script(), HELLO, 3.5, 5.0),
        (script(), reply(kind=Kind.OPERATOR), 3.5, 5.0),
        (script(), said(Kind.BRIDGE, "lamp"), 3.5, 5.0),
    ],
)
def test_for_what_is_short_or_close_or_awaited_none_is(
    before: Utterance, after: Utterance, lasted: float, lasts: float
) -> None:
    one = recorded(before, 7680, round(lasted * SAMPLE_RATE), 5760)
    two = recorded(after, 7680, round(lasts * SAMPLE_RATE), 5760)
    assert not takes_breath(one, two.utterance, two.speech)


def test_a_room_that_breathes_takes_no_longer(tmp_path: Path, speech_cache: Path) -> None:
    def told(name: str, room: str) -> list[dict[str, Any]]:
        return make_room(tmp_path / name, speech_cache, scripts=(CUP, LAMP), room=room).run(150).utterances

    plain, breathing = told("plain", ROOM), told("breathing", ROOM + "breath: true\n")
    breaths = [entry for entry in breathing if entry["phones"][0][2] == BREATH]
    assert breaths
    assert len(breaths) < len(breathing) / 3
    assert all(entry["kind"] == "script" for entry in breaths)
    assert not any(entry["phones"][0][2] == BREATH for entry in plain)
    ends = [entries[len(breathing) - 2]["end"] for entries in (plain, breathing)]
    assert ends[0] == pytest.approx(ends[1], abs=0.05 * len(breathing))
