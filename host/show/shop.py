"""The shop sheet: what holds for every product of a room, until the product's own sheet says otherwise. It stands in
``shop.md`` beside the scripts, or under ``shop:`` in the room file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from host.core.errors import Finding, InvalidFile
from host.core.findings import found, warned
from host.core.lang import Lang
from host.core.product import Detail, Product
from host.core.text import guess_lang
from host.core.yamlfile import Document, compose
from host.show import front_matter
from host.show.build import Site
from host.show.goods import services
from host.show.keys import SHOP_KEYS
from host.show.model import ShopSheet
from host.show.readable import read_text
from host.show.shapes import Shaped
from host.show.sheet import language_of, unread
from host.show.slips import read
from host.show.validation import valid

NAME = "shop.md"
"""The file beside the scripts that is no script."""
SECTION = "shop"
"""The key of a room file under which a shop sheet may stand."""
_PREFIX = "shop."


@dataclass(frozen=True, slots=True)
class Shop:
    """What a shop says of all its products."""

    shipping: str = ""
    returns: str = ""
    details: Mapping[Lang, tuple[Detail, ...]] = field(default_factory=dict)
    """In the words of each language; what its writer put in a sentence is in his."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Key of a detail, ``shipping`` and ``returns``, to ``path:line``."""


@dataclass(frozen=True, slots=True)
class ShopRead:
    """A shop sheet as far as it can be read, and what is wrong in it."""

    shop: Shop | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it may go on air."""
        return self.shop is not None and not any(each.severity == "error" for each in self.findings)


def read_shop(path: Path) -> ShopRead:
    """Read a shop sheet: a file with front matter, or YAML that holds one, whole or under ``shop:``."""
    text, unreadable = read_text(path)
    if unreadable:
        return ShopRead(findings=(unreadable,))
    text = front_matter.visible(text)
    if path.suffix in (".yaml", ".yml"):
        return _of_yaml(text, path)
    parts = front_matter.parts(text, str(path))
    if parts.sheet is None:
        return ShopRead(findings=tuple(found("shop_open", path, each.line) for each in parts.findings))
    given = read(parts.sheet, str(path), parts.sheet_line)
    findings = [*parts.findings, *given.findings]
    if parts.body.strip():
        line = parts.body_line + next(at for at, row in enumerate(parts.body.split("\n")) if row.strip())
        findings.append(warned("shop_body", path, line))
    if given.document is None:
        return ShopRead(findings=tuple(findings))
    return _of_document(given.document, path, findings, guess_lang(parts.sheet))


def inherited(product: Product, shop: Shop | None) -> Product:
    """A product with what its shop says and its own sheet does not."""
    if shop is None:
        return product
    own = {_group(detail.key) for detail in product.details}
    details = tuple(
        each for each in shop.details.get(product.lang, ()) if _group(each.key.removeprefix(_PREFIX)) not in own
    )
    texts: dict[str, Any] = {
        key: text for key in ("shipping", "returns") if (text := getattr(shop, key)) and not getattr(product, key)
    }
    places = {key: shop.places[key] for key in (*texts, *(each.key for each in details)) if key in shop.places}
    return replace(product, details=(*product.details, *details), elsewhere=places, **texts)


def _group(key: str) -> str:
    """The key of a sheet that a detail is of."""
    return key.partition(".")[0]


def _of_yaml(text: str, path: Path) -> ShopRead:
    try:
        document = compose(text, path, typed=False)
    except InvalidFile as error:
        return ShopRead(findings=tuple(error.findings))
    section = document.data.get(SECTION)
    if isinstance(section, dict):
        lines = {place[1:]: line for place, line in document.lines.items() if place[0] == SECTION and len(place) > 1}
        first = document.lines.get((SECTION,), 1)
        document = replace(document, data=section, lines=lines, first_line=first, unread=(), findings=())
    return _of_document(document, path, [], guess_lang(str(document.data)))


def _of_document(given: Document, path: Path, findings: list[Finding], lang: Lang) -> ShopRead:
    shaped = Shaped(given, SHOP_KEYS)
    lang = language_of(shaped.document, lang)
    sheet, wrong, _ = valid(shaped.document, ShopSheet, lang, {})
    details: dict[Lang, tuple[Detail, ...]] = {}
    for each in get_args(Lang):
        site = Site(shaped.document, path, each)
        services(sheet, site, _PREFIX)
        details[each] = tuple(site.details)
    findings = [*findings, *given.findings, *unread(given), *shaped.findings, *wrong, *site.findings]
    keys = [*(detail.key for detail in details[lang]), "shipping", "returns"]
    places = {key: f"{path}:{_line(key, shaped.document)}" for key in keys}
    shop = Shop(sheet.shipping or "", sheet.returns or "", details, places)
    return ShopRead(shop, tuple(sorted(findings, key=lambda finding: finding.line)))


def _line(key: str, document: Document) -> int:
    parts = key.removeprefix(_PREFIX).split(".")
    return document.line_of([int(part) if part.isdecimal() else part for part in parts])
