"""Marks in what a language model writes: where reasoning begins and ends, and what its chat template left behind.

Servers hand such marks through when they have no parser for the model they run, when the opening one stands in the
prompt, or when special tokens are not taken out. They are told by their form and the words in them, whatever brackets
they wear: ``<think>``, ``[THINK]``, ``<|begin_of_thought|>``, ``◁think▷``, ``<｜end▁of▁sentence｜>``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a mark says of the text behind it."""

    REASONING = "reasoning begins"
    REASONED = "reasoning ends"
    HEAD = "the head of a turn begins: who speaks"
    CHANNEL = "the name of a channel begins"
    BODY = "a head or a name ends"
    OVER = "a turn ends"
    NOTHING = "nothing: a wrapper or a token"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark. ``role`` is who speaks behind a `Kind.HEAD` that names him itself."""

    kind: Kind
    role: str = ""


_THINKING = frozenset(("think", "thinking", "thought", "thoughts", "reasoning", "思考", "思考过程", "思维链"))
_REASONING = _THINKING | frozenset((
    "thinks", "reason", "analysis", "reflection", "reflect", "scratchpad", "rationale", "cot", "monologue", "planning",
    "deliberation", "details", "推理", "推理过程", "分析", "反思",
))  # fmt: skip
_TURN_ENDS = frozenset(["end", "eot", "eom", "eos", "endoftext", "return", "call"])
_TURN_WORDS = frozenset(["im", "of", "id", "text", "turn", "sentence", "document", "message", "token"])
"""Beside a word for the end or the start they say that it is a turn's."""
_ROLES = {
    "assistant": "assistant", "chatbot": "assistant", "model": "assistant", "bot": "assistant",
    "user": "user", "human": "user", "system": "system", "observation": "user", "tool": "user",
}  # fmt: skip
_SQUARE = frozenset(["inst", "sys", "bos", "eos", "pad", "sep", "cls", "unk", "eot", "end_of_text"])
"""Names of tokens in square brackets; other words in these are text, or a citation."""
_CAPITALS = frozenset((
    "sys", "inst", "s", "eos", "bos", "pad", "unk", "b", "i", "u", "p", "br", "answer", "response", "output", "final",
    "cite", "source",
))  # fmt: skip
"""Names taken for a tag in capitals too, in which a model's or a plug's name may stand between angles: <USB-C>."""

_CANDIDATE = re.compile(
    r"<!--[^<>\n]{0,80}-->"
    r"|(?:<|＜|&lt;|◁)(?P<angle>[^<>＜＞◁▷&]{1,88})(?:>|＞|&gt;|▷)"
    r"|[\[【](?P<square>/?[^\W\d][\w ]{0,30})[\]】]"
    r"|(?P<plain>assistant(?:final|analysis|commentary))"
    r"|\ue200[^\ue201]{0,80}\ue201"
)
_BEGUN = re.compile(
    r"(?:(?:<|＜|&lt;|◁)\s{0,2}[/／]?\s{0,2}(?:(?:[^\W\d]|[|｜!])[^<>＜＞◁▷&]{0,88}(?:&g?t?)?)?"
    r"|&l?t?|[\[【]/?(?:[^\W\d][\w ]{0,30})?|\ue200[^\ue201]{0,80})$"
)
_NAME = re.compile(
    r"(?P<closes>[/／]?)\s{0,2}(?P<name>[^\W\d][\w:.▁-]{0,60})"
    r"(?:\s{1,3}[\w:-]{1,30}\s?=\s?(?:\"[^\"]{0,60}\"|'[^']{0,60}'|[^\s\"'=]{1,60})){0,4}\s{0,3}[/／]?"
)
_PLAIN = ("assistantfinal", "assistantanalysis", "assistantcommentary")
"""Harmony's heads without their tokens, as a server leaves them that takes those out."""
_CITING = frozenset(["cite", "citation", "ref", "reference", "source", "footnote"])


def read(found: re.Match[str]) -> Mark | str | None:
    """What a candidate is: a mark, text that stands in its place, or None where it is text itself."""
    if plain := found["plain"]:
        return Mark(Kind.REASONED if plain == _PLAIN[0] else Kind.REASONING)
    if square := found["square"]:
        words = _words(square)
        known = words & _THINKING or square.strip("/").casefold() in _SQUARE
        return _kind(words, square.startswith("/"), barred=False) if known else None
    if (angle := found["angle"]) is None:
        return Mark(Kind.NOTHING)
    return _angled(unicodedata.normalize("NFKC", angle))


def _angled(body: str) -> Mark | str | None:
    bars = (body.lstrip().startswith("|"), body.rstrip().endswith("|"))
    named = _NAME.fullmatch(body.strip().strip("|").strip())
    if named is None:
        return Mark(Kind.NOTHING) if all(bars) else None
    name, words = named["name"], _words(named["name"])
    closes = bool(named["closes"]) or bars == (False, True)
    if not any(bars):
        if not (name == name.lower() and name.isascii()) and not words & (_REASONING | _CAPITALS):
            return None
        if words & _CITING:
            return "]" if closes else "["
    return _kind(words, closes, barred=any(bars))


def _kind(words: frozenset[str], closes: bool, *, barred: bool) -> Mark:
    if words & _REASONING:
        ends = closes or "end" in words
        return Mark(Kind.REASONED if ends else Kind.REASONING)
    rest = words - _TURN_WORDS
    if words == {"channel"}:
        return Mark(Kind.OVER if closes else Kind.CHANNEL)
    if words == {"message"} or words >= {"end", "header"}:
        return Mark(Kind.BODY)
    if words == {"s"}:
        return Mark(Kind.OVER if closes else Kind.NOTHING)
    if rest and rest <= _TURN_ENDS:
        return Mark(Kind.OVER)
    if rest and rest <= {"start", "header"} and "start" in rest:
        return Mark(Kind.HEAD)
    if barred and len(rest) == 1 and (role := _ROLES.get(*rest)):
        return Mark(Kind.HEAD, role)
    return Mark(Kind.NOTHING)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_▁]+", name.casefold()))


class MarkStream:
    """Text in, text and marks out, however the text is cut. Holds at most one mark that has begun."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> Iterator[str | Mark]:
        """Take more text; yield what is now plain."""
        held = self._held + text
        begun = _BEGUN.search(held)
        plain_begun = _begun_plain(held)
        cut = min(begun.start() if begun else len(held), plain_begun)
        self._held = held[cut:]
        yield from _parts(held[:cut])

    def flush(self) -> Iterator[str | Mark]:
        """The end of the text: a mark that has only begun is text."""
        held, self._held = self._held, ""
        yield from _parts(held)


def _parts(text: str) -> Iterator[str | Mark]:
    at = start = 0
    while found := _CANDIDATE.search(text, at):
        meant = read(found)
        if meant is None:
            at = found.start() + 1
            continue
        yield from filter(None, (text[start : found.start()],))
        yield meant
        at = start = found.end()
    yield from filter(None, (text[start:],))


def without_marks(text: str) -> str:
    """The text between the marks of a whole text."""
    return "".join(part for part in _parts(text) if isinstance(part, str))


def _begun_plain(text: str) -> int:
    """Where one of `_PLAIN` has begun at the end of a text; its length where none has."""
    for length in range(min(len(text), max(map(len, _PLAIN)) - 1), 0, -1):
        if any(plain.startswith(text[-length:]) for plain in _PLAIN):
            return len(text) - length
    return len(text)
