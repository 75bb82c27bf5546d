"""From files to a show: every file parsed, pictures and gestures looked up, products checked against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from host.core.errors import Finding, InvalidFile
from host.core.findings import found, warned
from host.core.product import Catalogue, Product
from host.core.text import guess_lang
from host.show import front_matter
from host.show import shop as shop_sheet
from host.show.markdown import BodyParser
from host.show.pictures import gestures_lacking, pictures_lacking
from host.show.readable import MAX_BYTES, read_text
from host.show.script import Script
from host.show.sheet import SheetRead, read_sheet
from host.show.shop import Shop, ShopRead, inherited, read_shop

_NOT_FACTS = frozenset({"id", "link", "image", "lang"})


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """One good file. Its findings are warnings."""

    product: Product
    script: Script
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Examined:
    """One file as far as it can be read, for whoever tells its writer what is wrong in it."""

    path: Path
    file: ScriptFile | None
    """What of it makes a product and a script, the broken parts left out."""
    findings: tuple[Finding, ...] = ()
    broken: frozenset[str] = frozenset()
    """The keys of the sheet whose values it lacks."""

    @property
    def whole(self) -> bool:
        """Whether the sheet lacks nothing that may be said: else what is missing would seem to carry no fact."""
        return self.broken <= _NOT_FACTS

    @property
    def good(self) -> bool:
        """Whether the file may go on air."""
        return self.file is not None and not any(finding.severity == "error" for finding in self.findings)


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
    return _good(parsed(text, path))


def parsed(text: str, path: Path) -> Examined:
    """A script file as far as it can be parsed. Looks at no other file."""
    where = str(path)
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return Examined(path, None, (found("script_too_large", where, most=MAX_BYTES // 1024),))
    parts = front_matter.parts(front_matter.visible(text), where)
    findings = list(parts.findings)
    spoken = guess_lang(parts.body)
    sheet = SheetRead()
    if parts.sheet is not None:
        sheet = read_sheet(parts.sheet, path, parts.sheet_line, spoken)
        findings += sheet.findings
        spoken = sheet.product.lang if sheet.product else spoken
    parser = BodyParser(where, path.parent, spoken, parts.body_line)
    segments = parser.parse(parts.body)
    findings += parser.findings
    if not segments and not any(finding.severity == "error" for finding in findings):
        findings.append(found("script_empty", where, parts.body_line))
    findings.sort(key=lambda finding: finding.line)
    warnings = tuple(finding for finding in findings if finding.severity != "error")
    file = None
    if sheet.product is not None:
        file = ScriptFile(sheet.product, Script(sheet.product.id, spoken, segments, where), warnings)
    return Examined(path, file, tuple(findings), sheet.broken)


def read_script_file(path: Path, gestures: Collection[str] | None = None) -> ScriptFile:
    """Read, parse, and look up the pictures and gestures it names. Raises `InvalidFile`."""
    return _good(examine(path, gestures))


def examine(path: Path, gestures: Collection[str] | None = None) -> Examined:
    """A file as `read_script_file` reads it, with all that is wrong in it and what there is besides."""
    text, unreadable = read_text(path)
    if unreadable:
        return Examined(path, None, (unreadable,))
    examined = parsed(text, path)
    if examined.file is None:
        return examined
    lacking = [*pictures_lacking(examined.file.product, examined.file.script)]
    if gestures is not None:
        lacking += gestures_lacking(examined.file.script, gestures)
    findings = tuple(sorted([*examined.findings, *lacking], key=lambda finding: finding.line))
    warnings = tuple(finding for finding in findings if finding.severity != "error")
    return replace(examined, file=replace(examined.file, findings=warnings), findings=findings)


def with_shop(examined: Examined, shop: Shop | None) -> Examined:
    """A file whose product has inherited what the shop says."""
    if examined.file is None:
        return examined
    return replace(examined, file=replace(examined.file, product=inherited(examined.file.product, shop)))


def _good(examined: Examined) -> ScriptFile:
    if not examined.good or examined.file is None or not examined.file.script.segments:
        raise InvalidFile(list(examined.findings))
    return examined.file


def assemble(files: Sequence[ScriptFile], wall: datetime | None = None, shop: Shop | None = None) -> Show:
    """A show of good files, whose products inherit what the shop says. Of two with one id or link number the first
    stays, the other is a finding.

    With ``wall`` offers that are over are warned about.
    """
    kept: list[ScriptFile] = []
    findings: list[Finding] = []
    for file in files:
        findings += file.findings
        if clashing := clash(file, kept):
            findings.append(clashing)
            continue
        kept.append(file)
        findings += expired(file.product, wall)
    catalogue = Catalogue(inherited(file.product, shop) for file in kept)
    return Show(catalogue, {file.product.id: file.script for file in kept}, tuple(findings))


def clash(file: ScriptFile, others: Iterable[ScriptFile]) -> Finding | None:
    """Why the file cannot be on air together with the others: an id or link number that one of them has."""
    product = file.product
    for other in (each.product for each in others):
        line = product.lines.get("id" if product.id == other.id else "link", 1)
        if product.id == other.id:
            return found("id_taken", product.source, line, id=product.id, by=other.source, name=other.name)
        if product.link == other.link:
            place = f"{other.source}:{other.lines.get('link', 1)}"
            return found("link_taken", product.source, line, link=product.link, by=place, name=other.name)
    return None


def expired(product: Product, wall: datetime | None) -> Iterator[Finding]:
    """Offers that are over at ``wall``."""
    for index, offer in enumerate(product.promotions):
        ends = offer.ends
        if wall and ends and (ends if ends.tzinfo else ends.replace(tzinfo=wall.tzinfo)) <= wall:
            line = product.lines.get(f"promotions.{index}", 0)
            yield warned("offer_over", product.source, line, offer=offer.text, ended=f"{ends:%Y-%m-%d %H:%M}")


def load_show(paths: Sequence[Path], gestures: Collection[str] | None = None, wall: datetime | None = None) -> Show:
    """Load script files, in order, and the shop sheet where it is among them. Never raises for what is in them: look
    at `Show.errors`."""
    files: list[ScriptFile] = []
    findings: list[Finding] = []
    shop = ShopRead()
    for path in paths:
        if path.name == shop_sheet.NAME:
            shop = read_shop(path)
            findings += shop.findings
            continue
        try:
            files.append(read_script_file(path, gestures))
        except InvalidFile as error:
            findings += error.findings
    show = assemble(files, wall, shop.shop if shop.good else None)
    return replace(show, findings=(*findings, *show.findings))
