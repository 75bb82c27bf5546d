"""`livehost check`: everything that can be known to be wrong before a show goes on air.

A script is judged as its room will have it, whether the script, a folder or the room is named: with the room's avatar,
word lists and language, and beside its other products. The broken parts of a file hide nothing of the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from host.avatar.bundle import load_bundle
from host.config import RoomFile, examine_room, language_of
from host.core.errors import Finding, LivehostError
from host.core.findings import found, warned
from host.core.product import Lang, Product
from host.core.text import guess_lang
from host.mind.guard.gate import Gate
from host.mind.guard.policy_files import wrong_in
from host.mind.guard.wordlists import WordList
from host.programme.backends import wrong_backends
from host.programme.named import head, wanted
from host.programme.parts import open_guard, open_wordings, read_guard
from host.programme.prices import stale_prices
from host.programme.vetting import doubted, vetted
from host.show.lint import lint, short_round
from host.show.load import Examined, ScriptFile, assemble, clash, examine, expired, with_shop
from host.show.shop import NAME as SHOP_NAME
from host.show.shop import ShopRead, read_shop


@dataclass
class Checked:
    """What was looked at, and what was found."""

    files: list[Path] = field(default_factory=list)
    told: dict[Finding, Lang] = field(default_factory=dict)
    """Every finding once, with the language of its room."""
    hidden: bool = False
    """Whether a file could not be read, so that mending it may bring others to light."""
    lang: Lang | None = None
    """The language to speak of the whole in: that of the first room."""
    products: list[Product] = field(default_factory=list)
    """The sheets that were looked at, as far as they can be read."""

    @property
    def findings(self) -> list[Finding]:
        """All that was found."""
        return list(self.told)

    @property
    def errors(self) -> list[Finding]:
        """The findings that keep something off the air."""
        return [finding for finding in self.told if finding.severity == "error"]

    def add(self, findings: Iterable[Finding], lang: Lang) -> None:
        """Note findings of a room, or of a script without one, in its language."""
        self.lang = self.lang or lang
        for finding in findings:
            self.told.setdefault(finding, lang)


@dataclass(frozen=True)
class Beyond:
    """What a check does beyond looking: ``data`` and ``cache`` are the rooms' folders."""

    data: Path
    """What operators allow in a room with this folder is not refused."""
    cache: Path
    vet: bool = False
    """Keep beside the scripts which of their sentences are proven."""
    judge: bool = False
    """Put the sentences that the guard lets pass to the room's judge."""
    doubts: bool = False
    """Point out the sentences that pass and that the guard is least sure of."""


def check(paths: Sequence[Path], wall: datetime, beyond: Beyond | None = None) -> Checked:
    """Check rooms (YAML), scripts (Markdown) and folders of them, at a moment: promotions come and go.

    Raises `LivehostError` where what is vetted cannot be written.
    """
    checked = Checked()
    rooms, loose, policies = wanted(paths)
    for room, only in rooms.items():
        _check_room(room, only, checked, wall, beyond)
    if loose:
        _check_loose(loose, checked, wall, beyond)
    for policy in policies:
        checked.files.append(policy)
        checked.add(wrong_in(policy, WordList.load().headings), checked.lang or "en")
    return checked


def _check_room(path: Path, only: set[Path] | None, checked: Checked, wall: datetime, beyond: Beyond | None) -> None:
    """A room with its scripts; of one that was not named itself only the findings of the scripts that were."""
    if only is None:
        checked.files.append(path)
    try:
        room = examine_room(path)
    except LivehostError as error:
        checked.add(error.findings, language_of(path))
        checked.hidden = True
        return
    findings = [*room.findings, *wrong_backends(room), *_of_music(room)]
    scripts, guard, gestures = [], open_guard(None), None
    try:
        scripts = room.script_files()
        findings += _no_scripts(room, scripts)
    except LivehostError as error:
        findings += error.findings
    try:
        gestures = load_bundle(room.avatar_folder()).manifest.arms.gestures
    except LivehostError as error:
        findings += error.findings
    try:
        guard, wrong = read_guard(room)
        findings += wrong
        if beyond is not None:
            findings += open_wordings(room, guard, beyond.data).findings
    except LivehostError as error:
        findings += error.findings
    place = room.shop_file()
    shop = read_shop(place) if place else ShopRead()
    examined = [with_shop(examine(script, gestures), shop.shop) for script in scripts]
    findings += [*shop.findings, *_of_scripts(examined, guard, wall)]
    findings += _of_order(room, examined)
    findings += _beyond(room, examined, guard, wall, beyond)
    if only is not None:
        findings = [finding for finding in findings if Path(finding.path).resolve() in only]
    files = [*scripts, *([place] if place and place != room.path else [])]
    checked.files += [file for file in files if only is None or file in only]
    checked.hidden |= any(each.file is None for each in examined)
    checked.products += [each.file.product for each in examined if each.file and (only is None or each.path in only)]
    checked.add(findings, room.config.lang)


