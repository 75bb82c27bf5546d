"""The Markdown of a script file: headings, paragraphs and lists become segments, lines and alternatives.

What may stand in a script is listed here (blocks), in `host.show.inline` (marks within them) and `host.show.spoken`
(characters). Whatever else Markdown, or another program, can write is a finding, because it could not be spoken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from host.core.errors import Finding
from host.core.findings import found, warned
from host.core.product import Lang
from host.show.asides import EXAMPLE, asides
from host.show.direction import BadDirection, merge, parse_pairs, resolve
from host.show.inline import MARKDOWN, Flat, flatten
from host.show.script import MAX_WORDING, Line, Segment, Sentence, Wording, split
from host.show.spoken import Why, unspoken

MAX_SEGMENTS = 200
MAX_LINES = 2000
MAX_ALTERNATIVES = 50

_WIDE = re.compile(r"[㐀-鿿豈-﫿　-〿！-～]")
_ROWS = {
    "not_a_heading": re.compile(r"^\s{0,3}(?:#{1,6}(?:[^#\s]|[^\S \t\n])|＃)"),
}
_ODD_ROWS = {
    "not_a_list": re.compile(r"^\s*(?:[-+](?![-*+ \t\d])(?=.)|－(?!\d)|[–—]\s|·)"),
    "numbered_row": re.compile(r"^\s*(?:\d{1,2}[、)）．]|[（(][\d一二三四五六七八九十]{1,2}[)）]|[①-⑳])\s*\S"),
}
_WIDE_BRACE = re.compile(r"[｛{][^{}｛｝=＝]*+[=＝][^{}｛｝]*+[}｝]")
_FOREIGN_BLOCKS = {
    "ordered_list_open": "block_numbered", "blockquote_open": "block_quote", "fence": "block_code",
    "table_open": "block_table",
}  # fmt: skip
_FOREIGN_INLINE = {"image": "inline_picture", "html_inline": "inline_html", "s_open": "inline_crossed_out"}


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
        self._odd_rows: set[int] = set()
        self._lines = 0

    def parse(self, body: str) -> tuple[Segment, ...]:
        """The segments that have lines."""
        body = self._without_comments(body)
        self._source = body.split("\n")
        tokens = MARKDOWN.parse(body)
        index = 0
        while index < len(tokens):
            index = self._block(tokens, index)
        return self._result()

    def _result(self) -> tuple[Segment, ...]:
        for name, lines, at in self._segments:
            if not lines:
                self._warn("segment_empty", at, name=name)
        if len(self._segments) > MAX_SEGMENTS:
            self._error("too_many_segments", self._segments[MAX_SEGMENTS][2], most=MAX_SEGMENTS)
        if self._lines > MAX_LINES:
            self._error("too_many_script_lines", self._first_line, most=MAX_LINES)
        return tuple(Segment(name, tuple(lines), at) for name, lines, at in self._segments if lines)

    def _without_comments(self, body: str) -> str:
        """Comments blanked out, line breaks kept, so that every line keeps its number."""
        kept: list[str] = []
        position = 0
        while (opens := body.find("<!--", position)) >= 0:
            kept.append(body[position:opens])
            closes = body.find("-->", opens + 4)
            if closes < 0:
                self._error("comment_open", self._first_line + body.count("\n", 0, opens))
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
        elif token.type == "hr":
            self._open_line = None
        else:
            self._error(_FOREIGN_BLOCKS.get(token.type, "block_other"), at)
        return end

    def _heading(self, token: Token, inline: Token, at: int) -> None:
        self._open_line = None
        if token.tag == "h1":
            return
        if token.tag != "h2":
            self._warn("heading_level", at, written=token.markup)
        flat = self._flatten(inline)
        if flat.directions:
            self._error("heading_directed", at)
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
                self._error("too_many_alternatives", at, most=MAX_ALTERNATIVES)
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
                self._error("item_no_text", self._line(token))
            index = _close(tokens, index)
        said = [wording for wording in wordings if wording]
        if not said:
            return None
        return Wording(tuple(s for wording in said for s in wording.sentences), said[0].source_line)

    def _new_line(self, wordings: list[Wording]) -> None:
        if not self._segments:
            self._segments.append(("", [], wordings[0].source_line))
        self._segments[-1][1].append(Line(tuple(wordings), wordings[0].source_line))
        self._open_line = wordings
        self._lines += 1

    def _wording(self, inline: Token) -> Wording | None:
        """A paragraph as sentences with their directions; None where nothing in it can be said."""
        at = self._line(inline)
        self._check_rows(inline)
        flat = self._flatten(inline)
        if len(inline.content) > MAX_WORDING:
            return None
        cut = self._left_out(flat)
        flat = flat.without(cut)
        directions = self._directions(flat)
        text = flat.text.rstrip()
        spans = split(text, self._lang)
        if not spans:
            if (directions or text.strip()) and not cut:
                self._error("line_nothing_said", at)
            return None
        given: list[list[dict[str, str]]] = [[] for _ in spans]
        for offset, pairs in directions:
            given[_sentence_of(offset, [span.start for span in spans], flat)].append(pairs)
        made = []
        for span, directed in zip(spans, given, strict=True):
            line = flat.line_at(span.start)
            try:
                made.append(Sentence(span.text, resolve(merge(directed), self._folder), line))
            except BadDirection as error:
                self.findings.append(error.at(self._path, line))
        return Wording(tuple(made), at) if made else None

    def _flatten(self, inline: Token) -> Flat:
        """The text of an inline token, with markup gone and directions noted."""
        line = self._line(inline)
        if len(inline.content) > MAX_WORDING:
            self._error("line_too_long", line, most=MAX_WORDING)
            return Flat(breaks=[(0, line)])
        flat = flatten(inline.content, line, lambda before: bool(_WIDE.match(before[-1:])))
        for offset, kind, content in flat.foreign:
            if kind == "link_open":
                self._warn("inline_link", flat.line_at(offset), address=content)
            else:
                self._error(_FOREIGN_INLINE.get(kind, "inline_other"), flat.line_at(offset), written=content)
        return flat

    def _left_out(self, flat: Flat) -> list[tuple[int, int]]:
        """The spans of a line that are not said; tells of them, and of what only may not be meant to be."""
        heading = self._segments[-1][0] if self._segments else ""
        cut = []
        for aside in asides(flat.text, flat.emphasised, flat.meant, heading):
            written = " ".join(flat.text[aside.start : aside.end].split())
            code = "label_left_out" if aside.label else "aside_left_out" if aside.certain else "aside_said"
            self._warn(code, flat.line_at(aside.start), written=written, instead=aside.instead, example=EXAMPLE)
            if aside.certain:
                cut.append((aside.start, aside.end))
        return sorted([*cut, *self._signs(flat, cut)])

    def _signs(self, flat: Flat, cut: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The spans of ornaments, which are not said; tells of them once a line, and of signs that cannot be said."""
        ornaments = []
        told: dict[int, set[str]] = {}
        for piece in unspoken(flat.text, flat.meant, cut):
            line, sign = flat.line_at(piece.start), piece.sign
            known = told.setdefault(line, set())
            again = sign in known or (sign.strip("]") == "" and any("[" in other for other in known))
            known.add(sign)
            if piece.why is Why.PICTURE:
                ornaments.append((piece.start, piece.end))
                if not again and sign.strip("\u200d\ufe0f\ufe0e\u20e3"):
                    self._warn("sign_left_out", line, sign=sign)
            elif not again and line not in self._odd_rows:
                self._error("sign_unspoken", line, sign=sign)
        return ornaments

    def _directions(self, flat: Flat) -> list[tuple[int, dict[str, str]]]:
        directions = []
        for offset, written in flat.directions:
            if not written.endswith("}") or "\n" in written:
                self._error("brace_open", flat.line_at(offset))
                continue
            try:
                directions.append((offset, parse_pairs(written[1:-1])))
            except BadDirection as error:
                self.findings.append(error.at(self._path, flat.line_at(offset)))
        return directions

    def _check_rows(self, inline: Token) -> None:
        """Rows that look like markup to their writer and are none: they would be read aloud."""
        first, last = inline.map or (0, 0)
        for index in range(first, min(last, len(self._source))):
            text, at = self._source[index], self._first_line + index
            code = next((code for code, row in chain(_ROWS.items(), _ODD_ROWS.items()) if row.match(text)), "")
            if code in _ROWS:
                self._odd_rows.add(at)
                self._error(code, at)
            elif code:
                self._warn(code, at, sign=text.strip()[0])
            for match in _WIDE_BRACE.finditer(text):
                if re.search("[｛｝＝]", match.group()):
                    self._error("brace_wide", at, written=match.group())

    def _line(self, token: Token) -> int:
        return self._first_line + (token.map[0] if token.map else 0)

    def _error(self, code: str, line: int, **details: Any) -> None:
        self.findings.append(found(code, self._path, line, **details))

    def _warn(self, code: str, line: int, **details: Any) -> None:
        self.findings.append(warned(code, self._path, line, **details))


def _sentence_of(offset: int, starts: Sequence[int], flat: Flat) -> int:
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
