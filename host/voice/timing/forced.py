"""Forced alignment: a text that is known is found in the sound that says it.

How its words may be said comes from espeak-ng, to which the house gives its own readings of Mandarin, and for English
from the dictionary of the model as well; the sound decides between them. So any text that espeak-ng can say, with
Latin words among Han characters too, can be found in any voice.

On flite, whose own times are known, all closures are met and boundaries are off by 10 ms; on Kokoro's voices likewise.
"""

from __future__ import annotations

from collections.abc import Sequence

from host.core.media import Phone, Word
from host.core.ports import VoiceError
from host.voice.processes.sphinx_process import Found, Sought, SphinxProcess
from host.voice.sound.takes import Take
from host.voice.timing.arpabet import ipa_of, models_of
from host.voice.timing.boundaries import met
from host.voice.timing.heard import Heard
from host.voice.timing.phones import Anchor, gapless, words_of
from host.voice.timing.release import released

_TOLERANCE = 0.06
"""Seconds by which a word may be off from what the engine tells of it: engines round, and this is finer than most. More
is a word that was found in the wrong place."""

Said = tuple[Word, tuple[str, ...]]
"""A word of the text and its phones in IPA."""


async def forced(heard: Heard, sphinx: SphinxProcess) -> Take:
    """The text's phones and words where they are in the sound. Raises `VoiceError` where there is none, or no text."""
    said = pronounced(heard.said, heard.spoken) if heard.said else ()
    if not said:
        raise VoiceError("no text to look for")
    found = await sphinx.align(heard.samples, heard.rate, [sought(word, heard.spoken) for word in said])
    take = placed(heard, said, found)
    return met(take, heard.words, (take.phones[0].start, take.phones[-1].end), _TOLERANCE)


def pronounced(take: Take, spoken: str) -> tuple[Said, ...]:
    """The words of a text that espeak-ng has said, each with the phones that fall into it; those without are left
    out."""
    if not take.words:
        return ()
    labels: list[list[str]] = [[] for _ in take.words]
    at = 0
    for phone in take.phones:
        while at + 1 < len(take.words) and take.words[at + 1].start <= phone.start + 1e-6:
            at += 1
        if models_of(phone.label):
            labels[at].append(phone.label)
    return tuple(
        (word, tuple(own)) for word, own in zip(take.words, labels, strict=True) if own or _spelling(word, spoken)
    )


def sought(said: Said, spoken: str) -> Sought:
    """A word as it is looked for."""
    word, labels = said
    models = tuple(phone for label in labels for phone in _models(label, word, spoken))
    return Sought((models,) if models else (), _spelling(word, spoken))


def placed(heard: Heard, said: Sequence[Said], found: Sequence[Found]) -> Take:
    """The words and phones that were found, in seconds of the recording."""
    phones: list[Phone] = []
    anchors: list[Anchor] = []
    for (word, labels), one in zip(said, found, strict=True):
        anchors.append(Anchor(word.first, one.phones[0][1]))
        if one.way < 0:
            phones += [Phone(start, end, ipa_of(name)) for name, start, end in one.phones]
            continue
        at = 0
        for label in labels:
            parts = one.phones[at : at + len(_models(label, word, heard.spoken))]
            at += len(parts)
            phones.append(Phone(parts[0][1], parts[-1][2], label))
    whole = gapless(released(phones, heard.samples, heard.rate))
    return Take(heard.samples, heard.rate, whole, words_of(heard.spoken, anchors, whole))


def _models(label: str, word: Word, spoken: str) -> tuple[str, ...]:
    return models_of(label, mandarin=not spoken[word.first : word.last].isascii())


def _spelling(word: Word, spoken: str) -> str:
    """A word as an English dictionary writes it; "" where it is not of Latin letters alone."""
    written = spoken[word.first : word.last].replace("’", "'").strip("'-").lower()
    return written if written.isascii() and written.replace("'", "").replace("-", "").isalpha() else ""
