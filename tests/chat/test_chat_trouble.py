"""Reports that the show cannot be heard or seen: told from questions about goods, and counted."""

from __future__ import annotations

import pytest
from chat_room import EN, ZH, comment
from hypothesis import given
from hypothesis import strategies as st
from traditional import FORMS

from host.chat.triage import Triage
from host.chat.trouble import HOLDS, SEVERAL, WITHIN, Trouble, TroubleReports, trouble_in
from host.core.comment import Fate, Intent
from host.core.fold import fold

REPORTS = {
    "sound": "没声音|没声音啊|主播没声音|怎么没有声音了|听不到|听不见声音|我这边听不见|"
    "声音太小了|大点声|静音了吧|没声了，主播|是不是没开麦|"
    "no sound|there is no sound|can't hear you|cant hear anything|i can't hear you at all|you're muted|"
    "no audio on my end|why is there no sound|the sound is gone|hello no sound|NO SOUND!!!",
    "picture": "看不到画面|黑屏|黑屏了|没画面|画面没了|怎么黑屏了|什么都看不到|白屏|no picture|black screen|"
    "the screen is black|screen went black|i can't see anything|no video just me?",
    "stuck": "卡了|又卡了|好卡啊|太卡了|卡住了|主播卡住了|画面卡住|一直转圈|缓冲|画面不动了|直播间好卡|"
    "卡成ppt了|是不是卡了|掉线了|lagging|it's lagging|so laggy|frozen|its frozen|the stream is frozen|keeps buffering|"
    "buffering|is it just me or is it frozen|"
    "laggggg|stream keeps freezing|it froze again",
    "sync": "声音不同步|音画不同步|嘴型对不上|out of sync|the audio is out of sync|lips don't match",
    "blurry": "好模糊|画质好差|看不清|太糊了|blurry|so pixelated|the video is blurry",
}
NO_REPORTS = """
没声音的风扇
这个灯会卡吗
有没有没声音的键盘
风扇没声音吗
耳机没声音怎么办
这款吸尘器声音太小了吧
洗衣机声音大吗
手机支架会卡吗
拉链卡吗
拉链会卡住吗
卡扣卡了能换吗
会卡顿吗这个手表
电脑卡顿用这个行吗
画面清晰吗这个投影
这个摄像头模糊吗
黑屏的手表有吗
屏幕黑了能修吗 手表
银行卡了解一下
打卡了
does the fan make no sound
is the speaker muted by default
does the watch lag
does it freeze in winter
is the food frozen
frozen shrimp?
how long does it take to load
is the camera blurry at night
does it work with no sound
can the lamp be dimmed
多少钱
""".strip().split("\n")
SAID = [(kind, text) for kind, texts in REPORTS.items() for text in texts.split("|")]


@pytest.mark.parametrize(("kind", "text"), SAID)
def test_a_report_is_understood(kind: str, text: str) -> None:
    assert trouble_in(fold(text)) == Trouble(kind)
    verdict = Triage().judge(comment(text), catalogue=EN if text.isascii() else ZH, on_air=None, now=0.0)
    assert (verdict.intent, verdict.fate) == (Intent.TROUBLE, Fate.ESCALATED)


@pytest.mark.parametrize("text", NO_REPORTS)
def test_a_question_about_goods_reports_nothing(text: str) -> None:
    assert trouble_in(fold(text)) is None


@pytest.mark.parametrize("form", FORMS)
def test_traditional_characters_report_the_same(form: str) -> None:
    assert [trouble_in(fold(FORMS[form](text))) for _, text in SAID] == [Trouble(kind) for kind, _ in SAID]
    assert not any(trouble_in(fold(FORMS[form](text))) for text in NO_REPORTS)


def test_several_viewers_within_a_minute_are_told_of_and_one_is_not() -> None:
    reports = TroubleReports()
    for at in (0.0, 10.0, 20.0, 30.0):
        reports.note(Trouble.SOUND, "one", at)
    assert reports.reasons(30.0) == []
    reports.note(Trouble.SOUND, "two", 31.0)
    reports.note(Trouble.STUCK, "three", 32.0)
    assert reports.reasons(32.0) == []
    reports.note(Trouble.SOUND, "three", 33.0)
    assert reports.reasons(33.0) == ["3 viewers say that there is no sound"]
    assert reports.reasons(33.0 + HOLDS) == ["3 viewers say that there is no sound"]
    assert reports.reasons(34.0 + HOLDS) == []


def test_reports_far_apart_are_nothing_to_tell_of() -> None:
    reports = TroubleReports()
    for number in range(10):
        reports.note(Trouble.STUCK, f"viewer{number}", number * WITHIN)
        assert reports.reasons(number * WITHIN) == []


@given(st.lists(st.tuples(st.sampled_from(list(Trouble)), st.sampled_from("abcd"), st.floats(0, 400)), max_size=60))
def test_what_is_told_was_reported_by_several_within_a_minute(reports: list[tuple[Trouble, str, float]]) -> None:
    counted = TroubleReports()
    ordered = sorted(reports, key=lambda report: report[2])
    for number, (kind, viewer, now) in enumerate(ordered, 1):
        counted.note(kind, viewer, now)
        seen = ordered[:number]
        several = [
            then
            for what, _, then in seen
            if len({who for other, who, at in seen if other is what and then - WITHIN <= at <= then}) >= SEVERAL
        ]
        assert bool(counted.reasons(now)) <= bool(several)
        assert not several or several[-1] < now or counted.reasons(now)
