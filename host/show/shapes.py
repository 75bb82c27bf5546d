"""The forms a product sheet may have, brought into the one its model knows: keys in Chinese or with a capital, facts as
a list, questions as keys, an offer that is only a text. A key that could mean anything is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from host.core.errors import Finding
from host.core.findings import found
from host.core.yamlfile import Document
from host.core.yamlnodes import Key, Place

_KEYS = """
id: 编码 标识
name: 名称 品名 商品 商品名 商品名称 产品名 产品名称 名字 title
lang: 语言 language
link: 链接 链接号 编号 序号 号 购物车编号
price: 价格 售价 现价 价钱 单价 直播价
list_price: 原价 划线价 吊牌价 市场价 标价 original_price msrp
stock: 库存 库存数 inventory
image: 图片 主图 picture photo
aliases: 别名 别称 俗称 简称 alias
facts: 参数 资料 事实 规格 商品资料 产品参数 fact specs
faq: 问答 常见问题 常见问答 faqs
shipping: 物流 发货 快递 配送 delivery
returns: 退货 退换 退换货 售后 return
promotions: 优惠 促销 活动 优惠活动 promotion offers
never_say: 禁用词 禁说 禁说词 违禁词 不能说 不说 forbidden
"""
_FAQ_KEYS = "q: 问 问题 提问 question\na: 答 回答 答案 answer"
_OFFER_KEYS = """
text: 内容 文案 说明
price: 价格 活动价 优惠价
from: 开始 起 开始时间 start starts
until: 结束 止 截止 结束时间 end ends to
"""


def _table(rows: str) -> dict[str, str]:
    pairs = (row.split(": ") for row in rows.strip().splitlines())
    return {form: key for key, forms in pairs for form in (key, *forms.split())}


KEYS, FAQ_KEYS, OFFER_KEYS = _table(_KEYS), _table(_FAQ_KEYS), _table(_OFFER_KEYS)
"""Every way to write a key, and the key."""
_NUMBERED = re.compile(r"^(?P<key>[^\W\d]++)(?P<number>\d{1,3})$")
MAX_GUESSES = 50
"""Unknown keys of one sheet that are compared with the known ones; each takes a quarter of a millisecond."""
LISTS = frozenset({"aliases", "never_say"})
"""The keys whose entries are texts and hold no keys."""


def canonical(key: object) -> str:
    """A key as it is compared: without width, case, quotation marks and the kind of its joints."""
    plain = unicodedata.normalize("NFKC", str(key)).strip().strip("“”\"'").casefold()
    return re.sub(r"[\s_-]+", "_", plain)


def _topic(written: str) -> str:
    """What a fact is about, without the quotation marks and odd spaces around it."""
    return " ".join(written.strip().strip("“”‘’\"'").split()) or written


class Shaped:
    """A document in the model's form: ``document``, and in ``findings`` what could not be brought into it."""

    def __init__(self, document: Document) -> None:
        self.findings: list[Finding] = []
        self._given = document
        self._lines: dict[Place, int] = {}
        self._below: dict[Place, list[Place]] = {}
        for place in document.lines:
            for depth in range(1, len(place)):
                self._below.setdefault(place[:depth], []).append(place)
        self._empty = ""
        self._guesses = MAX_GUESSES
        data: dict[str, Any] = {}
        for written, value in document.data.items():
            self._key(data, written, value)
        self.document = replace(document, data=data, lines=self._lines)

    def _key(self, data: dict[str, Any], written: str, value: Any) -> None:
        key = KEYS.get(canonical(written))
        if key is None:
            self._unknown(data, written, value)
            return
        self._empty = key if value is None and key in ("facts", "faq", "promotions") else ""
        if key in data:
            self._tell("key_twice", (written,), key=written, meant=key)
            return
        self._move((written,), (key,))
        shape = {"facts": self._facts, "faq": self._faq, "promotions": self._promotions}.get(key)
        data[key] = value if shape is None or value is None else shape(written, value)

    def _unknown(self, data: dict[str, Any], written: str, value: Any) -> None:
        """A key of no sheet: told by what it is most likely meant to be."""
        plain = canonical(written)
        if self._empty:
            if data[self._empty] is None:
                self._tell("key_not_indented", (written,), key=written.strip(), group=self._empty)
                data[self._empty] = {}
            if self._empty == "facts":
                data["facts"][written] = value
                self._move((written,), ("facts", written))
        elif plain in FAQ_KEYS or plain in OFFER_KEYS:
            group = "faq" if plain in FAQ_KEYS else "promotions"
            self._tell("key_of_entry", (written,), key=written.strip(), group=group)
        elif near := self._near(plain):
            self._tell("key_near", (written,), key=written.strip(), meant=near)
        else:
            self._tell("key_unknown", (written,), key=written.strip(), known=[*dict.fromkeys(KEYS.values())])

    def _near(self, plain: str) -> str:
        """The key that an unknown one is a misspelling of, or nothing."""
        self._guesses -= 1
        near = get_close_matches(plain, KEYS, 1, 0.75) if self._guesses >= 0 and len(plain) <= 40 else []
        return KEYS[near[0]] if near else ""

    def _facts(self, written: str, value: Any) -> Any:
        """Topics with what is true of them; a list of such is taken, one entry after the other."""
        if isinstance(value, dict):
            for topic in value:
                self._move((written, topic), ("facts", _topic(topic)))
            return {_topic(topic): text for topic, text in value.items()}
        if not isinstance(value, list):
            return value
        facts: dict[str, Any] = {}
        for index, entry in enumerate(value):
            place: Place = (written, index)
            if not isinstance(entry, dict):
                self._tell("fact_without_topic", place, entry=str(entry)[:40])
                continue
            for key, text in entry.items():
                topic = _topic(key)
                if topic in facts:
                    self._tell("yaml_duplicate", (*place, key), key=topic, first=self._lines["facts", topic])
                    continue
                facts[topic] = text
                self._move((*place, key), ("facts", topic))
        return facts

    def _faq(self, written: str, value: Any) -> Any:
        """Entries of ``q`` and ``a``; a question may be the key of its answer."""
        if isinstance(value, dict) and (numbered := self._numbered(written, value)):
            return numbered
        if isinstance(value, dict) and self._is_entry(value, FAQ_KEYS):
            self._move((written,), ("faq", 0))
            return [self._entry((written,), ("faq", 0), value, FAQ_KEYS)]
        if isinstance(value, dict):
            return [self._answered((written, q), index, q, a) for index, (q, a) in enumerate(value.items())]
        if not isinstance(value, list):
            return value
        return [self._faq_entry((written, index), index, entry) for index, entry in enumerate(value)]

    def _numbered(self, written: str, value: Mapping[str, Any]) -> list[Any]:
        """The entries of ``Q1``, ``A1``, ``Q2``, ``A2``; none where the keys are others."""
        numbers = {key: _NUMBERED.match(canonical(key)) for key in value}
        if not all(match and match["key"] in FAQ_KEYS for match in numbers.values()):
            return []
        entries: dict[str, dict[str, Any]] = {}
        for key, match in numbers.items():
            assert match is not None
            entry = entries.setdefault(match["number"], {})
            entry[FAQ_KEYS[match["key"]]] = value[key]
            self._move((written, key), ("faq", len(entries) - 1, FAQ_KEYS[match["key"]]))
        return [*entries.values()]

    def _faq_entry(self, at: Place, index: int, entry: Any) -> Any:
        if isinstance(entry, str):
            self._tell("faq_without_answer", at, entry=entry[:40])
            return {"q": "-", "a": "-"}
        if not isinstance(entry, dict) or self._is_entry(entry, FAQ_KEYS) or len(entry) != 1:
            return self._entry(at, ("faq", index), entry, FAQ_KEYS)
        ((question, answer),) = entry.items()
        return self._answered((*at, question), index, question, answer)

    def _answered(self, at: Place, index: int, question: str, answer: Any) -> dict[str, Any]:
        for key in ((), ("q",), ("a",)):
            self._move(at, ("faq", index, *key))
        return {"q": question, "a": answer}

    def _promotions(self, written: str, value: Any) -> Any:
        """Offers; one may be only its text, and one alone needs no list."""
        if not isinstance(value, list):
            self._move((written,), ("promotions", 0))
            return [self._offer((written,), 0, value)]
        return [self._offer((written, index), index, entry) for index, entry in enumerate(value)]

    def _offer(self, at: Place, index: int, entry: Any) -> Any:
        return {"text": entry} if isinstance(entry, str) else self._entry(at, ("promotions", index), entry, OFFER_KEYS)

    def _is_entry(self, entry: Mapping[str, Any], keys: Mapping[str, str]) -> bool:
        return any(canonical(key) in keys for key in entry)

    def _entry(self, at: Place, to: Place, entry: Any, keys: Mapping[str, str]) -> Any:
        """An entry with its keys as the model has them."""
        if not isinstance(entry, dict):
            return entry
        named: dict[str, Any] = {}
        for written, value in entry.items():
            plain = canonical(written)
            numbered = _NUMBERED.match(plain)
            key = keys.get(plain) or keys.get(numbered["key"] if numbered else "", "")
            if not key:
                known = [*dict.fromkeys(keys.values())]
                self._tell("entry_key_unknown", (*at, written), key=written.strip(), known=known)
                continue
            if key in named:
                self._tell("key_twice", (*at, written), key=written, meant=key)
                continue
            named[key] = value
            self._move((*at, written), (*to, key))
        return named

    def _move(self, old: Place, new: Place) -> None:
        """Note the lines of what stood at ``old`` for ``new``."""
        if old in self._given.lines:
            self._lines[new] = self._given.lines[old]
        for place in self._below.get(old, ()):
            self._lines[new + place[len(old) :]] = self._given.lines[place]

    def _tell(self, code: str, place: tuple[Key, ...], **details: Any) -> None:
        self.findings.append(found(code, self._given.path, self._given.line_of(place), **details))
