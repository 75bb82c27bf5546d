"""What becomes of sentences on their way, and of the wordings said last, when scripts are edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from host.core.utterance import Place
from host.show.cursor import Cursor, Step, find_line, find_sentence, line_at, sentence_at
from host.show.memory import used_key
from host.show.script import Script

Scripts = Mapping[str, Script]


def moved_step(step: Step, old: Scripts, new: Scripts, cursor: Cursor | None) -> Step | None:
    """A step in the edited scripts: the same text, or what stands in its place; None where neither is, or where
    it lies at or behind the ``cursor``."""
    before, script = old.get(step.place.product), new.get(step.place.product)
    if script is None:
        return None
    place = find_sentence(script, step.sentence.text, step.place)
    if place is None:
        line = line_at(before, step.place.segment, step.place.line) if before else None
        found = find_line(script, line, step.place.segment, step.place.line) if line else None
        place = replace(step.place, segment=found[0], line=found[1]) if found else step.place
        if cursor is not None and cursor.product == place.product and place >= cursor.place:
            return None
    sentence = sentence_at(script, place)
    return replace(step, place=place, sentence=sentence) if sentence else None


def moved_used(used: Mapping[str, int], old: Scripts, new: Scripts) -> dict[str, int]:
    """Which alternatives were said last, told by wording, not by number."""
    moved: dict[str, int] = {}
    for product, before in old.items():
        script = new.get(product)
        for segment, index, line in before.lines() if script else ():
            alternative = used.get(used_key(Place(product, segment, index, 0, 0)))
            found = find_line(script, line, segment, index) if script else None
            if alternative is None or found is None or script is None or alternative >= len(line.wordings):
                continue
            wordings = [wording.text for wording in script.segments[found[0]].lines[found[1]].wordings]
            if line.wordings[alternative].text in wordings:
                key = used_key(Place(product, *found, 0, 0))
                moved[key] = wordings.index(line.wordings[alternative].text)
    return moved
