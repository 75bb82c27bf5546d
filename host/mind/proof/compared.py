"""Numbers that follow from amounts of one kind: how much two differ by, what several come to, one told in other units.

What is added or held against each other has to be named: by its label in the fact (鲜鸡肉, M码), as a choice, or by its
own amount in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations, product

from host.core.fold import cased, lowered
from host.lang.alike import meanings
from host.lang.numerals import numerals
from host.mind.proof.amounts import converted
from host.mind.proof.bought import PAIR, Proof
from host.mind.proof.context import Context, Known
from host.mind.proof.named import WORD, is_named, is_spoken_of, of_second
from host.mind.quantities.quantity import Quantity, Reading
from host.mind.quantities.roles import Role
from host.mind.quantities.units import GENERIC, Measure

_MEASURED = (Measure.PHYSICAL, Measure.COUNT, Measure.PERCENT)
_SUMMED = (Measure.PHYSICAL, Measure.DURATION, Measure.COUNT, Measure.PERCENT, Measure.MONEY)
_BOTH = re.compile(r"\bboth\b[^,.]{0,24}\btogether\b|\bpair\b|一双|一对|两只(?:加|合|一共|一起)")
_PARTS = re.compile(r"[;；。]|\. ")
_HEAD = re.compile(r"[^:：,，;；。]{1,20}[:：]")
_OPENING = re.compile(r"^.*?(?:分别[是为]|\bin |有)")
_LISTED = re.compile(r"、|,|，|和|或|及|\bor\b|\band\b")
_HALF = 50
_DAILY = re.compile(r"[一每]天|\b(?:a|per|each|every) day|daily")
_ONE = re.compile(r"\bone\b|[一1][个件只辆台本]")
_LEAST = re.compile(r"最[小少低]|起码|至少|minimum|at least")
_COUNTED = GENERIC | {"x", ""}


def amounts(context: Context, quantity: Quantity, stated: bool) -> Iterator[Proof]:
    """Everything that an amount may come from; with ``stated`` also that a fact tells it otherwise."""
    measure, unit = quantity.readings[0].measure, quantity.readings[0].unit
    if stated:
        yield from _rate(context, quantity)
        for known in context.known:
            yield from _exchanged(context, known, quantity)
        if measure in (Measure.COUNT, Measure.NUMBER):
            yield from _counted(context, quantity)
        if measure is Measure.NUMBER and not unit:
            yield from _without_unit(context, quantity)
    if measure in _SUMMED:
        yield from _of_facts(context, measure, unit)
        yield from _packed(context, measure, unit)
    if (measure is Measure.PERCENT and quantity.readings[0].value == _HALF) or unit == "倍":
        yield from _ratios(context, measure)
    if measure in _SUMMED or (measure is Measure.NUMBER and "difference" in context.cues):
        yield from _of_text(context, quantity)


def _rate(context: Context, quantity: Quantity) -> Iterator[Proof]:
    """The one of what a fact tells by the unit: 一分钟三万八千次 of 每分钟38000次."""
    number = next(numerals(quantity.text), None)
    reading = quantity.readings[0]
    if (
        number is None
        or number.value != 1
        or reading.measure not in (Measure.DURATION, Measure.PHYSICAL, Measure.COUNT)
    ):
        return
    unit = quantity.text[number.end :].strip(" 个-")
    for known in context.known if unit else ():
        if re.search(rf"(?:每|per |/ ?|an? |each ){re.escape(unit)}", known.text):
            yield reading.value, f"per {unit}", (known.fact,), False
            return


def _exchanged(context: Context, known: Known, quantity: Quantity) -> Iterator[Proof]:
    """A stated amount, also in the units that people exchange its own for.

    What is only bounded by it, or is a time in another unit, has to be named: any amount is more than some other.
    """
    measure, unit = quantity.readings[0].measure, quantity.readings[0].unit
    if known.quantity.aspect and quantity.aspect and known.quantity.aspect != quantity.aspect:
        return  # 24 hours of cold are none of heat
    mine, its = context.said_of(quantity), context.choices_of(known)
    if mine and its and not mine & its:
        return
    if measure is Measure.MONEY and its and not _each_has(context, quantity, its):
        return
    if measure is Measure.MONEY and of_second(known) and "nth" not in context.cues:
        return
    if measure is Measure.MONEY and not is_spoken_of(context, known):
        return
    named = is_named(context, known)
    if measure is Measure.MONEY and not _one_part(quantity.role, known.quantity.role, named):
        return
    for reading in known.quantity.readings:
        same = reading.measure is measure and reading.unit == unit and known.quantity.bound in ("", "about", "most")
        if (
            same
            and quantity.bound == "above"
            and _LEAST.search(known.label)
            and reading.value == quantity.readings[0].value
        ):
            yield reading.value + 1, known.quantity.text, (known.fact,), False
        if same and (named or not quantity.bound):
            yield reading.value, known.quantity.text, (known.fact,), False
        for value, other in converted(reading.value, reading.unit):
            if other == unit and (named or (reading.measure is Measure.PHYSICAL and _foreign(context, known))):
                yield value, known.quantity.text, (known.fact,), True


def _each_has(context: Context, quantity: Quantity, its: frozenset[str]) -> bool:
    """Whether an amount is that of each choice it is said of: A和B都是299元."""
    if context.compared:
        return True
    values = [reading.value for reading in quantity.readings]
    return all(
        any(choice.id in its or choice.price in values for choice in name.choices)
        for name in context.spoken_of(quantity)
    )


def _one_part(said: Role, known: Role, named: bool) -> bool:
    """Whether an amount plays the part that it has in the fact; what something named costs is its fee or price."""
    paid = (Role.PRICE, Role.FEE)
    return said is known or (named and said in paid and known in paid)


def _foreign(context: Context, known: Known) -> bool:
    """Whether text and fact are in different languages, and so have no words in common."""
    return context.text.isascii() != known.text.isascii()


def _without_unit(context: Context, quantity: Quantity) -> Iterator[Proof]:
    """The numbers that stand in facts before some unit, where the text names what they are of: 胸围一百一十二."""
    for known in context.known:
        number = next(numerals(known.quantity.text), None)
        if known.quantity.aspect and known.quantity.aspect != quantity.aspect:
            continue
        if number is not None and known.kind[0] in _MEASURED and not known.quantity.bound and is_named(context, known):
            yield number.value, known.quantity.text, (known.fact,), False


def _counted(context: Context, quantity: Quantity) -> Iterator[Proof]:
    """A count of what the sheet counts otherwise: 四个小包 of 4小包, ``three sizes`` of so many choices."""
    noun = quantity.noun or context.text[quantity.end : quantity.end + 8]
    reading = quantity.readings[0]
    for known in context.known:
        alike = known.kind[0] in (Measure.COUNT, Measure.NUMBER) and known.value == reading.value
        if alike and _same_noun(noun, reading.unit, known, _foreign(context, known)):
            yield known.value, known.quantity.text, (known.fact,), False
    yield from _enumerated(context, reading.value, noun + quantity.text, context.said_of(quantity))
    choices = context.lineup.choices
    if len(choices) > 1 and (
        reading.unit in _COUNTED or reading.unit in ("size", "version", "option", "edition", "种")
    ):
        ids = tuple(dict.fromkeys(choice.facts[0] for choice in choices))
        for count in {len(choices), *_columns(context)}:
            yield Decimal(count), f"{count} in the sheet", ids, False


def _enumerated(context: Context, count: Decimal, noun: str, chosen: frozenset[str]) -> Iterator[Proof]:
    """How many things a fact lists under a name of them: ``two colors`` of ``Colors: men's in Ink or Chalk``."""
    wanted = meanings(noun)
    for fact in context.product.facts_in_force(context.wall) if wanted else ():
        text = lowered(cased(fact.text if fact.topic.isdigit() else f"{fact.topic}: {fact.text}"))
        head = _HEAD.match(text)
        if head is None or not wanted & meanings(head.group()):
            continue
        for part in _PARTS.split(text[head.end() :]):
            its = frozenset(choice.id for name in context.lineup.named_in(part) for choice in name.choices)
            listed = _LISTED.split(_OPENING.sub("", part))
            if len(listed) > 1 and len(listed) == count and (not its or not chosen or its & chosen):
                yield count, "; ".join(listed), (fact.id,), False


