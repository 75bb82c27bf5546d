"""What the tests of the voices share: sentences, a context, what every speech must satisfy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from host.core.clock import Clock, MonotonicClock
from host.core.media import SAMPLE_RATE, Speech
from host.core.ports import Context
from host.core.product import Lang

SENTENCES: list[tuple[str, Lang]] = [
    ("大家好，欢迎来到直播间，今天给大家带来一款随行保温杯。", "zh"),
    ("三一六不锈钢内胆，四百五十毫升，装一杯大杯美式刚刚好。", "zh"),
    ("想要的朋友点一号链接，今天到手价七十九元，还包邮！", "zh"),
    ("早上装热水，晚上还烫嘴吗？", "zh"),
    ("支持七天无理由退货，四十八小时内发货，运费险也给大家配齐了。", "zh"),
    ("熊猫去哪儿，USB C 二十瓦快充，银行行长还不行。", "zh"),
    ("谢谢大家的支持！", "zh"),
    ("Hello everyone, welcome to the room!", "en"),
    ("This is the travel mug you were asking about, it keeps coffee hot for twelve hours.", "en"),
    ("Is it dishwasher safe?", "en"),
    ("It costs twenty-nine dollars and ninety cents; shipping is free, and you can return it for thirty days.", "en"),
    ("Grab yours from link number one before the offer ends tonight.", "en"),
]


def context(folder: Path, clock: Clock | None = None, env: Mapping[str, str] | None = None) -> Context:
    return Context(clock or MonotonicClock(), "test", folder, folder / "cache", folder / "data", env=env or {})


def check_shape(speech: Speech, spoken: str, lang: Lang) -> None:
    """What holds for every speech, whichever engine made it."""
    length = speech.duration
    assert speech.pcm.dtype == np.int16
    assert speech.pcm.ndim == 1
    assert (speech.spoken, speech.lang) == (spoken, lang)
    assert not np.any(speech.pcm[: int(0.14 * SAMPLE_RATE)])
    assert not np.any(speech.pcm[-int(0.11 * SAMPLE_RATE) :])
    assert speech.phones
    assert all(phone.start < phone.end <= length for phone in speech.phones)
    assert all(a.end <= b.start + 1e-6 for a, b in zip(speech.phones, speech.phones[1:], strict=False))
    assert [spoken[word.first : word.last] for word in speech.words]
    assert all(0 <= word.start <= word.end <= length for word in speech.words)
    assert all(a.end <= b.start + 1e-6 for a, b in zip(speech.words, speech.words[1:], strict=False))
    assert all(a.last <= b.first for a, b in zip(speech.words, speech.words[1:], strict=False))
    voiced = [phone for phone in speech.phones if phone.label]
    covered = [any(phone.start < word.end and phone.end > word.start for phone in voiced) for word in speech.words]
    assert all(covered)
    assert list(speech.breaks) == sorted(set(speech.breaks))
    assert all(0 < cut < len(speech.pcm) for cut in speech.breaks)
    for cut in speech.breaks:
        at = cut / SAMPLE_RATE
        assert not any(word.start + 0.001 < at < word.end - 0.001 for word in speech.words)
