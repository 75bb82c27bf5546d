"""What the director remembers of a journal: the notice, and the bridge said last."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from show_builders import WALL, cut, heard, show

from host.core.journal_events import PLAYED, ROOM_STARTED, SPEAKING
from host.core.product import Lang
from host.core.utterance import Kind, Played, Utterance
from host.show.announcer import bridge_template
from host.show.director import Director, DirectorMemory, DirectorSettings, Reply
from host.show.phrases import PHRASES, fill

SHOW = show([[[1]] * 6])
LANGS: tuple[Lang, ...] = ("zh", "en")


class Journal:
    """Writes what a room writes, two seconds an utterance."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = [{"kind": ROOM_STARTED, "at": 0.0, "wall": WALL.isoformat()}]
        self.director = Director(SHOW, (), DirectorSettings("zh"))
        self.now = 0.0

    @property
    def wall(self) -> datetime:
        return WALL + timedelta(seconds=self.now)

    def begin(self) -> Utterance:
        utterance = self.director.next(self.now, self.wall)
        assert utterance is not None
        self._write(SPEAKING, utterance, text=utterance.text, lang=utterance.lang)
        return utterance

    def end(self, played: Played) -> None:
        self.now += 2.0
        self.director.played(played, self.now)
        self._write(PLAYED, played.utterance, heard=played.heard, total=played.total, interrupted=played.interrupted)

    def play(self) -> Utterance:
        utterance = self.begin()
        self.end(heard(utterance))
        return utterance

    def play_bridge(self) -> Utterance:
        """An answer, and the way back from it."""
        self.director.reply(Reply(f"a{self.now}", Kind.ANSWER, "答。", "zh"), self.now)
        while (utterance := self.play()).kind is not Kind.BRIDGE:
            pass
        return utterance

    def memory(self) -> DirectorMemory:
        """Read back as after a kill."""
        return DirectorMemory.from_events(self.events)

    def _write(self, kind: str, utterance: Utterance, **fields: object) -> None:
        place = utterance.place
        self.events.append(
            {
                "kind": kind,
                "at": self.now,
                "wall": self.wall.isoformat(),
                "utterance": utterance.id,
                "utterance_kind": utterance.kind.value,
                "place": [place.product, place.segment, place.line, place.alternative, place.sentence]
                if place
                else None,
                **fields,
            }
        )


def first_after(journal: Journal) -> Utterance:
    """What a room says first that was killed and started again at once."""
    utterance = Director(SHOW, (), DirectorSettings("zh"), journal.memory()).next(0.0, journal.wall)
    assert utterance is not None
    return utterance


def test_a_room_killed_during_the_notice_gives_it_again() -> None:
    journal = Journal()
    assert journal.begin().kind is Kind.NOTICE
    assert journal.memory().noticed == ""
    assert first_after(journal).kind is Kind.NOTICE


def test_a_notice_that_was_cut_was_not_given() -> None:
    journal = Journal()
    journal.end(cut(journal.begin()))
    assert journal.memory().noticed == ""
    assert first_after(journal).kind is Kind.NOTICE


def test_a_notice_heard_to_its_end_counts_from_there() -> None:
    journal = Journal()
    journal.play()
    assert journal.memory().noticed == journal.wall.isoformat()
    assert first_after(journal).kind is Kind.SCRIPT


def test_a_reminder_cut_by_a_kill_leaves_the_notice_before_it() -> None:
    journal = Journal()
    journal.play()
    noticed = journal.memory().noticed
    journal.now += 700.0
    assert journal.begin().kind is Kind.NOTICE
    assert journal.memory().noticed == noticed
    assert first_after(journal).kind is Kind.NOTICE


def test_the_bridge_said_last_is_read_back() -> None:
    journal = Journal()
    journal.play()
    journal.play()
    for _ in range(3):
        bridge = journal.play_bridge()
        assert journal.memory().bridge == bridge.text


@pytest.mark.parametrize("seed", range(8))
def test_the_bridge_said_last_is_not_the_first_after_a_restart(seed: int) -> None:
    journal = Journal()
    journal.play()
    journal.play()
    said = journal.play_bridge().text
    again = Director(SHOW, (), DirectorSettings("zh", seed=seed), journal.memory())
    again.reply(Reply("b", Kind.ANSWER, "答。", "zh"), 0.0)
    bridge = None
    while bridge is None:
        utterance = again.next(0.0, journal.wall)
        assert utterance is not None
        again.played(heard(utterance), 0.0)
        bridge = utterance if utterance.kind is Kind.BRIDGE else None
    assert bridge.text != said


@pytest.mark.parametrize("lang", LANGS)
def test_the_template_of_every_bridge_and_handover_can_be_told(lang: Lang) -> None:
    for template in (*PHRASES[lang]["back"], *PHRASES[lang]["handover"]):
        assert bridge_template(fill(template, lang, name="随行{link}杯, 3号链接。", link=12)) == template
    assert bridge_template("这是旧版本里的一句过渡语。") is None
