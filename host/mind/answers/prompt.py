"""What a language model is told. The viewer's words go in as JSON data in a message of their own, never as prose."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from host.core.comment import MAX_TEXT
from host.core.fold import fold
from host.core.mentions import mentions
from host.core.packs import pack
from host.core.ports import Question
from host.core.product import Fact, Lang, Product
from host.core.text import bounded
from host.mind.answers.retrieval import Library
from host.mind.answers.scope import in_play
from host.mind.names import address

MAX_FACTS = 120
MAX_FACT = 400
"""Characters of one fact."""
MAX_HISTORY = 3
MAX_HELD = 3
"""Drafts held back that a model is told of, the latest ones."""

_SHORT_KEYS = ("name", "link", "price")


@dataclass(frozen=True)
class Prompt:
    """Messages for a chat model, and the facts its ``[f1]``, ``[f2]`` … stand for."""

    messages: tuple[dict[str, str], ...]
    facts: tuple[Fact, ...]


def build(question: Question, library: Library) -> Prompt:
    """The prompt for a question. Its structure is the same whatever the viewer wrote."""
    facts = tuple(_chosen(question, library))[:MAX_FACTS]
    titles = {product.id: product.name for product in in_play(question)}
    listed = [f"[f{number}] {titles[fact.product]} · {_label(fact, question.lang)}: {_line(fact.text)}"
              for number, fact in enumerate(facts, 1)]  # fmt: skip
    words = pack(question.lang).table("prompt.toml")
    again = [words["again"]] if question.held else []
    system = "\n".join([words["rules"].rstrip(), *again, "", words["facts"], *listed])
    asked: dict[str, object] = {
        "viewer": address(question.comment.user, question.lang),
        "comment": bounded(question.comment.text, MAX_TEXT),
        "product_on_air": question.on_air.name if question.on_air else None,
        "earlier": [
            {"comment": bounded(earlier, MAX_TEXT), "answer": bounded(answer, MAX_TEXT)}
            for earlier, answer in question.history[-MAX_HISTORY:]
        ],
    }
    if question.held:
        asked["held_back"] = [
            {"sentence": each.text, "pieces": list(each.pieces)} for each in question.held[-MAX_HELD:]
        ]
        asked["already_said"] = list(question.said)
    user = json.dumps(asked, ensure_ascii=False)
    return Prompt(({"role": "system", "content": system}, {"role": "user", "content": user}), facts)


def _chosen(question: Question, library: Library) -> Iterator[Fact]:
    """Facts of the product asked about and the one on air, what fits best first within each; of others the name."""
    text = question.comment.text[:MAX_TEXT]
    products = in_play(question)
    spoken_of = mentions(fold(text), products)
    asked = (*spoken_of.called, *spoken_of.named)
    full = list(dict.fromkeys(product.id for product in (*asked, question.about, question.on_air) if product))
    by_id = {product.id: product for product in products}
    for product_id in full:
        yield from _ranked(by_id[product_id], question, library, text)
    for product in products:
        if product.id not in full:
            yield from (fact for fact in product.facts_in_force(question.wall) if _is_short(fact, product))


def _ranked(product: Product, question: Question, library: Library, text: str) -> Sequence[Fact]:
    facts = product.facts_in_force(question.wall)
    hits = {hit.fact.id: rank for rank, hit in enumerate(library.index(product, question.wall).search(text, limit=40))}
    own_key = [fact.id.count(".") == product.id.count(".") + 1 or ".promotions." in fact.id for fact in facts]
    order = sorted(
        range(len(facts)), key=lambda index: (not own_key[index], hits.get(facts[index].id, len(facts)), index)
    )
    return [facts[index] for index in order]


def _is_short(fact: Fact, product: Product) -> bool:
    key = fact.id.removeprefix(f"{product.id}.")
    return key in _SHORT_KEYS or key.startswith("promotions.")


def _label(fact: Fact, lang: Lang) -> str:
    return pack(lang).table("prompt.toml")["labels"].get(fact.topic) or _line(fact.topic)


def _line(text: str) -> str:
    return bounded(text, MAX_FACT)
