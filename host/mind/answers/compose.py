"""From facts to sentences fit for speech: nothing in them but what the sheet says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from host.core.currencies import CURRENCIES
from host.core.fold import fold
from host.core.packs import pack
from host.core.product import SPOKEN_AS_TOLD, Fact, Lang, Money, Product, Promotion
from host.core.text import guess_lang
from host.mind.answers.concepts import terms
from host.mind.proof.dated import last_day
from host.mind.proof.lineup import Choice
from host.mind.quantities.extraction import quantities
from host.mind.quantities.units import Measure

_END = re.compile(r"[。！？!?.…]$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PACK = (Measure.PHYSICAL, Measure.COUNT)
"""What the end of a name measures that nobody says: 随行保温杯 500ml, not the 15 of iPhone 15."""
_OWN_KEYS = ("shipping", "returns", "promotion")
_CODE = re.compile(r"^[A-Za-z0-9]++(?:[ ./:()-]{1,2}[A-Za-z0-9]++)*+$")
"""What a code is written in, with a digit somewhere: a licence, a standard: SC11734012300456, GB/T 18401-2010."""
_CLAUSE = re.compile(r"[，；、,;:：]")
SHORT = {"zh": 12, "en": 24}
"""Characters up to which a fact's text is a value to be named, and not a sentence of its own."""
MOST_NAMED = 6
"""Variants that are named in a row."""
MOST_OTHERS = 3
"""Variants that are named in the place of one that is sold out."""
TOLD = 72
"""Likeness from which one text has already said what another says (rapidfuzz, 0 to 100)."""

SAME, SAME_SHARE = {"zh": 8, "en": 24}, 0.38
"""Characters in a row, and their share of a text, that make it a repetition of what was told."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an answer and what it rests on."""

    text: str
    evidence: tuple[str, ...]
    about: tuple[str, ...]


def finished(text: str, lang: Lang) -> str:
    """The text with its full stop."""
    text = text.strip()
    return text if _END.search(text) else text + ("。" if lang == "zh" else ".")


def money(amount: Money, lang: Lang) -> str:
    """An amount as it is said."""
    return f"{amount.number}{CURRENCIES[amount.currency].zh}" if lang == "zh" else str(amount)


def called(product: Product, lang: Lang) -> str:
    """What to call a product in an answer: its name; in another language its link number, and its alias there."""
    name, alias = _own_name(product, lang), _alias(product, lang)
    if lang == "zh":
        return name or (f"{product.link}号链接的{alias}" if alias else f"{product.link}号链接")
    if name:
        return f"the {name}"
    return f"link {product.link}, the {alias}" if alias else f"link {product.link}"


def _subject(product: Product, lang: Lang) -> str:
    """`called` at the head of a sentence."""
    name = called(product, lang)
    return name if lang == "zh" else _capital(name) + ("," if ", " in name else "")


def _own_name(product: Product, lang: Lang) -> str:
    """The name as it is said, or nothing where it is in another language."""
    name = _unpacked(product.name)
    return name if guess_lang(name) == lang else ""


def _unpacked(name: str) -> str:
    """The name without the size of the pack at its end."""
    folded = fold(name)
    end = len(folded)
    for quantity in reversed(quantities(folded)):
        if quantity.end < len(folded[:end].rstrip(" *x×装")) or quantity.readings[0].measure not in _PACK:
            break
        end = quantity.start
    return (name[:end].rstrip(" *x×") or name) if len(folded) == len(name) else name


def _alias(product: Product, lang: Lang) -> str:
    """The first alias in that language, or nothing."""
    return next((alias for alias in product.aliases if guess_lang(alias) == lang), "")


def meant(product: Product, lang: Lang) -> str:
    """The words before an answer about a product nobody named."""
    if lang == "zh":
        return (
            f"你问的是{product.link}号链接的{called(product, lang)}吧，"
            if _own_name(product, lang)
            else f"{called(product, lang)}，"
        )
    return f"If you mean {called(product, lang)}: "


def fact_piece(fact: Fact, lang: Lang) -> Piece:
    """A fact as a sentence, in the language it is written in: a code is in that of its topic, or of ``lang``."""
    about, topic, text = (fact.product,), fact.topic, fact.text
    if _is_code(text) and guess_lang(topic, lang) != lang:
        codes = pack(lang).table("replies.toml")["codes"]
        topic = next((codes[name] for name in terms(topic).concepts if name in codes), topic)
    written = text if ".faq." in fact.id or topic in _OWN_KEYS else f"{topic} {text}"
    lang = guess_lang(written, lang)
    short = _is_code(text) or (len(text) <= SHORT[lang] and not _CLAUSE.search(text))
    if ".faq." in fact.id or topic in _OWN_KEYS or _is_told(fact):
        said = text
    elif lang == "zh":
        said = text if topic in text else f"{topic}是{text}" if short else f"{topic}方面，{text}"
    elif short:
        said = f"The {topic} is {text[0].lower() + text[1:] if text[1:2].islower() else text}"
    else:
        said = text if topic.lower() in text.lower() or len(text) > 48 else f"{topic.capitalize()}: {text}"
    return Piece(finished(said, lang), (fact.id,), about)


