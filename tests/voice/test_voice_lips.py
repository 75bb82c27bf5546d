"""Lips by the phones that were found in a sound, held against the voice's own, and against controls."""

from __future__ import annotations

import asyncio

import pytest

from host.avatar.lipsync_metrics import LipSync, pooled
from host.bench import lips

SENTENCES = 10


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LipSync]:
    """Kokoro takes as long as it speaks, and is measured by the benchmark."""
    folder = tmp_path_factory.mktemp("lips")
    told: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lips, "ENGINES", [engine for engine in lips.ENGINES if engine[0] != "kokoro"])
        measured = asyncio.run(lips.lips(folder, folder, SENTENCES, told.append))
    assert any(text.startswith("zh hibari: not measured") for text in told)
    return measured


@pytest.mark.slow
@pytest.mark.parametrize("how", ["own phones", "found again"])
def test_lips_are_right_by_known_phones_and_by_phones_found(figures: dict[str, LipSync], how: str) -> None:
    voices = [name for name in figures if name.endswith(how)]
    assert {"zh espeak", "en espeak"} <= {name.partition(",")[0] for name in voices}
    whole = pooled(figures[name] for name in voices)
    assert whole.closures >= 30
    assert whole.closure_hit >= 0.98
    for name in voices:
        assert figures[name].closure_hit >= 0.94, name  # one of twenty may be missed
        assert figures[name].false_closure <= 0.03, name
        assert figures[name].open_vowel_hit >= 0.85, name
        assert abs(figures[name].lag) <= 0.027, name
    assert abs(whole.lag) <= 0.02


@pytest.mark.slow
def test_controls_are_clearly_worse(figures: dict[str, LipSync]) -> None:
    for lang in ("zh", "en"):
        for control in ("shuffled frames", "loudness", "120 ms late", "120 ms early"):
            assert figures[f"{lang} espeak, {control}"].closure_hit < 0.6


@pytest.mark.slow
def test_natural_sound_alone_shuts_most_lips(figures: dict[str, LipSync]) -> None:
    natural = [name for name in figures if name.endswith("sound alone") and "espeak" not in name]
    if not natural:
        pytest.skip("neither hibari nor flite is installed")
    whole = pooled(figures[name] for name in natural)
    assert whole.closure_hit >= 0.75
    assert whole.false_closure <= 0.06
