"""What viewers ask about, whatever the words: a small shopping lexicon that Chinese and English share.

``terms`` turns a text into search terms: concepts (``cqleak``), character bigrams of the Chinese that no concept
covers, and stems of the English. A question and the sheet it is asked about go through the same function, so that
"会不会渗水", "倒过来漏不漏" and "does it spill" meet in one term.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from host.core.fold import fold
from host.core.link_numbers import without_links
from host.core.packs import packs
from host.lang.stems import stem


def _lexicon() -> Iterator[str]:
    """One named alternative for each concept, of the wordings that ``concepts.txt`` has in any language; first those
    of languages without spaces, whose wordings may hold a word of another: ``USB口``."""
    wordings: dict[str, list[str]] = {}
    for pack in sorted(packs().values(), key=lambda each: each.spaced):
        mine: dict[str, list[str]] = {}
        for name, line in pack.phrases("concepts.txt"):
            mine.setdefault(name, []).append(line)
        for name, lines in mine.items():
            either = "|".join(lines)
            whole = f"(?<![A-Za-z])(?:{either})(?![A-Za-z])" if pack.spaced else either
            wordings.setdefault(name, []).append(whole)
    for name, sides in wordings.items():
        yield f"(?P<{name}>{'|'.join(sides)})"


_FILLER_ZH = re.compile(
    "主播|老板|小哥哥?|小姐姐|亲爱的?|宝子们?|家人们|请问一下|请问|想问一?下?|问一?下|麻烦|那个|这个|这款|那款|这种|那种|这些|它们?|你们家?|咱们|我们"
    "|是不是|有没有|能不能|可不可以|会不会|行不行|好不好|要不要|怎么样|怎么|怎样|如何|哪里|哪儿|哪边|几点|几号|为啥|为何|何时|什么样|什么|为什么|哪些|哪个|哪种|多长时间|多久|多少|几个"
    "|可以|能够|应该|需要|现在|今天|刚才|平时|一般|到底|真的|确实|还是|或者|以及|然后|所以|因为|如果|就是|但是|不过|而且|的话|时候|还有|另外|和"
    "|[吗呢啊呀吧嘛哈哦噢么啦哇的了着过是在有能会要想给我你他她把被就都也很太挺蛮还再又让跟与到对说讲用个款下里买好不喝吃穿戴装放水没几次咋啥哪谁拿做弄多少行去来看点只来]"
)
_FILLER_EN_WORDS = """
a about actually all also am an and any anyone anything are as at be been bit but by can could did do
does doing don for from get gets give go going good got had has have hello help hey hi host how i if
im in into is it item its just know like long lot make many may me mean much my need no not now of ok
okay on one ones only or our out over please product put really right say see she he should show so
some something still sure take tell than thank thanks that the their them then there these they thing
this those to too two up us use used using very wanna want was we well were what whats when where
which while who why will with without work works would yes you your yours
"""
_FILLER_EN = frozenset(_FILLER_EN_WORDS.split())
_HAN_RUN = re.compile(r"[一-鿿]+")
_WORD = re.compile(r"[a-z0-9][a-z0-9.'°%/-]*", re.IGNORECASE)

_CONCEPT = re.compile("|".join(_lexicon()), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Terms:
    """A text as search terms."""

    concepts: frozenset[str]
    words: frozenset[str]
    """Bigrams and stems that no concept covers."""

    def __iter__(self) -> Iterator[str]:
        yield from sorted(f"cq{name}" for name in self.concepts)
        yield from sorted(self.words)

    def __bool__(self) -> bool:
        return bool(self.concepts or self.words)


def terms(text: str, ignore: Collection[str] = ()) -> Terms:
    """The terms of ``text``; ``ignore`` holds words that say nothing here, such as the product's own names, folded."""
    concepts, rest = _covered(text)
    for name in sorted(ignore, key=len, reverse=True):
        rest = rest.replace(name, " ")
    words = {word for word in _words(rest) if len(word) > 1 or not any(word in name for name in ignore)}
    return Terms(concepts, frozenset(words))


def words(text: str) -> frozenset[str]:
    """Bigrams and stems of a folded text, whatever concept covers them."""
    return frozenset(_words(text))


@lru_cache(maxsize=32)
def _covered(text: str) -> tuple[frozenset[str], str]:
    """The concepts of a text, and what of it none covers.

    A few are kept: it takes 25 µs a character, and a comment is looked up among several products.
    """
    concepts: set[str] = set()

    def taken(match: re.Match[str]) -> str:
        concepts.add(str(match.lastgroup))
        return " "

    rest = _CONCEPT.sub(taken, without_links(fold(text)))
    return frozenset(concepts), rest


def _words(text: str) -> Iterator[str]:
    for run in _HAN_RUN.findall(_FILLER_ZH.sub(" ", text)):
        yield from (run[index : index + 2] for index in range(len(run) - 1)) if len(run) > 1 else (run,)
    for match in _WORD.finditer(text):
        word = match.group().strip(".'/-").split("'")[0]
        if word and word not in _FILLER_EN and stem(word) not in _FILLER_EN:
            yield stem(word)