def _columns(context: Context) -> Iterator[int]:
    """How many different words the names of the choices have in each place: sizes, colours."""
    names = [WORD.findall(choice.name.lower()) for choice in context.lineup.choices]
    for column in range(min(map(len, names), default=0)):
        yield len({name[column] for name in names})


def _same_noun(noun: str, unit: str, known: Known, foreign: bool) -> bool:
    near = known.label + known.quantity.text
    if foreign:
        return True  # a sheet in another language has another word for it
    if unit.isascii() and len(unit) > 2:
        return unit in near
    run = WORD.match(noun.strip())
    word = run.group() if run else ""
    return any(word[at : at + 2] in near for at in range(max(0, min(4, len(word) - 1)))) if len(word) > 1 else False


def _of_facts(context: Context, measure: Measure, unit: str) -> Iterator[Proof]:
    """Sums and differences of stated amounts that the text names."""
    if not context.cues & {"sum", "difference"}:
        return
    alike = [known for known in context.known if _is_alike(known, measure, unit) and not known.fact.endswith(".price")]
    meant = [known for known in alike if is_named(context, known)]
    ids = {choice.id for name in context.named for choice in name.choices}
    for one, other in combinations(meant[:24], 2):
        if len(ids) > 1 and not all(_is_of(context, each, ids) for each in (one, other)):
            continue  # of Deluxe and Classic it says nothing what the Starter has
        if one.fact == other.fact or (_apart(context, one, other) and _of_one_matter(one, other)):
            yield from _both(context, *_in_order(context, one, other))
    if len(ids) == 1 and "difference" in context.cues:
        for one, other in product(meant[:24], alike[:60]):  # one choice is named, the other is understood
            of_it = _is_of(context, one, ids) or _is_of(context, other, ids)
            if of_it and _apart(context, one, other) and _of_one_matter(one, other):
                yield from _less(context, *_in_order(context, one, other))
    together: dict[str, list[Known]] = {}
    for known in meant:
        together.setdefault(known.fact, []).append(known)
    for fact, several in together.items():
        if len(several) > 2 and "sum" in context.cues:
            yield (
                sum((each.value for each in several), Decimal(0)),
                "+".join(f"{each.value}" for each in several),
                (fact,),
                False,
            )


