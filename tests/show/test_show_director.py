"""The director, one rule at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from show_builders import WALL, cut, heard, replaced, show, withdrawn

from host.core.journal_events import PLAYED, SPEAKING
from host.core.rundown import RundownEntry
from host.core.utterance import Kind, Utterance
from host.show.director import Director, DirectorMemory, DirectorSettings, Reply
from host.show.load import Show
from host.show.phrases import PHRASES, fill
from host.show.replies import MAX_WAITING, PATIENCE
from host.show.script import Line, Script, Segment, Sentence, Wording
from host.show.track import REST

TWO = show([[[2, 1]], [[1]]], [[[1]]])


class Stage:
    """Plays a director's utterances to their end, two seconds each."""

    def __init__(self, shown: Show = TWO, *rundown: RundownEntry, **settings: Any) -> None:
        self.director = Director(shown, rundown, DirectorSettings("zh", **settings))
        self.now = 0.0

    def wall(self) -> datetime:
        return WALL + timedelta(seconds=self.now)

    def next(self) -> Utterance | None:
        return self.director.next(self.now, self.wall())

    def play(self) -> Utterance:
        utterance = self.next()
        assert utterance is not None
        self.now += 2.0
        self.director.played(heard(utterance), self.now)
        return utterance

    def texts(self, count: int) -> list[str]:
        return [self.play().text for _ in range(count)]

    def say(self, key: str, kind: Kind = Kind.ANSWER, **more: Any) -> bool:
        return self.director.reply(Reply(key, kind, f"{key}。", "zh", **more), self.now)


def on_air(*args: Any, **settings: Any) -> Stage:
    """A stage with the opening notice behind it."""
    stage = Stage(*args, **settings)
    assert stage.play().kind is Kind.NOTICE
    return stage


def test_scripts_follow_each_other_in_link_order() -> None:
    assert on_air().texts(4) == ["p1 0.0.0.0。", "p1 0.0.0.1。", "p1 1.0.0.0。", "p2 0.0.0.0。"]


def test_an_utterance_carries_what_its_place_has() -> None:
    utterance = on_air().play()
    assert (utterance.kind, utterance.product, utterance.lang) == (Kind.SCRIPT, "p1", "zh")
    assert utterance.place is not None
    assert utterance.id == "u000002"


def test_the_next_time_round_says_it_another_way() -> None:
    stage = on_air(show([[[1, 1, 1]]]))
    said = stage.texts(60)
    assert all(a != b for a, b in pairwise(said))
    assert len(set(said)) == 3
    assert said == on_air(show([[[1, 1, 1]]])).texts(60), "a seed decides"


def test_one_line_is_enough_to_stay_on_air() -> None:
    assert on_air(show([[[1]]])).texts(5) == ["p1 0.0.0.0。"] * 5


# Rundown


def test_an_entry_repeats_until_its_time_and_ends_at_a_segments_end() -> None:
    stage = on_air(TWO, RundownEntry("p1", 7.0), RundownEntry("p2"))
    assert [text[:4] for text in stage.texts(8)] == ["p1 0", "p1 0", "p1 1", "p1 0", "p2 0", "p1 0", "p1 0", "p1 1"]


def test_windows_open_and_close_at_the_end_of_a_segment() -> None:
    late = RundownEntry("p2", None, time(20, 0, 5), time(21, 0))
    early = RundownEntry("p1", 3600.0, time(19, 0), time(20, 0, 5))
    stage = on_air(TWO, early, late)
    assert [text[:2] for text in stage.texts(5)] == ["p1", "p1", "p2", "p2", "p2"]


def test_with_every_window_closed_the_one_that_opens_next_is_played() -> None:
    stage = on_air(TWO, RundownEntry("p1", None, time(8), time(9)), RundownEntry("p2", None, time(23), time(7)))
    assert stage.texts(3) == ["p2 0.0.0.0。"] * 3


def test_entries_without_a_script_are_passed_over() -> None:
    assert on_air(TWO, RundownEntry("gone"), RundownEntry("p2")).texts(2) == ["p2 0.0.0.0。"] * 2


def test_without_products_only_replies_are_said() -> None:
    stage = Stage(show())
    stage.say("a")
    assert [stage.play().kind, stage.play().kind] == [Kind.NOTICE, Kind.ANSWER]
    assert stage.next() is None
    assert not stage.director.goto("p1", 0.0)
    stage.director.skip(0.0)
    assert stage.director.on_air is None


