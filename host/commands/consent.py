"""`livehost voice consent`: what somebody agreed to is kept beside the recording of their voice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def consent(
    audio: Annotated[Path, typer.Argument(help="The recording of the voice that a server is to clone.")],
    who: Annotated[str, typer.Option(help="Whose voice it is.")],
    sentence: Annotated[str, typer.Option(help="The sentence by which they agreed, as they spoke it.")],
    recording: Annotated[
        Path | None, typer.Option(help="The recording of that sentence; a copy is kept beside AUDIO.")
    ] = None,
) -> None:
    """Record a person's consent to the use of their voice: without it no engine clones a recording."""
    from host.core.clock import MonotonicClock
    from host.voice.consent import record_consent

    record = record_consent(audio, who, sentence, MonotonicClock().wall(), recording)
    typer.echo(f"{record}: {' '.join(who.split())} consents to the use of the voice in {audio.name}")
