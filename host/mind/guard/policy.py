"""The policy: what each refusal of the guard is called, how grave it is, and whether an operator may overrule it.

The guard finds; the policy, which is data that lawyers edit (``config/policy``), says what follows. It can make a
category of words graver or lighter, have the guard warn where it would refuse, and name wordings that are meant well.
It teaches the guard nothing new. Pure; `host.mind.guard.policy_files` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from host.core.fold import fold
from host.core.lang import Lang
from host.core.reason import Reason
from host.core.utterance import Ruling
from host.core.vetted import digest
from host.mind.guard.wordlists import Severity


class Grade(StrEnum):
    """How grave a category is, the gravest last."""

    WARN = "warn"
    """Said, and pointed out to whoever writes it."""
    UNLESS_FACT = "unless-fact"
    UNLESS_DENIED = "unless-denied"
    NEVER = "never"


GRAVITY = {grade: place for place, grade in enumerate(Grade)}

RULES: Mapping[str, Grade] = {
    **dict.fromkeys(
        (
            "reaches_someone", "own_experience", "never_say", "claim_role", "claim_model", "claim_markup",
            "claim_rank", "claim_superlative", "claim_letter", "claim_character", "claim_words",
        ),
        Grade.NEVER,
    ),
    "claim_result": Grade.UNLESS_DENIED,
    **dict.fromkeys(
        (
            "uncarried", "uncarried_otherwise", "said_of_another", "word_uncarried", "sentence_unborne",
            "slot_unfilled", "passes_over_exception", "denied_by_fact", "lacks_another_day", "lacks_care",
            "lacks_certificate", "lacks_colour", "lacks_crowd", "lacks_destination", "lacks_free_shipping",
            "lacks_gift", "lacks_material", "lacks_origin", "lacks_other_sellers", "lacks_payment", "lacks_praise",
            "lacks_price_ahead", "lacks_price_comparison", "lacks_returns", "lacks_scarcity", "lacks_speed",
            "judge_forbids", "judge_failed",
        ),
        Grade.UNLESS_FACT,
    ),
}  # fmt: skip
"""What the guard, and the judge behind it, find besides listed words: by the code of the reason, how grave it is."""
_OF_LISTS = ("banned", "needs_fact")
"""Codes of reasons that name the heading of a word list."""


@dataclass(frozen=True, slots=True)
class Category:
    """A category of what may not be said."""

    id: str
    grade: Grade
    allowable: bool = False
    """Whether an operator may allow a wording all the same."""
    names: Mapping[Lang, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    """Headings of the word lists that it is made of."""
    rules: tuple[str, ...] = ()
    """Keys of `RULES` that it is made of."""
    phrases: tuple[str, ...] = ()
    """Folded; within one of these nothing is objected to."""
    sources: tuple[str, ...] = ()
    """The laws and rules it goes back to."""

    @property
    def warns(self) -> bool:
        """Whether it is only pointed out."""
        return self.grade is Grade.WARN


class Policy:
    """The categories in force in a room. Immutable."""

    def __init__(self, categories: Iterable[Category] = (), severities: Mapping[str, Severity] | None = None) -> None:
        """``severities`` of word lists, by heading, where they are not to be as their files say."""
        self.categories = {category.id: category for category in categories}
        self.severities = dict(severities or {})
        first = [*reversed(self.categories.values())]  # of two that claim one part, the first has it
        self._by_list = {heading: each for each in first for heading in each.lists}
        self._by_rule = {code: each for each in first for code in each.rules}
        self.version = digest(*(repr(category) for _, category in sorted(self.categories.items())))[:12]
        """Another one for another policy."""

    def category_of(self, ruling: Ruling) -> Category:
        """What a refusal falls under. One that the policy does not speak of can be allowed only where it is a word of
        a list of the room's own that a fact would carry; what the guard could not judge never."""
        what = ruling.reason.details.get("what") if isinstance(ruling.reason, Reason) else None
        code = what.code if isinstance(what, Reason) else ruling.code
        if isinstance(what, Reason) and code in _OF_LISTS:
            heading = what.details["category"]
            open_to_facts = code == "needs_fact"
            grade = Grade.UNLESS_FACT if open_to_facts else Grade.NEVER
            return self._by_list.get(heading) or Category(heading, grade, allowable=open_to_facts)
        return self._by_rule.get(code) or Category(code, RULES.get(code, Grade.NEVER))

    def excuses(self, category: Category, ruling: Ruling, folded: str) -> bool:
        """Whether the category only warns, or what is objected to stands within its phrases wherever it stands."""
        if ruling.code == "error":
            return False
        return category.warns or _within(fold(ruling.offending), category.phrases, folded)


def _within(piece: str, phrases: Iterable[str], folded: str) -> bool:
    """Whether each place of ``piece`` in a folded text is inside a phrase."""
    covering = [phrase for phrase in phrases if piece and piece in phrase and phrase in folded]
    if not covering:
        return False
    for phrase in sorted(covering, key=len, reverse=True):
        folded = folded.replace(phrase, "\0")
    return piece not in folded
