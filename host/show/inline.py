"""The text within a block of Markdown: CommonMark's inline rules, made to fit scripts in Chinese.

Directions in braces are read before anything else. Stars and strokes open and close beside any punctuation, since the
rules of CommonMark (0.31.2, 6.2) would leave those of ``**“保温杯”**`` standing, and a star between a unit and a number
multiplies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token


@dataclass
class Flat:
    """Inline content flattened to what is said, and what stands in it, by offset.

    ``breaks`` are where lines of the file begin, with their numbers; ``directions`` the contents of braces;
    ``emphasised`` spans in stars; ``meant`` characters that were written with a backslash or as code; ``foreign`` what
    is no text at all, by the type of its token.
    """

    text: str = ""
    breaks: list[tuple[int, int]] = field(default_factory=list)
    directions: list[tuple[int, str]] = field(default_factory=list)
    emphasised: list[tuple[int, int]] = field(default_factory=list)
    meant: set[int] = field(default_factory=set)
    foreign: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, piece: str, *, meant: bool = False) -> None:
        """Append, with white space collapsed across the seam."""
        words = " ".join(piece.split())
        lead = " " if piece[:1].isspace() and words else ""
        piece = lead + words + (" " if piece[-1:].isspace() else "")
        piece = piece.lstrip() if not self.text or self.text.endswith(" ") else piece
        if meant:
            self.meant.update(range(len(self.text), len(self.text) + len(piece)))
        self.text += piece

    def line_at(self, offset: int) -> int:
        """The line of the file that a place of the text stands on."""
        return max(line for start, line in self.breaks if start <= offset)

    def without(self, spans: list[tuple[int, int]]) -> Flat:
        """The text with some spans cut out (ascending, apart), and everything else moved along."""

        def moved(offset: int) -> int:
            return offset - sum(min(end, offset) - start for start, end in spans if start < offset)

        left = "".join(self.text[start:end] for start, end in _between(spans, len(self.text)))
        return Flat(
            left,
            [(moved(offset), line) for offset, line in self.breaks],
            [(moved(offset), written) for offset, written in self.directions],
            [(moved(start), moved(end)) for start, end in self.emphasised],
            {moved(offset) for offset in self.meant if not any(start <= offset < end for start, end in spans)},
            [(moved(offset), kind, content) for offset, kind, content in self.foreign],
        )


def flatten(content: str, line: int, joined: Callable[[str], bool]) -> Flat:
    """The text of inline content whose first row is ``line``. ``joined`` says of the text before a line break whether
    what follows is joined to it without a space."""
    flat = Flat(breaks=[(0, line)])
    tokens: list[Token] = []
    MARKDOWN.inline.parse(content, MARKDOWN, {}, tokens)
    opened: list[int] = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            unescaped = token.type == "text" or (len(token.content) > 1 and token.content[0] == "\\")
            flat.add(token.content, meant=not unescaped)
        elif token.type in ("softbreak", "hardbreak"):
            line += 1
            flat.add("" if joined(flat.text) else " ")
            flat.breaks.append((len(flat.text), line))
        elif token.type in ("em_open", "strong_open"):
            opened.append(len(flat.text))
        elif token.type in ("em_close", "strong_close"):
            flat.emphasised.append((opened.pop(), len(flat.text)))
        elif token.type == "direction":
            flat.directions.append((len(flat.text), token.content))
        elif token.nesting >= 0:
            flat.foreign.append((len(flat.text), token.type, str(token.attrGet("href") or token.content)))
    return flat


def _between(spans: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in spans:
        yield at, start
        at = end
    yield at, length


def _direction_rule(state: StateInline, silent: bool) -> bool:
    """``{…}`` as a token of its own, so that nothing inside it is read as Markdown."""
    if state.src[state.pos] != "{":
        return False
    end = state.src.find("}", state.pos)
    if end < 0 or end >= state.posMax:
        end = state.posMax - 1
    if not silent:
        token = state.push("direction", "", 0)
        token.content = state.src[state.pos : end + 1]
    state.pos = end + 1
    return True


def _times_rule(state: StateInline, silent: bool) -> bool:
    """The star of ``500mL*2`` multiplies; it does not open emphasis."""
    at, source = state.pos, state.src
    if source[at] != "*" or at == 0 or at + 1 >= state.posMax:
        return False
    if not (source[at - 1].isascii() and source[at - 1].isalnum() and source[at + 1].isdigit()):
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True


def _delimiter_rule(markers: str, width: int) -> Callable[[StateInline, bool], bool]:
    """A rule for marks that come in pairs. One opens where no space follows, and closes where none stands before it,
    whatever punctuation is beside it; an underscore within a Latin word is part of the word."""

    def rule(state: StateInline, silent: bool) -> bool:
        marker = state.src[state.pos]
        if silent or marker not in markers:
            return False
        end = state.pos
        while end < state.posMax and state.src[end] == marker:
            end += 1
        count = end - state.pos
        if count < width:
            return False
        before = state.src[state.pos - 1] if state.pos else " "
        after = state.src[end] if end < state.posMax else " "
        within = marker == "_" and all(each.isascii() and each.isalnum() for each in (before, after))
        opens, closes = not after.isspace() and not within, not before.isspace() and not within
        for _ in range(count // width):
            state.push("text", "", 0).content = marker * width
            state.delimiters.append(
                Delimiter(
                    marker=ord(marker), length=count if width == 1 else 0, token=len(state.tokens) - 1, end=-1,
                    open=opens, close=closes,
                )
            )  # fmt: skip
        if count % width:
            state.push("text", "", 0).content = marker
        state.pos = end
        return True

    return rule


def _markdown() -> MarkdownIt:
    """Blocks only: inline content is parsed when its length is known to be harmless. Tables and crossed-out text are
    known so that they can be told from speech; what a writer would only meet by accident (underlined headings, indented
    code, link definitions) is not."""
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    made.disable(["inline", "lheading", "code", "html_block", "reference"])
    made.inline.ruler.at("emphasis", _delimiter_rule("*_", 1))
    made.inline.ruler.at("strikethrough", _delimiter_rule("~", 2))
    made.inline.ruler.before("emphasis", "times", _times_rule)
    made.inline.ruler.before("backticks", "direction", _direction_rule)
    return made


MARKDOWN = _markdown()
