"""What the command line makes of what it is given, before any work begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from virtual_room import CUP

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
