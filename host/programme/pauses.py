"""How long the host is silent between two utterances: by what the one was and what the other is.

A speaker's pauses tell a listener what belongs together: sentences of a thought follow close, a new thought takes its
time, whoever has asked waits, and a price is given room. A recording is kept by its text and knows none of that, so the
silence is chosen where two of them meet. Figures are in `SILENCE` and below; what decides among them is `bond`.

Silent pauses of readers in five languages are brief (under 0.2 s), medium (0.2 to 1 s) or, seldom, longer than a second
(Campione and Véronis 2002), and grow with the length of what was said (Krivokapić 2007).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from host.core.fold import cased
from host.core.media import SAMPLE_RATE, Pcm, Speech, seconds
from host.core.utterance import URGENCY, Kind, Utterance
from host.mind.quantities.extraction import quantities
from host.mind.quantities.units import Measure
from host.stage.on_air import Item
from host.voice.sound.breath import LENGTH, breath_of


class Bond(StrEnum):
    """How closely what is said belongs to what was said before."""

    CLAUSE = "clause"
    """The sentence goes on."""
    TURN = "turn"
    """A viewer, or an operator, is spoken to at last: nothing is to make that later."""
    LIST = "list"
    """Short sentences of one line, one after the other."""
    PASSING = "passing"
    """A greeting in passing, and back."""
    REPLY = "reply"
    """A reply goes on."""
    LINE = "line"
    """A line of the script goes on."""
    NEXT_LINE = "next_line"
    ASIDE = "aside"
    """A bridge or a notice, and back."""
    RETURN = "return"
    """Back to the script after a reply."""
    SEGMENT = "segment"
    PRODUCT = "product"


SILENCE: Mapping[Bond, float] = {
    Bond.CLAUSE: 0.22,
    Bond.TURN: 0.28,
    Bond.LIST: 0.30,
    Bond.PASSING: 0.32,
    Bond.REPLY: 0.36,
    Bond.LINE: 0.42,
    Bond.NEXT_LINE: 0.55,
    Bond.ASIDE: 0.50,
    Bond.RETURN: 0.60,
    Bond.SEGMENT: 0.85,
    Bond.PRODUCT: 1.10,
}
"""Seconds from the last of the one voice to the first of the other."""
ASKED, ASKED_ON = 0.30, 0.12
"""Seconds more after a question to the viewers; after one within a reply, which the host answers himself."""
POINT = 0.22
"""Seconds more before a sentence that comes to a price, or that the writer has the host point at."""
AIR, UNHURRIED, MOST_AIR = 0.03, 2.0, 0.2
"""Seconds more for each second of what was said beyond so many, and at most: what was long takes breath."""
LONG = 3.6
"""Seconds a sentence lasts at least that a breath is taken for, and what was said before it half as long."""
ROOM = 0.12
"""Seconds between what was said and the breath."""
SHORT = 2.4
"""Seconds a sentence of a list lasts at most."""
LONGEST = 1.4

_SENTENCE_END = "。！？!?.…；;"
_QUESTION = "？?"
_CLOSING = "\"'”’』」）)】》 "
_AUDIBLE = 100
"""Of 32768, -50 dBFS: over room tone, and under any voice at -16 LUFS."""
_EDGE = SAMPLE_RATE
"""Samples of a recording's end in which its silence is looked for."""


def pause(before: Item, after: Item) -> int:
    """Samples of room tone between two recordings, so that the silence heard is `silence_between`: they bring some."""
    silence = silence_between(before.utterance, after.utterance, before.speech.duration, after.speech.duration)
    breath = breath_of(after.speech)
    rest = silence - _silent(before.speech.pcm[: -_EDGE - 1 : -1]) - _silent(after.speech.pcm[breath : breath + _EDGE])
    return max(0, round(rest * SAMPLE_RATE) - breath)


def takes_breath(before: Item, after: Utterance, speech: Speech) -> bool:
    """Whether the host is to be heard inhaling before a sentence: a long one of the script, after a stretch of speech,
    where the silence has room for it, so that nothing is later for it."""
    lasted, lasts = before.speech.duration, speech.duration
    if after.kind is not Kind.SCRIPT or lasts < LONG or lasted < LONG / 2:
        return False
    room = silence_between(before.utterance, after, lasted, lasts) - seconds(LENGTH)
    return room >= _silent(speech.pcm[:_EDGE]) + ROOM


def silence_between(before: Utterance, after: Utterance, lasted: float, lasts: float) -> float:
    """Seconds of silence between two utterances that take ``lasted`` and ``lasts`` seconds. Pure."""
    how = bond(before, after, max(lasted, lasts))
    silence = SILENCE[how]
    if how in (Bond.CLAUSE, Bond.TURN):
        return silence
    if _last_mark(before.text) in _QUESTION:
        silence += ASKED_ON if how is Bond.REPLY else ASKED
    if comes_to_the_point(after) and not comes_to_the_point(before):
        silence += POINT
    return min(LONGEST, silence + min(MOST_AIR, AIR * max(0.0, lasted - UNHURRIED)))


def bond(before: Utterance, after: Utterance, longest: float) -> Bond:
    """How closely ``after`` belongs to ``before``; ``longest`` is how many seconds the longer of them takes."""
    if before.reply and before.reply == after.reply:
        return Bond.REPLY if _ends(before) else Bond.CLAUSE
    if URGENCY[after.kind] > URGENCY[Kind.GREETING]:
        return Bond.TURN
    if Kind.GREETING in (before.kind, after.kind):
        return Bond.PASSING
    if None not in (before.product, after.product) and before.product != after.product:
        return Bond.PRODUCT
    if before.reply:
        return Bond.RETURN
    if before.place is None or after.place is None:
        return Bond.ASIDE
    return _in_script(before, after, longest)


def comes_to_the_point(utterance: Utterance) -> bool:
    """Whether it tells a price, or is pointed at."""
    if utterance.direction.gesture == "point":
        return True
    found = quantities(cased(utterance.text))
    return any(reading.measure is Measure.MONEY for quantity in found for reading in quantity.readings)


def _in_script(before: Utterance, after: Utterance, longest: float) -> Bond:
    one, other = before.place, after.place
    assert one is not None
    assert other is not None
    if (one.product, one.segment) != (other.product, other.segment):
        return Bond.SEGMENT
    if (one.line, one.alternative) != (other.line, other.alternative):
        return Bond.NEXT_LINE
    if not _ends(before):
        return Bond.CLAUSE
    return Bond.LIST if longest <= SHORT and _last_mark(before.text) not in _QUESTION else Bond.LINE


def _ends(utterance: Utterance) -> bool:
    """Whether its text ends as a sentence does."""
    return _last_mark(utterance.text) in _SENTENCE_END


def _last_mark(text: str) -> str:
    return text.rstrip(_CLOSING)[-1:] or "."


def _silent(pcm: Pcm) -> float:
    """Seconds of silence a recording begins with."""
    audible = np.flatnonzero((pcm > _AUDIBLE) | (pcm < -_AUDIBLE))
    return seconds(int(audible[0]) if len(audible) else len(pcm))