def _is_alike(known: Known, measure: Measure, unit: str) -> bool:
    """Whether an amount counts the same; one engine is a number in ``1 engine``."""
    if known.kind == (measure, unit):
        return True
    return measure is Measure.COUNT and known.kind == (Measure.NUMBER, "") and len(unit) > 2 and unit in known.label


def _in_order(context: Context, one: Known, other: Known) -> tuple[Decimal, Decimal, tuple[str, ...]]:
    """Two amounts, that of the choice named first before the other."""
    first = context.subject
    if first and not context.choices_of(one) & first and context.choices_of(other) & first:
        one, other = other, one
    return one.value, other.value, (one.fact, other.fact)


def _is_of(context: Context, known: Known, ids: set[str]) -> bool:
    """Whether an amount is of one of these choices, or of any."""
    its = context.choices_of(known)
    return not its or not its.isdisjoint(ids)


def _apart(context: Context, one: Known, other: Known) -> bool:
    """Whether two amounts are of different choices."""
    mine, its = context.choices_of(one), context.choices_of(other)
    return bool(mine and its and not mine & its)


def _of_one_matter(one: Known, other: Known) -> bool:
    """Whether two amounts tell the same of two things: both the weight, both what they hold."""
    topics = [
        known.fact.partition(".variants.")[2].partition(".")[2] for known in (one, other) if ".variants." in known.fact
    ]
    if len(topics) == 2:
        return topics[0] == topics[1]
    shared = set(WORD.findall(one.label)) & set(WORD.findall(other.label))
    return bool(shared) or (bool(one.quantity.aspect) and one.quantity.aspect == other.quantity.aspect)


def _packed(context: Context, measure: Measure, unit: str) -> Iterator[Proof]:
    """What so many packs hold: 六袋 with 每袋25只; what the two of a pair have together."""
    for known in context.known if _BOTH.search(context.text) else ():
        if known.kind == (measure, unit) and is_named(context, known):
            yield 2 * known.value, f"2×{known.value}", (known.fact,), False
    packs = {(value, kind) for name in context.named for choice in name.choices for what, value, kind in choice.amounts
             if what is Measure.COUNT}  # fmt: skip
    packs |= {(each.readings[0].value, each.readings[0].unit) for each in context.found
              if each.readings[0].measure is Measure.COUNT}  # fmt: skip
    for known in context.known:
        for value, kind in packs if known.kind == (measure, unit) else ():
            of_one = re.search(rf"[每一]{kind}|(?:per|each) {kind}", known.text[: known.quantity.end + 12])
            if kind and value > 1 and of_one:
                yield value * known.value, f"{value}×{known.value}", (known.fact,), False


def _less(context: Context, one: Decimal, other: Decimal, facts: tuple[str, ...]) -> Iterator[Proof]:
    """What one amount is more than the other, if the text has it that way round."""
    if context.is_so(one, other):
        high, low = max(one, other), min(one, other)
        yield high - low, f"{high}-{low}", facts, False


