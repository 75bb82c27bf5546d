"""What the command line makes of what it is given, before any work begins."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner
from virtual_room import CUP

from host.cli import app
from host.commands.rooms import room_of

IN_ENGLISH = (
    CUP.replace("name: 随行保温杯", "name: Travel Mug").replace("79元", "$24").replace("link: 1", "link: 1\n{lang}")
)


@pytest.mark.parametrize(
    ("script", "lang"),
    [
        (CUP, "zh"),
        (IN_ENGLISH.format(lang="lang: en"), "en"),
        (IN_ENGLISH.format(lang="lang:   'en'"), "en"),
        (IN_ENGLISH.format(lang='"lang": en  # for the US'), "en"),
        (CUP.replace("link: 1", "link: 1 # lang: en is another file"), "zh"),
        (CUP.replace("净重: 220克", "说明: 'lang: en 是写给英文脚本的'"), "zh"),
        ("nothing of a script", "zh"),
    ],
)
def test_scripts_of_their_own_are_played_in_the_language_of_the_first_product(
    tmp_path: Path, script: str, lang: str
) -> None:
    (tmp_path / "cup.md").write_text(script, encoding="utf-8")
    assert room_of([tmp_path / "cup.md"]).config.lang == lang


def test_of_several_scripts_the_first_link_counts(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CUP.replace("link: 1", "link: 2"), encoding="utf-8")
    mug = IN_ENGLISH.replace("id: cup", "id: mug").format(lang="lang: en")
    (tmp_path / "b.md").write_text(mug, encoding="utf-8")
    assert room_of([tmp_path]).config.lang == "en"


def test_check_shows_what_it_understood(tmp_path: Path) -> None:
    (tmp_path / "cup.md").write_text(CUP.replace("link: 1", "link: 1\n质保: 12个月"), encoding="utf-8")
    run = partial(CliRunner().invoke, app)
    told = run(["check", str(tmp_path)])
    assert "warranty             12 个月" in told.output
    assert "warranty" not in run(["check", "--no-understood", str(tmp_path)]).output
    assert isinstance(json.loads(run(["check", "--json", str(tmp_path)]).output), list)
    both = json.loads(run(["check", "--json", "--understood", str(tmp_path)]).output)
    (product,) = both["products"]
    (entry,) = [each for each in product["entries"] if each["key"] == "warranty"]
    assert entry["why"] == {"code": "read_warranty", "details": {"months": 12, "covers": [], "excludes": []}}
    assert entry["place"].endswith("cup.md:5")


def test_schemas_know_every_form_of_a_key() -> None:
    sheet = json.loads(CliRunner().invoke(app, ["schema", "--sheet"]).output)
    assert {"price", "款式", "尺码表", "质保", "size_guide"} <= set(sheet["properties"])
    assert "第几件" in sheet["$defs"]["PromotionEntry"]["properties"]
    room = json.loads(CliRunner().invoke(app, ["schema"]).output)
    assert "客服时间" in room["properties"]["shop"]["anyOf"][1]["properties"]
    for schema in (sheet, room):
        names = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema)))
        assert names <= set(schema["$defs"])
