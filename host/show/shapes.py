"""The forms a product sheet may have, brought into the one its model knows: keys in Chinese or with a capital, facts as
a list, questions as keys, an offer that is only a text. A key that could mean anything is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from host.core.yamlfile import Document
from host.core.yamlnodes import Place
from host.show import shape_groups
from host.show.keys import ENTRY_GROUPS, FAQ_KEYS, KEYS, OFFER_KEYS, SINGLE_GROUPS, canonical
from host.show.moves import Moves
from host.show.shape_chart import size_chart
from host.show.shape_faq import faq

MAX_GUESSES = 50
"""Unknown keys of one sheet that are compared with the known ones; each takes a quarter of a millisecond."""
_SHAPES: dict[str, Callable[[Moves, str, Any], Any]] = {
    "faq": faq,
    "promotions": shape_groups.promotions,
    "variants": shape_groups.variants,
    "size_chart": size_chart,
    "sold_separately": shape_groups.sold_separately,
    "batches": shape_groups.batches,
    "exceptions": shape_groups.exceptions,
}
_GROUPS = ("facts", *ENTRY_GROUPS, *SINGLE_GROUPS, "size_chart")


def _topic(written: str) -> str:
    """What a fact is about, without the quotation marks and odd spaces around it."""
    return " ".join(written.strip().strip("“”‘’\"'").split()) or written


class Shaped:
    """A document in the model's form: ``document``, and in ``findings`` what could not be brought into it."""

    def __init__(self, document: Document, keys: Mapping[str, str] = KEYS) -> None:
        self._moves = Moves(document)
        self._keys = keys
        self._empty = ""
        self._guesses = MAX_GUESSES
        data: dict[str, Any] = {}
        for written, value in document.data.items():
            self._key(data, written, value)
        self.findings = self._moves.findings
        self.document = replace(document, data=data, lines=self._moves.lines)

    def _key(self, data: dict[str, Any], written: str, value: Any) -> None:
        key = self._keys.get(canonical(written))
        if key is None:
            self._unknown(data, written, value)
            return
        if key == "facts" and shape_groups.are_variants(value):
            key = "variants"
        self._empty = key if value is None and key in _GROUPS else ""
        if key in data:
            self._moves.tell("key_twice", (written,), key=written, meant=key)
            return
        self._moves.move((written,), (key,))
        data[key] = value if value is None else self._shaped(key, written, value)

    def _shaped(self, key: str, written: str, value: Any) -> Any:
        if key == "facts":
            return self._facts(written, value)
        if key in SINGLE_GROUPS:
            return shape_groups.single(self._moves, written, value, key)
        shape = _SHAPES.get(key)
        return shape(self._moves, written, value) if shape else value

    def _unknown(self, data: dict[str, Any], written: str, value: Any) -> None:
        """A key of no sheet: told by what it is most likely meant to be."""
        plain = canonical(written)
        if self._empty:
            if data[self._empty] is None:
                self._moves.tell("key_not_indented", (written,), key=written.strip(), group=self._empty)
                data[self._empty] = {}
            if self._empty == "facts":
                data["facts"][written] = value
                self._moves.move((written,), ("facts", written))
        elif self._keys is KEYS and (plain in FAQ_KEYS or plain in OFFER_KEYS):
            group = "faq" if plain in FAQ_KEYS else "promotions"
            self._moves.tell("key_of_entry", (written,), key=written.strip(), group=group)
        elif near := self._near(plain):
            self._moves.tell("key_near", (written,), key=written.strip(), meant=near)
        else:
            known = [*dict.fromkeys(self._keys.values())]
            self._moves.tell("key_unknown", (written,), key=written.strip(), known=known)

    def _near(self, plain: str) -> str:
        """The key that an unknown one is a misspelling of, or nothing."""
        self._guesses -= 1
        near = get_close_matches(plain, self._keys, 1, 0.75) if self._guesses >= 0 and len(plain) <= 40 else []
        return self._keys[near[0]] if near else ""

    def _facts(self, written: str, value: Any) -> Any:
        """Topics with what is true of them; a list of such is taken, one entry after the other."""
        if isinstance(value, dict):
            for topic in value:
                self._moves.move((written, topic), ("facts", _topic(topic)))
            return {_topic(topic): text for topic, text in value.items()}
        if not isinstance(value, list):
            return value
        facts: dict[str, Any] = {}
        for index, entry in enumerate(value):
            place: Place = (written, index)
            if not isinstance(entry, dict):
                self._moves.tell("fact_without_topic", place, entry=str(entry)[:40])
                continue
            for key, text in entry.items():
                topic = _topic(key)
                if topic in facts:
                    first = self._moves.lines["facts", topic]
                    self._moves.tell("yaml_duplicate", (*place, key), key=topic, first=first)
                    continue
                facts[topic] = text
                self._moves.move((*place, key), ("facts", topic))
        return facts
