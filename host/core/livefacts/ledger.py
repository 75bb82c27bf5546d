"""The facts of a room as they are in force: its sheets, and what was changed on air laid over them.

Of a value that a sheet and a change both tell, the newer holds: a change is laid over what the sheet said then, and is
gone as soon as the sheet says something else there. What files say is told by their content, never by their time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from host.core.journal_events import Event
from host.core.livefacts.change import Change, ChangeRefused, Refusal
from host.core.livefacts.checks import contradictions
from host.core.livefacts.history import Made, Record, Told, in_force
from host.core.livefacts.reading import KNOWN_SHOWN, read_values
from host.core.livefacts.values import VARIANTS, parted, values_of, with_values
from host.core.product import Catalogue, Product
from host.core.reason import Reason, reason_of

WHOLE_EVERY = 500
"""Events between two that tell all there is: as far back as whoever reads the journal has to go, and twice as far."""

_FILE = "file"
_START = "start"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: the version after it, and the fields of the event to be recorded, None where there is
    nothing to record."""

    product: str
    version: int
    event: dict[str, Any] | None = None
    altered: bool = False
    """Whether other facts are in force than before."""
    again: bool = False
    """Whether it had been made before, under its key."""


class LiveFacts:
    """The ledger. A change is made whole or refused; nothing here raises but `ChangeRefused`."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        """With what the journal remembers: ``events`` from one that tells all there is."""
        self._record = Record.of(events)
        self._sheets: dict[str, Product] = {}
        self._said: dict[str, dict[str, Any]] = {}
        """The values of the sheets."""
        self._since_whole = WHOLE_EVERY
        self.catalogue = Catalogue(())
        """The products as they are in force."""

    def take_up(self, sheets: Iterable[Product]) -> dict[str, Any] | None:
        """The sheets as they are now. The fields of the event to be recorded; None where no value differs."""
        started = bool(self._sheets)
        self._sheets = {product.id: product for product in sheets}
        self._said = {product: values_of(sheet) for product, sheet in self._sheets.items()}
        told = {product.id: update for product in self._sheets.values() if (update := self._taken_up(product))}
        self._lay()
        if not started:
            return self._event(_START, {}, whole=True)
        return self._event(_FILE, told) if told else None

    def change(self, change: Change, wall: datetime) -> Outcome:
        """Make a change. Raises `ChangeRefused`, and then nothing is changed."""
        fingerprint = _fingerprint(change)
        if change.key and (made := self._record.made.get(change.key)):
            if made.print != fingerprint:
                raise ChangeRefused(Refusal.REUSED, Reason("live_key_reused", key=change.key))
            return Outcome(made.product, made.version, again=True)
        sheet = self._sheet(change.product)
        known = self._record.products[sheet.id]
        if change.version is not None and change.version != known.version:
            reason = Reason("live_conflict", version=known.version, expected=change.version)
            raise ChangeRefused(Refusal.CONFLICT, reason, known.version)
        update = self._update(sheet, known, self._read(change, sheet, known), wall)
        if update:
            known.alter(update)
            self.catalogue = Catalogue([self._laid(sheet) if each.id == sheet.id else each for each in self.catalogue])
        version = known.version
        if not update and not change.key:
            return Outcome(sheet.id, version)
        if change.key:
            self._record.note(change.key, Made(fingerprint, sheet.id, version))
        keyed = {"key": change.key, "print": fingerprint, "made": {sheet.id: version}} if change.key else {}
        event = self._event(change.by, {sheet.id: update} if update else {})
        return Outcome(sheet.id, version, event | keyed, altered=bool(update))

    def recorded(self, event: Event) -> None:
        """An event of these fields is on record: since when what it tells is in force, and by whom."""
        for product in event["products"]:
            if product in self._record.products:
                self._record.products[product].since = event["wall"]
                self._record.products[product].by = event["by"]

    def in_force(self, product: str, wall: datetime) -> dict[str, Any] | None:
        """`host.core.livefacts.history.in_force` of a product of the room."""
        known = self._record.products.get(product) if product in self._sheets else None
        return in_force(product, known, wall) if known else None

    def described(self, product: str, wall: datetime) -> dict[str, Any] | None:
        """As `in_force`, with the names of the product and of its variants."""
        found, sheet = self.in_force(product, wall), self.catalogue.get(product)
        if found is None or sheet is None:
            return None
        told = found.get("variants", {})
        variants = {each.id: {"name": each.name, **told.get(each.id, {})} for each in sheet.variants}
        return {**found, "name": sheet.name, **({"variants": variants} if variants else {})}

    def version(self, product: str) -> int:
        """The version of a product; 0 for one that was never there."""
        known = self._record.products.get(product)
        return known.version if known else 0

    def _sheet(self, product: str) -> Product:
        sheet = self._sheets.get(product)
        if sheet is None:
            known = [*self._sheets][:KNOWN_SHOWN]
            raise ChangeRefused(Refusal.UNKNOWN, Reason("live_no_product", product=product[:100], known=known))
        return sheet

    def _read(self, change: Change, sheet: Product, known: Told) -> dict[str, Any]:
        try:
            return read_values(change.values, sheet)
        except ValueError as error:
            why = reason_of(error)
            reason = why if isinstance(why, Reason) else Reason("other", text=why)
            raise ChangeRefused(Refusal.INVALID, reason, known.version) from None

    def _update(self, sheet: Product, known: Told, values: Mapping[str, Any], wall: datetime) -> dict[str, Any]:
        """What a change alters of what is on record; empty for nothing."""
        now, said = self.catalogue.get(sheet.id) or sheet, self._said[sheet.id]
        wanted = _counted(sheet, known, values)
        altered = {key: value for key, value in wanted.items() if known.values.get(key) != value}
        if not altered:
            return {}
        beneath = {key: said.get(key) for key, value in altered.items() if said.get(key) != value}
        laid = {key: known.values.get(key) for key in known.beneath if key not in altered}
        after = with_values(sheet, laid | {key: altered[key] for key in beneath})
        before = {*contradictions(now, wall)}
        wrong = next((reason for reason in contradictions(after, wall) if reason not in before), None)
        if wrong:
            raise ChangeRefused(Refusal.INVALID, wrong, known.version)
        return {"version": known.version + 1, "values": altered, "beneath": beneath}

    def _taken_up(self, sheet: Product) -> dict[str, Any]:
        """What a sheet alters of what is on record, in which what was laid over an edited value is gone."""
        known = self._record.products.setdefault(sheet.id, Told())
        said = self._said[sheet.id]
        kept = {key for key, beneath in known.beneath.items() if said.get(key) == beneath}
        if any(parted(key)[0] and key.endswith(".stock") for key in known.beneath.keys() - kept):
            kept -= {"stock"}  # it was their sum
        now = said | {key: known.values.get(key) for key in kept}
        altered = {key: now.get(key) for key in {*known.values, *now} if known.values.get(key) != now.get(key)}
        gone = known.beneath.keys() - kept - altered.keys()
        altered |= {key: now.get(key) for key in gone}
        if not altered:
            return {}
        update = {"version": known.version + 1, "values": altered, "beneath": {}}
        known.alter(update)
        return update

    def _lay(self) -> None:
        """Lay what was changed over the sheets."""
        self.catalogue = Catalogue(map(self._laid, self._sheets.values()))

    def _laid(self, sheet: Product) -> Product:
        told = self._record.products[sheet.id]
        return with_values(sheet, {key: told.values.get(key) for key in told.beneath})

    def _event(self, by: str, updates: Mapping[str, Any], *, whole: bool = False) -> dict[str, Any]:
        """The fields of an event: what was altered, or now and then all there is."""
        self._since_whole += 1
        whole = whole or self._since_whole > WHOLE_EVERY
        if whole:
            self._since_whole = 0
            updates = {
                product: {"version": told.version, "values": dict(told.values), "beneath": dict(told.beneath)}
                for product, told in self._record.products.items()
            }
        return {"by": by, "whole": whole, "products": dict(updates)}


def _counted(sheet: Product, known: Told, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of a change, with the stock of a product whose variants all tell theirs: it is the sum of them."""
    if "stock" in values or not any(parted(key)[0] and key.endswith(".stock") for key in values):
        return values
    keys = [f"{VARIANTS}.{variant.id}.stock" for variant in sheet.variants]
    stocks = [values[key] if key in values else known.values.get(key) for key in keys]
    told = [stock for stock in stocks if stock is not None]
    return {**values, "stock": sum(told)} if len(told) == len(keys) else values


def _fingerprint(change: Change) -> str:
    """What tells the content of a change from another's, whoever sends it again."""
    content = json.dumps([change.product, change.values], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]
