"""Policy files: what a lawyer writes, read, put together and looked over. What is wrong in one is left out, and told.

``common.yaml`` says what holds everywhere; a file for each jurisdiction says what it takes otherwise, and the room's
own files have the last word. Of several jurisdictions the gravest grade counts, an operator may allow only what all of
them let him, and a phrase is meant well only where all say so. A wrong file takes no room off air: what is right in it
holds, and for the rest the file below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import takewhile
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from host.core.bundled import bundled
from host.core.errors import Finding, InvalidFile
from host.core.findings import found, warned
from host.core.fold import fold
from host.core.lang import Lang
from host.core.yamlfile import Document, finding_of, load
from host.mind.guard.policy import GRAVITY, RULES, Category, Grade, Policy
from host.mind.guard.wordlists import Severity

COMMON = "common"


def _hyphened(value: object) -> object:
    return value.replace("_", "-") if isinstance(value, str) else value


class CategoryEntry(BaseModel):
    """A category, as a file has it: what is left out stays as it is below."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: dict[Lang, str] = Field(default_factory=dict)
    lists: list[str] = Field(default_factory=list)
    rules: list[str] = Field(default_factory=list)
    severity: Annotated[Literal["never", "unless-denied", "unless-fact", "warn"] | None, BeforeValidator(_hyphened)] = (
        None
    )
    allowable: bool | None = None
    allow: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)


class PolicyEntries(BaseModel):
    """A policy file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    categories: dict[str, CategoryEntry]


class PolicyFile:
    """A file, without the categories that are wrong in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.entries: Mapping[str, CategoryEntry] = {}
        self._document: Document | None = None
        try:
            self._document = load(path)
        except InvalidFile as error:
            self.findings += error.findings
            return
        self.entries = self._right(self._document)

    def line(self, *keys: str | int) -> int:
        """The line of a key of a category."""
        return self._document.line_of(("categories", *keys)) if self._document else 0

    def _right(self, document: Document) -> Mapping[str, CategoryEntry]:
        listed = document.data.get("categories")
        data = {**document.data, "categories": dict(listed) if isinstance(listed, dict) else listed}
        while True:
            try:
                return PolicyEntries.model_validate(data).categories
            except ValidationError as error:
                problems = error.errors()
            self.findings += [finding_of(document, problem, PolicyEntries) for problem in problems]
            places = [problem["loc"] for problem in problems]
            wrong = {place[1] for place in places if place[0] == "categories" and len(place) > 1}
            extra = {str(place[0]) for place in places} - {"categories"}
            if not (wrong or extra) or not isinstance(data.get("categories"), dict):
                return {}
            kept = {name: entry for name, entry in data["categories"].items() if name not in wrong}
            data = {**{name: each for name, each in data.items() if name not in extra}, "categories": kept}


def jurisdictions() -> list[str]:
    """Those there is a bundled file for."""
    return sorted(file.stem for file in bundled("config", "policy").glob("*.yaml") if file.stem != COMMON)


def read_policy(
    chosen: Sequence[str] = (), own: Sequence[Path] = (), headings: Iterable[str] | None = None
) -> tuple[Policy, list[Finding]]:
    """The policy of some jurisdictions and files of the room's own, and what is wrong in those files.

    ``headings`` are those of the word lists there are, where it is to be told which of a file there are not.
    """
    folder = bundled("config", "policy")
    common = PolicyFile(folder / f"{COMMON}.yaml")
    laws = [PolicyFile(folder / f"{name}.yaml") for name in dict.fromkeys(chosen) if name in jurisdictions()]
    mine = [PolicyFile(path) for path in own]
    files = [common, *laws, *mine]
    base = _over({}, common)
    layers = [_over(base, law) for law in laws]
    merged = reduce(_over, mine, _strictest(layers) if layers else base)
    findings = [finding for file in files for finding in file.findings]
    findings += [finding for file in files for finding in _of_file(file, merged, headings)]
    return Policy(merged.values(), _severities(base, merged)), [*dict.fromkeys(findings)]


def wrong_in(path: Path, headings: Iterable[str]) -> list[Finding]:
    """What is wrong in one file, read over those it stands over."""
    bundled_one = path.resolve().parent == bundled("config", "policy").resolve()
    _, findings = read_policy([path.stem] if bundled_one else [], [] if bundled_one else [path], headings)
    return [each for each in findings if Path(each.path).resolve() == path.resolve()]