# Replies and bridges


def test_an_answer_goes_in_at_the_boundary_and_a_bridge_leads_back() -> None:
    stage = on_air()
    stage.play()
    stage.say("a", in_reply_to=("c1",), evidence=("p1.price",), about=("p2",), expires=99.0)
    answer = stage.play()
    assert (answer.in_reply_to, answer.evidence, answer.about, answer.expires) == (
        ("c1",),
        ("p1.price",),
        ("p2",),
        99.0,
    )
    assert answer.product == "p1"
    bridge = stage.play()
    assert bridge.kind is Kind.BRIDGE
    assert bridge.text in PHRASES["zh"]["back"]
    assert stage.play().text == "p1 0.0.0.1。"


def test_no_bridge_after_a_greeting_nor_before_a_products_opening() -> None:
    stage = on_air()
    stage.play()
    stage.say("hi", Kind.GREETING)
    assert [stage.play().kind for _ in range(3)] == [Kind.GREETING, Kind.SCRIPT, Kind.SCRIPT]
    stage.say("a")
    assert [stage.play().kind for _ in range(2)] == [Kind.ANSWER, Kind.SCRIPT]


def test_the_same_bridge_never_twice_running() -> None:
    stage = on_air(show([[[9]]]))
    bridges = []
    for number in range(40):
        stage.play()
        stage.say(f"a{number}")
        stage.play()
        if (utterance := stage.play()).kind is Kind.BRIDGE:
            bridges.append(utterance.text)
    assert len(bridges) > 20
    assert all(a != b for a, b in pairwise(bridges))


def test_urgency_then_arrival() -> None:
    stage = on_air()
    for key, kind in [("hi", Kind.GREETING), ("a", Kind.ANSWER), ("b", Kind.ANSWER), ("op", Kind.OPERATOR)]:
        stage.say(key, kind)
    assert stage.texts(4) == ["op。", "a。", "b。", "hi。"]


def test_a_flood_of_answers_leaves_the_script_its_sentence() -> None:
    stage = on_air(show([[[20]]]))
    stage.play()
    for number in range(12):
        stage.say(f"a{number}")
    kinds = [stage.play().kind for _ in range(15)]
    assert kinds == [Kind.ANSWER, Kind.ANSWER, Kind.ANSWER, Kind.BRIDGE, Kind.SCRIPT] * 3


def test_the_sentence_owed_to_the_script_is_not_taken_back_for_an_answer_but_for_an_operator() -> None:
    stage = on_air(show([[[20]]]))
    stage.play()
    for number in range(5):
        stage.say(f"a{number}")
    stage.texts(3)
    bridge = stage.next()
    assert bridge is not None
    assert not stage.director.urgent(bridge)
    stage.say("op", Kind.OPERATOR)
    assert stage.director.urgent(bridge)


@pytest.mark.parametrize("mark", ["？", "?"])
def test_a_question_of_the_script_is_answered_before_a_viewer_is(mark: str) -> None:
    asking = Wording(tuple(Sentence(text) for text in (f"能泡茶吗{mark}", "可以。", "记得用茶包。")))
    stage = on_air(replaced(show([[[1]]]), [Script("p1", "zh", (Segment("", (Line((asking,)),)),))]))
    stage.play()
    queued = stage.next()
    stage.say("a")
    assert queued is not None
    assert not stage.director.urgent(queued)
    stage.director.played(heard(queued), stage.now)
    assert queued.text == "可以。"
    assert stage.play().text == "a。"

    stage = on_air(replaced(show([[[1]]]), [Script("p1", "zh", (Segment("", (Line((asking,)),)),))]))
    stage.play()
    stage.say("b")
    stage.say("op", Kind.OPERATOR)
    assert [text for text in stage.texts(4) if text not in PHRASES["zh"]["back"]] == ["op。", "可以。", "b。"]


def test_a_phrase_comes_back_after_the_others_only() -> None:
    stage = on_air(show([[[400]]]))
    back = [text for n in range(40) if stage.say(f"a{n}") for text in stage.texts(3) if text in PHRASES["zh"]["back"]]
    assert len(back) > 30
    assert all(len(set(back[k : k + 5])) == 5 for k in range(len(back) - 5))


def test_a_handover_leaves_the_pack_size_out() -> None:
    assert fill("来看{name}。", "zh", name="随行保温杯 500ml") == "来看随行保温杯。"
    assert fill("来看{name}。", "zh", name="500ml") == "来看500ml。"


