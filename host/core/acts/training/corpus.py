"""The labelled comments that the model is trained on, and which of them must not be told apart by a fold.

``corpus.tsv`` has a line for each: language, act, topic, text, seed. The topic is what a question is about, and of
trouble its kind. The seed says where a line comes from: ``-T`` is made from a template, ``_lex`` from a list of words,
``-R`` part of a room's stream, anything else written by itself.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from host.core.fold import fold

CORPUS = Path(__file__).with_name("corpus.tsv")
ALIKE = 0.6
"""Of the character pairs of two lines, the share in common from which they are taken for one."""
_LINE_OF_ROOM = re.compile(r"(?<=-R\d\d)-\d+$")


class Line(NamedTuple):
    """A labelled comment."""

    lang: str
    act: str
    topic: str
    text: str
    seed: str

    @property
    def made(self) -> bool:
        """Whether it was made from a template or a list of words, and not written as it stands."""
        return "-T" in self.seed

    @property
    def group(self) -> str:
        """What is trained on or tested as a whole: a template with all its lines, a room."""
        return _LINE_OF_ROOM.sub("", self.seed)

    @property
    def weight(self) -> float:
        """How much it counts in training: a line written as a room's stream says more than one from a template."""
        return 0.5 if self.made else 2.0 if "-R" in self.seed else 1.0


def read(path: Path = CORPUS) -> list[Line]:
    """The lines of a corpus. Raises `ValueError` for one without its five columns."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        found = list(rows)
    for number, row in enumerate(found, 2):
        if len(row) != len(Line._fields):
            raise ValueError(f"{path}:{number}: {len(row)} columns, not {len(Line._fields)}")
    return [Line(*row) for row in found]


def digest(path: Path = CORPUS) -> str:
    """Which corpus it is, as a model keeps it of the one it was trained on."""
    return sha256(path.read_bytes()).hexdigest()


def near_duplicates(lines: Sequence[Line]) -> list[list[int]]:
    """For each line the places of those that say nearly the same."""
    pairs_of: list[set[str]] = []
    having: defaultdict[str, list[int]] = defaultdict(list)
    near: list[list[int]] = [[] for _ in lines]
    for place, line in enumerate(lines):
        text = f"^{fold(line.text)}$"
        pairs = set(map("".join, pairwise(text)))
        common = Counter(other for pair in pairs for other in having[pair])
        for other, count in common.items():
            if count >= ALIKE * (len(pairs) + len(pairs_of[other]) - count):
                near[place].append(other)
                near[other].append(place)
        for pair in pairs:
            having[pair].append(place)
        pairs_of.append(pairs)
    return near