def _over(below: Mapping[str, Category], file: PolicyFile) -> dict[str, Category]:
    """The categories with what a file says otherwise. One that is new and says nothing of how grave it is, is never
    to be said."""
    categories = dict(below)
    for name, entry in file.entries.items():
        known = categories.get(name, Category(name, Grade.NEVER))
        categories[name] = replace(
            known,
            grade=Grade(entry.severity) if entry.severity else known.grade,
            allowable=known.allowable if entry.allowable is None else entry.allowable,
            names={**known.names, **entry.name},
            lists=_joined(known.lists, entry.lists),
            rules=_joined(known.rules, entry.rules),
            phrases=_joined(known.phrases, [fold(phrase) for phrase in entry.allow if fold(phrase)]),
            sources=_joined(known.sources, entry.sources),
        )
    return categories


def _severities(base: Mapping[str, Category], merged: Mapping[str, Category]) -> dict[str, Severity]:
    """Of the word lists whose categories are graver or lighter than everywhere. One that only warns is found as it
    was."""
    return {
        heading: Severity(category.grade.value)
        for name, category in merged.items()
        if not category.warns and (name not in base or base[name].grade is not category.grade)
        for heading in category.lists
    }


def _joined(known: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def _strictest(layers: Sequence[Mapping[str, Category]]) -> dict[str, Category]:
    """What holds where every one of several laws does."""
    names = dict.fromkeys(name for layer in layers for name in layer)
    return {name: reduce(_stricter, (layer[name] for layer in layers if name in layer)) for name in names}


def _stricter(one: Category, other: Category) -> Category:
    return replace(
        one,
        grade=max(one.grade, other.grade, key=GRAVITY.__getitem__),
        allowable=one.allowable and other.allowable,
        phrases=tuple(phrase for phrase in one.phrases if phrase in other.phrases),
        sources=_joined(one.sources, other.sources),
    )


def _of_file(file: PolicyFile, merged: Mapping[str, Category], headings: Iterable[str] | None) -> Iterator[Finding]:
    """What a file says that means nothing, or not what it seems to."""
    known = None if headings is None else {*headings}
    for name, entry in file.entries.items():
        category = merged[name]
        if not (category.lists or category.rules):
            others = [each.id for each in merged.values() if each.lists or each.rules]
            yield found("policy_empty_category", file.path, file.line(name), category=name, known=others)
        for index, code in enumerate(entry.rules):
            if code not in RULES:
                yield found("policy_no_rule", file.path, file.line(name, "rules", index), rule=code, known=[*RULES])
        for index, heading in enumerate(entry.lists):
            if known is not None and heading not in known:
                yield warned("policy_no_list", file.path, file.line(name, "lists", index), heading=heading)
        for index, phrase in enumerate(entry.allow):
            if not any(character.isalnum() for character in fold(phrase)):
                yield found("list_no_letters", file.path, file.line(name, "allow", index), line=phrase)
        yield from _claimed_twice(file, name, entry, merged)
        yield from _too_grave(file, name, entry, category)


def _claimed_twice(
    file: PolicyFile, name: str, entry: CategoryEntry, merged: Mapping[str, Category]
) -> Iterator[Finding]:
    """Lists and rules that belong to a category before this one, which keeps them."""
    before = [*takewhile(lambda category: category.id != name, merged.values())]
    for key, listed in (("lists", entry.lists), ("rules", entry.rules)):
        for index, part in enumerate(listed):
            by = next((each.id for each in before if part in getattr(each, key)), None)
            if by is not None:
                yield found("policy_twice", file.path, file.line(name, key, index), part=part, by=by)


def _too_grave(file: PolicyFile, name: str, entry: CategoryEntry, category: Category) -> Iterator[Finding]:
    """A grade beyond what the rules of the category can see: they find what no fact carries, and nothing else."""
    if entry.severity is None:
        return
    weak = [code for code in category.rules if code in RULES and GRAVITY[RULES[code]] < GRAVITY[Grade(entry.severity)]]
    if weak:
        line = file.line(name, "severity")
        yield found("policy_too_grave", file.path, line, grade=entry.severity, rule=weak[0], most=RULES[weak[0]].value)
