"""What voices behind a network share: a deadline, errors an operator can read, and phones from the guide."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from typing import TypeVar

from host.core.media import Speech, Word
from host.core.ports import VoiceError
from host.core.product import Lang
from host.core.reason import Reason
from host.voice.sound.decoding import decode
from host.voice.sound.finish import finish
from host.voice.timing.guide import Guide

T = TypeVar("T")


async def sent(who: str, seconds: float, work: Awaitable[T]) -> T:
    """What ``who`` sends within ``seconds``. Raises `VoiceError`, whatever goes wrong."""
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        raise VoiceError(Reason("engine_no_reply_within", engine=who, seconds=seconds)) from None
    except VoiceError:
        raise
    except Exception as error:  # errors of the transport come through while the body streams
        raise VoiceError(f"{who}: {str(error) or type(error).__name__}") from error


async def guided(
    guide: Guide, sound: bytes, words: Sequence[Word], spoken: str, lang: Lang, engine: str, kind: str = ""
) -> Speech:
    """The encoded sound of an engine as `Speech`, with the phones it did not give. ``kind`` is its content type."""
    samples, rate = await asyncio.to_thread(decode, sound, kind)
    take = await guide.complete(samples, rate, words, spoken, lang)
    return await asyncio.to_thread(finish, take, spoken, lang, engine)
