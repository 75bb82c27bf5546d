"""The guard: nothing is spoken that it has not passed, and it passes nothing the facts in force do not carry.

It looks at the words of the text as written and of the normalised text the voice will say, and at the numbers of the
tokens that both are made of (`host.lang.reading`): what is judged is what is said. Of a text that comes to be said
otherwise than it is read, the numbers are judged as said, too. It is pure, total, and fails closed: what it cannot
judge is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from host.core.contacts import contacts
from host.core.derivation import Derivation
from host.core.fold import cased, fold, lowered
from host.core.packs import pack
from host.core.product import Lang, Product
from host.core.reason import Reason
from host.core.utterance import Kind, Ruling
from host.lang.normalise import normalise
from host.lang.stance.polarity import Polarity
from host.mind.guard.aftersales import aftersales
from host.mind.guard.carried import FactIndex, FactIndexes
from host.mind.guard.case import Case
from host.mind.guard.claims import claims
from host.mind.guard.comparisons import comparisons
from host.mind.guard.contradicted import contradicted
from host.mind.guard.contrary import contraries
from host.mind.guard.delivery import delivery
from host.mind.guard.experience import experiences
from host.mind.guard.free import beyond_weighing, doubtful, too_light
from host.mind.guard.gifts import gifts
from host.mind.guard.kinds import ClaimKind, needs_fact, stance
from host.mind.guard.patterns import Claimed
from host.mind.guard.price_ahead import prices_ahead
from host.mind.guard.properties import contradictions
from host.mind.guard.reasons import forbidden, refusal
from host.mind.guard.relations import wrong_relations
from host.mind.guard.renown import renown
from host.mind.guard.scarcity import scarcities
from host.mind.guard.topics import Topic, topics
from host.mind.guard.unmask import unmasked
from host.mind.guard.worded import denied_by_a_fact, said_by_a_fact
from host.mind.guard.wordlists import Hit, Severity, WordList
from host.mind.proof.bound import denied_in_facts, misplaced, one_for_all, stated_for
from host.mind.proof.context import Context, Known
from host.mind.proof.derive import derivations
from host.mind.quantities.extraction import quantities
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.roles import Role
from host.mind.quantities.units import Measure

MAX_TEXT = 1000
"""Characters of one utterance; nobody says more in one breath, and hostile text stays cheap to judge."""
MAX_SPOKEN = 3000
"""Numbers grow when they are written out."""

ADVERTISING = frozenset({"absolute terms", "medical claims", "guarantees"})
"""Categories of the bundled lists that advertising rules are the reason for."""

_SIGNS = re.compile(r"[¥￥$€£]")
_SLOT = re.compile(r"\{[^{}]*\}")
"""A place for an amount that nobody has filled."""
_CODES = {Measure.MONEY: "price", Measure.DISCOUNT: "price", Measure.BUNDLE: "price", Measure.DATE: "date",
          Measure.CLOCK: "date", Measure.LINK: "link", Measure.PHYSICAL: "unit", Measure.DURATION: "unit"}  # fmt: skip

_CLAIMS = {Severity.NEVER: ClaimKind.ABSOLUTE, Severity.UNLESS_FACT: ClaimKind.SERVICE,
           Severity.UNLESS_DENIED: ClaimKind.EFFECT}  # fmt: skip


class Guard:
    """Judges texts against word lists and product sheets."""

    def __init__(self, words: WordList) -> None:
        self.words = words
        self._sheets = FactIndexes()

    def check(self, case: Case) -> Ruling:
        """Whether a text may be said. Never raises: an error inside is a refusal with the code ``error``."""
        return next(self.rulings(case))

    def refusals(self, case: Case) -> list[Ruling]:
        """Everything for which `check` would refuse a text, one after the other mended; each offending piece once."""
        told: list[Ruling] = []
        for ruling in self.rulings(case):
            pieces = (other.offending for other in told)
            if not ruling.allowed and not any(
                ruling.offending in piece or piece in ruling.offending for piece in pieces
            ):
                told.append(ruling)
        return told

    def rulings(self, case: Case, *, weighed: bool = True) -> Iterator[Ruling]:
        """Everything that speaks against a text, as it is found and however often; where nothing does, that it passes
        and on which evidence. Not ``weighed``, a free text is judged without what `host.mind.guard.weighing` says."""
        try:
            yield from self._judge(case, weighed)
        except Exception as error:  # noqa: BLE001 - fails closed: what cannot be judged is not said
            yield Ruling(False, Reason("guard_failed", error=f"{type(error).__name__}: {error}"[:250]), "error")

    def _judge(self, case: Case, weighed: bool) -> Iterator[Ruling]:
        """Every refusal; where there is none, that it passes and on which evidence."""
        if len(case.text) > MAX_TEXT or len(case.spoken) > MAX_SPOKEN:
            yield _too_long(len(case.text))
            return
        written, said = fold(case.text), fold(case.spoken)
        if max(len(written), len(said)) > MAX_SPOKEN:  # letters that are folded into many
            yield _too_long(max(len(written), len(said)))
            return
        if not any(character.isalnum() for character in said):
            yield Ruling(False, Reason("guard_nothing"), "error", case.text[:40])
            return
        whole = self._sheets.of(case.products, case.wall)
        passed: list[Ruling] = []
        refused = False
        weighing = self._weighing(case, written, whole) if weighed and case.free else ()
        for ruling in chain(self._worded(case, written, said, whole), self._counted(case, whole), weighing):
            if ruling.allowed:
                passed.append(ruling)
            else:
                refused = True
                yield ruling
        if not refused:
            evidence = dict.fromkeys(fact for ruling in passed for fact in ruling.evidence)
            derived = dict.fromkeys(each for ruling in passed for each in ruling.derivations)
            yield Ruling(True, evidence=tuple(evidence), derivations=tuple(derived))

    def _worded(self, case: Case, written: str, said: str, whole: FactIndex) -> Iterator[Ruling]:
        """Refusals for the words, in each form that they are read or heard in, and under the law for what is free."""
        for folded in _forms(written, said):
            yield from self._wording(folded, whole, case)
        for claim in chain(wrong_relations(written, whole), self._unlawful(written, whole, case) if case.free else ()):
            yield refusal("claim", claim.text, whole, case.kind, claim.lacks)

    def _unlawful(self, written: str, whole: FactIndex, case: Case) -> Iterator[Claimed]:
        """What the law for free speech lets nobody say, whatever else a text is made of."""
        for slot in _SLOT.findall(case.text):
            yield Claimed(slot, Reason("slot_unfilled"))
        yield from beyond_weighing(written, whole)
        yield from contraries(written, whole)

    def _weighing(self, case: Case, written: str, whole: FactIndex) -> Iterator[Ruling]:
        """Refusals for words that nothing carries, and for how a text is put, where it does not weigh enough."""
        found = quantities(cased(case.text), _currency(whole, case.lang))
        for claim in too_light(case.text, written, whole, found):
            yield refusal("claim", claim.text, whole, case.kind, claim.lacks)

    def doubts(self, case: Case) -> list[Ruling]:
        """What to point out to whoever wrote a text that passes: that it weighs little for one that is true. Many such
        lines are told of a life with the goods, and nothing is wrong with them; so it holds nothing back."""
        written, whole = fold(case.text), self._sheets.of(case.products, case.wall)
        found = quantities(cased(case.text), _currency(whole, case.lang))
        return [
            refusal("claim", each.text, whole, case.kind, each.lacks, lacking=False)
            for each in doubtful(written, whole, found)
        ]

    def _counted(self, case: Case, whole: FactIndex) -> Iterator[Ruling]:
        """Of each number whether facts carry it, topic by topic."""
        as_read = case.spoken == normalise(case.text, case.lang)  # then each number of it is a token of the text
        for form in _forms(cased(case.text), *(() if as_read else (cased(case.spoken),))):
            for topic in topics(lowered(form), whole).numbers:
                for sheet in self._of(topic, case.wall):
                    yield from _quantities_carried(form, topic, sheet, whole, case)

    def _of(self, topic: Topic, wall: datetime) -> Iterator[FactIndex]:
        """The facts that must bear a topic out: each of several, or one."""
        return (self._sheets.of(products, wall) for products in topic.alternatives)

    def _wording(self, folded: str, whole: FactIndex, case: Case) -> Iterator[Ruling]:
        """Refusals for words, links and claims, whatever the numbers are."""
        found = topics(folded, whole).words
        parts = [(folded[each.start : each.end], sheet) for each in found for sheet in self._of(each, case.wall)]
        for part, sheet in parts:
            yield from _never_to_say(part, sheet, case.kind)
        yield from self._forbidden(folded, whole, case.kind)
        if len(parts) > 1:  # what begins in one part and ends in the next is in neither: a fact of any bears it out
            yield from self._unborne(folded, whole, whole, case)
        for part, sheet in parts:
            yield from self._unborne(part, sheet, whole, case)

    def _forbidden(self, folded: str, whole: FactIndex, kind: Kind) -> Iterator[Ruling]:
        """Refusals for what no sheet allows: ways to reach someone, claims that may never be made, banned words."""
        for contact in contacts(folded):
            if not any(contact.canonical in known.replace(" ", "").replace("-", "") or contact.text in known
                       for known in whole.folded.values()):  # fmt: skip
                yield forbidden("link", contact.text, kind, Reason("reaches_someone"))
        for found in experiences(folded):
            yield forbidden("claim", found.text, kind, found.lacks)
        names = _names(whole)
        for claim in claims(folded):
            if not any(claim.text in name for name in names):
                yield forbidden("claim", claim.text, kind, claim.wrong)
        for hit in self._said(folded, names):
            category = hit.entry.category
            if hit.entry.severity is not Severity.UNLESS_FACT:
                what = Reason("banned", category=category, source=hit.entry.source, advertising=category in ADVERTISING)
                yield forbidden("banned", hit.text, kind, what)

    def _unborne(self, folded: str, sheet: FactIndex, whole: FactIndex, case: Case) -> Iterator[Ruling]:
        """Refusals for what ``sheet`` would have to bear out and does not; comparisons may look at the ``whole``."""
        for hit in self._said(folded, _names(whole)):
            if hit.entry.severity is not Severity.UNLESS_FACT:
                continue
            if not any(said_by_a_fact(word, sheet) for word in hit.entry.alike):
                yield refusal("claim", hit.text, sheet, case.kind, Reason("needs_fact", category=hit.entry.category))
        for found in self._claims(folded, sheet, whole, case):
            yield refusal("claim", found.text, sheet, case.kind, found.lacks)

    def _claims(self, folded: str, sheet: FactIndex, whole: FactIndex, case: Case) -> Iterator[Claimed]:
        """What a text promises or states that ``sheet`` does not. What a free text promises in words is weighed."""
        yield from comparisons(folded, whole)
        yield from scarcities(folded, sheet)
        yield from prices_ahead(folded, sheet, case.wall)
        yield from contradictions(folded, sheet)
        yield from contradicted(folded, sheet)
        if not case.free:
            yield from aftersales(folded, sheet)
            yield from gifts(folded, sheet)
            yield from renown(folded, sheet)
            yield from delivery(folded, sheet)

    def _said(self, folded: str, names: Sequence[str]) -> Iterator[Hit]:
        """The words of the lists that a text says, but in a product's name, and not only to deny them."""
        for hit in self.words.find(folded):
            named = any(hit.text in name for name in names)
            if not named and needs_fact(_CLAIMS[hit.entry.severity], folded, hit.start, hit.end):
                yield hit


