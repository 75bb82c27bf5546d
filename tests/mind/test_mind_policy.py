"""The policy as data: complete, put together by law, looked over, and never in the way of a room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reason_details import details_of

import host
from host.core.fold import fold
from host.core.reason import Reason
from host.core.utterance import Ruling
from host.mind.guard.policy import RULES, Grade
from host.mind.guard.policy_files import jurisdictions, read_policy
from host.mind.guard.wordlists import WordList

GUARD = Path(host.__file__).parent / "mind" / "guard"
LAYERS = {"banned", "needs_fact", "guard_facts", "guard_words", "guard_failed", "guard_length", "guard_nothing"}
"""Reasons that are made around a rule's, name a word list, or say that nothing was judged."""


def ruling(code: str, category: str = "", offending: str = "x") -> Ruling:
    what = Reason(code, **details_of(code) | ({"category": category} if category else {}))
    return Ruling(False, Reason("guard_words", offending=offending, what=what, written=True), "claim", offending)


def written(folder: Path, text: str) -> Path:
    file = folder / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def told(findings: list) -> list[tuple[int, str]]:
    return [(each.line, getattr(each.message, "code", str(each.message))) for each in findings]


@pytest.mark.parametrize("chosen", [[], *([name] for name in jurisdictions()), jurisdictions()])
def test_the_bundled_policy_names_everything_the_guard_can_refuse_for(chosen: list[str]) -> None:
    policy, findings = read_policy(chosen, headings=WordList.load().headings)
    assert not findings
    source = "\n".join(file.read_text(encoding="utf-8") for file in GUARD.glob("*.py"))
    found = set(re.findall(r'Reason\(\s*"([a-z_]+)"', source)) - LAYERS
    assert found <= RULES.keys(), "a rule without a place in the policy"
    assert {code for each in policy.categories.values() for code in each.rules} == RULES.keys()
    assert {heading for each in policy.categories.values() for heading in each.lists} == WordList.load().headings
    for category in policy.categories.values():
        assert set(category.names) == {"zh", "en"}, category.id


@pytest.mark.parametrize("chosen", [[], ["cn"], ["eu"], ["us"], ["cn", "eu", "us"]])
def test_nobody_may_allow_a_contact_an_unborne_number_an_experience_or_a_companion(chosen: list[str]) -> None:
    policy, _ = read_policy(chosen)
    for code in ("reaches_someone", "uncarried", "uncarried_otherwise", "own_experience", "never_say", "claim_role"):
        assert not policy.category_of(ruling(code)).allowable
    for heading in ("companion play", "absolute terms", "off the platform", "medical claims"):
        assert not policy.category_of(ruling("banned", heading)).allowable
    assert not policy.category_of(Ruling(False, Reason("guard_failed", error="x"), "error")).allowable


def test_every_jurisdiction_gives_its_sources_for_experience_and_companion_play() -> None:
    for name in jurisdictions():
        policy, _ = read_policy([name])
        common, _ = read_policy()
        for category in ("own-experience", "companion-play", "numbers", "gifts"):
            assert len(policy.categories[category].sources) > len(common.categories[category].sources), (name, category)


def test_words_of_a_list_of_ones_own_are_allowable_only_where_a_fact_would_carry_them() -> None:
    policy, _ = read_policy()
    assert policy.category_of(ruling("needs_fact", "our claims")).allowable
    assert not policy.category_of(ruling("banned", "our taboos")).allowable


def test_of_several_jurisdictions_the_gravest_counts() -> None:
    """Allowable in one of them is allowable in none; and so a room that sells in both has both laws' sources."""
    assert read_policy(["us"])[0].categories["popularity"].allowable
    assert not read_policy(["us", "eu"])[0].categories["popularity"].allowable
    both = read_policy(["eu", "cn"])[0].categories["gifts"].sources
    assert {*read_policy(["eu"])[0].categories["gifts"].sources} < {*both}


