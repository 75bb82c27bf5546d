"""The report of a night in which everything happened: nothing of it is missing, and each has its time."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from night import BEGAN, LIES

from host.core import journal_events as kinds
from host.core.journal_events import Event
from host.review.happenings import Group, Topic
from host.review.outline import outline
from host.review.questions import Lack
from host.review.report import Report, review


@pytest.fixture(scope="module")
def report(night: list[Event]) -> Report:
    return review(night, "test", on_air=True)


def found(report: Report, topic: Topic, code: str) -> Group:
    (group,) = [group for group in report.groups(topic) if getattr(group.latest.what, "code", "") == code]
    return group


def test_each_run_has_its_time_and_how_it_ended(report: Report) -> None:
    assert [run.begun for run in report.runs] == list(BEGAN)
    assert [run.ending for run in report.runs] == ["killed", "stopped", "running"]
    assert [round(run.seconds) for run in report.runs] == [148, 357, 60]
    assert all(0 <= (run.ended - run.begun).total_seconds() - run.seconds < 1 for run in report.runs)
    off_air = [after.begun - before.ended for before, after in zip(report.runs, report.runs[1:], strict=False)]
    assert [run.off_air_before for run in report.runs] == [0, *(gap.total_seconds() for gap in off_air)]


def test_a_room_that_is_not_on_air_any_more_broke_off(night: list[Event]) -> None:
    assert [run.ending for run in review(night, "test").runs] == ["killed", "stopped", "killed"]


def test_every_fault_is_told_with_how_long_it_lasted(report: Report) -> None:
    voice = found(report, Topic.FAULT, "voice_down")
    script = found(report, Topic.FAULT, "script_kept")
    several = found(report, Topic.FAULT, "viewers_report")
    assert (voice.count, script.count, several.count) == (1, 1, 1)
    assert 40 < (voice.seconds or 0) < 120
    assert script.seconds == pytest.approx(30, abs=2.1)
    assert not voice.latest.lasting
    assert [each.about for each in found(report, Topic.FAULT, "trouble").times] == [
        "观众0: 没声音", "观众1: no sound", "观众2: 听不到",
    ]  # fmt: skip
    assert found(report, Topic.FAULT, "report_killed").latest.run == 1
    assert report.figures["faults"] == 7


def test_every_refused_command_is_told_with_its_reason(report: Report) -> None:
    refused = report.groups(Topic.NOT_DONE)
    assert [group.latest.what for group in refused] == [*LIES, ""]
    assert {getattr(group.latest.why, "code", "") for group in refused[:5]} == {"guard_refuses"}
    assert getattr(refused[5].latest.why, "code", "") == "comment_not_waiting"
    assert report.figures["not_done"] == 6


def test_every_act_is_told_and_pauses_have_a_length(report: Report) -> None:
    acts = {group.latest.kind: group for group in report.groups(Topic.ACT)}
    assert {kind: group.count for kind, group in acts.items()} == {
        "pause": 2, "resume": 3, "goto": 1, "hush": 1, "say": 1, "answer": 1, "dismiss": 1, "reloaded": 1,
    }  # fmt: skip
    assert acts["pause"].seconds == pytest.approx(15 + 250)
    assert acts["hush"].seconds == pytest.approx(5)
    assert acts["answer"].latest.about == "小马: 有线下店没"
    assert report.figures["paused_seconds"] == pytest.approx(270)


def test_a_question_stands_once_with_who_asked_it_first_and_of_what(report: Report) -> None:
    (question,) = report.unanswered
    assert (question.first.text, question.count, question.lack) == ("几度水能装", 4, Lack.SHEET)
    assert (question.first.user, question.first.wall) == ("小马", datetime.fromisoformat("2026-11-22T20:01:50Z"))
    assert [(report.named(product), count) for product, count in question.products] == [
        ("护眼台灯", 3), ("随行保温杯", 1),
    ]  # fmt: skip
    assert report.figures["unanswered"] == 4


def test_what_was_settled_later_is_no_open_question(report: Report) -> None:
    fates = {row.text: row.fate for row in report.comments}
    assert (fates["有线下店没"], fates["太失望了"]) == ("answered", "ignored")


def test_a_script_that_is_edited_is_an_act_and_what_is_wrong_in_it_stands_beside(report: Report) -> None:
    edited = [each for each in report.happenings if each.kind == "reloaded"]
    assert ["0.md:5" in each.what for each in edited] == [True, False]


def test_the_order_is_that_of_time(report: Report) -> None:
    times = [(each.run, each.wall) for each in report.happenings]
    assert times == sorted(times)


def test_as_json_it_says_the_same(report: Report) -> None:
    told = json.loads(report.to_json())
    assert [run["ending"] for run in told["runs"]] == ["killed", "stopped", "running"]
    assert told["unanswered"][0]["first"] == "2026-11-22T20:01:50+00:00"
    assert [row["what"] for row in told["not_done"]][:5] == list(LIES)
    assert told["faults"][0]["what_why"]["code"] == "voice_down"
    assert told["figures"]["faults"] == sum(group["count"] for group in told["faults"])
    assert {act["kind"] for act in told["acts"]} >= {"pause", "hush", "goto", "say"}
    assert all(datetime.fromisoformat(row["wall"]).tzinfo for row in told["comments"])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["第 1 场", "中断", "正在直播", "各场合计", "停播 3小时43分", "观众反馈", "立即停嘴", "2号链接",
                "全网最低价。", "语音 studio", "几度水能装", "护眼台灯 ×3", "小马", "核对没有通过", "改了脚本",
                "持续 30秒"]),
        ("en", ["run 1", "broke off", "on air", "all runs together", "off air for 3 h 43 min", "viewers say",
                "stop talking", "link 2", "全网最低价。", "voice studio", "几度水能装", "小马",
                "the guard does not let this be said", "scripts edited", "for 30 s"]),
    ],
)  # fmt: skip
def test_a_terminal_shows_it_in_the_room_s_language(night: list[Event], lang: str, words: list[str]) -> None:
    spoken = [event | {"lang": lang} if event["kind"] == kinds.ROOM_STARTED else event for event in night]
    lines = list(outline(review(spoken, "test", on_air=True)))
    text = "\n".join(lines)
    assert [word for word in words if word not in text] == []
    assert "11-22 20:00:10" in text
    assert "11-23 00:00" in text
    assert not [line for line in lines if "None" in line or "report_" in line]


def test_a_journal_of_an_earlier_version_is_read(night: list[Event]) -> None:
    """Those had neither refused commands, nor signs of life, nor findings as data, nor reasons as data."""
    later = {kinds.NOT_DONE, kinds.ALIVE}
    dropped = {"why", "found", "title", "answerer", "passed"}
    old = [
        {key: value for key, value in event.items() if key not in dropped}
        for event in night
        if event["kind"] not in later
    ]
    report = review(old, "my-room", on_air=True)
    assert (report.title, report.unread) == ("my-room", 0)
    assert [run.ending for run in report.runs] == ["killed", "stopped", "running"]
    assert report.figures["faults"] == 7
    assert report.unanswered[0].count == 4
    assert any("voice studio" in group.latest.what for group in report.groups(Topic.FAULT))


def test_it_is_called_what_the_room_is_called(report: Report) -> None:
    assert (report.title, report.lang, report.names["cup"]) == ("测试间", "zh", "随行保温杯")
