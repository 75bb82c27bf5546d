"""What loads and still will not do well; and the format page, which must not lie."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from host.avatar.delivery import smile_of
from host.core.errors import Finding
from host.core.utterance import Direction, Kind, Utterance
from host.core.yamlfile import load
from host.show.lint import lint, sentences, short_round
from host.show.load import Show, assemble, parse_script_file

SERVICE = "faq: [{q: 保温吗, a: 保温。}]\nshipping: 包邮。\nreturns: 可退。\n"
PAGE = Path(__file__).parents[2] / "scripts" / "README.md"


def show(body: str, sheet: str = SERVICE) -> Show:
    text = f"---\nname: 杯\nlink: 1\nprice: 79\n{sheet}---\n{body}"
    return assemble([parse_script_file(text, Path("cup.md"))])


PITCH = "大家好，今天讲这只杯子。\n\n- 来了，看这只杯子。\n\n" * 25
"""Some seventy seconds."""


def linted(shown: Show) -> list[Finding]:
    """What is said of every script of a show."""
    return [found for product in shown.catalogue for found in lint(product, shown.scripts[product.id])]


def test_a_good_script_has_no_findings() -> None:
    assert linted(show(PITCH)) == []
    assert short_round([*show(PITCH).scripts.values()], "room.yaml", 3) == []


@pytest.mark.parametrize(("lang", "text", "seconds"), [("zh", "好" * 40, 10), ("en", "word " * 24, 10)])
def test_a_room_that_is_soon_round_again_is_told_how_soon(lang: str, text: str, seconds: int) -> None:
    scripts = [*show(f"{text}\n\n- 来。\n", f"{SERVICE}lang: {lang}\n").scripts.values()]
    (found,) = short_round(scripts, "room.yaml", 3)
    assert found.message == f"a round takes about {seconds} s, then the host begins again"
    assert (found.path, found.line, found.severity) == ("room.yaml", 3, "warning")


@pytest.mark.parametrize(
    ("body", "sheet", "line", "message"),
    [
        ("好。\n\n- 来。\n", "", 1, "no faq"),
        ("好。\n\n- 来。\n", "", 1, "nothing on shipping"),
        ("好。\n\n- 来。\n", "", 1, "nothing on returns"),
        ("好。\n\n来。\n", SERVICE, 9, "no line has an alternative"),
        ("好" * 121 + "\n\n- 来。\n", SERVICE, 9, "a line of 121 characters"),
        ("word " * 61 + "\n\n- ok.\n", SERVICE + "lang: en\n", 10, "a line of 61 words"),
        ("好。\n\n- 来。\n- 来。\n", SERVICE, 12, "the same alternative twice"),
        ("## 开场\n\n好。\n- 来。\n\n## 开场\n\n走。\n", SERVICE, 14, "'开场' stands in line 9 already"),
        ("大家好。{mood=clam}\n- 来啦。\n", SERVICE, 9, "nobody knows the mood 'clam'"),
        ("## Offer\n\nhi.\n- ok.\n\n## offer\n\nbye.\n", SERVICE, 14, "stands in line 9 already"),
    ],
)
def test_what_will_not_do_well_is_found(body: str, sheet: str, line: int, message: str) -> None:
    found = [f for f in linted(show(body, sheet)) if message in f.message]
    assert [(f.path, f.line, f.severity) for f in found] == [("cup.md", line, "warning")]
    assert found[0].hint


def test_every_sentence_that_can_be_said_is_told() -> None:
    told = sentences(show("好。来。\n\n- 走。\n"))
    spoken = [(sentence.text, path, sentence.source_line) for _, sentence, path in told]
    assert spoken == [("好。", "cup.md", 9), ("来。", "cup.md", 9), ("走。", "cup.md", 11)]


def test_the_example_on_the_format_page_is_a_good_script() -> None:
    (example,) = re.findall(r"```markdown\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    file = parse_script_file(example, Path("cup.md"))
    assert file.findings == ()
    assert lint(file.product, file.script) == []
    assert [segment.name for segment in file.script.segments] == ["开场", "卖点"]


def test_the_format_page_lists_the_gestures_there_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| gestures of (\w+) \| (.*) \|$", page, re.MULTILINE))
    avatars = PAGE.parents[1] / "avatars"
    there = {path.parent.name: load(path).data["arms"]["gestures"] for path in avatars.glob("*/avatar.yaml")}
    assert {name: re.findall(r"`(\w+)`", words) for name, words in listed.items()} == {
        name: list(gestures) for name, gestures in there.items()
    }


def test_the_moods_of_the_format_page_move_the_smile() -> None:
    (words,) = re.findall(
        r"^\| moods, from most to least smile \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    line = Utterance(id="", kind=Kind.GREETING, text="大家好", lang="zh")
    smiles = [smile_of(replace(line, direction=Direction(mood=mood))) for mood in re.findall(r"`(\w+)`", words)]
    assert smiles == sorted(smiles, reverse=True)
    assert smile_of(line) not in smiles
