"""`livehost bench listen`: each voice in turn, with a bar of how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from host.bench.listening.ear import model_folder
from host.bench.listening.listening import SPEAKERS, Speaker, figures, listened, processor_seconds
from host.bench.listening.texts import demo, listed, sentences
from host.core.errors import LivehostError
from host.core.ports import VoiceError
from host.core.product import Lang
from host.core.reason import reason_of


def voices(
    named: Sequence[str], lang: str, limit: int, file: Path | None, cache: Path, console: Console
) -> Iterator[tuple[str, dict[str, Any]]]:
    """A title and the figures for each voice and language. A voice that is not installed says so in its place."""
    model_folder(cache)
    for each in _languages(lang):
        kinds = (demo(each), sentences(each)) if file is None else (_own(file, lang),)
        texts = [text for kind in kinds for text in (kind[:limit] if limit else kind)]
        for speaker in [_speaker(name) for name in named] or SPEAKERS[each]:
            yield f"listen, {speaker}, {each}", _figures(speaker, texts, each, cache, console)


def _figures(speaker: Speaker, texts: Sequence[str], lang: Lang, cache: Path, console: Console) -> dict[str, Any]:
    began = processor_seconds()
    try:
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(str(speaker), total=1.0)
            outcomes = listened(speaker, texts, lang, cache, lambda share: bar.update(task, completed=share))
    except VoiceError as error:
        return {"not_heard": str(error)}
    return {**figures(outcomes, lang), "processor_seconds": round(processor_seconds() - began, 1)}


def _own(file: Path, lang: str) -> list[str]:
    if not lang:
        raise LivehostError("sentences of one's own are in one language", hint="add --lang zh or --lang en")
    try:
        return listed(file)
    except (OSError, ValueError) as error:
        raise LivehostError(f"{file} cannot be read: {reason_of(error)}") from None


def _speaker(name: str) -> Speaker:
    engine, _, voice = name.partition(":")
    return Speaker(engine, voice)


def _languages(lang: str) -> tuple[Lang, ...]:
    match lang:
        case "":
            return ("zh", "en")
        case "zh" | "en":
            return (lang,)
    raise LivehostError(f"a voice speaks zh or en here, not {lang!r}", hint="leave --lang out for both")