def _is_told(fact: Fact) -> bool:
    """Whether a fact is a typed entry, whose words are whole sentences already."""
    return ".shop." in fact.id or (fact.kind in SPOKEN_AS_TOLD and ".facts." not in fact.id)


def _is_code(text: str) -> bool:
    return _CODE.match(text) is not None and any(character.isdigit() for character in text)


def named_piece(fact: Fact, product: Product, lang: Lang) -> Piece:
    """A fact as a sentence that says whose it is; as it stands where it is written in another language."""
    piece = fact_piece(fact, lang)
    name = called(product, lang)
    if guess_lang(fact.text, lang) != lang or name in piece.text:
        return piece
    if lang == "zh":
        return replace(piece, text=f"{name}，{piece.text}")
    lower = piece.text[0].lower() + piece.text[1:] if piece.text[1:2].islower() else piece.text
    return replace(piece, text=f"For {name}: {lower}")


def says_already(told: str, text: str) -> bool:
    """Whether ``told`` leaves nothing new in ``text``."""
    numbers = set(_NUMBER.findall(text))
    if numbers and numbers <= set(_NUMBER.findall(told)):
        return True
    shared = SequenceMatcher(None, told, text, autojunk=False).find_longest_match().size
    if shared >= SAME[guess_lang(text)] and shared >= SAME_SHARE * len(text):
        return True
    return fuzz.partial_ratio(told, text) >= TOLD


def price_piece(product: Product, wall: datetime, lang: Lang) -> Piece:
    """What it costs now, what it costs otherwise, and the offers that stand.

    The terms of an offer are in its text: a price that it makes is never told without, or at least not without saying
    that there are terms.
    """
    offers = _offers(product, wall)
    now = product.price_in_force(wall)
    name, usual = _subject(product, lang), money(product.price, lang)
    leading = next((offer for _, offer in offers if offer.price == now), None) if now != product.price else None
    if leading is None:
        said = [f"{name}现在是{usual}" if lang == "zh" else f"{name} is {usual}"]
    elif now.number in leading.text and guess_lang(leading.text) == lang:
        said = (
            [f"{name}平时{usual}，现在{leading.text}"] if lang == "zh" else [f"{name} is usually {usual}", leading.text]
        )
    elif lang == "zh":
        said = [f"{name}平时{usual}，用上现在的优惠到手{money(now, lang)}，怎么用看商品页"]
    else:
        said = [f"{name} is usually {usual}, and {now} with the offer now on; its page says how to get it"]
    said += [offer.text for _, offer in offers if offer is not leading and guess_lang(offer.text) == lang]
    text = pack(lang).gap.join(finished(part, lang) for part in said)
    return Piece(text, (f"{product.id}.price", *(fact for fact, _ in offers)), (product.id,))


def variant_price_piece(product: Product, choices: Sequence[Choice], wall: datetime, lang: Lang) -> Piece:
    """What the variants that were asked for cost, and the offers that stand."""
    prices = [Money(choice.price, product.price.currency) for choice in choices]
    if lang == "zh":
        said = ["，".join(_at(each.name, price) for each, price in zip(choices, prices, strict=True))]
    else:
        said = [", ".join(f"{each.name} is {price}" for each, price in zip(choices, prices, strict=True))]
    offers = [(fact, offer) for fact, offer in _offers(product, wall) if guess_lang(offer.text) == lang]
    text = pack(lang).gap.join(finished(part, lang) for part in (*said, *(o.text for _, o in offers)))
    facts = (*dict.fromkeys(choice.facts[0] for choice in choices), *(fact for fact, _ in offers))
    return Piece(text, facts, (product.id,))


def _at(name: str, price: Money) -> str:
    """What something costs, in Chinese: a name that ends in a letter does not run into the number."""
    return f"{name}{'是' if name[-1:].isascii() else ''}{money(price, 'zh')}"


def same_price_piece(product: Product, wall: datetime, lang: Lang) -> Piece:
    """That the price a viewer named is the one paid now, with the terms of the offer that makes it."""
    now = product.price_in_force(wall)
    if now != product.price:
        return price_piece(product, wall, lang)
    name = _subject(product, lang)
    said = f"{name}现在就是{money(now, lang)}" if lang == "zh" else f"{name} is {now} right now"
    return Piece(finished(said, lang), (f"{product.id}.price",), (product.id,))


def stock_piece(product: Product, lang: Lang) -> Piece | None:
    """How many are left, where the sheet says."""
    if product.stock is None:
        return None
    name = _subject(product, lang)
    if product.stock == 0:
        text = f"{name}暂时没有库存了" if lang == "zh" else f"{name} is sold out at the moment"
    elif lang == "zh":
        text = f"{name}现在库存还有{product.stock}件"
    else:
        text = f"There are {product.stock} left in stock of {called(product, lang)}"
    return Piece(finished(text, lang), (f"{product.id}.stock",), (product.id,))


