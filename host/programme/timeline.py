"""timeline.json and captions.vtt: what was said when, from what the playout reports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from host.core.media import FPS, SAMPLE_RATE, Speech, seconds
from host.core.packs import pack
from host.core.text import clause_ends
from host.core.utterance import Played
from host.programme.captions import alignment
from host.stage.on_air import Item, Started

CAPTION_LENGTH = 28
"""Characters (Han counted as two) beyond which a caption is split at a clause."""


@dataclass(slots=True)
class _Begun:
    """An utterance that is being said: its parts, and where each begins in the programme, in samples."""

    parts: list[tuple[Item, int]]

    @property
    def start(self) -> int:
        return self.parts[0][1]

    def sounds_until(self, part: int, end: int) -> int:
        """Where a part is over at the latest: where the next begins, or the utterance ends."""
        return self.parts[part + 1][1] if part + 1 < len(self.parts) else end


class Timeline:
    """Collects utterances as they are heard. Times are seconds from the programme's first sample."""

    def __init__(self) -> None:
        self._begun: dict[str, _Begun] = {}
        self.utterances: list[dict[str, Any]] = []
        self.captions: list[tuple[float, float, str]] = []

    def __call__(self, event: Started | Played) -> None:
        if isinstance(event, Started):
            part = (event.item, event.position)
            if event.item.first:
                self._begun[event.item.utterance.id] = _Begun([part])
            else:
                self._begun[event.item.utterance.id].parts.append(part)
            return
        begun = self._begun.pop(event.utterance.id, None)
        if begun is not None:
            self._end(begun, _end_of(begun, event.heard), event.interrupted)

    def close(self, position: int) -> None:
        """End what is still being said at a position of the programme, in samples."""
        for begun in list(self._begun.values()):
            self._end(begun, max(begun.start, position), True)
        self._begun.clear()

    def _end(self, begun: _Begun, stop: int, interrupted: bool) -> None:
        utterance = begun.parts[0][0].utterance
        phones: list[list[Any]] = []
        for at, (item, start) in enumerate(begun.parts):
            begin, end = seconds(start), seconds(begun.sounds_until(at, stop))
            phones += [
                [round(begin + phone.start, 4), round(begin + phone.end, 4), phone.label]
                for phone in item.speech.phones
                if begin + phone.start < end
            ]
            self.captions += [
                (begin + since, min(begin + until, end), text)
                for since, until, text in caption_parts(item.text, item.speech)
                if begin + since < end
            ]
        self.utterances.append(
            {
                "id": utterance.id,
                "kind": utterance.kind.value,
                "product": utterance.product,
                "segment": utterance.place.segment if utterance.place else None,
                "line": utterance.place.line if utterance.place else None,
                "text": utterance.text,
                "spoken": pack(utterance.lang).gap.join(item.speech.spoken for item, _ in begun.parts),
                "start": round(seconds(begun.start), 4),
                "end": round(seconds(stop), 4),
                "interrupted": interrupted,
                "phones": phones,
                "in_reply_to": list(utterance.in_reply_to),
                "evidence": list(utterance.evidence),
            }
        )

    def to_json(self) -> str:
        """The contract's timeline.json."""
        return json.dumps(
            {"sample_rate": SAMPLE_RATE, "fps": FPS, "utterances": self.utterances}, ensure_ascii=False, indent=1
        )

    def to_vtt(self) -> str:
        """The captions as WebVTT (W3C)."""
        cues = [
            f"{number}\n{_stamp(since)} --> {_stamp(until)}\n{_escaped(text)}\n"
            for number, (since, until, text) in enumerate(self.captions, 1)
        ]
        return "WEBVTT\n\n" + "\n".join(cues)


def _end_of(begun: _Begun, heard: int) -> int:
    """The position after the last sample heard of an utterance: its parts have gaps between them."""
    heard -= sum(len(item.speech.pcm) for item, _ in begun.parts[:-1])
    return begun.parts[-1][1] + heard


def caption_parts(text: str, speech: Speech) -> list[tuple[float, float, str]]:
    """(from, until, text): a sentence in parts short enough to read, cut at clauses, timed by its words."""
    pieces: list[tuple[int, int]] = []
    start = 0
    for end in [*clause_ends(text), len(text)]:
        if pieces and _width(text[pieces[-1][0] : end]) <= CAPTION_LENGTH:
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
        start = end
    ends = alignment(text, speech.spoken)
    times: list[float] = []
    for first, _ in pieces:
        word = next((word for word in speech.words if ends[min(word.last, len(ends) - 1)] > first), None)
        times.append(word.start if word else speech.duration * first / max(1, len(text)))
    times = [0.0, *times[1:], speech.duration]
    return [(times[i], times[i + 1], text[a:b].strip()) for i, (a, b) in enumerate(pieces) if times[i] < times[i + 1]]


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _stamp(at: float) -> str:
    minutes, rest = divmod(round(at * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
