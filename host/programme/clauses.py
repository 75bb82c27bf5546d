"""An utterance in the parts it is spoken in: a reply clause by clause, so that its first words need not wait for its
last; what is prepared in good time, whole, as its melody is one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from host.core.media import Speech
from host.core.product import Lang
from host.core.text import clause_ends
from host.core.utterance import Kind, Utterance
from host.programme.captions import alignment

LEAST: dict[Lang, int] = {"zh": 8, "en": 24}
"""Characters of a part but the first, which may be a name: shorter ones would cost more than they are heard for."""
_FIRST: dict[Lang, int] = {"zh": 3, "en": 8}
_IN_PARTS = frozenset({Kind.ANSWER, Kind.GREETING, Kind.OPERATOR})


@dataclass(frozen=True, slots=True)
class Part:
    """Characters ``first:last`` of the text, and what is spoken for them."""

    spoken: str
    first: int
    last: int


def parts_of(utterance: Utterance, spoken: str) -> list[Part]:
    """The parts of an utterance, at least one; together they are all of it, in order.

    They depend on the text alone, so that what has been said once is found again.
    """
    text = utterance.text
    cuts = _cuts(spoken, utterance.lang) if utterance.kind in _IN_PARTS else []
    if not cuts:
        return [Part(spoken, 0, len(text))]
    written = alignment(text, spoken)
    places = [0, *cuts, len(spoken)]
    return [Part(spoken[begin:end].strip(), written[begin], written[end]) for begin, end in pairwise(places)]


def _cuts(spoken: str, lang: Lang) -> list[int]:
    cuts: list[int] = []
    for end in clause_ends(spoken):
        least = LEAST[lang] if cuts else _FIRST[lang]
        if end - (cuts[-1] if cuts else 0) >= least and len(spoken) - end >= LEAST[lang]:
            cuts.append(end)
    return cuts


def whole_duration(speech: Speech, spoken: str) -> float:
    """Seconds that all of an utterance will take, by what its first part takes."""
    return speech.duration * len(spoken) / max(1, len(speech.spoken))
