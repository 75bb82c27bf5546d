"""From files to a show: every file parsed, pictures and gestures looked up, products checked against each other."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from host.core.errors import Finding, InvalidFile
from host.core.product import Catalogue, Product
from host.core.text import guess_lang
from host.show.markdown import BodyParser
from host.show.script import Script
from host.show.sheet import parse_sheet

MAX_BYTES = 256 * 1024
"""Of one script file: hours of speech."""
MAX_IMAGE_BYTES = 20 * 1024 * 1024

_EXAMPLE = "begin the file with\n    ---\n    name: 随行保温杯\n    link: 1\n    price: 79元\n    ---"
PICTURES = {".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".webp": b"RIFF"}


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """One good file. Its findings are warnings."""

    product: Product
    script: Script
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Show:
    """All that a room can say by itself: products, a script for each, and what was wrong with the files."""

    catalogue: Catalogue = field(default_factory=lambda: Catalogue(()))
    scripts: Mapping[str, Script] = field(default_factory=dict)
    """By product id, in the order of the files."""
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that kept a file off the air."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def parse_script_file(text: str, path: Path) -> ScriptFile:
    """Parse a script file. Looks at no other file. Raises `InvalidFile` with everything that is wrong in it."""
    where = str(path)
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise InvalidFile([Finding(where, 0, f"more than {MAX_BYTES // 1024} KiB", "split it into several products")])
    parts = _front_matter(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), where)
    findings = list(parts.findings)
    spoken = guess_lang(parts.body)
    product: Product | None = None
    if parts.sheet is not None:
        try:
            product, warnings = parse_sheet(parts.sheet, path, parts.sheet_line, spoken)
            findings += warnings
            spoken = product.lang
        except InvalidFile as error:
            findings += error.findings
    parser = BodyParser(where, path.parent, spoken, parts.body_line)
    segments = parser.parse(parts.body)
    findings += parser.findings
    if not segments and not findings:
        findings.append(
            Finding(where, parts.body_line, "the script is empty", "write what the host says below the ---")
        )
    findings.sort(key=lambda finding: finding.line)
    if product is None or not segments or any(finding.severity == "error" for finding in findings):
        raise InvalidFile(findings)
    return ScriptFile(product, Script(product.id, spoken, segments, where), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Parts:
    """A file taken apart, with the lines its parts begin on."""

    body: str = ""
    body_line: int = 1
    sheet: str | None = None
    sheet_line: int = 1
    findings: tuple[Finding, ...] = ()


def _front_matter(text: str, where: str) -> _Parts:
    rows = text.split("\n")
    start = next((index for index, row in enumerate(rows) if row.strip()), len(rows))
    if start == len(rows):
        return _Parts(findings=(Finding(where, 1, "the file is empty", _EXAMPLE),))
    if rows[start].rstrip() != "---":
        message = "the product sheet between two --- lines is missing"
        return _Parts(text, findings=(Finding(where, start + 1, message, _EXAMPLE),))
    for index in range(start + 1, len(rows)):
        if rows[index].rstrip() == "---":
            sheet = "\n".join(rows[start + 1 : index])
            return _Parts("\n".join(rows[index + 1 :]), index + 2, sheet, start + 2)
    message = "the product sheet opened here is not closed"
    return _Parts(findings=(Finding(where, start + 1, message, "put a line --- between it and the script"),))


def read_script_file(path: Path, gestures: Collection[str] | None = None) -> ScriptFile:
    """Read, parse, and look up the pictures and gestures it names. Raises `InvalidFile`."""
    where = str(path)
    try:
        data, size = _beginning(path, MAX_BYTES)
        if size > MAX_BYTES:
            raise InvalidFile([Finding(where, 0, f"more than {MAX_BYTES // 1024} KiB", "split it")])
        text = data.decode("utf-8")
    except _NotAFile as error:
        raise InvalidFile([Finding(where, 0, "is not a file", f"it is {error}: put the script itself there")]) from None
    except OSError as error:
        raise InvalidFile([Finding(where, 0, f"cannot be read: {error.strerror or error}")]) from None
    except UnicodeDecodeError:
        raise InvalidFile([Finding(where, 0, "is not UTF-8 text", "save it as UTF-8")]) from None
    file = parse_script_file(text, path)
    findings = [*_pictures(file), *_gestures(file, gestures)]
    if findings:
        raise InvalidFile(sorted([*findings, *file.findings], key=lambda finding: finding.line))
    return file


class _NotAFile(Exception):
    """A folder, pipe, socket or device; its text says which."""


_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}


def _beginning(path: Path, count: int) -> tuple[bytes, int]:
    """The first ``count`` bytes of a regular file, and its size. Raises `OSError` and `_NotAFile`.

    Never waits for anybody: opening a pipe without a writer, or merely touching some devices, would hold up the
    room, so the kind is known before anything is opened, and looked at again in case it was swapped.
    """
    _require_file(path.stat().st_mode)
    with open(path, "rb", buffering=0, opener=_open_without_waiting) as file:
        status = os.fstat(file.fileno())
        _require_file(status.st_mode)
        data = b""
        while len(data) < count and (more := file.read(count - len(data))):
            data += more
    return data, status.st_size


def _require_file(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise _NotAFile(_KINDS.get(stat.S_IFMT(mode), "a device"))


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _pictures(file: ScriptFile) -> Iterator[Finding]:
    """Pictures that are not there, or are no pictures."""
    product, where = file.product, file.product.source
    if product.image and (problem := _picture_problem(Path(product.image))):
        yield Finding(where, product.lines.get("image", 0), f"image: {problem[0]}", problem[1])
    for _, _, line in file.script.lines():
        for sentence in (s for wording in line.wordings for s in wording.sentences):
            show = sentence.direction.show
            if show and (problem := _picture_problem(Path(show))):
                yield Finding(where, sentence.source_line, f"show: {problem[0]}", problem[1])


def _picture_problem(path: Path) -> tuple[str, str] | None:
    magic = PICTURES.get(path.suffix.lower())
    if magic is None:
        return f"{path.name} is no kind of picture known here", "there are: " + ", ".join(PICTURES)
    try:
        head, size = _beginning(path, len(magic))
    except _NotAFile as error:
        return f"{path.name} is not a file", f"it is {error}: put the picture itself there"
    except OSError:
        return f"there is no picture {path.name}", f"looked at {path}"
    if head != magic:
        return f"{path.name} is not a {path.suffix[1:]} picture", "save it again from an image editor"
    return (f"{path.name} is larger than 20 MiB", "make it smaller") if size > MAX_IMAGE_BYTES else None


def _gestures(file: ScriptFile, gestures: Collection[str] | None) -> Iterator[Finding]:
    if gestures is None:
        return
    known = "there are: " + (", ".join(sorted(gestures)) or "none")
    for _, _, line in file.script.lines():
        for sentence in (s for wording in line.wordings for s in wording.sentences):
            gesture = sentence.direction.gesture
            if gesture and gesture not in gestures:
                message = f"the host has no gesture {gesture!r}"
                yield Finding(file.product.source, sentence.source_line, message, known)


def assemble(files: Sequence[ScriptFile], wall: datetime | None = None) -> Show:
    """A show of good files. Of two with one id or link number the first stays, the other is a finding.

    With ``wall`` offers that are over are warned about.
    """
    kept: list[ScriptFile] = []
    findings: list[Finding] = []
    for file in files:
        findings += file.findings
        if found := clash(file, kept):
            findings.append(found)
            continue
        kept.append(file)
        findings += _expired(file.product, wall)
    catalogue = Catalogue(file.product for file in kept)
    return Show(catalogue, {file.product.id: file.script for file in kept}, tuple(findings))


def clash(file: ScriptFile, others: Iterable[ScriptFile]) -> Finding | None:
    """Why the file cannot be on air together with the others: an id or link number that one of them has."""
    product = file.product
    for other in (each.product for each in others):
        if product.id == other.id:
            message = f"the id {product.id!r} is taken by {other.source}"
            return Finding(product.source, product.lines.get("id", 1), message, "give each product its own id")
        if product.link == other.link:
            message = f"link {product.link} is taken by {other.source}:{other.lines.get('link', 1)}"
            return Finding(
                product.source, product.lines.get("link", 1), message, "give each product its own link number"
            )
    return None


def _expired(product: Product, wall: datetime | None) -> Iterator[Finding]:
    for index, offer in enumerate(product.promotions):
        ends = offer.ends
        if wall and ends and (ends if ends.tzinfo else ends.replace(tzinfo=wall.tzinfo)) <= wall:
            line = product.lines.get(f"promotions.{index}", 0)
            message = f"the promotion {offer.text!r} is over: it ended {ends:%Y-%m-%d %H:%M}"
            yield Finding(product.source, line, message, "give it a new date, or remove it", "warning")


def load_show(paths: Sequence[Path], gestures: Collection[str] | None = None, wall: datetime | None = None) -> Show:
    """Load script files, in order. Never raises for what is in them: look at `Show.errors`."""
    files: list[ScriptFile] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            files.append(read_script_file(path, gestures))
        except InvalidFile as error:
            findings += error.findings
    show = assemble(files, wall)
    return replace(show, findings=(*findings, *show.findings))
