"""The product sheet: the front matter of a script file, checked and turned into a `Product`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from host.core.errors import Finding, InvalidFile
from host.core.product import Faq, Lang, Money, Product, Promotion
from host.core.yamlfile import Document, parse, validate
from host.show.direction import BadDirection, inside
from host.show.slips import explained, merged_keys

MAX_ENTRIES = 500

_CURRENCY = {"zh": "CNY", "en": "USD"}
_WHEN = re.compile(
    r"^\s*+(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
    r"(?:[T\s]++(?P<h>\d{1,2})[:：](?P<min>\d{2})(?::(?P<s>\d{2}))?\s*+(?P<zone>Z|[+-]\d{2}:?\d{2})?)?\s*+$"
)


def _text(value: object) -> str:
    """Text as written. Numbers and dates may stand for themselves; anything else is a slip."""
    if isinstance(value, bool) or value is None:
        raise ValueError("expected words; write what the host may say about it")
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (str, int, float)):
        text = " ".join(str(value).split())
        if text:
            return text
        raise ValueError("is empty; write it out, or leave the key out")
    raise ValueError("expected one text, not a list or a group of keys")


def _texts(value: object) -> object:
    """One text or a list of them."""
    return [value] if isinstance(value, (str, int, float)) and not isinstance(value, bool) else value


def _money(value: object, info: ValidationInfo) -> Money:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("is not a price; write 79元, ¥79.90 or $12.50")
    money = Money.parse(str(value), (info.context or {}).get("currency", "CNY"))
    if money.amount <= 0:
        raise ValueError(f"{value!r} is not a price; a price is above zero")
    return money


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{value!r} is not a whole number")
    return value


def parse_when(value: object, *, end: bool = False) -> datetime:
    """A date or a date with a time; a bare date that ends something includes its whole day. Raises ValueError."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day) + timedelta(days=int(end))
    match = _WHEN.match(str(value))
    try:
        if match is None:
            raise ValueError
        day = datetime(int(match["y"]), int(match["m"]), int(match["d"]))
        if match["h"] is None:
            return day + timedelta(days=int(end))
        hours, minutes, seconds = int(match["h"]), int(match["min"]), int(match["s"] or 0)
        if hours > 24 or minutes > 59 or seconds > 59 or (hours == 24 and minutes + seconds):
            raise ValueError
        moment = day + timedelta(hours=hours, minutes=minutes, seconds=seconds)
        zone = (match["zone"] or "").replace("Z", "+00:00")
        return moment.replace(tzinfo=datetime.fromisoformat(f"2000-01-01T00:00:00{zone}").tzinfo) if zone else moment
    except (ValueError, OverflowError):
        raise ValueError(f"{value!r} is not a date; write 2026-11-11 or 2026-11-11 20:00") from None


Text = Annotated[str, BeforeValidator(_text), Field(max_length=2000)]
ShortText = Annotated[str, BeforeValidator(_text), Field(max_length=200)]
Texts = Annotated[list[ShortText], BeforeValidator(_texts), Field(max_length=MAX_ENTRIES)]
Price = Annotated[Any, BeforeValidator(_money)]
Start = Annotated[Any, BeforeValidator(parse_when)]
End = Annotated[Any, BeforeValidator(lambda value: parse_when(value, end=True))]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FaqEntry(_Strict):
    """A question in one or more wordings, and its answer."""

    q: Annotated[Texts, Field(min_length=1)]
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
    name: ShortText
    lang: Lang | None = None
    link: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=9999)]
    price: Price
    list_price: Price = None
    stock: Annotated[int, BeforeValidator(_whole), Field(ge=0)] | None = None
    image: ShortText | None = None
    aliases: Texts = []
    facts: dict[str, Text] = Field(default={}, max_length=MAX_ENTRIES)
    faq: list[FaqEntry] = Field(default=[], max_length=MAX_ENTRIES)
    shipping: Text | None = None
    returns: Text | None = None
    promotions: list[PromotionEntry] = Field(default=[], max_length=MAX_ENTRIES)
    never_say: Texts = []


def parse_sheet(text: str, path: Path, first_line: int, lang: Lang) -> tuple[Product, list[Finding]]:
    """The product of a front matter, with warnings. ``lang`` stands in where the sheet names none.

    Raises `InvalidFile` with every finding.
    """
    document = _document(text, path, first_line)
    lang = document.data["lang"] if document.data.get("lang") in ("zh", "en") else lang
    findings = [*_altered_numbers(document, text), *_merged_entries(document)]
    try:
        sheet = _sheet(document, text, lang)
    except InvalidFile as error:
        raise InvalidFile([*error.findings, *findings]) from None
    product, problems = _product(sheet, document, path, lang)
    findings += problems
    if any(finding.severity == "error" for finding in findings):
        raise InvalidFile(findings)
    return product, findings


