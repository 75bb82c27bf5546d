"""A fact fitted to the question it answers: what was asked comes first, and what the fact leaves open is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from host.core.fold import fold
from host.core.packs import pack
from host.core.product import Fact, Lang
from host.core.text import guess_lang, sentences
from host.mind.answers.around import around
from host.mind.answers.compose import Piece

_YES_OR_NO = re.compile(
    r"[吗么]|能不能|可不可以|会不会|是不是|有没有|行不行|要不要"
    r"|^\W*(?:is|are|can|could|does|do|will|would|has|have|should)\b|\bsafe\b|\bok(?:ay)?\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？]|多[少重大长高久宽厚深]|几[个天年种号点斤]|什么|啥|哪|谁|怎|咋"
    r"|\b(?:what|which|how|when|where|who|why)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:但|不过|所以|因此|而且|也|还|另外|然后|这样|否则|同时|只是|它|这)|^(?:but|so|and|also|then|otherwise|still|it|they|this|that)\b",
    re.IGNORECASE,
)
SHARED: dict[Lang, int] = {"zh": 3, "en": 5}
"""Letters in a row from which a sentence takes up a word of the question: 洗碗机, ``dishwasher``."""

_LEFT_OPEN: list[tuple[re.Pattern[str], re.Pattern[str], str]] = [
    (
        re.compile(
            r"(?:几天|多久|多长时间|什么时候|啥时候|何时)(?:能|可以)?(?:送)?(?:到|收到)|几号到"
            r"|\bhow (?:long|soon|fast)\b|\bwhen (?:will|does|do|would|can)\b.*\b(?:arrive|get|come)",
            re.IGNORECASE,
        ),
        re.compile(r"到(?!付)|达|\b(?:arriv|deliver|reach|get to|days? to)", re.IGNORECASE),
        "no_arrival",
    ),
    (
        re.compile(r"包邮|免邮|运费|邮费|\bfree (?:shipping|delivery)|\bshipping (?:free|cost)", re.IGNORECASE),
        re.compile(r"包邮|免邮|运费|邮费|\bfree\b|\$|\bcost", re.IGNORECASE),
        "no_fee",
    ),
]
"""What is asked of shipping, what a fact tells that tells it, and what is said where none does: entries of
``replies.toml``."""

_GIVES = re.compile(r"送(?!货|达|到)|赠|\bgift|\bfree\b(?! (?:ship|deliver))", re.IGNORECASE)


def asks(part: str) -> bool:
    """Whether a part of a comment is a question: 我在深圳 wants no answer."""
    return bool(_ASKS.search(part) or _YES_OR_NO.search(part))


def answer_first(piece: Piece, asked: str, lang: Lang) -> Piece:
    """The piece with the sentence first that takes up what a yes-or-no question asks, where its first one does not."""
    said = sentences(piece.text, guess_lang(piece.text, lang))
    if len(said) < 2 or not _YES_OR_NO.search(asked) or _takes_up(said[0], asked):
        return piece
    for at, sentence in enumerate(said[1:], 1):
        if _takes_up(sentence, asked) and not _GOES_ON.search(sentence):
            gap = pack(guess_lang(piece.text, lang)).gap
            return replace(piece, text=gap.join([sentence, *said[:at], *said[at + 1 :]]))
    return piece


def with_what_is_open(piece: Piece, asked: str) -> Piece:
    """A piece on shipping with a word on what was asked of it and what it does not tell."""
    lang = guess_lang(piece.text)
    gap = pack(lang).gap
    missing = [
        around(lang)[words]
        for wanted, tells, words in _LEFT_OPEN
        if wanted.search(asked) and not tells.search(fold(piece.text))
    ]
    return replace(piece, text=gap.join([piece.text, *missing])) if missing else piece


def with_no_gift(piece: Piece, facts: Iterable[Fact]) -> Piece:
    """A piece on the price, for whoever asks for a gift: where no fact tells of one, that is said."""
    if any(_GIVES.search(fold(fact.text)) for fact in facts):
        return piece
    lang = guess_lang(piece.text)
    return replace(piece, text=f"{piece.text}{pack(lang).gap}{around(lang)['no_gift']}")


def _takes_up(sentence: str, asked: str) -> bool:
    """Whether a sentence has a word of the folded question."""
    said = fold(sentence)
    if guess_lang(asked) == "en":
        words = {word for word in re.findall(r"[a-z]+", asked) if len(word) >= SHARED["en"]}
        return any(word in said for word in words)
    return SequenceMatcher(None, said, asked, autojunk=False).find_longest_match().size >= SHARED["zh"]