def test_a_queued_sentence_is_taken_back_for_an_answer_and_comes_after_it() -> None:
    stage = on_air()
    stage.play()
    queued = stage.next()
    assert queued is not None
    assert not stage.director.urgent(queued)
    stage.say("a")
    assert stage.director.urgent(queued)
    stage.director.played(withdrawn(queued), stage.now)
    assert [text for text in stage.texts(3) if text not in PHRASES["zh"]["back"]] == ["a。", queued.text]


def test_a_withdrawn_answer_is_said_later_and_a_dropped_one_reported() -> None:
    stage = on_air()
    stage.say("a", expires=5.0)
    for _ in range(3):
        utterance = stage.next()
        assert utterance is not None
        assert utterance.text == "a。"
        stage.director.played(withdrawn(utterance), stage.now)
    stage.now = 6.0
    assert stage.play().kind is Kind.SCRIPT
    assert [reply.id for reply in stage.director.expired()] == ["a"]
    assert stage.director.expired() == []
    assert not stage.say("a")


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.OPERATOR])
def test_the_end_of_an_answer_does_not_overtake_its_beginning(kind: Kind) -> None:
    stage = on_air()
    stage.director.reply(Reply("a", kind, "一。", "zh", final=False), stage.now)
    stage.director.reply(Reply("a", kind, "二。", "zh"), stage.now)
    first, second = stage.next(), stage.next()
    assert first
    assert second
    assert not stage.director.urgent(second)
    stage.director.played(withdrawn(first), stage.now)
    assert stage.director.urgent(second)
    stage.director.played(withdrawn(second), stage.now)
    assert stage.texts(2) == ["一。", "二。"]


def test_a_streamed_answer_is_waited_for_and_then_left() -> None:
    stage = on_air()
    stage.play()
    stage.say("a", final=False)
    stage.play()
    assert stage.next() is None
    stage.now += PATIENCE - 0.1
    assert stage.next() is None
    stage.now += 0.2
    assert stage.play().kind is Kind.BRIDGE
    stage.director.reply(Reply("a", Kind.ANSWER, "a2。", "zh"), stage.now)
    assert stage.play().text == "a2。"
    assert not stage.say("a"), "it was finished"
    assert stage.director.status().dropped == 1


def test_an_empty_last_sentence_closes_an_answer() -> None:
    stage = on_air()
    stage.say("a", final=False)
    stage.play()
    assert stage.director.reply(Reply("a", Kind.ANSWER, "", "zh"), stage.now)
    assert stage.play().kind is Kind.SCRIPT


def test_an_answer_is_not_torn_by_another() -> None:
    stage = on_air()
    stage.say("a", Kind.GREETING, final=False)
    stage.play()
    stage.say("b")
    stage.director.reply(Reply("a", Kind.GREETING, "a2。", "zh"), stage.now)
    assert stage.texts(2) == ["a2。", "b。"]


def test_a_full_queue_refuses_all_but_the_more_urgent() -> None:
    stage = on_air()
    assert all(stage.say(f"a{number}") for number in range(MAX_WAITING))
    assert not stage.say("late")
    assert stage.director.status().dropped == 1
    assert stage.say("op", Kind.OPERATOR)
    assert [reply.id for reply in stage.director.expired()] == [f"a{MAX_WAITING - 1}"]


def test_an_answer_whose_end_was_refused_is_not_waited_for() -> None:
    stage = on_air()
    stage.say("a", final=False)
    assert all(stage.say(f"b{number}") for number in range(MAX_WAITING - 1))
    assert not stage.say("a"), "the queue is full"
    stage.play()
    assert stage.next() is not None


# Operators


def test_an_operators_line_cuts_in_and_the_sentence_is_said_again() -> None:
    stage = on_air()
    sentence = stage.next()
    assert sentence is not None
    assert stage.director.cut() is None
    stage.say("op", Kind.OPERATOR, interrupts="clause")
    assert stage.director.cut() == "clause"
    operator = stage.next()
    assert operator is not None
    assert operator.text == "op。"
    assert stage.director.cut() == "clause", "its line is on its way"
    stage.director.played(cut(sentence), stage.now)
    stage.say("op2", Kind.OPERATOR, interrupts="now")
    assert stage.director.cut() is None, "an operator's line is not cut by the next"
    stage.director.played(heard(operator), stage.now)
    assert stage.play().text == "op2。"
    assert stage.play().kind is Kind.BRIDGE
    assert stage.play().text == sentence.text


