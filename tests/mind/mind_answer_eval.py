"""How well the embedded answerer does on labelled questions. Prints a table:  python tests/mind/mind_answer_eval.py

The questions of ``data/answers_eval.jsonl`` are split in two by the hash of their text: ``dev`` was looked at while the
lexicon was made, ``held`` was not. ``other`` and ``unseen`` ask about products of other kinds (``data/unseen``), again
one looked at and one not.
Outcomes, for questions with an answer in the sheets: right (evidence from every part asked for), part, miss (nothing
said), wrong (evidence for something else); for the others: quiet, or false (something was said).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

from mind_rooms import DATA, asking

from host.mind.answers.embedded import EmbeddedAnswerer

SPLITS = ("dev", "held", "other", "unseen")


def rows(split: str) -> list[dict[str, Any]]:
    """The labelled questions of a split."""
    lines = (DATA / "answers_eval.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["split"] == split]


def outcome(row: dict[str, Any], answerer: EmbeddedAnswerer) -> str:
    """What became of one question."""
    drafts = answerer.drafts(asking(row["q"], row["room"], row["on"]))
    evidence = {fact for draft in drafts for fact in draft.evidence}
    want = row["want"]
    if want == "ai":
        return "right" if drafts and not evidence else "miss"
    if want == "none":
        allowed = bool(row.get("ok")) and all(evidence & set(group) for group in row["ok"])
        return "quiet" if not drafts or allowed else "false"
    if not drafts:
        return "miss"
    hits = [bool(evidence & set(group)) for group in want]
    return "right" if all(hits) else "part" if any(hits) else "wrong"


def measure(split: str) -> Counter[str]:
    """Outcomes of a split, counted."""
    answerer = EmbeddedAnswerer()
    return Counter(outcome(row, answerer) for row in rows(split))


def main() -> None:
    for split in SPLITS:
        counts = measure(split)
        asked = sum(counts[kind] for kind in ("right", "part", "miss", "wrong"))
        unanswerable = counts["quiet"] + counts["false"]
        sys.stdout.write(
            f"{split:7} {asked + unanswerable:4} questions: right {counts['right']}/{asked}"
            f" ({counts['right'] / asked:.0%}), part {counts['part']}, miss {counts['miss']}, wrong {counts['wrong']};"
            f" answered though unanswerable {counts['false']}/{unanswerable}\n"
        )


if __name__ == "__main__":
    main()
