"""The product sheet: the front matter of a script file, checked and turned into a `Product`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from host.core.errors import Finding
from host.core.findings import found, warned
from host.core.money import Money
from host.core.product import Faq, Lang, Product, Promotion
from host.core.reason import Reason
from host.core.yamlfile import Document, finding_of
from host.show import values
from host.show.answers import unsaid
from host.show.direction import BadDirection, inside
from host.show.shapes import Shaped
from host.show.slips import read

MAX_ENTRIES = 500

_CURRENCY = {"zh": "CNY", "en": "USD"}
_ENTRIES: dict[str, Any] = {"faq": {"q": "-", "a": "-"}, "promotions": {"text": "-"}}

Text = Annotated[str, BeforeValidator(values.text), Field(max_length=2000)]
Sentence = Annotated[str, BeforeValidator(values.sentence), Field(max_length=2000)]
ShortText = Annotated[str, BeforeValidator(values.text), Field(max_length=200)]
Name = Annotated[str, BeforeValidator(values.name), Field(max_length=200)]
Word = Annotated[str, Field(max_length=200)]
Aliases = Annotated[list[Word], BeforeValidator(values.aliases), Field(max_length=MAX_ENTRIES)]
NeverSaid = Annotated[list[Word], BeforeValidator(values.never_said), Field(max_length=MAX_ENTRIES)]
Questions = Annotated[list[Word], BeforeValidator(values.questions), Field(min_length=1, max_length=MAX_ENTRIES)]
Language = Annotated[Lang, BeforeValidator(values.language)]
Price = Annotated[Any, BeforeValidator(values.price)]
Count = Annotated[int, BeforeValidator(values.count)]
Link = Annotated[int, BeforeValidator(values.link), Field(ge=1, le=9999)]
Start = Annotated[Any, BeforeValidator(values.start)]
End = Annotated[Any, BeforeValidator(values.end)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FaqEntry(_Strict):
    """A question in one or more wordings, and its answer."""

    q: Questions
    a: Text


class PromotionEntry(_Strict):
    """An offer with its validity."""

    text: Text
    price: Price = None
    starts: Start = Field(default=None, alias="from")
    ends: End = Field(default=None, alias="until")


class Sheet(_Strict):
    """The front matter as written. `scripts/README.md` explains every key to its writer."""

    id: Annotated[ShortText, Field(pattern=r"^[^\s./\\]{1,64}$")] | None = None
    name: Name
    lang: Language | None = None
    link: Link
    price: Price
    list_price: Price = None
    stock: Count | None = None
    image: Name | None = None
    aliases: Aliases = []
    facts: dict[str, Text] = Field(default={}, max_length=MAX_ENTRIES)
    faq: list[FaqEntry] = Field(default=[], max_length=MAX_ENTRIES)
    shipping: Sentence | None = None
    returns: Sentence | None = None
    promotions: list[PromotionEntry] = Field(default=[], max_length=MAX_ENTRIES)
    never_say: NeverSaid = []


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
    named = values.language(document.data.get("lang"))
    lang = "zh" if named == "zh" else "en" if named == "en" else lang
    findings = [*given.findings, *given.document.findings, *_unread(given.document), *shaped.findings]
    sheet, wrong, broken = _valid(document, lang)
    product, problems = _product(sheet, document, path, lang)
    findings += [*wrong, *problems, *unsaid(product)]
    broken |= {"facts"} if shaped.findings or given.document.findings or _lost(findings) else set()
    findings = [each for each in findings if not _follows(each, findings)]
    return SheetRead(product, sorted(findings, key=lambda finding: finding.line), frozenset(broken))


def _follows(finding: Finding, others: list[Finding]) -> bool:
    """Whether a value is empty, or cannot be said, only for the note in its row."""
    why = getattr(finding.message, "details", {}).get("why", finding.message)
    return getattr(why, "code", "") in ("is_empty", "text_is_none", "sign_unspoken") and any(
        other.line == finding.line and _lost([other]) for other in others
    )


def _lost(findings: list[Finding]) -> bool:
    """Whether a part of a value was not read."""
    return any(isinstance(each.message, Reason) and each.message.code.startswith("unread_") for each in findings)


def _unread(document: Document) -> Iterator[Finding]:
    """What the writer typed and YAML passes over."""
    for unread in document.unread:
        if not unread.text.startswith("#"):
            yield found("unread_sign", document.path, unread.line, text=unread.text)
        elif unread.note:
            yield warned("unread_note", document.path, unread.line, text=unread.text)
        else:
            yield found("unread_hash", document.path, unread.line, text=unread.text)


def _valid(document: Document, lang: Lang) -> tuple[Sheet, list[Finding], set[str]]:
    """The sheet of a document, what is wrong with it, and the keys that were left out for it or stand in."""
    data = dict(document.data)
    findings: list[Finding] = []
    broken: set[str] = set()
    stand_ins: dict[str, Any] = {"name": "-", "link": "1", "price": "1"}
    while True:
        try:
            return Sheet.model_validate(data, context={"currency": _CURRENCY[lang]}), findings, broken
        except ValidationError as error:
            problems = error.errors()
        findings += [finding_of(document, problem, Sheet) for problem in problems]
        for place in dict.fromkeys(problem["loc"] for problem in problems):
            broken.add(str(place[0]))
            _leave_out(data, place, stand_ins)


def _leave_out(data: dict[str, Any], place: tuple[Any, ...], stand_ins: dict[str, Any]) -> None:
    """Take what is wrong out of the data: a topic, an entry (whose place stays taken), or a whole value."""
    key, given = place[0], data.get(place[0])
    if key == "facts" and len(place) > 1 and isinstance(given, dict):
        data[key] = {topic: text for topic, text in given.items() if topic != place[1]}
    elif key in _ENTRIES and len(place) > 1 and isinstance(given, list) and given[place[1]] != _ENTRIES[key]:
        data[key] = [_ENTRIES[key] if index == place[1] else entry for index, entry in enumerate(given)]
    else:
        data.pop(key, None)
        if key in stand_ins:
            data[key] = stand_ins.pop(key)


def _product(sheet: Sheet, document: Document, path: Path, lang: Lang) -> tuple[Product, list[Finding]]:
    findings: list[Finding] = []
    image = ""
    if sheet.image:
        try:
            image = str(inside(path.parent, sheet.image))
        except BadDirection as error:
            findings.append(error.at(document.path, document.line_of(["image"]), "image"))
    findings += [
        found(code, document.path, document.line_of(place), **details) for code, place, details in _odd_prices(sheet)
    ]
    return _build(sheet, document, path, lang, image), findings


def _odd_prices(sheet: Sheet) -> Iterator[tuple[str, tuple[str | int, ...], dict[str, Any]]]:
    """Prices and times that contradict each other: code, place, details."""
    price: Money = sheet.price
    if sheet.list_price and sheet.list_price.currency != price.currency:
        yield "price_currencies", ("list_price",), {"key": "list_price"}
    elif sheet.list_price and price.amount > sheet.list_price.amount:
        yield "price_above_list", ("price",), {"price": str(price), "list_price": str(sheet.list_price)}
    for index, offer in enumerate(sheet.promotions):
        if offer.price and offer.price.currency != price.currency:
            yield "price_currencies", ("promotions", index, "price"), {"key": "promotions"}
        elif offer.price and offer.price.amount > price.amount:
            yield "offer_above_price", ("promotions", index, "price"), {"price": str(price), "offer": str(offer.price)}
        if offer.starts and offer.ends and _naive(offer.starts) >= _naive(offer.ends):
            yield "offer_ends_first", ("promotions", index, "until"), {}


def _build(sheet: Sheet, document: Document, path: Path, lang: Lang, image: str) -> Product:
    return Product(
        id=sheet.id or default_id(path),
        name=sheet.name,
        lang=lang,
        link=sheet.link,
        price=sheet.price,
        list_price=sheet.list_price,
        stock=sheet.stock,
        image=image,
        aliases=tuple(sheet.aliases),
        facts=dict(sheet.facts),
        faq=tuple(Faq(tuple(entry.q), entry.a) for entry in sheet.faq),
        shipping=sheet.shipping or "",
        returns=sheet.returns or "",
        promotions=tuple(Promotion(offer.text, offer.price, offer.starts, offer.ends) for offer in sheet.promotions),
        never_say=tuple(sheet.never_say),
        source=str(path),
        lines={".".join(str(key) for key in keys): line for keys, line in document.lines.items() if len(keys) <= 3},
    )


def default_id(path: Path) -> str:
    """The id of a product whose sheet names none: the file's stem, without what an id cannot hold."""
    return re.sub(r"[\s./\\]+", "-", path.stem)[:64] or "product"


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
