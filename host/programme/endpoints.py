"""What the answerers and voices a room names really answer: each is asked once, as the room would ask it."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

from host.config import Backend, RoomConfig, RoomFile
from host.core.clock import Clock, within
from host.core.errors import LivehostError
from host.core.findings import hint_of
from host.core.packs import pack
from host.core.plugins import ANSWERERS, JUDGES, load
from host.core.ports import Answerer, AnswerError, Context, Judge, JudgeError, VoiceError
from host.core.product import Fact, Lang
from host.core.reason import Reason, reason_of
from host.mind.answers.openai_chat import ChatAnswerer, Trial
from host.programme.voices import voices_of
from host.voice.chain import VoiceChain
from host.voice.engine import EMBEDDED
from host.voice.opening import open_voices

_WEIGHT = Fact("cup.facts.weight", "cup", "weight", "220 g", "")
_TO_JUDGE = ("The cup weighs 220 g.", "The cup weighs 150 g.")
MOST_EFFORT = 0.8
"""Seconds for each second of speech: a voice that takes more is late with what nobody foresaw."""
_TOO_SLOW = "over 0.8, answers nobody foresaw begin late; livehost voice prepare has the rest said before"
_NOT_AN_API = "is base_url that of an OpenAI-compatible API? It usually ends in /v1"
_WHAT_TO_DO = {
    "no_key": "set it, or give the endpoint a base_url; until then the embedded one stands in",
    "endpoint_slow": "raise first_sentence and total, or choose a faster model",
    "only_reasoning": "raise first_sentence and max_tokens, or have it think less: reasoning_effort, extra_body",
    "endpoint_unreachable": "is the server running, and is base_url its address?",
    "endpoint_garbage": _NOT_AN_API,
    "endpoint_protocol": _NOT_AN_API,
    "reply_cut": _NOT_AN_API,
}
_STATUS = {
    400: "it does not take the request: look at model, options and extra_body",
    401: "check the key: OPENAI_API_KEY, or the variable key_env names",
    403: "check the key and what it may do",
    404: "check model and base_url, which usually ends in /v1",
    429: "wait, or look at the account's limits and credit",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking one of them."""

    name: str
    works: bool
    detail: str
    hint: str = ""


async def ask_answerers(config: RoomConfig, context: Context) -> AsyncIterator[Asked]:
    """Ask each answerer of the room that has an endpoint for one word."""
    for spec in config.answerer:
        name = f"answerer {spec.name}"
        try:
            answerer: Answerer = load(ANSWERERS, spec.name)(spec.options, context)
        except (AnswerError, LivehostError) as error:
            yield _failed(name, error)
            continue
        try:
            if isinstance(answerer, ChatAnswerer):
                yield _tried(name, await answerer.trial())
            else:
                yield Asked(name, True, "answers without an endpoint")
        except AnswerError as error:
            yield _failed(name, error)
        finally:
            await answerer.close()


async def ask_judge(config: RoomConfig, context: Context) -> AsyncIterator[Asked]:
    """Have the room's judge, if it has one, look at a sentence that a fact carries, and at one that none does."""
    spec = config.judge
    if spec is None:
        return
    name = f"judge {spec.name}"
    try:
        judge: Judge = load(JUDGES, spec.name)(spec.options, context)
    except (JudgeError, LivehostError) as error:
        yield _failed(name, error)
        return
    began = context.clock.now()
    try:
        truth, lie = [await _judged(judge, sentence, context.clock) for sentence in _TO_JUDGE]
    except JudgeError as error:
        yield _failed(name, error)
        return
    finally:
        await judge.close()
    detail = f"judged two sentences within {context.clock.now() - began:.1f} s"
    wrong = ["does not pass what a fact says"] * (not truth) + ["passes what no fact says"] * lie
    hint = "choose another model: this one would hold truths back, or let lies through" if wrong else ""
    yield Asked(name, not wrong, "; ".join([detail, *wrong]), hint)


async def _judged(judge: Judge, sentence: str, clock: Clock) -> bool:
    until = clock.now() + judge.deadline
    try:
        return (await within(clock, until, judge.verdict([_WEIGHT], sentence, until))).carried
    except TimeoutError:
        raise JudgeError(Reason("endpoint_slow")) from None


async def ask_voices(room: RoomFile, context: Context) -> AsyncIterator[Asked]:
    """Have each voice of the room but the embedded one say a sentence, past the cache."""
    for lang, specs in voices_of(room).items():
        for spec in specs:
            if spec.name != EMBEDDED:
                yield await _spoken(spec, lang, context)


async def _spoken(spec: Backend, lang: Lang, context: Context) -> Asked:
    name = f"voice {spec.name} ({lang})"
    began = context.clock.now()
    with tempfile.TemporaryDirectory() as empty:
        try:
            chain = open_voices({lang: [spec]}, replace(context, cache=Path(empty)))
        except LivehostError as error:
            return _failed(name, error)
        try:
            speech = await chain.speak(pack(lang).table("show.toml")["words"]["try_short"], lang)
            took = context.clock.now() - began
            effort = await _effort(chain, lang, context.clock) if chain.laborious(lang) else None
        except VoiceError as error:
            return _failed(name, error)
        finally:
            await chain.close()
    if wrong := chain.status()["engines"][lang][0]["error"]:
        return _failed(name, VoiceError(wrong))
    detail = f"spoke {speech.duration:.1f} s within {took:.1f} s"
    if effort is None:
        return Asked(name, True, detail)
    keeps_up = effort <= MOST_EFFORT
    detail = f"{detail}; then {effort:.2f} s for each second of speech"
    return Asked(name, keeps_up, detail, "" if keeps_up else _TOO_SLOW)


async def _effort(chain: VoiceChain, lang: Lang, clock: Clock) -> float:
    """Seconds for each second of speech, once the voice is loaded."""
    began = clock.now()
    speech = await chain.speak(pack(lang).table("show.toml")["words"]["try_long"], lang)
    return (clock.now() - began) / speech.duration


def _tried(name: str, trial: Trial) -> Asked:
    detail = f"{trial.model} at {trial.place} answered in {trial.seconds:.1f} s"
    detail += ", after reasoning" if trial.reasoned else ""
    detail += f"; it does not take {' and '.join(trial.left_out)}" if trial.left_out else ""
    if trial.seconds <= trial.within:
        return Asked(name, True, detail)
    return Asked(name, False, f"{detail}: too late, {trial.within:g} s are allowed", _WHAT_TO_DO["endpoint_slow"])


def _failed(name: str, error: Exception) -> Asked:
    if isinstance(error, LivehostError):
        return Asked(name, False, error.finding.message, error.finding.hint)
    reason = reason_of(error)
    if not isinstance(reason, Reason):
        return Asked(name, False, reason)
    if hint := hint_of(reason.code, reason.details):
        return Asked(name, False, reason, hint)
    status = reason.details.get("status", 0)
    other = "look at the server's own log" if status >= 500 else _WHAT_TO_DO.get(reason.code, "")
    return Asked(name, False, reason, _STATUS.get(status, other))