def test_a_file_of_ones_own_has_the_last_word(tmp_path: Path) -> None:
    file = written(
        tmp_path, "categories:\n  gifts: {severity: warn, allow: [买就送健康]}\n  numbers: {allowable: no}\n"
    )
    policy, findings = read_policy(["cn"], [file])
    assert not findings
    assert policy.categories["gifts"].grade is Grade.WARN
    assert policy.categories["gifts"].names["en"] == "gifts"
    assert policy.version != read_policy(["cn"])[0].version


def test_lighter_and_graver_word_lists(tmp_path: Path) -> None:
    text = "categories:\n  popularity: {severity: warn}\n  material-and-function: {severity: never}\n"
    policy, findings = read_policy([], [written(tmp_path, text)])
    assert not findings
    assert policy.severities == {"material and function": "never"}
    graded = WordList.load().graded(policy.severities)
    assert {hit.entry.severity for hit in graded.find(fold("这款可以机洗，洗碗机可洗，微波炉可用"))} <= {"never"}


BAD = [
    ("categories:\n  gifts:\n    severity: sometimes\n", [(3, "at_key")], "gifts"),
    ("categories:\n  gifts:\n    allowable: perhaps\n  service:\n    allowable: no\n", [(3, "at_key")], "service"),
    ("categories:\n  gifts:\n    gravity: never\n", [(3, "at_key")], "gifts"),
    ("categories:\n  made-up:\n    severity: never\n", [(2, "policy_empty_category")], "gifts"),
    ("categories:\n  gifts:\n    rules: [lacks_gift, lacks_sense]\n", [(3, "policy_no_rule")], "gifts"),
    ("categories:\n  gifts:\n    lists:\n    - gift words\n", [(4, "policy_no_list")], "gifts"),
    ("categories:\n  mine:\n    rules: [lacks_gift]\n", [(3, "policy_twice")], "gifts"),
    ("categories:\n  gifts:\n    severity: never\n", [(3, "policy_too_grave")], "gifts"),
    ("categories:\n  gifts:\n    allow: ['!!']\n", [(3, "list_no_letters")], "gifts"),
    ("categories: [gifts]\n", [(1, "at_key")], "gifts"),
    ("rules: never\ncategories:\n  gifts: {severity: warn}\n", [(1, "at_key")], "gifts"),
    ("categories:\n  gifts: {severity: [never\n", [(2, "yaml_open_list")], "gifts"),
    ("", [(1, "at_key")], "gifts"),
    ("- gifts\n", [(1, "expects_keys")], "gifts"),
]


@pytest.mark.parametrize(("text", "expected", "standing"), BAD)
def test_what_is_wrong_is_named_with_its_line_and_the_rest_holds(
    tmp_path: Path, text: str, expected: list[tuple[int, str]], standing: str
) -> None:
    policy, findings = read_policy(["cn"], [written(tmp_path, text)], WordList.load().headings)
    assert told(findings) == expected
    assert all(each.path.endswith("mine.yaml") for each in findings)
    assert policy.categories[standing].rules
    assert not policy.categories["contacts"].allowable


def test_a_file_that_is_not_there_leaves_the_bundled_policy(tmp_path: Path) -> None:
    policy, findings = read_policy(["cn"], [tmp_path / "none.yaml"])
    assert told(findings) == [(0, "file_unreadable")]
    assert policy.categories == read_policy(["cn"])[0].categories


@pytest.mark.parametrize(
    ("text", "piece", "phrase", "excused"),
    [
        ("国家级非遗工艺", "国家级", "国家级非遗", True),
        ("国家级非遗工艺，国家级品质", "国家级", "国家级非遗", False),
        ("国家级品质", "国家级", "国家级非遗", False),
        ("the best of both worlds", "best", "best of both worlds", True),
        ("the best of both worlds, and the best", "best", "best of both worlds", False),
        ("最佳", "", "最佳", False),
    ],
)
def test_within_its_phrases_a_category_objects_to_nothing(
    tmp_path: Path, text: str, piece: str, phrase: str, excused: bool
) -> None:
    file = written(tmp_path, f"categories:\n  absolute-terms:\n    allow: ['{phrase}']\n")
    policy, _ = read_policy([], [file])
    found = ruling("banned", "absolute terms", piece)
    assert policy.excuses(policy.category_of(found), found, fold(text)) is excused
