"""Whether a question names a thing that is not the product on air: the price of that is not this one's.

Viewers call a product by many names, so only plain noun phrases count ("the honey", 手机多少钱), and only where no word
of them stands anywhere in the product's sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from host.core.fold import fold
from host.core.product import Lang, Product
from host.core.text import guess_lang
from host.lang.stems import stem
from host.mind.answers.concepts import terms
from host.mind.answers.retrieval import own_names

_PHRASE_EN = re.compile(
    r"(?:\b(?P<place>to|in|at|on|from|by|during|before|after|with|until|till|all)\s+)?"
    r"\b(?:(?:the|your|those|these)|how much (?:is|are|do|does)|(?:price|cost)s? (?:of|for))\s+"
    r"(?:the |your |a |an |one |those |these )?(?P<noun>[a-z][a-z'-]*(?:\s+[a-z'-]+){0,2})",
    re.IGNORECASE,
)
_GENERIC_EN_WORDS = """
actual all best big black blue both box bundle combo current device everything exact final first five four
full gadget gray green grey he it item large last link littl low lowest new normal now original pack package pair parcel
piece pink pleas postag product real red regular retail room set she shop show six small special store stream
stuff tax that they thi thing three today total two unit usual white whole
"""
_GENERIC_EN = frozenset(_GENERIC_EN_WORDS.split())
"""Stems of words that name no thing, or any thing."""
_ASKED_ZH = re.compile(
    r"^(?:主播|老板|请问一?下?|想?问一?下?|你们?家?的?|咱家的?|[,，\s])*(?P<noun>[一-鿿]{2,4}?)的?"
    r"(?:现在|今天|到底|大概|一般|卖)*"
    r"(?:多少钱|什么价|啥价|价格|价钱|售价|怎么卖|咋卖|几块钱?|多少米|还有货|有货吗)"
)
_NO_NOUN_ZH = re.compile(
    r"[一二两三四五六七八九十几这那哪号件色款码大小中个套瓶盒包袋箱斤克台只双条份支单全总共现今明昨直播学生员新老我你您他她它"
    r"哥姐亲们主板请问想拍买下领用送寄发卖要是的都就还能可以有没不会在到和跟加再原价券付活动粉丝最折优惠邮费退换货品物东西宝贝链接]"
)


def names_another(part: str, product: Product) -> bool:
    """Whether ``part`` asks about a thing that clearly is not ``product``, which it does not call by name or number.

    False wherever that cannot be told: the product has no name in the language of the question.
    """
    lang = guess_lang(part)
    if not any(guess_lang(name, lang) == lang for name in own_names(product)):
        return False
    nouns = _nouns_zh(part, product) if lang == "zh" else _nouns_en(part)
    known = _known(product, lang)
    return any(not any(word in known for word in noun) for noun in nouns)


def _nouns_en(part: str) -> Iterator[list[str]]:
    for match in _PHRASE_EN.finditer(part):
        if match["place"]:
            continue
        words = match["noun"].split()
        noun: list[str] = []
        for word in words:
            found = terms(word)
            if word in ("one", "ones") or word.endswith(("est", "'s")):
                noun = []
                break
            if found.concepts or not found.words:
                break
            noun += found.words
        if noun and not any(word in _GENERIC_EN for word in noun):
            yield noun


def _nouns_zh(part: str, product: Product) -> Iterator[list[str]]:
    match = _ASKED_ZH.match(part.strip())
    noun = match["noun"] if match else ""
    called_so = noun[-1:] and any(noun[-1] in name for name in own_names(product))
    if noun and not (called_so or _NO_NOUN_ZH.search(noun) or terms(noun).concepts):
        yield [noun[index : index + 2] for index in range(len(noun) - 1)]


def _known(product: Product, lang: Lang) -> str | frozenset[str]:
    """What stands in the sheet, folded: the text in Chinese, where a word is a piece of it; the stems in English."""
    written = fold(" ".join(
        (*own_names(product), *product.facts, *product.facts.values(), product.shipping, product.returns,
         *(offer.text for offer in product.promotions),
         *(text for each in product.variants for text in (each.name, *each.facts.values())),
         *(text for detail in product.details for text in (detail.topic, detail.text)),
         *(text for entry in product.faq for text in (*entry.questions, entry.answer)))
    ))  # fmt: skip
    return written if lang == "zh" else frozenset(stem(word) for word in re.findall(r"[a-z]+", written))
