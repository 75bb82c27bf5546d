"""The Markdown of a script file: headings, paragraphs and lists become segments, lines and alternatives.

CommonMark by markdown-it-py, less what a writer would only meet by accident (underlined headings, indented code,
link definitions), plus one inline rule for directions. Whatever else Markdown can do is a finding, because it
could not be spoken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from host.core.errors import Finding
from host.core.product import Lang
from host.show.direction import BadDirection, merge, parse_pairs, resolve
from host.show.script import MAX_WORDING, Line, Segment, Sentence, Wording, split

MAX_SEGMENTS = 200
MAX_LINES = 2000
MAX_ALTERNATIVES = 50

_WIDE = re.compile(r"[㐀-鿿豈-﫿　-〿！-～]")
_NOT_A_HEADING = re.compile(r"^\s{0,3}(#{1,6}[^#\s]|＃)")
_NOT_A_LIST = re.compile(r"^\s*[-*+•·－](?![-*+\s\d])")
_WIDE_BRACE = re.compile(r"[｛{][^{}｛｝=＝]*+[=＝][^{}｛｝]*+[}｝]")


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


def _markdown() -> MarkdownIt:
    """Blocks only: inline content is parsed when its length is known to be harmless."""
    markdown = MarkdownIt("commonmark").disable(["inline", "lheading", "code", "html_block", "reference"])
    markdown.inline.ruler.before("emphasis", "times", _times_rule)
    markdown.inline.ruler.before("backticks", "direction", _direction_rule)
    return markdown


_MARKDOWN = _markdown()


@dataclass
class _Text:
    """Inline content flattened: the text, and for what stands in it the offset and the line of the file."""

    text: str = ""
    breaks: list[tuple[int, int]] = field(default_factory=list)
    directions: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)

    def add(self, piece: str) -> None:
        """Append, with white space collapsed across the seam."""
        piece = re.sub(r"\s+", " ", piece)
        self.text += piece.lstrip() if not self.text or self.text.endswith(" ") else piece

    def line_at(self, offset: int) -> int:
        return max(line for start, line in self.breaks if start <= offset)


class BodyParser:
    """Reads one body. ``parse`` gives the segments; ``findings`` then holds all that is wrong with it."""

    def __init__(self, path: str, folder: Path, lang: Lang, first_line: int) -> None:
        self.findings: list[Finding] = []
        self._path = path
        self._folder = folder
        self._lang = lang
        self._first_line = first_line
        self._source: list[str] = []
        self._segments: list[tuple[str, list[Line], int]] = []
        self._open_line: list[Wording] | None = None
        self._lines = 0

    def parse(self, body: str) -> tuple[Segment, ...]:
        """The segments that have lines."""
        body = self._without_comments(body)
        self._source = body.splitlines()
        tokens = _MARKDOWN.parse(body)
        index = 0
        while index < len(tokens):
            index = self._block(tokens, index)
        return self._result()

    def _result(self) -> tuple[Segment, ...]:
        for name, lines, at in self._segments:
            if not lines:
                self._warn(at, f"the segment {name!r} has no lines", "write what the host says below the heading")
        if len(self._segments) > MAX_SEGMENTS:
            self._error(self._segments[MAX_SEGMENTS][2], f"more than {MAX_SEGMENTS} segments", "split the script")
        if self._lines > MAX_LINES:
            self._error(self._first_line, f"more than {MAX_LINES} lines", "split the script into several products")
        return tuple(Segment(name, tuple(lines), at) for name, lines, at in self._segments if lines)

    def _without_comments(self, body: str) -> str:
        """Comments blanked out, line breaks kept, so that every line keeps its number."""
        kept: list[str] = []
        position = 0
        while (opens := body.find("<!--", position)) >= 0:
            kept.append(body[position:opens])
            closes = body.find("-->", opens + 4)
            if closes < 0:
                line = self._first_line + body.count("\n", 0, opens)
                self._error(line, "the comment opened here is not closed", "close it with -->")
                return "".join(kept)
            position = closes + 3
            kept.append("\n" * body.count("\n", opens, position))
        return "".join([*kept, body[position:]])

    def _block(self, tokens: Sequence[Token], index: int) -> int:
        """Read the block at ``index``; returns the index behind it."""
        token = tokens[index]
        end = _close(tokens, index)
        at = self._line(token)
        if token.type == "heading_open":
            self._heading(token, tokens[index + 1], at)
        elif token.type == "paragraph_open":
            self._open_line = None
            wording = self._wording(tokens[index + 1])
            if wording:
                self._new_line([wording])
        elif token.type == "bullet_list_open":
            self._alternatives(tokens[index + 1 : end - 1], at)
        elif token.type == "ordered_list_open":
            self._error(at, "a numbered list cannot be spoken", "write each point as a paragraph, alternatives with -")
        elif token.type == "blockquote_open":
            self._error(at, "a quotation ('>') cannot be spoken", "remove the '>', or make it a comment: <!-- … -->")
        elif token.type == "hr":
            self._open_line = None
        elif token.type == "fence":
            self._error(at, "a code block cannot be spoken", "remove the ``` lines")
        return end

    def _heading(self, token: Token, inline: Token, at: int) -> None:
        self._open_line = None
        if token.tag == "h1":
            return
        if token.tag != "h2":
            self._warn(at, f"{token.markup} makes a segment like ## does", "write ##")
        flat = self._flatten(inline)
        if flat.directions:
            self._error(at, "a direction in a heading directs nothing", "write it behind a sentence below")
        self._segments.append((flat.text.strip(), [], at))

    def _alternatives(self, tokens: Sequence[Token], at: int) -> None:
        """A list: further wordings of the line above it, or the wordings of a line of its own."""
        wordings: list[Wording] = []
        index = 0
        while index < len(tokens):
            end = _close(tokens, index)
            wording = self._item(tokens[index + 1 : end - 1])
            if wording:
                wordings.append(wording)
            index = end
        if self._open_line is None and wordings:
            self._new_line(wordings)
        elif self._open_line is not None:
            self._open_line += wordings
        if self._open_line is not None:
            if len(self._open_line) > MAX_ALTERNATIVES:
                self._error(at, f"more than {MAX_ALTERNATIVES} alternatives", "keep the best ones")
            self._segments[-1][1][-1] = Line(tuple(self._open_line), self._open_line[0].source_line)

    def _item(self, tokens: Sequence[Token]) -> Wording | None:
        """One list item; its paragraphs make one wording."""
        wordings = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "paragraph_open":
                wordings.append(self._wording(tokens[index + 1]))
            else:
                self._error(self._line(token), "only text can stand in a list of alternatives", "write one level of -")
            index = _close(tokens, index)
        found = [wording for wording in wordings if wording]
        if not found:
            return None
        return Wording(tuple(s for wording in found for s in wording.sentences), found[0].source_line)

    def _new_line(self, wordings: list[Wording]) -> None:
        if not self._segments:
            self._segments.append(("", [], wordings[0].source_line))
        self._segments[-1][1].append(Line(tuple(wordings), wordings[0].source_line))
        self._open_line = wordings
        self._lines += 1

    def _wording(self, inline: Token) -> Wording | None:
        """A paragraph as sentences with their directions; None where nothing in it can be said."""
        at = self._line(inline)
        self._check_source(inline)
        flat = self._flatten(inline)
        text = flat.text.rstrip()
        if len(inline.content) > MAX_WORDING:
            return None
        spans = split(text, self._lang)
        if not spans:
            if flat.directions or text:
                self._error(at, "there is nothing here to say", "write the direction behind a sentence, on its line")
            return None
        given: list[list[dict[str, str]]] = [[] for _ in spans]
        for offset, _, pairs in flat.directions:
            given[_sentence_of(offset, [span.start for span in spans], flat)].append(pairs)
        made = []
        for span, directions in zip(spans, given, strict=True):
            line = flat.line_at(span.start)
            try:
                made.append(Sentence(span.text, resolve(merge(directions), self._folder), line))
            except BadDirection as error:
                self._error(line, str(error), error.hint)
        return Wording(tuple(made), at) if made else None

    def _flatten(self, inline: Token) -> _Text:
        """The text of an inline token, with markup gone and directions noted."""
        line = self._line(inline)
        flat = _Text(breaks=[(0, line)])
        if len(inline.content) > MAX_WORDING:
            self._error(line, f"a line of more than {MAX_WORDING} characters", "split it with an empty line")
            return flat
        tokens: list[Token] = []
        _MARKDOWN.inline.parse(inline.content, _MARKDOWN, {}, tokens)
        for token in tokens:
            if token.type in ("text", "text_special", "code_inline"):
                flat.add(token.content)
            elif token.type in ("softbreak", "hardbreak"):
                line += 1
                flat.add("" if _WIDE.match(flat.text[-1:]) else " ")
                flat.breaks.append((len(flat.text), line))
            elif token.type == "direction":
                self._note_direction(token.content, flat, line)
            elif token.type == "image":
                self._error(line, "a picture cannot be spoken", "to show one write {show=picture.jpg}")
            elif token.type == "html_inline":
                self._error(line, f"{token.content} cannot be spoken", "remove the HTML; a comment is <!-- … -->")
        return flat

    def _note_direction(self, written: str, flat: _Text, line: int) -> None:
        if not written.endswith("}") or "\n" in written:
            self._error(line, "a '{' is not closed", "close it with }, or write \\{ for a brace that is spoken of")
            return
        try:
            flat.directions.append((len(flat.text), line, parse_pairs(written[1:-1])))
        except BadDirection as error:
            self._error(line, str(error), error.hint)

    def _check_source(self, inline: Token) -> None:
        """What looks like markup to its writer and is none: it would be read aloud."""
        first, last = inline.map or (0, 0)
        for index in range(first, min(last, len(self._source))):
            text, at = self._source[index], self._first_line + index
            if _NOT_A_HEADING.match(text):
                self._error(at, "this is not a heading yet", "put a space behind the ##; for a spoken # write \\#")
            elif _NOT_A_LIST.match(text):
                self._warn(at, "this is not a list yet", "for an alternative put a space behind the dash")
            for match in _WIDE_BRACE.finditer(text):
                if re.search("[｛｝＝]", match.group()):
                    self._error(
                        at, f"{match.group()} has full-width braces or '='", "type them half-width: {key=value}"
                    )

    def _line(self, token: Token) -> int:
        return self._first_line + (token.map[0] if token.map else 0)

    def _error(self, line: int, message: str, hint: str) -> None:
        self.findings.append(Finding(self._path, line, message, hint))

    def _warn(self, line: int, message: str, hint: str) -> None:
        self.findings.append(Finding(self._path, line, message, hint, "warning"))


def _sentence_of(offset: int, starts: Sequence[int], flat: _Text) -> int:
    """The sentence a direction belongs to: the one it stands in or behind, at the start of a line the one after."""
    if any(offset == start for start, _ in flat.breaks):
        following = [index for index, start in enumerate(starts) if start >= offset]
        return following[0] if following else len(starts) - 1
    return max((index for index, start in enumerate(starts) if start < offset), default=0)


def _close(tokens: Sequence[Token], index: int) -> int:
    """The index behind the block that opens at ``index``."""
    depth = 0
    for position in range(index, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position + 1
    return len(tokens)