def _both(context: Context, one: Decimal, other: Decimal, facts: tuple[str, ...]) -> Iterator[Proof]:
    if "difference" in context.cues:
        yield from _less(context, one, other, facts)
    if "sum" in context.cues:
        yield one + other, f"{one}+{other}", facts, False


def _ratios(context: Context, measure: Measure) -> Iterator[Proof]:
    """How many times as much, or what share, one amount that the text tells or names is of another."""
    said = [
        (each.readings[0].measure, each.readings[0].unit, each.readings[0].value, "text")
        for each, carried in zip(context.found, context.carried, strict=True)
        if carried
    ]
    known = [(*each.kind, each.value, each.fact) for each in context.known if is_named(context, each)][:24]
    for one, other in permutations([*said[:6], *known], 2):
        if one[:2] == other[:2] and one[2] > other[2] > 0:
            times = one[2] / other[2]
            value = times if measure is Measure.COUNT else 100 / times
            yield value, f"{one[2]}/{other[2]}", (one[3], other[3]), True


def _of_text(context: Context, quantity: Quantity) -> Iterator[Proof]:
    """What the amounts that stand in the text come to."""
    said = [
        (other, other.readings[0])
        for other, carried in zip(context.found, context.carried, strict=True)
        if carried and other.start != quantity.start
    ]
    reading = quantity.readings[0]
    alike = [each.value for _, each in said if (each.measure, each.unit) == (reading.measure, reading.unit)]
    counts = [each.value for _, each in said if each.measure in (Measure.COUNT, Measure.NUMBER)]
    if reading.measure is Measure.NUMBER:
        alike = counts
    elif reading.measure is Measure.COUNT:
        alike = [each.value for _, each in said if each.measure is Measure.COUNT and _adds_up(each.unit, reading.unit)]
        alike += [Decimal(1)] if _ONE.search(context.text) else []
    facts = ("text",)
    if reading.measure in (Measure.MONEY, Measure.NUMBER):
        yield from _chained(context, quantity, said)
    for one, other in combinations(alike[:8], 2):
        yield from ((value, how, facts, rounded) for value, how, _, rounded in _both(context, one, other, facts))
    for _, share in said:
        if share.measure is Measure.PERCENT:
            for value in alike:
                yield value * share.value / 100, f"{value}×{share.value}%", facts, True
    if PAIR.search(context.text) and {"sum", "each"} & context.cues:
        for value in alike:
            yield 2 * value, f"2×{value}", facts, False
    if reading.measure is Measure.MONEY and "each" in context.cues:
        for value, count in product(alike, counts):
            if count > 1:
                yield value / count, f"{value}/{count}", facts, True
    if reading.measure is Measure.DURATION and _DAILY.search(context.text):
        sizes = [each for _, each in said if each.measure is Measure.PHYSICAL]
        for whole, part in permutations(sizes[:6], 2):
            if whole.unit == part.unit and whole.value > part.value:
                yield whole.value / part.value, f"{whole.value}/{part.value}", facts, True
    if len(alike) > 2 and "sum" in context.cues:
        yield sum(alike, Decimal(0)), "+".join(map(str, alike)), facts, False
    if context.cues & {"sum", "each"} and reading.measure in (Measure.PHYSICAL, Measure.DURATION, Measure.COUNT):
        yield from _times(alike, counts, facts)


def _chained(context: Context, quantity: Quantity, said: Sequence[tuple[Quantity, Reading]]) -> Iterator[Proof]:
    """What three amounts that stand before it come to, added and taken off: 139加129，减40，228."""
    before = [each.value for other, each in said if other.start < quantity.start
              and each.measure in (Measure.MONEY, Measure.NUMBER)][-4:]  # fmt: skip
    signs = [sign for sign, cue in ((1, "sum"), (-1, "difference")) if cue in context.cues]
    for some in combinations(before, 3):
        for one, other in product(signs, repeat=2):
            how = f"{some[0]}{'+' if one > 0 else '-'}{some[1]}{'+' if other > 0 else '-'}{some[2]}"
            yield some[0] + one * some[1] + other * some[2], how, ("text",), False


def _adds_up(one: str, other: str) -> bool:
    """Whether two things are counted together: what has one classifier, or an English name of its own."""
    return one == other or (one.isascii() and other.isascii())


def _times(alike: Sequence[Decimal], counts: Iterable[Decimal], facts: tuple[str, ...]) -> Iterator[Proof]:
    for count in counts:
        for value in alike:
            if count > 1:
                yield count * value, f"{count}×{value}", facts, False
