"""What the journal holds of a show: the fields of each event that the programme records. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from host.config import RoomConfig
from host.core.product import Catalogue
from host.core.reason import Reason, data, reason_of
from host.core.utterance import Played, Ruling, Utterance
from host.programme.clauses import whole_duration
from host.stage.on_air import Started

Fields = dict[str, Any]


def of_room(
    config: RoomConfig, catalogue: Catalogue, consents: Sequence[Mapping[str, Any]], *, resumed: bool
) -> Fields:
    """Of a room that goes on air: whose voices it speaks with, and what allows its music, stand on record."""
    music = config.music
    return {
        "room": config.name,
        "title": config.title,
        "resumed": resumed,
        "lang": config.lang,
        "products": {product.id: product.name for product in catalogue},
        **({"consents": [*consents]} if consents else {}),
        **({"music": music.model_dump(include={"file", "licence"})} if music else {}),
    }


def of_speaking(event: Started, spoken: str, timing: Mapping[str, float]) -> Fields:
    """Of an utterance that begins; ``timing`` is that of the answer it is."""
    utterance, speech = event.item.utterance, event.item.speech
    return {
        **_utterance(utterance),
        "reply": utterance.reply,
        **({"excuse": True} if utterance.excuse else {}),
        "text": utterance.text,
        "spoken": spoken,
        "lang": utterance.lang,
        "evidence": list(utterance.evidence),
        **({"derived": [asdict(each) for each in utterance.derivations]} if utterance.derivations else {}),
        "engine": speech.engine,
        "start": event.position,
        "duration": round(whole_duration(speech, spoken), 3),
        **({"timing": {name: round(value, 3) for name, value in timing.items()}} if timing else {}),
    }


def of_played(event: Played) -> Fields:
    """Of an utterance that was heard, whole or not."""
    return {
        **_utterance(event.utterance),
        "heard": event.heard,
        "total": event.total,
        "interrupted": event.interrupted,
    }


def of_refusal(utterance: Utterance, spoken: str, ruling: Ruling) -> Fields:
    """Of an utterance that the guard does not let pass."""
    return {
        **_utterance(utterance),
        "text": utterance.text,
        "spoken": spoken,
        "code": ruling.code,
        "reason": ruling.reason,
        "why": data(ruling.reason),
        "offending": ruling.offending,
    }


def of_fault(where: str, error: BaseException, retry_in: float) -> Fields:
    """Of something that broke behind the programme."""
    message = f"{type(error).__name__}: {error}"
    why = reason_of(error)
    why = why if isinstance(why, Reason) else message
    return {"where": where, "message": message, "why": data(why), "retry_in": retry_in}


def _utterance(utterance: Utterance) -> Fields:
    place = utterance.place
    return {
        "utterance": utterance.id,
        "utterance_kind": utterance.kind.value,
        "product": utterance.product,
        "place": [place.product, place.segment, place.line, place.alternative, place.sentence] if place else None,
        "in_reply_to": list(utterance.in_reply_to),
        **({"wished": True} if utterance.wished else {}),
    }
