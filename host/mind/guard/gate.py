"""The gate: the guard's findings under a policy, past what is vetted already.

A wording that was proven under the same facts is not judged again. One that an operator has allowed is judged, and
what he has overruled is passed over where the policy still lets him: whatever else is wrong with it holds it back.
Pure but for what it remembers; total, and fails closed like the guard.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property

from host.core.derivation import Derivation
from host.core.fold import fold
from host.core.product import Product
from host.core.reason import Reason
from host.core.utterance import Ruling
from host.core.vetted import How, Objection, Vetted, digest, objection
from host.mind.guard.case import Case
from host.mind.guard.edition import edition
from host.mind.guard.judge import MAX_TEXT, Guard
from host.mind.guard.policy import Category, Policy

PROOFS = 8192
"""Wordings whose proofs are kept, those used last."""
_NOT_JUDGED = frozenset({"source", "lines", "image"})
"""Of a product, what nothing that is said depends on."""


@dataclass(frozen=True, slots=True)
class Objected:
    """What speaks against a wording."""

    category: Category
    ruling: Ruling

    @property
    def allowable(self) -> bool:
        """Whether an operator may overrule it."""
        return self.category.allowable and self.ruling.code != "error"

    @property
    def key(self) -> Objection:
        """By which an allowance names it."""
        return objection(self.category.id, self.ruling.offending)


class Gate:
    """Judges texts as `Guard` does, under a policy, and knows what is vetted."""

    def __init__(self, guard: Guard, policy: Policy) -> None:
        self.policy = policy
        self.guard = guard
        self._proofs: OrderedDict[str, Vetted] = OrderedDict()
        self._derived: dict[str, tuple[Derivation, ...]] = {}
        """How the numbers of what is proven come about, by wording."""
        self._allowed: dict[str, Vetted] = {}
        self._digests: OrderedDict[tuple[object, ...], tuple[tuple[Product, ...], str]] = OrderedDict()

    def check(self, case: Case) -> Ruling:
        """As `Guard.check`."""
        try:
            return self._check(case)
        except Exception as error:  # noqa: BLE001 - fails closed: what cannot be judged is not said
            return Ruling(False, Reason("guard_failed", error=f"{type(error).__name__}: {error}"[:250]), "error")

    def _check(self, case: Case) -> Ruling:
        proof = self.proof(case)
        if proof is not None:
            return Ruling(True, evidence=tuple(proof.facts), derivations=self._derived.get(proof.wording, ()))
        lifted = False
        for ruling in self.guard.rulings(case):
            if ruling.allowed:
                self._keep_proof(case, ruling)
                return ruling
            if self._stands(ruling, case):
                return ruling
            lifted = True
        return Ruling(lifted, "" if lifted else Reason("guard_nothing"))

    def objections(self, case: Case) -> list[Objected]:
        """Everything for which `check` would refuse a text, each once."""
        found = (
            Objected(self.policy.category_of(ruling), ruling)
            for ruling in self.guard.rulings(case)
            if not ruling.allowed and self._stands(ruling, case)
        )
        return list({each.key: each for each in found}.values())

    def warnings(self, case: Case) -> list[Ruling]:
        """What the policy has pointed out of a text and not held back."""
        rulings = self.guard.rulings(case)
        return [each for each in rulings if not each.allowed and self.policy.category_of(each).warns]

    def _stands(self, ruling: Ruling, case: Case) -> bool:
        """Whether a refusal holds the text back: neither the policy nor an operator passes over it."""
        category = self.policy.category_of(ruling)
        if any(self.policy.excuses(category, ruling, fold(each)) for each in (case.text, case.spoken)):
            return False
        allowed = self._allowed.get(case.wording) if self._allowed else None
        against = Objected(category, ruling)
        return allowed is None or not against.allowable or against.key not in allowed.lifted

    # --- what is vetted ------------------------------------------------------------------------------------------

    def admit(self, vetted: Iterable[Vetted]) -> None:
        """Know what was vetted elsewhere, in the order it was: what is revoked is allowed no more."""
        for each in vetted:
            if each.how is How.PROVEN:
                self._remember(each)
            elif each.how is How.ALLOWED:
                self._allowed[each.wording] = each
            else:
                self._allowed.pop(each.wording, None)

    @cached_property
    def _edition(self) -> str:
        """Which judge it is, under which policy."""
        return digest(edition(), self.guard.words.version, self.policy.version)

    @property
    def allowed(self) -> Mapping[str, Vetted]:
        """What operators allow, by wording."""
        return self._allowed

    def proof(self, case: Case) -> Vetted | None:
        """The proof that a wording may be said under the facts in force, if it has been proven under them."""
        if len(case.text) > MAX_TEXT or not self._proofs:
            return None
        found = self._proofs.get(case.wording)
        return found if found and found.basis == self._basis(case) else None

    def _keep_proof(self, case: Case, ruling: Ruling) -> None:
        ids = tuple(product.id for product in case.products)
        facts = (fact for product in case.products for fact in product.facts_in_force(case.wall))
        texts = {fact.id: fact.text for fact in facts} if ruling.evidence else {}
        leans = {each: texts.get(each, "") for each in ruling.evidence}
        basis, wording = self._basis(case), case.wording
        self._remember(Vetted(wording, case.text, case.lang, ids, How.PROVEN, self.policy.version, leans, basis))
        if ruling.derivations:
            self._derived[wording] = ruling.derivations

    def _remember(self, proof: Vetted) -> None:
        self._proofs[proof.wording] = proof
        self._proofs.move_to_end(proof.wording)
        while len(self._proofs) > PROOFS:
            wording, _ = self._proofs.popitem(last=False)
            self._derived.pop(wording, None)

    def _basis(self, case: Case) -> str:
        """The digest of everything that a text is held against: what judges, the policy, and the whole sheets as they
        stand. More than it leans on, for it may not be contradicted either."""
        sheets = self._sheets(case.products, case.wall)
        return digest(self._edition, case.lang, case.spoken, "free" if case.free else "", sheets)

    def _sheets(self, products: Sequence[Product], wall: datetime) -> str:
        """The digest of some sheets, which are immutable; where time passes over one, of the day too."""
        states = tuple((id(each), *(offer.in_force(wall) for offer in each.promotions)) for each in products)
        day = f"{wall:%Y-%m-%d}" if any(each.promotions or each.batches for each in products) else ""
        kept = (
            self._digests.pop((states, day), None)
            or (
                tuple(products),  # held, so that no other product gets one of these ids
                digest(day, *(f"{_written(each)} {state[1:]}" for each, state in zip(products, states, strict=True))),
            )
        )
        self._digests[states, day] = kept
        while len(self._digests) > 64:
            self._digests.popitem(last=False)
        return kept[1]


def _written(product: Product) -> str:
    """Everything of a sheet but where it stands."""
    return repr([(each.name, getattr(product, each.name)) for each in fields(product) if each.name not in _NOT_JUDGED])


def refused_pieces(objections: Sequence[Objected]) -> Iterator[Ruling]:
    """The refusals, each offending piece once."""
    told: list[str] = []
    for each in objections:
        piece = each.ruling.offending
        if not any(piece in other or other in piece for other in told):
            told.append(piece)
            yield each.ruling
