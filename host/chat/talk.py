"""What a comment is that does not plainly ask: small talk, a complaint, or perhaps a question. For folded text.

Small talk is what is known to be that. What nobody can place is no small talk: it is put to the answerer, and to the
operator where that does not know. The words are in ``talk_words.txt``.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from host.core.lexicon import UNKNOWN, Lexicon, Word


class Talk(StrEnum):
    """What it is."""

    SMALL = "small talk"
    COMPLAINT = "complaint"
    PERHAPS_A_QUESTION = "perhaps a question"


_SIGNS = {"praise": "P", "reply": "K", "leave": "L", "self": "S", "mood": "M", "complaint": "X", "topic": "T",
          "ask": "q", "opens": "o", "filler": "f", UNKNOWN: "x"}  # fmt: skip
_NUMBER = re.compile(r"[\d一二三四五六七八九十百两]+")
_MARK = re.compile(r"[^\w?]+")
_ENDS_ASKING = re.compile(
    r"(?:不|没|没有|伐|否|嘛)[啊呀哦呢哈吖?~!。. ]*$|(?:是|有|能|会|要)[^,，。!! ]{1,8}(?:不|没)(?=[ ,，]|$)"
)
_ENDS_DENYING = re.compile(
    r"^(?:就?是|对|好|行|本来就是)?嘛[~!。. ]*$|[吃睡饭播]了?没[啊呀哦!~。. ]*$"
    r"|(?:^|[^㐀-鿿])(?:不|没|没有)+[啊呀哦!~。. ]*$"
    r"|[也都还并从真就才偏绝毫可要啥又再更最我]没?[不没有]{1,2}[啊呀哦!~。. ]*$"
)


def asks_at_its_end(folded: str) -> bool:
    """Whether a Chinese sentence asks by what it ends in: 会起球不, 有赠品没; not 还没, 我也不."""
    return bool(_ENDS_ASKING.search(folded)) and not _ENDS_DENYING.search(folded)


def talk_of(folded: str) -> Talk:
    """What a comment is that asks nothing plainly. Total."""
    words = [word for word in _lexicon().read(folded) if not _MARK.fullmatch(word.text)]
    signs = "".join(map(_sign, words))
    if "q" in signs or signs.lstrip("f").startswith("o"):
        return Talk.PERHAPS_A_QUESTION
    if "X" in signs:
        return Talk.COMPLAINT
    return Talk.SMALL if _small(signs) else Talk.PERHAPS_A_QUESTION


def _small(signs: str) -> bool:
    """Praise and farewells whatever they name; replies alone; of oneself, the day and the meals, without goods."""
    signs = signs.replace("o", "f")
    if "P" in signs or "L" in signs or not set(signs) - set("Kf"):
        return True
    return bool(set(signs) & set("SM")) and not set(signs) & set("Td")


def _sign(word: Word) -> str:
    if word.kind == UNKNOWN and _NUMBER.fullmatch(word.text):
        return "d"
    return _SIGNS[word.kind]


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load("host.chat", "talk_words.txt")
