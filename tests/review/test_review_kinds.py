"""What a report makes of single events: any reason, any command, any fate."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from virtual_room import WALL

from host.core import journal_events as kinds
from host.core.journal_events import Event
from host.core.media import SAMPLE_RATE
from host.core.reason import Reason, data
from host.review.happenings import Topic
from host.review.questions import Lack
from host.review.report import Report, review
from host.review.telling import Telling


def event(kind: str, at: float, **fields: Any) -> Event:
    return {"kind": kind, "at": at, "wall": (WALL + timedelta(seconds=at)).isoformat(), **fields}


def started(at: float = 0.0, **fields: Any) -> Event:
    return event(kinds.ROOM_STARTED, at, lang="zh", products={"cup": "随行杯"}, **fields)


STOP = event(kinds.ROOM_STOPPED, 90, reason="ended")


def said(at: float, text: str, duration: float = 2.0, **fields: Any) -> Event:
    return event(kinds.SPEAKING, at, utterance_kind="script", text=text, product="cup", duration=duration, **fields)


def degraded(at: float, *reasons: str) -> Event:
    return event(kinds.DEGRADED, at, reasons=[str(each) for each in reasons], why=[data(each) for each in reasons])


def asked(
    at: float, name: str, text: str, fate: str, intent: str = "question", reason: str = "", **more: Any
) -> list[Event]:
    verdict = {"comment": name, "intent": intent, "fate": fate, "reason": str(reason), "why": data(reason), **more}
    return [
        event(kinds.COMMENT, at, comment=name, user=name, text=text, source="page"),
        event(kinds.VERDICT, at, **verdict),
    ]


def told(report: Report, topic: Topic) -> list[tuple[str, int, float | None]]:
    say = Telling(report)
    return [(say.reason(group.latest.what), group.count, group.seconds) for group in report.groups(topic)]


def facts(at: float, by: str, *, whole: bool = False, **values: Any) -> Event:
    products = {"cup": {"version": 2, "values": values, "beneath": {}}}
    return event(kinds.FACTS, at, by=by, whole=whole, products=products)


def test_changes_of_facts_are_acts_and_a_feeds_are_told_as_one() -> None:
    not_done = event(kinds.NOT_DONE, 85, operator="webhook", command="change", product="cup", text="{}", reason="no")
    events = [
        started(), facts(0, "start", whole=True, price="79 CNY"), facts(5, "console", price="69 CNY"),
        facts(8, "file", price="65 CNY"), facts(9, "feed", stock=5), facts(70, "feed", stock=4),
        facts(80, "api", list_price=None), not_done, STOP,
    ]  # fmt: skip
    report = review(events, "room")
    assert told(report, Topic.ACT) == [
        ("控制台：随行杯 price 改为 69 CNY", 1, None), ("商品数据：随行杯 stock 改为 4", 2, None),
        ("接口：随行杯 list_price 去掉", 1, None),
    ]  # fmt: skip
    assert {Telling(report).kind(each) for each in report.happenings if each.topic is Topic.ACT} == {"修改商品信息"}
    assert len(told(report, Topic.NOT_DONE)) == 1


def test_a_run_in_figures() -> None:
    events = [started()]
    for k in range(4):
        events += [said(3.0 * k, f"{k}"), event(kinds.PLAYED, 3.0 * k + 2, heard=2 * SAMPLE_RATE)]
    figures = review(events, "room").figures
    assert (figures["seconds"], figures["speech_share"], figures["longest_silence"]) == (11.0, round(8 / 11, 3), 1.0)
    assert figures["airtime"] == {"cup": 8.0}


def test_silence_the_operator_asked_for_is_none() -> None:
    events = [started(), said(0, "a"), event(kinds.OPERATOR, 3, command="pause"),
              event(kinds.OPERATOR, 63, command="resume"), said(63, "b"), said(66.5, "c")]  # fmt: skip
    figures = review(events, "room").figures
    assert (figures["longest_silence"], figures["paused_seconds"]) == (1.5, 60.0)


def test_a_reason_stands_from_when_it_comes_to_when_it_goes_however_its_words_change() -> None:
    down = [Reason("voice_down", name="edge", why=why) for why in (Reason("no_reply"), "broken pipe")]
    three, five = (Reason("viewers_report", trouble="sound", viewers=viewers) for viewers in (3, 5))
    report = review(
        [started(), degraded(10, down[0]), degraded(20, down[1], three), degraded(30, five), degraded(50),
         degraded(60, down[0]), event(kinds.ROOM_STOPPED, 90)], "room",
    )  # fmt: skip
    assert told(report, Topic.FAULT) == [("语音 edge：没有响应", 2, 50.0), ("5 位观众说没有声音", 1, 30.0)]
    assert [each.lasting for each in report.happenings if each.what.code == "voice_down"] == [False, True]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "reason", [Reason("no_answerer"), Reason("journal_removed", file="a.db"), "a plain text of a third party's", "降级"]
)
def test_reasons_nobody_here_knows_of_are_told_like_any_other(reason: str) -> None:
    report = review([started(), degraded(5, reason), degraded(9, reason), degraded(25), STOP], "room")
    assert [(count, seconds) for _, count, seconds in told(report, Topic.FAULT)] == [(1, 20.0)]


def test_figures_in_a_reason_move_while_it_stands() -> None:
    slow = [Reason("computer_slow", percent=percent, preset=True) for percent in (30, 45, 12)]
    report = review([started(), *(degraded(10.0 * k, each) for k, each in enumerate(slow)), degraded(40), STOP], "room")
    ((words, count, seconds),) = told(report, Topic.FAULT)
    assert ("12" in words, count, seconds) == (True, 1, 40.0)


def test_a_reason_of_another_version_is_told_in_its_english_words() -> None:
    new = event(kinds.DEGRADED, 5, reasons=["pictures are late"], why=[{"code": "from_tomorrow", "details": {"n": 4}}])
    report = review([started(), new, event(kinds.ROOM_STOPPED, 9)], "room")
    assert told(report, Topic.FAULT) == [("pictures are late", 1, 4.0)]


def test_commands_nobody_here_knows_of_are_told_with_their_arguments() -> None:
    acts = [
        event(kinds.OPERATOR, 1, command="again", comment_id="c1", text="不漏。"),
        event(kinds.OPERATOR, 2, command="mute", minutes=5),
        event(kinds.OPERATOR, 3, command="goto", product="cup"),
    ]
    report = review([started(), *asked(0, "c1", "漏吗", "answered"), *acts], "room")
    say = Telling(report)
    shown = [
        (say.kind(each), say.reason(each.what), each.about) for each in report.happenings if each.topic is Topic.ACT
    ]
    assert shown == [("again", "不漏。", "c1: 漏吗"), ("静音", "（minutes：5）", ""), ("去讲", "随行杯", "")]


def test_the_same_refusal_round_after_round_is_one() -> None:
    why = Reason("needs_fact", category="guarantees")
    refused = {"utterance_kind": "script", "text": "永不掉色。", "code": "claim", "reason": str(why), "why": data(why)}
    report = review([started(), *(event(kinds.REFUSAL, at, **refused) for at in (5, 65, 125))], "room")
    assert told(report, Topic.REFUSAL) == [("永不掉色。", 3, None)]
    assert report.figures["refusals"] == 3


def test_a_crash_is_told_by_where_it_was() -> None:
    fault = event(kinds.FAULT, 5, where="presenter", message="KeyError: 'x'", why=data("KeyError: 'x'"), retry_in=0.5)
    report = review([started(), fault, fault, event(kinds.ROOM_STOPPED, 9)], "room")
    say = Telling(report)
    assert [(say.kind(group.latest), group.count) for group in report.groups(Topic.FAULT)] == [("说话", 2)]


@pytest.mark.parametrize(
    ("intent", "fate", "lack"),
    [
        ("question", "refused", Lack.SHEET), ("question", "escalated", Lack.SHEET), ("request", "refused", Lack.SHEET),
        ("question", "expired", Lack.TIME), ("question", "dropped", Lack.TIME), ("question", "queued", Lack.TIME),
        ("chat", "escalated", Lack.PERSON), ("question", "answered", None), ("question", "ignored", None),
        ("greeting", "refused", None), ("spam", "dropped", None), ("trouble", "escalated", None),
        ("chat", "dropped", None), ("chat", "ignored", None),
    ],
)  # fmt: skip
def test_what_is_an_unanswered_question(intent: str, fate: str, lack: Lack | None) -> None:
    report = review([started(), *asked(1, "c1", "能放洗碗机吗", fate, intent)], "room")
    assert [question.lack for question in report.unanswered] == ([lack] if lack else [])


def test_a_question_crowded_out_is_still_one_though_its_last_verdict_calls_it_chat() -> None:
    events = [started(), *asked(1, "c1", "能放洗碗机吗", "queued")]
    events.append(event(kinds.VERDICT, 2, comment="c1", intent="chat", fate="dropped", reason="crowded out"))
    assert [question.lack for question in review(events, "room").unanswered] == [Lack.TIME]


def test_questions_are_one_by_what_they_ask_not_by_their_words() -> None:
    texts = [
        "能放洗碗机吗",
        "请问能放洗碗机吗？",
        "这款能放洗碗机么",
        "304的能放洗碗机吗",
        "316的能放洗碗机吗",
        "Is it dishwasher safe?",
        "is this dishwasher safe please",
    ]
    events = [started()]
    for at, text in enumerate(texts):
        events += asked(at, f"c{at}", text, "refused")
    assert [(question.first.text, question.count) for question in review(events, "room").unanswered] == [
        (texts[0], 3), (texts[5], 2), (texts[3], 1), (texts[4], 1),
    ]  # fmt: skip


def test_a_comment_that_is_answered_in_the_next_run_belongs_to_the_one_it_came_in() -> None:
    later = [started(), said(4, "不漏。", in_reply_to=["c1"]),
             event(kinds.VERDICT, 6, comment="c1", intent="question", fate="answered")]  # fmt: skip
    moved = [each | {"wall": (WALL + timedelta(hours=1, seconds=each["at"])).isoformat()} for each in later]
    report = review([started(), *asked(1, "c1", "漏吗", "queued"), *moved], "room")
    assert [(row.run, row.fate, row.waited) for row in report.comments] == [(1, "answered", 3603.0)]
    assert [figures.comments for figures in report.run_figures] == [1, 0]


def test_what_a_room_records_before_it_begins_belongs_to_its_own_run() -> None:
    """Verdicts on comments of the run before are made while the room is set up."""
    expired = event(kinds.VERDICT, 0.4, comment="c1", intent="question", fate="expired")
    lives = [started(0.5), *asked(30, "c1", "漏吗", "queued"), expired, started(0.6), said(3, "a"), STOP]
    assert [(run.ending, len(run.entries)) for run in review(lives, "room").runs] == [("killed", 3), ("ended", 4)]


def test_a_journal_whose_beginning_is_missing_has_its_runs_apart() -> None:
    events = [said(400, "a"), event(kinds.ALIVE, 460), started(0.5), said(3, "b"), started(0.5), said(3, "c"), STOP]
    report = review(events, "room")
    assert [(run.ending, run.seconds) for run in report.runs] == [("killed", 60.0), ("killed", 2.5), ("ended", 89.5)]


def test_entries_that_cannot_be_read_are_counted_and_cost_no_report() -> None:
    broken = [
        {"kind": kinds.COMMENT, "at": 1.0},
        event(kinds.SPEAKING, 2, text=None),
        {},
        event(kinds.VERDICT, 2, comment="c", fate="x") | {"at": float("nan")},
    ]
    report = review([started(), *broken, said(3, "a")], "room")
    assert (report.figures["unread"], report.figures["utterances"]) == (4, 1)


def test_an_empty_journal_has_a_report() -> None:
    report = review([], "room")
    assert (report.figures["runs"], report.figures["seconds"], report.title) == (0, 0, "room")
