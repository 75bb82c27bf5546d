"""YAML that people write: lines in errors, YAML 1.2 scalars, limits."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from host.core.errors import InvalidFile
from host.core.yamlfile import MAX_BYTES, compose, load, parse, validate, validate_partly
from host.core.yamlnodes import Quoted


class Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    price: int = 0
    faq: list[dict[str, str]] = []


def test_yaml_1_2_scalars_stay_what_the_writer_meant() -> None:
    data = parse("at: 20:00\nanswer: no\nprice: 79\n", "a.md").data
    assert data == {"at": "20:00", "answer": "no", "price": 79}


def test_texts_in_quotation_marks_are_known() -> None:
    data = parse("a: [x, 'y', 1]\nb: \"1\"\nc: |\n  x\n", "a.md").data
    assert data == {"a": ["x", "y", 1], "b": "1", "c": "x\n"}
    assert [isinstance(each, Quoted) for each in (*data["a"], data["b"], data["c"])] == [
        False,
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [("1.10", "1.10"), ("0755", "0755"), ("1_000", "1_000"), ("0x1F", "0x1F"), ("2026-02-30", "2026-02-30"),
     ("1e3", "1e3"), (".5", ".5"), ("20:00", "20:00"), ("no", "no"), ("true", True), ("~", None), ("", None)],
)  # fmt: skip
def test_what_is_not_typed_is_what_was_written(written: str, value: object) -> None:
    assert compose(f"a: {written}\n", "a.md", typed=False).data == {"a": value}


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("a: x #y\n", [(1, "#y", False)]),
        ("a: x # y\n", [(1, "# y", True)]),
        ("a: 'x #y'\nb: x#y\n", []),
        ("# x\n  # y\na: 1\n", []),
        ("a: |\n  x #y\nb: z #w\n", [(3, "#w", False)]),
        ("a: [x, y] #z\n", [(1, "#z", False)]),
        ("a: !x y\nb: &z w\n", [(1, "!x", False), (2, "&z", False)]),
    ],
)
def test_what_yaml_passes_over_is_known(text: str, unread: list[tuple[int, str, bool]]) -> None:
    assert [(each.line, each.text, each.note) for each in parse(text, "a.md").unread] == unread


def test_what_is_wrong_is_left_out_and_told_and_the_rest_stands() -> None:
    sheet, findings = validate_partly(parse("name: x\nprice: y\nfaq: z\nno: 1\n", "a.md"), Sheet)
    assert sheet == Sheet(name="x")
    assert [finding.line for finding in findings] == [2, 3, 4]
    nothing, findings = validate_partly(parse("name: [x]\n", "a.md"), Sheet)
    assert nothing is None
    assert findings


def test_an_error_names_the_line_of_the_deepest_known_key() -> None:
    document = parse("name: 杯子\nfaq:\n  - q: 能洗吗\n    a: 能\n  - q: [1]\n", "cup.md", first_line=2)
    with pytest.raises(InvalidFile) as caught:
        validate(document, Sheet)
    assert [str(finding).split(":")[:2] for finding in caught.value.findings] == [["cup.md", "6"]]


def test_missing_and_unknown_keys_are_named() -> None:
    with pytest.raises(InvalidFile) as caught:
        validate(parse("nmae: x\n", "r.yaml"), Sheet)
    messages = sorted(finding.message for finding in caught.value.findings)
    assert messages == ["name: is missing", "nmae: is not a known key"]


@pytest.mark.parametrize(
    "text",
    [
        "a: [1, 2",
        "- a list",
        "just words",
        "a: &x [1]\nb: *x\n",
        "a: 1\na: 2\n",
        "a: " + "[" * 5000,
        "\t- tab",
        "a: !!python/object:os.system {}",
    ],
)
def test_what_is_not_a_plain_mapping_is_refused_with_a_line(text: str) -> None:
    if "python/object" in text:
        assert "a" in parse(text, "x.yaml").data  # a tag is only text: nothing is constructed
        return
    with pytest.raises(InvalidFile) as caught:
        parse(text, "x.yaml")
    assert caught.value.findings[0].path == "x.yaml"
    assert caught.value.findings[0].line >= 1


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a: 1\n\tb: 2\n", 2, "use spaces, not the Tab key"),
        ("a:\t5\n", 1, "use spaces, not the Tab key"),
        ("a: 1\nb: [x, y\nc: 3\nd: 4\n", 2, "close the ["),
        ("a: 1\nb: {x: y\nc: 3\n", 2, "close the {"),
        ('a: 1\nb: "x\nc: 3\n', 2, "close the quotation mark"),
        ("a: x: y\n", 1, "in quotation marks"),
        ("a: @x\n", 1, "in quotation marks"),
        ("a: 1\nb:2\nc: 3\n", 3, "a space behind the colon"),
        ("a: 'it's'\n", 1, "in quotation marks"),
    ],
)
def test_what_yaml_cannot_read_comes_with_what_to_do(text: str, line: int, hint: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        parse(text, "x.yaml")
    (found,) = caught.value.findings
    assert (found.line, found.message[:14]) == (line, "not valid YAML")
    assert hint in found.hint


def test_a_key_that_stands_twice_is_told_where_it_stood_first() -> None:
    with pytest.raises(InvalidFile) as caught:
        parse("a: 1\nb:\n  c: 1\n  c: 2\na: 2\n", "x.yaml")
    assert [(finding.line, finding.message) for finding in caught.value.findings] == [
        (4, "the key c stands in line 3 already"),
        (5, "the key a stands in line 1 already"),
    ]
    assert {finding.hint for finding in caught.value.findings} == {"leave one of them out"}


class Group(BaseModel):
    model_config = ConfigDict(extra="forbid")
    facts: dict[str, str] = {}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("facts: x\n", "facts: expected lines with  key: value", ""),
        ("facts: {容量:500毫升}\n", "facts.容量:500毫升: ", "behind the key:  容量: …"),
        ("'fact：x': {}\n", "fact：x: is not a known key", "behind the key:  fact: …"),
    ],
)
def test_keys_that_became_text_are_told(text: str, message: str, hint: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        validate(parse(text, "x.yaml"), Group)
    (found,) = caught.value.findings
    assert found.message.startswith(message)
    assert hint in found.hint


def test_size_is_capped_before_parsing(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    file.write_text("a: " + "x" * MAX_BYTES)
    with pytest.raises(InvalidFile, match="KiB"):
        load(file)


@pytest.mark.parametrize("name", ["gone.yaml", "latin.yaml"])
def test_an_unreadable_file_is_a_finding(tmp_path: Path, name: str) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"name: caf\xe9\n")
    with pytest.raises(InvalidFile):
        load(tmp_path / name)


@given(st.text(max_size=300))
def test_any_text_parses_or_is_a_finding(text: str) -> None:
    with contextlib.suppress(InvalidFile):
        assert isinstance(parse(text, "x").data, dict)
