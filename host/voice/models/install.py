"""A model fetched into the data folder: whole, with the official bytes, or not at all.

What has arrived is kept in ``FILE.part`` between sources and between commands. Whether it fits what came after is seen
by the hash of all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from host.core.findings import refused
from host.core.reason import Reason
from host.voice.models.catalogue import Model
from host.voice.models.disk import alone, writing
from host.voice.models.sources import Source, sources
from host.voice.models.transfer import NotSent, Sending, sending
from host.voice.models.whole import flaw, megabytes

Progress = Callable[[float], None]


def installed(model: Model, data: Path) -> Path:
    """Where the data folder has the model, if it has."""
    return data / "models" / model.path


def install(model: Model, data: Path, mirrors: str, progress: Progress = lambda share: None) -> Path:
    """Fetch a model from the first source that has it, and say where it is; one that is there whole is left as it is.
    ``progress`` is told the share that has come. Raises `LivehostError` with what each source said, or with what keeps
    the disk from being written."""
    file = installed(model, data)
    if flaw(model, file) is None:
        return file
    part = file.with_name(file.name + ".part")
    tries: list[Mapping[str, object]] = []
    with writing(file.parent, model.size - _arrived(part, model)), alone(file.parent):
        for source in sources(model, mirrors):
            try:
                _fetch(model, source, part, progress)
            except NotSent as error:
                tries.append({"source": str(source), "why": error.reason})
            else:
                part.replace(file)
                return file
    raise refused("model_not_fetched", name=model.name, tries=tries, url=model.url, file=str(file))


def _fetch(model: Model, source: Source, part: Path, progress: Progress) -> None:
    """Have ``part`` be the whole model. One that was begun elsewhere and comes out wrong is fetched anew, once: its
    beginning may be what is wrong. Raises `NotSent`."""
    begun = _receive(model, source, part, progress)
    if begun and flaw(model, part):
        part.unlink()
        _receive(model, source, part, progress)
    if why := flaw(model, part):
        part.unlink()
        raise NotSent(Reason("other_bytes", found=why.details["found"]) if why.code == "model_bytes" else why)


def _receive(model: Model, source: Source, part: Path, progress: Progress) -> bool:
    """Bring ``part`` to the length of the model; whether it was begun before. Raises `NotSent`."""
    arrived = _arrived(part, model)
    if arrived == model.size:
        return True
    with sending(source, arrived) as sent:
        if sent.size not in (None, model.size):
            raise NotSent(Reason("other_length", size=sent.size, wanted=model.size))
        done = _write(model, sent, part, progress)
    if done < model.size and (sent.trouble or not sent.marks_end):
        why = sent.trouble or ""
        raise NotSent(Reason("broke_off", arrived=megabytes(done), size=megabytes(model.size), why=why))
    if done < model.size:
        part.unlink()
        raise NotSent(Reason("other_length", size=done, wanted=model.size))
    return sent.start > 0


def _write(model: Model, sent: Sending, part: Path, progress: Progress) -> int:
    """Lay the pieces behind what has arrived, or begin anew; bytes that are there then."""
    done = sent.start
    with part.open("ab" if done else "wb") as file:
        for piece in sent.pieces(model.size):
            file.write(piece)
            done += len(piece)
            progress(done / model.size)
    return done


def _arrived(part: Path, model: Model) -> int:
    """Bytes of the part that are of use: none of one that is too long."""
    size = part.stat().st_size if part.exists() else 0
    return size if size <= model.size else 0