def test_pause_waits_but_for_operators() -> None:
    stage = on_air()
    queued = stage.next()
    assert queued is not None
    stage.director.pause()
    assert stage.director.urgent(queued)
    stage.director.played(withdrawn(queued), stage.now)
    stage.say("a")
    assert stage.next() is None
    stage.say("op", Kind.OPERATOR)
    assert stage.play().text == "op。"
    assert stage.next() is None
    stage.director.resume()
    assert stage.texts(2) == ["a。", queued.text]


def test_what_was_hushed_is_not_taken_up_again() -> None:
    stage = on_air()
    stage.say("a", final=False)
    stage.director.reply(Reply("a", Kind.ANSWER, "a2。", "zh"), stage.now)
    answer = stage.next()
    assert answer is not None
    stage.director.pause()
    stage.director.played(cut(answer), stage.now)
    stage.director.resume()
    assert stage.play().kind is Kind.SCRIPT


def test_goto_hands_over_and_the_rundown_goes_on_behind_it() -> None:
    stage = on_air(show([[[3]]], [[[1]]], [[[1]]]))
    playing, queued = stage.next(), stage.next()
    assert playing is not None
    assert queued is not None
    assert stage.director.goto("p2", stage.now)
    assert stage.director.urgent(queued)
    assert stage.director.on_air == "p1"
    stage.director.played(withdrawn(queued), stage.now)
    stage.director.played(heard(playing), stage.now)
    bridge = stage.play()
    assert (bridge.kind, bridge.product) == (Kind.BRIDGE, "p2")
    assert bridge.text in [fill(t, "zh", name="商品2", link=2) for t in PHRASES["zh"]["handover"]]
    assert stage.director.on_air == "p2"
    assert [text[:2] for text in stage.texts(3)] == ["p2", "p3", "p1"]
    assert not stage.director.goto("p9", stage.now)


def test_skip_leaves_the_rest_of_the_segment() -> None:
    stage = on_air()
    stage.play()
    stage.director.skip(stage.now)
    assert stage.texts(1) == ["p1 1.0.0.0。"]
    stage.director.skip(stage.now)
    stage.director.skip(stage.now)
    assert stage.next() is not None


# The guard


def test_a_refused_wording_gives_way_to_another_a_refused_sentence_is_left_out() -> None:
    stage = on_air(show([[[2, 1], [2]]]))
    first = stage.next()
    assert first is not None
    stage.director.refused(first, stage.now)
    assert stage.play().text == "p1 0.0.1.0。"
    stage.play()
    second = stage.next()
    assert second is not None
    assert second.text == "p1 0.1.0.1。"
    stage.director.refused(second, stage.now)
    assert stage.play().text == "p1 0.0.0.0。"


def test_a_show_that_may_not_be_said_rests_and_tries_again() -> None:
    stage = on_air(show([[[1, 1], [1]]]))
    for _ in range(3):
        utterance = stage.next()
        assert utterance is not None
        stage.director.refused(utterance, stage.now)
    assert stage.next() is None
    stage.say("a")
    assert stage.play().text == "a。"
    stage.now += REST
    assert stage.play().kind in (Kind.SCRIPT, Kind.BRIDGE)


def test_a_phrase_the_guard_refuses_is_not_tried_again() -> None:
    stage = Stage()
    refused: list[str] = []
    while (utterance := stage.next()) and utterance.kind is Kind.NOTICE:
        refused.append(utterance.text)
        stage.director.refused(utterance, stage.now)
    assert len(refused) == len(set(refused)) == 7
    assert utterance is not None
    assert utterance.kind is Kind.SCRIPT


# The notice


def test_the_host_says_what_it_is_at_the_start_and_again() -> None:
    stage = on_air(remind_ai=10.0, title="好物间")
    kinds = [stage.play().kind for _ in range(13)]
    assert kinds.count(Kind.NOTICE) == 2
    opening = Stage(title="好物间").play()
    assert "好物间" in opening.text
    assert "AI" in opening.text
    assert "好物间" not in Stage(title="好物间", greet=False).play().text