def _document(text: str, path: Path, first_line: int) -> Document:
    try:
        return parse(text, path, first_line)
    except InvalidFile as error:
        raise explained(text, first_line, error, parse_when) from None


def _sheet(document: Document, text: str, lang: Lang) -> Sheet:
    """The sheet of a document. A group of keys that was read as one text is told by the slips that made it so."""
    try:
        return validate(document, Sheet, context={"currency": _CURRENCY[lang]})
    except InvalidFile as error:
        slips = {
            document.line_of(keys): merged_keys(document, text, keys)
            for keys, value in _scalars(document.data, ())
            if isinstance(value, str) and (keys == ("facts",) or (keys[0] in ("faq", "promotions") and len(keys) <= 2))
        }
        told = [finding for finding in error.findings if not slips.get(finding.line)]
        raise InvalidFile([*told, *(slip for found in slips.values() for slip in found)]) from None


def _altered_numbers(document: Document, text: str) -> list[Finding]:
    """Numbers that YAML would not give back as written (``1.10``, ``0755``) where they stand for text."""
    rows = text.splitlines()
    findings = []
    for keys, value in _scalars(document.data, ()):
        if isinstance(value, (bool, str)) or not isinstance(value, (int, float)):
            continue
        if keys[0] in ("link", "stock", "price", "list_price") or keys[-1] == "price":
            continue
        line = document.line_of(keys)
        if not re.search(rf"(?<![\w.]){re.escape(str(value))}(?![\w.])", rows[line - document.first_line]):
            name = ".".join(str(key) for key in keys)
            message = f"{name}: this number would be read as {value}"
            findings.append(Finding(document.path, line, message, "put it in quotation marks, as it is to be said"))
    return findings


def _merged_entries(document: Document) -> Iterator[Finding]:
    """Entries of a ``[list]`` that a full-width comma was meant to separate: they would count as one."""
    for keys, entry in _scalars(document.data, ()):
        listed = keys[0] in ("aliases", "never_say") or (keys[0], keys[2:3]) == ("faq", ("q",))
        if listed and keys in document.bare and (comma := re.search("[，、]", entry)):
            apart = ", ".join(piece.strip() for piece in re.split("[，、]", entry) if piece.strip())
            yield Finding(
                document.path,
                document.line_of(keys),
                f"{keys[0]}: the full-width comma {comma.group()!r} does not separate the entries of a list",
                f'write half-width commas:  [{apart}]  or, if this is one entry, quotation marks:  ["{entry}"]',
            )


def _scalars(node: Any, at: tuple[Any, ...]) -> list[tuple[tuple[Any, ...], Any]]:
    if isinstance(node, dict):
        return [found for key, value in node.items() for found in _scalars(value, (*at, key))]
    if isinstance(node, list):
        return [found for index, value in enumerate(node) for found in _scalars(value, (*at, index))]
    return [(at, node)]


def _product(sheet: Sheet, document: Document, path: Path, lang: Lang) -> tuple[Product, list[Finding]]:
    findings: list[Finding] = []

    def found(message: str, hint: str, *keys: str | int) -> None:
        findings.append(Finding(document.path, document.line_of(keys), message, hint))

    image = ""
    if sheet.image:
        try:
            image = str(inside(path.parent, sheet.image))
        except BadDirection as error:
            found(f"image: {error}", error.hint, "image")
    if sheet.list_price and sheet.list_price.currency != sheet.price.currency:
        found("list_price: is in another currency than the price", "write both in one", "list_price")
    elif sheet.list_price and sheet.price.amount > sheet.list_price.amount:
        hint = "list_price is the price crossed out; swap the two, or leave it out"
        found(f"price: {sheet.price} is above the list price {sheet.list_price}", hint, "price")
    for index, offer in enumerate(sheet.promotions):
        if offer.price and offer.price.currency != sheet.price.currency:
            found("promotions: another currency than the price", "write both in one", "promotions", index, "price")
        elif offer.price and offer.price.amount > sheet.price.amount:
            message = f"promotions: {offer.price} is above the price {sheet.price}"
            found(
                message, "an offer lowers the price; leave its price out if it does not", "promotions", index, "price"
            )
        if offer.starts and offer.ends and _naive(offer.starts) >= _naive(offer.ends):
            found("promotions: it ends before it starts", "swap from and until", "promotions", index, "until")
    return _build(sheet, document, path, lang, image), findings


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
        lines={".".join(str(key) for key in keys): line for keys, line in document.lines.items() if len(keys) <= 2},
    )


def default_id(path: Path) -> str:
    """The id of a product whose sheet names none: the file's stem, without what an id cannot hold."""
    return re.sub(r"[\s./\\]+", "-", path.stem)[:64] or "product"


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
