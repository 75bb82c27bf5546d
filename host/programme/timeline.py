"""timeline.json and captions.vtt: what was said when, from what the playout reports."""

from __future__ import annotations

import json
from typing import Any

from host.core.media import FPS, SAMPLE_RATE, Speech, seconds
from host.core.text import clause_ends
from host.core.utterance import Played
from host.programme.captions import alignment
from host.stage.playout import Item, Started

CAPTION_LENGTH = 28
"""Characters (Han counted as two) beyond which a caption is split at a clause."""


class Timeline:
    """Collects utterances as they are heard. Times are seconds from the programme's first sample."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[Item, int]] = {}
        self.utterances: list[dict[str, Any]] = []
        self.captions: list[tuple[float, float, str]] = []

    def __call__(self, event: Started | Played) -> None:
        if isinstance(event, Started):
            self._begun[event.item.utterance.id] = (event.item, event.position)
            return
        begun = self._begun.pop(event.utterance.id, None)
        if begun is not None:
            self._end(*begun, event.heard, event.interrupted)

    def close(self, position: int) -> None:
        """End what is still being said at a position of the programme, in samples."""
        for item, start in list(self._begun.values()):
            self._end(item, start, max(0, position - start), True)
        self._begun.clear()

    def _end(self, item: Item, start: int, heard: int, interrupted: bool) -> None:
        utterance, speech = item.utterance, item.speech
        begin, end = seconds(start), seconds(start + heard)
        self.utterances.append(
            {
                "id": utterance.id,
                "kind": utterance.kind.value,
                "product": utterance.product,
                "segment": utterance.place.segment if utterance.place else None,
                "line": utterance.place.line if utterance.place else None,
                "text": utterance.text,
                "spoken": speech.spoken,
                "start": round(begin, 4),
                "end": round(end, 4),
                "interrupted": interrupted,
                "phones": [
                    [round(begin + phone.start, 4), round(begin + phone.end, 4), phone.label]
                    for phone in speech.phones
                    if begin + phone.start < end
                ],
                "in_reply_to": list(utterance.in_reply_to),
                "evidence": list(utterance.evidence),
            }
        )
        self.captions += [
            (begin + since, min(begin + until, end), text)
            for since, until, text in caption_parts(utterance.text, speech)
            if begin + since < end
        ]

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
