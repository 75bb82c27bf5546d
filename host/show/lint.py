"""What loads but will not do well on air: for ``livehost check``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from host.core.errors import Finding
from host.core.product import Product
from host.core.rundown import RundownEntry
from host.show.load import Show
from host.show.script import Line, Script, Wording

LONGEST_ZH = 120
"""Characters of a line; at four a second, half a minute."""
LONGEST_EN = 60
"""Words of a line."""
SHORTEST_ROUND = 60.0
"""Seconds a round of the show should take: viewers stay for minutes, and what they hear twice in one they leave."""
_PER_SECOND_ZH, _PER_SECOND_EN = 4.0, 2.4
"""Characters and words a host says in a second, its pauses counted in."""


def lint(show: Show, rundown: Sequence[RundownEntry] = ()) -> list[Finding]:
    """Everything worth a word about a show that loads; its own findings are not repeated."""
    findings: list[Finding] = []
    for product in show.catalogue:
        script = show.scripts[product.id]
        findings += _sheet(product)
        findings += _loops(product, script)
        findings += _namesakes(script)
        for _, _, line in script.lines():
            for wording in line.wordings:
                findings += _wording(product, script, wording)
            findings += _twins(product, line)
    return [*findings, *_round(show), *_rundown(show, rundown)]


def spoken_texts(show: Show) -> Iterator[tuple[Product, str, str, int]]:
    """Every sentence a show can say: (product, sentence, path, line). For checks that need more than the show."""
    for product in show.catalogue:
        script = show.scripts[product.id]
        for _, _, line in script.lines():
            for wording in line.wordings:
                for sentence in wording.sentences:
                    yield product, sentence.text, script.path, sentence.source_line


def _sheet(product: Product) -> Iterator[Finding]:
    def missing(what: str, hint: str) -> Finding:
        return Finding(product.source, 1, what, hint, "warning")

    if product.sold_out:
        hint = "give the number that is left, or leave stock out"
        line = product.lines.get("stock", 1)
        yield Finding(product.source, line, "stock is 0: sold out, so the host passes it over", hint, "warning")
    if not product.faq:
        yield missing("no faq", "write what viewers will ask, with the answers:  faq: [{q: …, a: …}]")
    if not product.shipping:
        yield missing("nothing on shipping", "viewers will ask; write  shipping: 48小时内发货，全国包邮。")
    if not product.returns:
        yield missing("nothing on returns", "viewers will ask; write  returns: 七天无理由退换。")


def _loops(product: Product, script: Script) -> Iterator[Finding]:
    lines = [line for _, _, line in script.lines()]
    if all(len(line.wordings) == 1 for line in lines):
        message = "no line has an alternative: every time round is the same, which platforms take for a recording"
        yield Finding(
            product.source, lines[0].source_line, message, "write alternatives as a list under a line", "warning"
        )


def _round(show: Show) -> Iterator[Finding]:
    """A show that is round again before a viewer has settled in."""
    scripts = list(show.scripts.values())
    seconds = sum(map(_seconds, scripts))
    if scripts and seconds < SHORTEST_ROUND:
        message = f"a round takes about {seconds:.0f} s, then the host begins again"
        hint = "two to four minutes a product keep viewers: write more lines, and more ways to say them"
        yield Finding(scripts[0].path, scripts[0].segments[0].source_line, message, hint, "warning")


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
            message = f"the heading {segment.name!r} stands in line {lines[name]} already"
            hint = "the operator knows segments by their headings; name them apart"
            yield Finding(script.path, segment.source_line, message, hint, "warning")


def _wording(product: Product, script: Script, wording: Wording) -> Iterator[Finding]:
    text = wording.text
    words = len(" ".join(sentence.text for sentence in wording.sentences).split())
    if script.lang == "zh" and len(text) > LONGEST_ZH:
        message = f"a line of {len(text)} characters"
        yield Finding(script.path, wording.source_line, message, "split it with an empty line", "warning")
    elif script.lang == "en" and words > LONGEST_EN:
        yield Finding(
            script.path, wording.source_line, f"a line of {words} words", "split it with an empty line", "warning"
        )
    for sentence in wording.sentences:
        for word in product.never_say:
            if word.casefold() in sentence.text.casefold():
                message = f"says {word!r}, which never_say forbids"
                yield Finding(script.path, sentence.source_line, message, "put it another way")


def _twins(product: Product, line: Line) -> Iterator[Finding]:
    seen: set[str] = set()
    for wording in line.wordings:
        if wording.text in seen:
            message = "the same alternative twice"
            yield Finding(product.source, wording.source_line, message, "remove it, or put it another way", "warning")
        seen.add(wording.text)


def _rundown(show: Show, rundown: Sequence[RundownEntry]) -> Iterator[Finding]:
    known = ", ".join(show.scripts)
    for entry in rundown:
        if entry.product not in show.scripts:
            yield Finding("", 0, f"rundown: there is no product {entry.product!r}", f"there are: {known}")
