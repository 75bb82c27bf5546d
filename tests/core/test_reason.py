"""Reasons: English words for whoever reads text, code and details for whoever speaks another language."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from reason_details import details_of, told_of

from host.core.findings import as_data, found, told
from host.core.ports import VoiceError
from host.core.reason import Reason, all_data, data, in_words, reason_of
from host.core.wording import Words, names_in, parsed, words

NESTED = Reason("voice_down", name="edge", why=Reason("no_reply_within", seconds=8.0))


def test_a_reason_is_its_english_words() -> None:
    assert NESTED == "voice edge: no answer within 8 s"
    assert json.dumps({"reason": NESTED}) == '{"reason": "voice edge: no answer within 8 s"}'


def test_as_data_it_keeps_code_and_details_all_the_way_down() -> None:
    why = {"code": "no_reply_within", "details": {"seconds": 8.0}}
    assert data(NESTED) == {"code": "voice_down", "details": {"name": "edge", "why": why}}
    assert json.loads(json.dumps(data(NESTED))) == data(NESTED)


def test_plain_text_is_a_reason_too() -> None:
    assert data("the cable is out") == {"code": "other", "details": {"text": "the cable is out"}}
    assert data("") is None
    assert all_data(["", NESTED]) == [data(NESTED)]


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda reason: pickle.loads(pickle.dumps(reason))])
def test_a_copy_is_the_same_reason(again: object) -> None:
    made = again(NESTED)  # type: ignore[operator]
    assert (str(made), made.code, made.details) == (str(NESTED), NESTED.code, NESTED.details)


def test_without_words_or_without_their_details_there_is_no_reason() -> None:
    with pytest.raises(KeyError):
        Reason("no_such_code")
    with pytest.raises(KeyError):
        Reason("too_long")


def test_an_exception_gives_back_the_reason_it_was_raised_with() -> None:
    assert reason_of(VoiceError(NESTED)) is NESTED
    assert reason_of(VoiceError("plain")) == "plain"
    assert reason_of(TimeoutError()) == "TimeoutError"


# Every language


@pytest.mark.parametrize("code", words("en").templates)
def test_every_reason_has_words_in_every_language(code: str) -> None:
    reason = Reason(code, **details_of(code))
    for lang in ("en", "zh"):
        said = in_words(reason, lang)
        assert said or code in ("small_talk", "answered", "greeted")
        assert all(f"<{name}>" in said for name in told_of(code)), said
        assert not any(left in said for left in ("{?", "{!", "None"))


def test_languages_have_the_same_codes_and_speak_of_the_same_details() -> None:
    english, chinese = words("en"), words("zh")
    assert english.templates.keys() == chinese.templates.keys()
    for code in english.templates:
        of_english, of_chinese = (names_in(parsed(each.templates[code])) for each in (english, chinese))
        assert of_chinese <= of_english, code
        assert of_english - of_chinese <= {"intent"}, code


def test_the_words_of_a_table_are_asked_for_somewhere() -> None:
    for lang in ("en", "zh"):
        asked = "".join(words(lang).templates.values())
        assert [name for name in words(lang).tables if f"|{name}}}" not in asked] == []


def test_words_in_chinese_hold_no_english_sentence() -> None:
    for code, template in words("zh").templates.items():
        if code not in ("other", "recording", "unknown_key.hint", "at_key"):
            assert not template or any("㐀" <= c <= "鿿" for c in template) or "{" in template, code


@pytest.mark.parametrize(
    ("template", "details", "said"),
    [
        ("a {x}", {"x": 1}, "a 1"),
        ("{x}", {"x": 0.5}, "0.5"),
        ("{x}", {"x": 8.0}, "8"),
        ("{{x}} {{{x}}}", {"x": "y"}, "{x} {y}"),
        ("{x?a {x}}{x!none}", {"x": "y"}, "a y"),
        ("{x?a {x}}{x!none}", {"x": 0}, "none"),
        ("{x?a {x}}{x!none}", {}, "none"),
        ("{x?{y?both}}", {"x": 1, "y": 1}, "both"),
        ("{n} file{n#|s}", {"n": 1}, "1 file"),
        ("{n} file{n#|s}", {"n": 0}, "0 files"),
        ("{x*<{a}>}", {"x": [{"a": 1}, {"a": 2}]}, "<1>; <2>"),
        ("{x*{it}}", {"x": ["a", "b"]}, "a; b"),
        ("{x|t}", {"x": "known"}, "KNOWN"),
        ("{x|t}", {"x": "unknown"}, "unknown"),
        ("{x|u}", {"x": "unknown"}, ""),
        ("{x}", {"x": {"code": "inner", "details": {"y": 3}}}, "inner 3"),
    ],
)
def test_fields_of_a_template(template: str, details: dict[str, object], said: str) -> None:
    spoken = Words({"t": template, "inner": "inner {y}"}, {"t": {"known": "KNOWN"}, "u": {"": ""}}, "; ")
    assert spoken.say("t", details) == said


@pytest.mark.parametrize("template", ["{", "{x", "{x?", "{}", "{x&}", "{x#a}", "a {x?b"])
def test_a_template_that_is_not_well_formed_is_an_error(template: str) -> None:
    with pytest.raises(ValueError, match="field"):
        parsed(template)


def test_a_reason_of_a_journal_is_told_as_its_code_says() -> None:
    assert in_words("the English of then", "zh", data(NESTED)) == "语音 edge：8 秒内没有响应"
    assert in_words("of another version", "zh", {"code": "gone", "details": {}}) == "of another version"
    assert in_words("plain", "zh") == "plain"


def test_a_finding_is_told_with_its_place_in_every_language() -> None:
    finding = found("gesture_unknown", "cup.md", 7, gesture="dance", known=["wave"], severity="warning")
    assert (
        str(finding)
        == told(finding, "en")
        == ("cup.md:7: warning: the host has no gesture 'dance'\n    there are: wave")
    )
    assert told(finding, "zh") == "cup.md:7: 提醒：主播没有手势「dance」\n    可以用：wave"
    written = as_data(finding)
    assert json.loads(json.dumps(written))["why"] == {
        "code": "gesture_unknown",
        "details": {"gesture": "dance", "known": ["wave"]},
    }
    assert written["hint_why"]["code"] == "gesture_unknown.hint"
