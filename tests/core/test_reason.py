"""Reasons: English words for whoever reads text, code and details for whoever speaks another language."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from host.core.ports import VoiceError
from host.core.reason import Reason, all_data, data, reason_of

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