def variant_stock_piece(product: Product, choices: Sequence[Choice], lang: Lang) -> Piece | None:
    """How many are left of the variants that were asked for; where none is, what else there is. None where the sheet
    tells of none of them."""
    by_id = {variant.id: variant for variant in product.variants}
    wanted = [by_id[each.id] for each in choices if each.id in by_id and by_id[each.id].stock is not None]
    if not wanted:
        return None
    words = pack(lang).table("replies.toml")["stock"]
    said = [words["none" if each.sold_out else "some"].format(name=each.name, count=each.stock) for each in wanted]
    others = [each for each in product.variants if each not in wanted and each.stock]
    if all(each.sold_out for each in wanted) and others:
        said.append(words["others"].format(names=words["and"].join(each.name for each in others[:MOST_OTHERS])))
        wanted += others[:MOST_OTHERS]
    text = pack(lang).gap.join(finished(each, lang) for each in said)
    return Piece(text, tuple(f"{product.id}.variants.{each.id}.stock" for each in wanted), (product.id,))


def listed_piece(product: Product, wall: datetime, lang: Lang) -> Piece | None:
    """The list price, what is paid now, and what that saves; None where it saves nothing."""
    now, listed = product.price_in_force(wall), product.list_price
    if listed is None or listed.amount <= now.amount:
        return None
    saved = Money(listed.amount - now.amount, now.currency)
    text = (
        pack(lang)
        .table("replies.toml")["offer"]["listed"]
        .format(
            name=_subject(product, lang), listed=money(listed, lang), now=money(now, lang), saved=money(saved, lang)
        )
    )
    offers = (fact for fact, offer in _offers(product, wall) if offer.price == now)
    facts = (f"{product.id}.list_price", f"{product.id}.price", *offers)
    return Piece(finished(text, lang), facts, (product.id,))


def until_piece(product: Product, wall: datetime, lang: Lang) -> Piece | None:
    """Until when the offer stands that ends first; None where none has an end, or is told in this language."""
    ending = [(offer.ends, fact, offer) for fact, offer in _offers(product, wall)
              if offer.ends is not None and guess_lang(offer.text) == lang]  # fmt: skip
    if not ending:
        return None
    ends, fact, offer = min(ending, key=lambda each: each[0])
    words, last = pack(lang).table("replies.toml")["offer"], last_day(ends)
    month = words["months"][last.month - 1] if words["months"] else last.month
    day = words["day"].format(month=month, day=last.day)
    text = words["until"].format(offer=offer.text.rstrip("。.!！"), day=day)
    return Piece(finished(text, lang), (fact,), (product.id,))


def choices_piece(product: Product, lang: Lang) -> Piece | None:
    """What there is to choose from; None where it is one thing only, or more than anybody would say."""
    if not 1 < len(product.variants) <= MOST_NAMED:
        return None
    replies = pack(lang).table("replies.toml")
    *some, last = (variant.name for variant in product.variants)
    names = replies["stock"]["and"].join((pack(lang).table("show.toml")["words"]["list"].join(some), last))
    facts = tuple(f"{product.id}.variants.{variant.id}" for variant in product.variants)
    return Piece(finished(replies["offer"]["choices"].format(names=names), lang), facts, (product.id,))


def link_piece(product: Product, lang: Lang) -> Piece:
    """Where to buy it."""
    if lang == "zh":
        text = f"点{product.link}号链接就能看到，想好了直接下单就行。"
    else:
        text = f"You will find it under link {product.link}, and you can order right there."
    return Piece(text, (f"{product.id}.link",), (product.id,))


def compare_piece(products: Iterable[Product], wall: datetime, lang: Lang) -> Piece:
    """Two or more products side by side, by what the sheets have in common: the price."""
    products = tuple(products)
    evidence: list[str] = []
    parts = []
    for product in products:
        now = product.price_in_force(wall)
        evidence += [f"{product.id}.link", f"{product.id}.name", f"{product.id}.price"]
        evidence += [fact for fact, offer in _offers(product, wall) if offer.price == now]
        if lang == "zh":
            name = _own_name(product, lang) or _alias(product, lang)
            parts.append(f"{product.link}号链接{name and f'是{name}，'}现在{money(now, lang)}")
        else:
            name = _own_name(product, lang) or _alias(product, lang)
            parts.append(f"link {product.link} is the {name} at {now}" if name else f"link {product.link} is {now}")
    if lang == "zh":
        text = "；".join(parts) + "。看你更需要哪一样，想细听哪个，我就讲哪个。"
    else:
        text = " and ".join(parts)
        text = _capital(text) + ". It depends on what you need, so tell me which one to show."
    return Piece(text, tuple(evidence), tuple(product.id for product in products))


def _offers(product: Product, wall: datetime) -> list[tuple[str, Promotion]]:
    """Offers in force with their fact ids."""
    return [
        (f"{product.id}.promotions.{index}", offer)
        for index, offer in enumerate(product.promotions)
        if offer.in_force(wall)
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
