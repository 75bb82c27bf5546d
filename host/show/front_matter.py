"""A file of front matter and body, taken apart, with the lines its parts begin on."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from host.core.errors import Finding
from host.core.findings import found

_FENCE = re.compile(r"^[-－—–_=]{2,}$")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_ODD_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Parts:
    """A file taken apart; no sheet where it has none."""

    body: str = ""
    body_line: int = 1
    sheet: str | None = None
    sheet_line: int = 1
    findings: tuple[Finding, ...] = ()


def visible(text: str) -> str:
    """A text without what nobody can see or type: byte order marks, zero-width and control characters; its line breaks
    are those an editor counts."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBLE.sub("", _ODD_BREAKS.sub(" ", text))


def parts(text: str, where: str) -> Parts:
    """A visible text taken apart."""
    rows = text.split("\n")
    start = next((index for index, row in enumerate(rows) if row.strip()), len(rows))
    if start == len(rows):
        return Parts(findings=(found("script_nothing", where, 1),))
    fences = [index for index, row in enumerate(rows) if _FENCE.match(unicodedata.normalize("NFKC", row[:80]).strip())]
    if not fences or fences[0] != start:
        return Parts(text, findings=(found("sheet_missing", where, start + 1),))
    if len(fences) == 1:
        return Parts(findings=(found("sheet_open", where, start + 1),))
    end = fences[1]
    odd = [(index, rows[index].strip()) for index in (start, end) if rows[index].strip() != "---"]
    wrong = tuple(found("sheet_odd_fence", where, index + 1, written=written) for index, written in odd)
    return Parts("\n".join(rows[end + 1 :]), end + 2, "\n".join(rows[start + 1 : end]), start + 2, wrong)
