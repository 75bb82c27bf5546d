"""What else a sheet says in types: what is in the box, warranty, certificates, care, whom it suits, batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from host.core.product import Audience, Batch, Extra, FactKind, Money, Warranty
from host.core.reason import Reason
from host.core.variants import Variant
from host.show.build import Site
from host.show.model import (
    AudienceEntry,
    BatchEntry,
    ExceptionEntry,
    ExtraEntry,
    Service,
    Sheet,
    WarrantyEntry,
)
from host.show.offers import variants_meant
from host.show.ranges import cell, period

_LISTS = {
    "included": FactKind.INCLUDED,
    "not_included": FactKind.EXCLUDED,
    "certificates": FactKind.CERTIFICATE,
    "works_with": FactKind.COMPATIBILITY,
    "not_with": FactKind.COMPATIBILITY,
}
_SENTENCES = "。.!！;；"


def goods(sheet: Sheet, variants: Sequence[Variant], site: Site) -> dict[str, Any]:
    """The typed attributes of a product by their names, each told besides."""
    for key, kind in _LISTS.items():
        site.tell(key, kind, _items(key, getattr(sheet, key), site))
    site.tell("care", FactKind.CARE, site.words.sentence.join(sheet.care))
    if sheet.origin:
        site.tell("origin", FactKind.ORIGIN, site.words.say("origin", text=sheet.origin))
    return {
        "included": tuple(sheet.included),
        "excluded": tuple(sheet.not_included),
        "certificates": tuple(sheet.certificates),
        "works_with": tuple(sheet.works_with),
        "not_with": tuple(sheet.not_with),
        "care": tuple(sheet.care),
        "origin": sheet.origin or "",
        "extras": _extras(sheet.sold_separately, sheet.price, site),
        "warranty": _warranty(sheet.warranty, site),
        "audience": _audience(sheet.audience, site),
        "batches": _batches(sheet.batches, variants, site),
        "shelf_life": _shelf_life(sheet.shelf_life, site),
    }


def services(sheet: Service, site: Site, prefix: str = "") -> None:
    """What a shop does for every order, told; ``prefix`` is ``shop.`` where the shop says it."""
    for key in ("regions", "couriers"):
        if items := getattr(sheet, key):
            site.tell(prefix + key, FactKind.SHIPPING, _items(key, items, site), key)
    for index, entry in enumerate(sheet.exceptions):
        if not (entry.place or entry.text):
            site.lacks("exceptions", index, "place")
        text = entry.text or _exception(entry, site)
        site.tell(f"{prefix}exceptions.{index}", FactKind.SHIPPING, text, "exceptions")
    for key in ("invoice", "hours", "address_change"):
        site.tell(prefix + key, FactKind.SERVICE, getattr(sheet, key) or "", key)


def _items(key: str, items: Sequence[str], site: Site) -> str:
    """A list in a sentence; one text that is a sentence already, as it stands."""
    if len(items) == 1 and (items[0][-1:] in _SENTENCES or len(items[0].split()) > 6 or len(items[0]) > 40):
        return items[0]
    return site.words.say(key, items=site.words.together(items)) if items else ""


def _exception(entry: ExceptionEntry, site: Site) -> str:
    fee = (entry.fee or "").casefold().strip()
    code = next((f"exception_{kind}" for kind, forms in site.words.fees.items() if fee in forms), "exception")
    return site.words.say(code if fee else "exception_none", place=entry.place or "", fee=entry.fee or "")


def _extras(entries: Sequence[ExtraEntry], price: Money, site: Site) -> tuple[Extra, ...]:
    made: list[Extra] = []
    for index, entry in enumerate(entries):
        key = f"sold_separately.{index}"
        if "price" not in site.broken and entry.price and entry.price.currency != price.currency:
            site.refuse("price_currencies", "sold_separately", index, "price", key=key)
        if not (entry.name or entry.text):
            site.lacks("sold_separately", index, "name")
        if entry.name:
            made.append(Extra(entry.name, entry.price, entry.link))
        details = {"name": entry.name or "", "price": str(entry.price or ""), "link": entry.link or 0}
        site.tell(key, FactKind.EXTRA, entry.text or site.words.say("sold_separately", **details))
    return tuple(made)


def _warranty(entry: WarrantyEntry | None, site: Site) -> Warranty | None:
    if entry is None:
        return None
    months = _months("warranty", entry, site)
    details = {"months": months, "covers": site.words.together(entry.covers),
               "excludes": site.words.together(entry.excludes)}  # fmt: skip
    typed = bool(months or entry.covers or entry.excludes)
    said = site.words.say("warranty" if months else "warranty_of", **details) if typed else ""
    site.tell("warranty", FactKind.WARRANTY, said if said and not _is_prose(entry.text) else entry.text or "")
    return Warranty(months, tuple(entry.covers), tuple(entry.excludes)) if months else None


def _months(key: str, entry: WarrantyEntry, site: Site) -> int:
    """The length of a warranty; 0 where it is told in a sentence, or not at all."""
    written = {"months": f"{entry.months}{'个月'}" if (entry.months or "").isdecimal() else entry.months,
               "years": f"{entry.years}{'年'}" if (entry.years or "").isdecimal() else entry.years}  # fmt: skip
    for name, text in written.items():
        if text:
            try:
                return period(text)
            except ValueError as error:
                _refuse(error, site, key, name)
    return 0 if entry.text is None or _is_prose(entry.text) else period(entry.text)


def _is_prose(text: str | None) -> bool:
    """Whether a text says more than a length of time."""
    try:
        return text is not None and not period(text)
    except ValueError:
        return True


def _audience(entry: AudienceEntry | None, site: Site) -> Audience | None:
    if entry is None:
        return None
    site.tell("audience", FactKind.AUDIENCE, entry.text or "")
    site.tell("audience.fit", FactKind.AUDIENCE, _items("fit", entry.fit, site), "fit")
    site.tell("audience.unfit", FactKind.AUDIENCE, _items("unfit", entry.unfit, site), "unfit")
    low, high = None, None
    if entry.ages:
        site.tell("audience.ages", FactKind.AUDIENCE, site.words.say("ages", text=entry.ages), "ages")
        try:
            span = cell(entry.ages, "yr").span
            low, high = (None if end is None else int(end) for end in (span.low, span.high))
            if span.unit != "month":
                site.warn("ages_unread", "audience", "ages", text=entry.ages)
                low = high = None
        except ValueError:
            site.warn("ages_unread", "audience", "ages", text=entry.ages)
    made = Audience(tuple(entry.fit), tuple(entry.unfit), low, high)
    return made if made != Audience() else None


def _batches(entries: Sequence[BatchEntry], variants: Sequence[Variant], site: Site) -> tuple[Batch, ...]:
    made: list[Batch] = []
    for index, entry in enumerate(entries):
        only = variants_meant(entry.only, variants, site, ("batches", index, "for"))
        text = entry.text or ""
        if entry.made:
            day = entry.made.date()
            made.append(Batch(day, entry.code, only))
            details = {"year": day.year, "month": day.month, "day": day.day, "code": entry.code}
            text = text or site.words.say("batch", variants=site.words.separator.join(entry.only), **details)
        elif not text:
            site.lacks("batches", index, "made")
        site.tell(f"batches.{index}", FactKind.BATCH, text)
    return tuple(made)


def _shelf_life(text: str | None, site: Site) -> int | None:
    if text is None:
        return None
    prose = _is_prose(text)
    site.tell("shelf_life", FactKind.BATCH, text if prose else site.words.say("shelf_life", text=text))
    return None if prose else period(text)


def _refuse(error: ValueError, site: Site, *place: str) -> None:
    reason = error.args[0]
    assert isinstance(reason, Reason)
    site.refuse_at(place, reason)
