"""What is held back at present, what operators allow, and their hand on both.

Every act of theirs is on the disk before it counts.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from host.core.control import CommandError
from host.core.errors import Finding, LivehostError
from host.core.reason import Reason, data
from host.core.utterance import Kind
from host.core.vetted import How, Vetted
from host.mind.guard.gate import Gate
from host.mind.guard.policy import Category, Grade
from host.mind.judges.lock import JUDGE
from host.programme.held import Held, Sentence, objections_to
from host.programme.vetted_file import append_vetted

LATEST = 30
"""Sentences held back that an operator is shown; of those on air the oldest make room."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A sentence held back, how often, and when last."""

    held: Held
    times: int
    wall: datetime


class Wordings:
    """Owns the list of what is held back, and the file of what is allowed."""

    def __init__(self, gate: Gate, file: Path, findings: Sequence[Finding] = ()) -> None:
        self._gate = gate
        self._file = file
        self.findings = tuple(findings)
        """What of the files of vetted wordings cannot be read."""
        self._held: OrderedDict[str, _Shown] = OrderedDict()

    def hold(self, held: Held, wall: datetime) -> None:
        """Something is held back. Greetings are not shown: they are made for a single viewer."""
        if held.sentence.kind is Kind.GREETING:
            return
        wording = held.sentence.wording
        before = self._held.pop(wording, None)
        if before and not held.sentence.path:  # on air nobody knows the line it is written in
            place = before.held.sentence
            held = replace(held, sentence=replace(held.sentence, path=place.path, line=place.line))
        self._held[wording] = _Shown(held, before.times + 1 if before else 1, wall)
        while len(self._held) > LATEST:
            self._held.popitem(last=False)

    def begin_vetting(self) -> None:
        """The scripts are looked at anew: what was held of them before is forgotten."""
        for wording in [each for each, shown in self._held.items() if shown.held.sentence.path]:
            del self._held[wording]

    def hear(self, sentence: Sentence, wall: datetime) -> None:
        """A sentence was refused at ``wall``: keep it with all that speaks against it."""
        objections = objections_to(self._gate, sentence, wall)
        if objections:
            self.hold(Held(sentence, tuple(objections)), wall)

    # --- the operator's hand -------------------------------------------------------------------------------------

    def allow(self, wording: str, operator: str, wall: datetime) -> Vetted:
        """Let a sentence that is held back be said, from now on, wherever it is said of the same products. Raises
        `CommandError`: what the policy lets nobody allow stays held, and so does what cannot be put on the disk."""
        shown = self._held.get(wording)
        if shown is None:
            raise CommandError(Reason("wording_unknown"))
        sentence = shown.held.sentence
        objections = objections_to(self._gate, sentence, wall)
        objections += [each for each in shown.held.objections if each.ruling.code == JUDGE]
        for each in objections:
            if not each.allowable:
                raise CommandError(Reason("not_allowable", why=each.ruling.reason, sources=list(each.category.sources)))
        vetted = Vetted(
            wording, sentence.text, sentence.lang, sentence.about, How.ALLOWED, self._gate.policy.version,
            facts=_facts_of(sentence, wall), lifted=frozenset(each.key for each in objections), by=operator,
            when=wall.isoformat(),
        )  # fmt: skip
        self._keep(vetted)
        del self._held[wording]
        return vetted

    def revoke(self, wording: str, operator: str, wall: datetime) -> Vetted:
        """Take back that a wording is allowed. Raises `CommandError`."""
        known = self._gate.allowed.get(wording)
        if known is None:
            raise CommandError(Reason("wording_not_allowed"))
        revoked = replace(known, how=How.REVOKED, lifted=frozenset(), by=operator, when=wall.isoformat())
        self._keep(revoked)
        return revoked

    def _keep(self, vetted: Vetted) -> None:
        try:
            append_vetted(self._file, [vetted])
        except LivehostError as error:
            raise CommandError(error.finding.message) from None
        self._gate.admit([vetted])

    # --- for the console -----------------------------------------------------------------------------------------

    def held(self) -> list[dict[str, Any]]:
        """What is held back, the latest first."""
        return [_held_state(wording, shown) for wording, shown in reversed(self._held.items())]

    def allowed(self) -> list[dict[str, Any]]:
        """What operators allow, the latest first."""
        return [
            {
                "wording": each.wording, "text": each.text, "products": list(each.products), "by": each.by,
                "when": each.when, "categories": self._categories(each),
            }
            for each in reversed([*self._gate.allowed.values()])
        ]  # fmt: skip

    def _categories(self, vetted: Vetted) -> list[dict[str, Any]]:
        known = self._gate.policy.categories
        ids = dict.fromkeys(category for category, _ in sorted(vetted.lifted))
        return [_category_state(known.get(each) or Category(each, Grade.NEVER)) for each in ids]


def _facts_of(sentence: Sentence, wall: datetime) -> dict[str, str]:
    """What was known of the products when it was allowed, for whoever asks later: prices and offers in force."""
    facts = (fact for product in sentence.products for fact in product.facts_in_force(wall))
    return {fact.id: fact.text for fact in facts if fact.topic in ("name", "price", "list_price", "promotion")}


def _held_state(wording: str, shown: _Shown) -> dict[str, Any]:
    held, sentence = shown.held, shown.held.sentence
    return {
        "wording": wording, "text": sentence.text, "kind": sentence.kind.value, "products": list(sentence.about),
        "path": sentence.path, "line": sentence.line, "times": shown.times, "when": shown.wall.isoformat(),
        "allowable": held.allowable,
        "objections": [
            {
                "category": _category_state(each.category), "offending": each.ruling.offending,
                "reason": str(each.ruling.reason), "why": data(each.ruling.reason), "allowable": each.allowable,
            }
            for each in held.objections
        ],
    }  # fmt: skip


def _category_state(category: Category) -> dict[str, Any]:
    return {"id": category.id, "names": dict(category.names), "sources": list(category.sources)}