def _too_long(length: int) -> Ruling:
    return Ruling(False, Reason("guard_length", length=length, most=MAX_TEXT), "error")


def _names(sheet: FactIndex) -> list[str]:
    return [fold(name) for product in sheet.products for name in (product.name, *product.aliases)]


def _never_to_say(folded: str, sheet: FactIndex, kind: Kind) -> Iterator[Ruling]:
    """Refusals for words that the sheet of a product spoken of forbids."""
    for product in sheet.products:
        for hit in WordList.of(*product.never_say).find(folded):
            if not _denied_as_by_a_fact(folded, hit, sheet, product):
                yield forbidden("never_say", hit.text, kind, Reason("never_say", product=product.name))


def _denied_as_by_a_fact(folded: str, hit: Hit, sheet: FactIndex, product: Product) -> bool:
    """Whether a word that a sheet forbids is denied, as a fact of that sheet denies it: 不是祛痘产品."""
    denied = stance(ClaimKind.FORBIDDEN, folded, hit.start, hit.end) is Polarity.DENIED
    return denied and denied_by_a_fact(hit.entry.word, sheet, product.id)


def _forms(*texts: str) -> dict[str, None]:
    """The texts, and what is hidden in them: ``jiu kuai jiu``."""
    unhidden = (unmasked(folded) for folded in map(lowered, texts))
    return dict.fromkeys((*texts, *(form for text, form in zip(texts, unhidden, strict=True) if form != lowered(text))))


