"""What loads but will not do well on air: for ``livehost check``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from host.core.errors import Finding
from host.core.findings import warned
from host.core.mood import MOODS
from host.core.product import Product
from host.show.load import Show
from host.show.script import Line, Script, Sentence, Wording

LONGEST_ZH = 120
"""Characters of a line; at four a second, half a minute."""
LONGEST_EN = 60
"""Words of a line."""
SHORTEST_ROUND = 60.0
"""Seconds a round of the show should take: viewers stay for minutes, and what they hear twice in one they leave."""
_PER_SECOND_ZH, _PER_SECOND_EN = 4.0, 2.4
"""Characters and words a host says in a second, its pauses counted in."""


def lint(product: Product, script: Script) -> list[Finding]:
    """Everything worth a word about one script that loads, whatever others there are; its own findings are not
    repeated."""
    findings = [*_sheet(product), *_loops(script), *_namesakes(script)]
    for _, _, line in script.lines():
        for wording in line.wordings:
            findings += _length(script, wording)
            findings += _moods(script, wording)
        findings += _twins(script, line)
    return findings


def short_round(scripts: Sequence[Script], path: str, line: int) -> list[Finding]:
    """A room that is round again before a viewer has settled in; ``path:line`` is where the room names its scripts."""
    seconds = sum(map(_seconds, scripts))
    if not scripts or seconds >= SHORTEST_ROUND:
        return []
    return [warned("round_short", path, line, seconds=round(seconds))]


def sentences(show: Show) -> Iterator[tuple[Product, Sentence, str]]:
    """Every sentence a show can say: (product, sentence, path). For checks that need more than the show."""
    for product in show.catalogue:
        script = show.scripts[product.id]
        for _, _, line in script.lines():
            for wording in line.wordings:
                for sentence in wording.sentences:
                    yield product, sentence, script.path


def _sheet(product: Product) -> Iterator[Finding]:
    if product.sold_out:
        yield warned("sheet_sold_out", product.source, product.lines.get("stock", 1))
    if not product.faq:
        yield warned("sheet_no_faq", product.source, 1)
    if not product.shipping:
        yield warned("sheet_no_shipping", product.source, 1)
    if not product.returns:
        yield warned("sheet_no_returns", product.source, 1)


def _moods(script: Script, wording: Wording) -> Iterator[Finding]:
    for sentence in wording.sentences:
        mood = sentence.direction.mood
        if mood and mood not in MOODS:
            yield warned("mood_unknown", script.path, sentence.source_line, mood=mood, known=[*MOODS])


def _loops(script: Script) -> Iterator[Finding]:
    lines = [line for _, _, line in script.lines()]
    if lines and all(len(line.wordings) == 1 for line in lines):
        yield warned("no_alternatives", script.path, lines[0].source_line)


def _seconds(script: Script) -> float:
    """How long one way through a script takes, about."""
    texts = [line.wordings[0].text for _, _, line in script.lines()]
    if script.lang == "zh":
        return sum(map(len, texts)) / _PER_SECOND_ZH
    return sum(len(text.split()) for text in texts) / _PER_SECOND_EN


def _namesakes(script: Script) -> Iterator[Finding]:
    """Segments that the operator cannot tell apart."""
    lines: dict[str, int] = {}
    for segment in script.segments:
        name = segment.name.casefold()
        if name and lines.setdefault(name, segment.source_line) != segment.source_line:
            yield warned("heading_again", script.path, segment.source_line, name=segment.name, first=lines[name])


def _length(script: Script, wording: Wording) -> Iterator[Finding]:
    characters = len(wording.text)
    words = len(" ".join(sentence.text for sentence in wording.sentences).split())
    if script.lang == "zh" and characters > LONGEST_ZH:
        yield warned("line_of_characters", script.path, wording.source_line, count=characters)
    elif script.lang == "en" and words > LONGEST_EN:
        yield warned("line_of_words", script.path, wording.source_line, count=words)


def _twins(script: Script, line: Line) -> Iterator[Finding]:
    seen: set[str] = set()
    for wording in line.wordings:
        if wording.text in seen:
            yield warned("alternative_again", script.path, wording.source_line)
        seen.add(wording.text)