def _beyond(
    room: RoomFile | None, examined: Sequence[Examined], guard: Gate, wall: datetime, beyond: Beyond | None
) -> list[Finding]:
    """What the guard doubts and the judge says of the sentences that pass; what is proven then, kept if wanted."""
    if beyond is None or not (beyond.vet or beyond.judge or beyond.doubts):
        return []
    from host.programme import proofs  # opens judges, which most checks have no use for

    show = assemble([each.file for each in examined if each.file is not None])
    findings = list(doubted(show, guard, wall)) if beyond.doubts else []
    proven = proofs.prove(show, guard, wall) if beyond.vet or beyond.judge else []
    if beyond.judge and room is not None:
        proven, refused = proofs.judge(room, proven, wall, beyond.data, beyond.cache)
        findings += refused
    if beyond.vet:
        proofs.keep(proven, wall)
    return findings


def _check_loose(scripts: Sequence[Path], checked: Checked, wall: datetime, beyond: Beyond | None) -> None:
    """Scripts of no room: what only a room can tell is not asked."""
    checked.files += scripts
    shops = {folder / SHOP_NAME for folder in {script.parent for script in scripts}}
    read = {str(file): read_shop(file) for file in sorted(shops) if file.is_file()}
    examined: list[Examined] = []
    for script in scripts:
        if str(script) not in read:
            beside = read.get(str(script.parent / SHOP_NAME), ShopRead())
            examined.append(with_shop(examine(script), beside.shop))
    languages = {str(each.path): _language(each) for each in examined}
    languages |= {shop: guess_lang(head(Path(shop))) for shop in read}
    checked.lang = checked.lang or languages[str(scripts[0])]
    guard = open_guard(None)
    findings = [finding for shop in read.values() for finding in shop.findings]
    for finding in (*findings, *_of_scripts(examined, guard, wall)):
        checked.add([finding], languages[finding.path])
    for finding in _beyond(None, examined, guard, wall, beyond):
        checked.add([finding], languages[finding.path])
    checked.hidden |= any(each.file is None for each in examined)
    checked.products += [each.file.product for each in examined if each.file]


def _language(examined: Examined) -> Lang:
    return examined.file.product.lang if examined.file else guess_lang(head(examined.path))


def _no_scripts(room: RoomFile, scripts: Sequence[Path]) -> Iterator[Finding]:
    """A room with nothing to say, and scripts that are passed over for their names."""
    if not scripts:
        yield found("room_no_script", room.path, room.line("scripts"), places=room.config.scripts)
    for entry in room.config.scripts:
        for file in sorted((room.folder / entry).glob("*")):
            if file.suffix.lower() in (".txt", ".markdown", ".docx"):
                yield warned("not_taken_for_script", file)


def _of_music(room: RoomFile) -> Iterator[Finding]:
    if room.config.music is not None:
        from host.programme.music import wrong_music  # decodes, and most rooms have nothing to decode

        yield from wrong_music(room, room.config.music)


def _of_scripts(examined: Sequence[Examined], guard: Gate, wall: datetime) -> Iterator[Finding]:
    """Everything of some scripts that go on air together."""
    kept: list[ScriptFile] = []
    for each in examined:
        findings = list(each.findings)
        if each.file is not None:
            clashing = clash(each.file, kept) if "link" not in each.broken else None
            findings += [clashing] if clashing else []
            kept += [each.file] if "link" not in each.broken else []
            findings += [*expired(each.file.product, wall), *_of_script(each, each.file, guard, wall)]
        yield from sorted(findings, key=lambda finding: finding.line)


def _of_script(examined: Examined, file: ScriptFile, guard: Gate, wall: datetime) -> Iterator[Finding]:
    product = file.product
    broken: Collection[str] = () if examined.whole else [product.id]
    missing = {"sheet_no_faq": "faq", "sheet_no_shipping": "shipping", "sheet_no_returns": "returns"}
    for finding in lint(product, file.script):
        if missing.get(getattr(finding.message, "code", "")) not in examined.broken:
            yield finding
    yield from (finding for finding in vetted(assemble([file]), guard, wall, broken) if finding is not None)
    if examined.whole:
        yield from stale_prices(product, wall)


def _of_order(room: RoomFile, examined: Sequence[Examined]) -> Iterator[Finding]:
    """What the room makes of its scripts: how long a round is, and products of the rundown that are not there."""
    files = [each.file for each in examined if each.file is not None]
    if all(each.good for each in examined):
        yield from short_round([file.script for file in files], str(room.path), room.line("scripts"))
    known = {file.product.id: file.product.name for file in files}
    listed = [{"id": product, "name": name} for product, name in known.items()]
    for index, turn in enumerate(room.config.rundown):
        if turn.product not in known:
            line = room.line("rundown", index)
            yield found("rundown_unknown", room.path, line, product=turn.product, known=listed)