def _quantities_carried(text: str, topic: Topic, sheet: FactIndex, whole: FactIndex, case: Case) -> Iterator[Ruling]:
    """Of each quantity within ``topic`` of a text folded but for its case: whether facts carry it, and which.

    A link leads to its product whatever is said beside it: ``whole`` knows them all.
    """
    currency = _currency(sheet, case.lang)
    found = [each for each in quantities(text, currency) if topic.start <= each.start < topic.end]
    carrying = [
        (whole if each.readings[0].measure is Measure.LINK else sheet).evidence(each, beside=found) for each in found
    ]
    for product in sheet.products[:1]:
        context = Context(lowered(text), found, [True] * len(found), product, case.wall)
        carrying = [() if one_for_all(context, each) else ids for each, ids in zip(found, carrying, strict=True)]
    rivals = _rivals(lowered(text), found, carrying, sheet, case.wall)
    derived: dict[int, Derivation] = {}
    stated = [() if at in rivals else each for at, each in enumerate(carrying)]
    if not all(stated):
        for product in sheet.products:
            derived |= derivations(lowered(text), found, stated, product, case.wall, rivals)
    for at, quantity in enumerate(found):
        if at in derived:
            yield Ruling(True, evidence=derived[at].facts, derivations=(derived[at],))
        elif at in rivals:
            yield _misplaced(quantity, rivals[at], sheet, case.kind)
        elif carrying[at]:
            yield Ruling(True, evidence=carrying[at])
        else:
            near = _stated_for_it(text, found, quantity, sheet, case.wall)
            yield _misplaced(quantity, near, sheet, case.kind) if near else _uncarried(quantity, sheet, case.kind)