def test_a_notice_that_was_cut_is_said_again() -> None:
    stage = Stage()
    notice = stage.next()
    assert notice is not None
    stage.director.played(cut(notice), 1.0)
    assert stage.play().kind is Kind.NOTICE


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_phrases_are_many_and_say_ai(lang: Any) -> None:
    table = PHRASES[lang]
    assert len(table["back"]) == len(set(table["back"])) >= 5
    for occasion in ("opening", "greeting_opening", "reminder"):
        assert all("AI" in text or "人工智能" in text for text in table[occasion])
    assert all("{link}" in text and "{name}" in text for text in table["handover"])


# Restarts and edits


def events(stage: Stage, count: int) -> list[dict[str, Any]]:
    """The journal of some utterances, the last one begun only."""
    journal: list[dict[str, Any]] = []
    for number in range(count):
        u = stage.next()
        assert u is not None
        p = u.place
        fields = {
            "utterance": u.id, "utterance_kind": u.kind.value, "text": u.text, "at": stage.now,
            "place": [p.product, p.segment, p.line, p.alternative, p.sentence] if p else None,
        }  # fmt: skip
        journal.append({"kind": SPEAKING, "wall": stage.wall().isoformat(), **fields})
        if number + 1 < count:
            stage.now += 2.0
            stage.director.played(heard(u), stage.now)
            fields |= {"at": stage.now, "wall": stage.wall().isoformat()}
            journal.append({"kind": PLAYED, "heard": 9, "total": 9, "interrupted": False, **fields})
    return journal


def test_a_killed_room_goes_on_with_the_sentence_it_was_in() -> None:
    journal = events(Stage(), 3)
    memory = DirectorMemory.from_events(journal)
    utterance = Director(TWO, (), DirectorSettings("zh"), memory).next(0.0, WALL + timedelta(minutes=1))
    assert utterance is not None
    assert (utterance.id, utterance.text) == ("u000004", journal[-1]["text"])
    assert utterance.kind is Kind.SCRIPT, "the notice was given a moment ago"


def test_what_was_heard_to_its_end_is_not_said_again() -> None:
    memory = DirectorMemory.from_events(events(Stage(), 4)[:-1])
    director = Director(TWO, (), DirectorSettings("zh"), memory)
    utterance = director.next(0.0, WALL + timedelta(minutes=1))
    assert utterance is not None
    assert utterance.text == "p1 1.0.0.0。"


def test_a_notice_is_due_again_when_the_room_was_away_long() -> None:
    memory = DirectorMemory.from_events(events(Stage(), 3))
    utterance = Director(TWO, (), DirectorSettings("zh"), memory).next(0.0, WALL + timedelta(hours=1))
    assert utterance is not None
    assert utterance.kind is Kind.NOTICE


def with_lines(*lines: tuple[str, ...]) -> Show:
    """A show of one product, one segment; each line a tuple of sentences."""
    base = show([[[1]]])
    made = tuple(Line((Wording(tuple(Sentence(text) for text in line)),)) for line in lines)
    return replaced(base, [replace(base.scripts["p1"], segments=(Segment("s", made),))])


def test_an_edit_keeps_the_place() -> None:
    before = with_lines(("一。", "二。"), ("三。", "四。"), ("五。",))
    after = with_lines(("新。",), ("三。", "四改。"), ("一。", "二。"), ("五。",))
    stage = on_air(before)
    assert stage.texts(3) == ["一。", "二。", "三。"]
    queued = stage.next()
    assert queued is not None
    stage.director.reload(after, stage.now)
    assert stage.director.urgent(queued), "its text is no longer in the script"
    stage.director.played(withdrawn(queued), stage.now)
    assert stage.texts(2) == ["四改。", "一。"]


def test_a_product_that_leaves_ends_its_turn() -> None:
    stage = on_air(show([[[2]]], [[[1]]], [[[1]]]))
    stage.play()
    stage.director.reload(replaced(TWO, [TWO.scripts["p2"]]), stage.now)
    assert stage.texts(2) == ["p2 0.0.0.0。"] * 2
    stage.director.reload(show(), stage.now)
    assert stage.next() is None
    stage.director.reload(TWO, stage.now)
    assert stage.play().kind is Kind.SCRIPT


def test_looking_ahead_tells_what_comes_and_changes_nothing() -> None:
    stage = on_air()
    stage.say("a")
    coming = stage.director.upcoming(5, stage.now, stage.wall())
    assert stage.director.upcoming(5, stage.now, stage.wall()) == coming
    assert [stage.play() for _ in range(5)] == coming
    stage.director.pause()
    assert len(stage.director.upcoming(2, stage.now, stage.wall())) == 2
