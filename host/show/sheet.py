"""The product sheet: the front matter of a script file, checked and turned into a `Product`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from host.core.errors import Finding
from host.core.findings import found, warned
from host.core.money import Money
from host.core.product import Faq, Lang, Product
from host.core.reason import Reason
from host.core.variants import Variant
from host.core.yamlfile import Document
from host.show import values
from host.show.answers import unsaid
from host.show.build import Site
from host.show.direction import BadDirection, inside
from host.show.goods import goods, services
from host.show.languages import two_languages
from host.show.model import Sheet
from host.show.offers import promotions
from host.show.prose import with_prose
from host.show.shapes import Shaped
from host.show.size_chart import size_chart
from host.show.slips import read
from host.show.validation import valid
from host.show.variants import Whole, variants

_STAND_INS = {"name": "-", "link": "1", "price": "1"}
"""What stands for a value that a product needs and that cannot be read."""


@dataclass(frozen=True)
class SheetRead:
    """A front matter as far as it can be read."""

    product: Product | None = None
    """None where YAML cannot read it at all; else the product, without what is wrong in it."""
    findings: list[Finding] = field(default_factory=list)
    broken: frozenset[str] = frozenset()
    """The keys whose values it lacks, or has something standing in for."""


def read_sheet(text: str, path: Path, first_line: int, lang: Lang) -> SheetRead:
    """Read a front matter, with everything that is wrong in it. ``lang`` stands in where the sheet names none."""
    given = read(text, str(path), first_line)
    if given.document is None:
        return SheetRead(findings=given.findings)
    shaped = Shaped(given.document)
    document = shaped.document
    lang = language_of(document, lang)
    findings = [*given.findings, *given.document.findings, *unread(given.document), *shaped.findings]
    sheet, wrong, broken = valid(document, Sheet, lang, _STAND_INS)
    site = Site(document, path, lang, broken)
    product = with_prose(_product(sheet, site))
    findings += [*wrong, *site.findings, *unsaid(product), *two_languages(product)]
    broken |= {"facts"} if shaped.findings or given.document.findings or _lost(findings) else set()
    findings = [each for each in findings if not _follows(each, findings)]
    return SheetRead(product, sorted(findings, key=lambda finding: finding.line), frozenset(broken))


def language_of(document: Document, otherwise: Lang) -> Lang:
    """The language that a document names."""
    named = values.language(document.data.get("lang"))
    return "zh" if named == "zh" else "en" if named == "en" else otherwise


def _follows(finding: Finding, others: list[Finding]) -> bool:
    """Whether a value is empty, or cannot be said, only for the note in its row."""
    why = getattr(finding.message, "details", {}).get("why", finding.message)
    return getattr(why, "code", "") in ("is_empty", "text_is_none", "sign_unspoken") and any(
        other.line == finding.line and _lost([other]) for other in others
    )


def _lost(findings: list[Finding]) -> bool:
    """Whether a part of a value was not read."""
    return any(isinstance(each.message, Reason) and each.message.code.startswith("unread_") for each in findings)


def unread(document: Document) -> Iterator[Finding]:
    """What the writer typed and YAML passes over."""
    for lost in document.unread:
        if not lost.text.startswith("#"):
            yield found("unread_sign", document.path, lost.line, text=lost.text)
        elif lost.note:
            yield warned("unread_note", document.path, lost.line, text=lost.text)
        else:
            yield found("unread_hash", document.path, lost.line, text=lost.text)


def _product(sheet: Sheet, site: Site) -> Product:
    """The product of a sheet; what is wrong in it, and what is told of it, stands in ``site`` then."""
    _check_prices(sheet, site)
    made = variants(sheet.variants, Whole(sheet.price, sheet.list_price, sheet.stock), site)
    typed: dict[str, Any] = {
        "image": _image(sheet, site),
        "stock": _stock(sheet, made, site),
        "promotions": promotions(sheet.promotions, sheet.price, made, site),
        "size_chart": size_chart(sheet.size_chart, site),
        **goods(sheet, made, site),
    }
    services(sheet, site)
    document = site.document
    lines = {".".join(str(key) for key in keys): line for keys, line in document.lines.items() if len(keys) <= 3}
    return Product(
        id=sheet.id or default_id(site.path),
        name=sheet.name,
        lang=site.lang,
        link=sheet.link,
        price=sheet.price,
        list_price=sheet.list_price,
        aliases=tuple(sheet.aliases),
        facts=dict(sheet.facts),
        faq=tuple(Faq(tuple(entry.q), entry.a) for entry in sheet.faq),
        shipping=sheet.shipping or "",
        returns=sheet.returns or "",
        never_say=tuple(sheet.never_say),
        variants=made,
        details=tuple(site.details),
        source=str(site.path),
        lines=lines | site.lines,
        **typed,
    )


def _image(sheet: Sheet, site: Site) -> str:
    try:
        return str(inside(site.path.parent, sheet.image)) if sheet.image else ""
    except BadDirection as error:
        site.findings.append(error.at(site.document.path, site.line("image"), "image"))
        return ""


def _stock(sheet: Sheet, made: tuple[Variant, ...], site: Site) -> int | None:
    """How many there are; of variants that all have a number, theirs together."""
    counts = [each.stock for each in made]
    if sheet.stock is not None or not counts or None in counts:
        return sheet.stock
    site.lines["stock"] = site.line("variants")
    return sum(count or 0 for count in counts)


def _check_prices(sheet: Sheet, site: Site) -> None:
    """Tell of a price and a list price that contradict each other."""
    price: Money = sheet.price
    if "price" in site.broken:
        return
    if sheet.list_price and sheet.list_price.currency != price.currency:
        site.refuse("price_currencies", "list_price", key="list_price")
    elif sheet.list_price and price.amount > sheet.list_price.amount:
        site.refuse("price_above_list", "price", price=str(price), list_price=str(sheet.list_price))


def default_id(path: Path) -> str:
    """The id of a product whose sheet names none: the file's stem, without what an id cannot hold."""
    return re.sub(r"[\s./\\]+", "-", path.stem)[:64] or "product"