def _stated_for_it(
    text: str, found: Sequence[Quantity], quantity: Quantity, sheet: FactIndex, wall: datetime
) -> Known | None:
    """What the sheet of the one product gives for what a number is said of that no fact carries: whoever wrote 110厘米
    is told of the 105, and not to write a fact."""
    if len(sheet.products) != 1:
        return None
    return stated_for(Context(lowered(text), found, [True] * len(found), sheet.products[0], wall), quantity)


def _misplaced(quantity: Quantity, rival: Known, sheet: FactIndex, kind: Kind) -> Ruling:
    label = " ".join(_SIGNS.sub(" ", rival.label[:40]).split())
    what = Reason("said_of_another", fact=rival.quantity.text, label=label)
    code = _CODES.get(quantity.readings[0].measure, "number")
    return refusal(code, quantity.text, sheet, kind, what, lacking=False)


def _currency(sheet: FactIndex, lang: Lang) -> str:
    """What a bare price counts."""
    return sheet.products[0].price.currency if sheet.products else str(pack(lang).table("pack.toml")["currency"])


def _rivals(
    text: str, found: Sequence[Quantity], carrying: Sequence[tuple[str, ...]], sheet: FactIndex, wall: datetime
) -> dict[int, Known]:
    """Of each number that facts carry for something else than it is said of, the fact that has another for that."""
    rivals: dict[int, Known] = {}
    for product in sheet.products if len(sheet.products) == 1 else ():
        context = Context(text, found, [True] * len(found), product, wall)
        for at, quantity in enumerate(found):
            start, end = context.clause_of(quantity)
            if any(text[start:end].strip() in fact for fact in sheet.folded.values()):
                continue  # said as the fact says it
            if (carrying[at] and (rival := denied_in_facts(context, quantity, carrying[at])) is not None) or (
                carrying[at] and (rival := misplaced(context, quantity, carrying[at])) is not None
            ):
                rivals[at] = rival
    return rivals


def _uncarried(quantity: Quantity, sheet: FactIndex, kind: Kind) -> Ruling:
    measure = quantity.readings[0].measure
    role = quantity.role.value if measure is Measure.MONEY and quantity.role is not Role.PRICE else ""
    details = {"measure": measure.value, "role": role, "bound": quantity.bound}
    elsewhere = sheet.elsewhere(quantity)
    what = (
        Reason("uncarried_otherwise", elsewhere=elsewhere, **details) if elsewhere else Reason("uncarried", **details)
    )
    return refusal(_CODES.get(measure, "number"), quantity.text, sheet, kind, what, lacking=not elsewhere)
