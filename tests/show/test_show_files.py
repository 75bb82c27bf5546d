"""Script files: what a writer may write, and what is said about what went wrong."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.errors import Finding, InvalidFile
from host.core.utterance import Direction
from host.show.load import ScriptFile, Show, load_show, parse_script_file, read_script_file
from host.show.script import Line

PNG = cv2.imencode(".png", np.full((500, 400, 3), 200, np.uint8))[1].tobytes()
SHEET = "---\nname: 随行保温杯\nlink: 1\nprice: 79元\n---\n"


def parse(text: str, path: str = "cup.md") -> ScriptFile:
    return parse_script_file(text, Path(path))


def body(text: str) -> ScriptFile:
    return parse(SHEET + text)


def findings(text: str) -> list[Finding]:
    with pytest.raises(InvalidFile) as caught:
        parse(text)
    return caught.value.findings


def texts(file: ScriptFile) -> list[list[list[str]]]:
    """Per line the sentences of each wording."""
    return [[[s.text for s in w.sentences] for w in line.wordings] for _, _, line in file.script.lines()]


def first(file: ScriptFile) -> Line:
    return file.script.segments[0].lines[0]


# What a script says


def test_headings_paragraphs_and_lists_become_segments_lines_and_alternatives() -> None:
    file = body(
        "# 标题\n\n## 开场\n\n大家好。来了。\n\n- 朋友们好。\n- 来啦！\n\n第二行。\n\n## 卖点\n\n- 甲。\n- 乙。\n"
    )
    assert [segment.name for segment in file.script.segments] == ["开场", "卖点"]
    assert texts(file) == [[["大家好。", "来了。"], ["朋友们好。"], ["来啦！"]], [["第二行。"]], [["甲。"], ["乙。"]]]


def test_lines_before_the_first_heading_make_a_segment_without_a_name() -> None:
    assert body("大家好。\n").script.segments[0].name == ""


def test_every_sentence_knows_its_line_in_the_file() -> None:
    file = body("\n## 开场\n\n一。二。\n三。\n<!-- a\nb -->\n- 四。\n\n五。\n")
    lines = {s.text: s.source_line for _, _, line in file.script.lines() for w in line.wordings for s in w.sentences}
    assert lines == {"一。": 9, "二。": 9, "三。": 10, "四。": 13, "五。": 15}


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("*很*保温，**真的**，`杯子`。", "很保温，真的，杯子。"),
        ("买500mL*2，送100g*3。", "买500mL*2，送100g*3。"),
        (r"这是\{括号\}和\#号\*。", "这是{括号}和#号*。"),
        ("第一行\n第二行。", "第一行第二行。"),
        ("first line\nsecond line.", "first line second line."),
        ("　　全角缩进。", "全角缩进。"),
        ("    四个空格。", "四个空格。"),
        ("标题下面\n---\n", "标题下面"),
        ("[官网](http://a.example/x)有卖。", "官网有卖。"),
        ("A &amp; B。", "A & B。"),
        ("零\u200b宽\u202e字。", "零宽字。"),
    ],
)
def test_markup_is_not_spoken(written: str, spoken: str) -> None:
    assert " ".join(s.text for s in first(body(written)).wordings[0].sentences) == spoken


def test_a_piece_without_a_word_joins_the_sentence_before_it() -> None:
    assert texts(body("好。……！来。\n")) == [[["好。……！", "来。"]]]


def test_english_scripts_split_where_english_does() -> None:
    file = parse(SHEET.replace("79元", "$12.50") + "It is $12.50. Order now, e.g. today!\n")
    assert file.script.lang == file.product.lang == "en"
    assert texts(file) == [[["It is $12.50.", "Order now, e.g. today!"]]]


# Directions


@pytest.mark.parametrize(
    ("written", "gestures"),
    [
        ("一。{gesture=wave}二。", ["wave", ""]),
        ("一。 {gesture=wave} 二。", ["wave", ""]),
        ("一{gesture=wave}一。二。", ["wave", ""]),
        ("一。二{gesture=wave}。", ["", "wave"]),
        ("一。二。{gesture=wave}", ["", "wave"]),
        ("{gesture=wave}一。二。", ["wave", ""]),
        ("一。\n{gesture=wave}二。", ["", "wave"]),
        ("一。二。\n{gesture=wave}", ["", "wave"]),
    ],
)
def test_a_direction_belongs_to_the_sentence_it_stands_in_or_behind(written: str, gestures: list[str]) -> None:
    assert [s.direction.gesture for s in first(body(written)).wordings[0].sentences] == gestures


def test_a_direction_takes_several_keys_and_quoted_file_names(tmp_path: Path) -> None:
    file = parse(SHEET + '看。{gesture=point show="my _cup_.png" mood=calm}\n', str(tmp_path / "cup.md"))
    shown = str((tmp_path / "my _cup_.png").resolve())
    assert first(file).wordings[0].sentences[0].direction == Direction("point", shown, "calm")


# The sheet

FULL = """---
id: cup
name: 随行保温杯
lang: zh
link: 3
price: 79.90
list_price: ¥129
stock: 300
aliases: [保温杯, 杯子]
facts:
  容量: 500毫升
  净重: 260
  型号: "1.10"
  上市: 2026-01-01
faq:
  - q: 保温多久
    a: 早上装的热水，晚上还是烫的。
  - q: [能洗吗, 怎么洗]
    a: 可以放进洗碗机。
shipping: 48小时内发货。
returns: 七天无理由。
promotions:
  - text: 送杯刷
    price: 69元
    from: 2026-11-01
    until: 2026-11-11
  - text: 早鸟
    from: 2026-11-01 20:00
    until: 2026年11月2日 24:00
never_say: 最好
---
大家好。
"""


def test_a_full_sheet_becomes_a_product() -> None:
    product = parse(FULL).product
    assert (product.id, product.link, str(product.price), str(product.list_price)) == ("cup", 3, "¥79.9", "¥129")
    assert product.facts == {"容量": "500毫升", "净重": "260", "型号": "1.10", "上市": "2026-01-01"}
    assert [entry.questions for entry in product.faq] == [("保温多久",), ("能洗吗", "怎么洗")]
    assert product.never_say == ("最好",)
    day, early = product.promotions
    assert (day.starts, day.ends) == (datetime(2026, 11, 1), datetime(2026, 11, 12))
    assert (early.starts, early.ends) == (datetime(2026, 11, 1, 20), datetime(2026, 11, 3))
    lines = product.lines
    assert (lines["price"], lines["facts.容量"], lines["faq.1"], lines["promotions.0"]) == (6, 11, 18, 23)
    fact = next(f for f in product.facts_in_force(datetime(2026, 1, 1, tzinfo=UTC)) if f.topic == "净重")
    assert fact.source == "cup.md:12"


def test_what_the_sheet_leaves_out_follows_from_file_and_script() -> None:
    file = parse(SHEET + "大家好。", "some where/my cup.v2.md")
    assert (file.product.id, file.product.lang, file.product.price.currency) == ("my-cup-v2", "zh", "CNY")
    english = parse(SHEET.replace("79元", "12.5") + "Hello.")
    assert (english.product.lang, str(english.product.price)) == ("en", "$12.50")


def test_byte_order_mark_blank_lines_and_windows_line_ends_are_taken() -> None:
    file = parse("\ufeff\n" + (SHEET + "大家好。\n").replace("\n", "\r\n"))
    assert file.product.lines["name"] == 3
    assert first(file).source_line == 7


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty"),
        ("大家好。", 1, "the product sheet between two --- lines is missing"),
        ("---\nname: 杯\n大家好。", 1, "the product sheet opened here is not closed"),
        ("---\nname：杯\nlink: 1\n---\n好。", 2, "a full-width colon"),
        ("---\nname: [杯\n---\n好。", 2, "begins with ["),
        ("---\n- a\n---\n好。", 2, "expected 'key: value' lines"),
        ("---\na: &x 1\nb: *x\n---\n好。", 3, "the value of 'b' begins with *"),
        (SHEET.replace("price:", "aliases: " + "[" * 100_000 + "\nprice:"), 4, "brackets are open here"),
        (SHEET.replace("79元", "便宜"), 4, "'便宜' is not a price"),
        (SHEET.replace("79元", "true"), 4, "is not a price"),
        (SHEET.replace("79元", "0"), 4, "a price is above zero"),
        (SHEET.replace("link: 1", "link: first"), 3, "link: 'first' is not a whole number"),
        (SHEET.replace("link: 1", "link: true"), 3, "link: 'true' is not a whole number"),
        (SHEET.replace("link: 1\n", ""), 2, "link: is missing"),
        (SHEET.replace("name", "nmae"), 2, "nmae: is not a known key"),
        (SHEET.replace("price:", "lang: fr\nprice:"), 4, "lang: "),
        (SHEET.replace("price:", "id: a b\nprice:"), 4, "id: "),
        (SHEET.replace("price:", "facts: {可洗: true}\nprice:"), 4, "facts.可洗: expected words"),
        (SHEET.replace("price:", "facts: {可洗: }\nprice:"), 4, "facts.可洗: expected words"),
        (SHEET.replace("price:", "list_price: 49元\nprice:"), 5, "¥79 is above the list price ¥49"),
        (SHEET.replace("price:", "list_price: $99\nprice:"), 4, "another currency"),
        (SHEET.replace("price:", "image: ../../etc/passwd\nprice:"), 4, "outside the script's folder"),
        (SHEET.replace("price:", "image: /etc/passwd\nprice:"), 4, "outside the script's folder"),
        (SHEET.replace("price:", "promotions:\n- {text: 送, from: 明天}\nprice:"), 5, "'明天' is not a date"),
        (SHEET.replace("price:", "promotions:\n- {text: 送, from: 2026-02-30}\nprice:"), 5, "is not a date"),
        (SHEET.replace("price:", "promotions:\n- {text: 送, price: 99元}\nprice:"), 5, "¥99 is above the price"),
        (
            SHEET.replace("price:", "promotions:\n- text: 送\n  from: 2026-02-03\n  until: 2026-02-01\nprice:"),
            7,
            "it ends before it starts",
        ),
    ],
)
def test_a_bad_sheet_is_pointed_at(text: str, line: int, message: str) -> None:
    sheet_closed = text.count("---") != 1 and text.startswith("---")
    found = findings(text + ("大家好。\n" if sheet_closed else ""))
    assert any(f.line == line and message in f.message for f in found), [str(f) for f in found]
    assert all(f.hint for f in found if f.line == line and message in f.message and "lang" not in message)


def sheet_findings(rows: str) -> list[tuple[int, str, str]]:
    return [(f.line, f.message, f.hint) for f in findings(f"---\n{rows}---\n好。")]


WIDE = "a full-width colon '：' does not end a key"
TYPE = "type it half-width, with a space behind:  "
SPACE = "put a space behind the colon:  "


@pytest.mark.parametrize(
    ("rows", "slips"),
    [
        ("name: 杯\nprice:68元\nlink: 1\n", [(3, "price", SPACE)]),
        ("name: 杯\nlink: 1\nprice:68元\n", [(4, "price", SPACE)]),
        ("name: 杯\nlink：1\nprice: 68元\n", [(3, "link", TYPE)]),
        ("name：杯\nlink：1\nprice：68元\n", [(2, "name", TYPE), (3, "link", TYPE), (4, "price", TYPE)]),
        ("name:杯\nlink: 1\nprice：68元\n", [(2, "name", SPACE), (4, "price", TYPE)]),
        ("name: 杯\nlink: 1\nprice: 68\nfacts:\n  容量：500毫升\n  材质：钢\n", [(6, "容量", TYPE), (7, "材质", TYPE)]),
        ("name: 杯\nlink: 1\nprice: 68\nfacts:\n  容量:500毫升\nstock: 5\n", [(6, "容量", SPACE)]),
        ("name: 杯\nlink: 1\nprice: 68\nfaq:\n  - q：能洗吗\n    a：能\n", [(6, "q", TYPE), (7, "a", TYPE)]),
        ("name: 杯\nlink: 1\nprice: 68\nfaq:\n  - q: 能洗吗\n    a:能\n", [(7, "a", SPACE)]),
        ("name: 杯\nlink: 1\nprice: 68\npromotions:\n  - text: 送\n    until:2026-11-11\n", [(7, "until", SPACE)]),
        ("name: cup\nlink: 1\nprice: 68\nfacts:\n  Battery life:9 hours\n  a: b\n", [(6, "Battery life", SPACE)]),
    ],
)
def test_a_colon_that_ends_no_key_is_the_only_finding(rows: str, slips: list[tuple[int, str, str]]) -> None:
    found = sheet_findings(rows)
    assert [(line, hint) for line, _, hint in found] == [(line, f"{hint}{key}: …") for line, key, hint in slips]
    for (_, message, _), (_, key, hint) in zip(found, slips, strict=True):
        assert message == (WIDE if hint == TYPE else f"there is no space behind the colon of {key!r}")


def test_more_slips_than_there_are_readings_are_all_told() -> None:
    found = sheet_findings("".join(f"key{number}：1\n" for number in range(60)))
    assert [line for line, message, _ in found if message == WIDE] == list(range(2, 62))


@pytest.mark.parametrize(
    "going_on", ["注意：偏远除外", "20:00开播", "http://a.example/x", "比例 3:4", "见 https://a.example"]
)
def test_a_text_that_goes_on_with_a_colon_is_no_slip(going_on: str) -> None:
    rows = f"name: 杯\nlink: 1\nshipping: 包邮，\n  {going_on}\n"
    assert parse(f"---\n{rows}price: 68\n---\n好。").findings == ()
    assert sheet_findings(f"{rows}price:68元\nstock: 5\n") == [
        (6, "there is no space behind the colon of 'price'", f"{SPACE}price: …")
    ]


def test_what_else_is_wrong_is_told_beside_the_slips() -> None:
    found = sheet_findings("name：杯\nlink: 1\nid: @x\nprice：68元\nlist_price: 便宜\n上市: 2026-02-30\n")
    assert [(line, message[:24]) for line, message, _ in found] == [
        (2, WIDE[:24]),
        (4, "the value of 'id' begins"),
        (5, WIDE[:24]),
        (6, "list_price: '便宜' is not a price"[:24]),
        (7, "上市: is not a known key"[:24]),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 6, "the script is empty"),
        ("## 开场\n", 6, "has no lines"),
        ("##开场\n\n好。", 6, "this is not a heading yet"),
        ("＃＃ 开场\n\n好。", 6, "this is not a heading yet"),
        ("好。{gestur=wave}", 6, "unknown direction 'gestur'"),
        ("好。{wave}", 6, "{wave} is not a direction"),
        ("好。{}", 6, "the direction is empty"),
        ("好。{gesture=wave", 6, "a '{' is not closed"),
        ("好。\n再{gesture=wave gesture=point}见。", 7, "gesture is given twice"),
        ("好。{gesture=wave}{gesture=point}", 6, "one sentence is given"),
        ("好。｛gesture=wave｝", 6, "full-width"),
        ("好。{gesture＝wave}", 6, "full-width"),
        ("好。{show=../x.png}", 6, "outside the script's folder"),
        ("好。{mood=a/b}", 6, "is not a name for a mood"),
        ("{gesture=wave}", 6, "nothing here to say"),
        ("## 开场 {gesture=wave}\n\n好。", 6, "directs nothing"),
        ("好。\n\n1. 一。\n2. 二。", 8, "a numbered list"),
        ("好。\n\n- 一。\n  - 二。", 9, "only text can stand in a list"),
        ("> 好。", 6, "a quotation"),
        ("```\n好。\n```", 6, "a code block"),
        ("好<b>的</b>。", 6, "<b> cannot be spoken"),
        ("好。![x](y.png)", 6, "a picture cannot be spoken"),
        ("好。\n<!-- 没关上", 7, "the comment opened here is not closed"),
        ("好" * 2001, 6, "a line of more than 2000 characters"),
    ],
)
def test_a_bad_script_is_pointed_at(text: str, line: int, message: str) -> None:
    found = findings(SHEET + text)
    assert any(f.line == line and message in f.message and f.hint for f in found), [str(f) for f in found]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("{gesture=present,right}", "one word from the list of gestures is expected, for example {gesture=present}"),
        ("{mood=calm/warm}", "one word from the list of moods is expected, for example {mood=calm}"),
    ],
)
def test_a_direction_takes_one_word(written: str, hint: str) -> None:
    (found,) = findings(f"{SHEET}好。{written}\n")
    assert (found.line, found.hint) == (6, hint)


def test_all_that_is_wrong_is_found_at_once() -> None:
    broken = SHEET.replace("79元", "便宜").replace("link: 1", "link: x") + "好。{wave}\n\n```\nx\n```\n"
    assert [f.line for f in findings(broken)] == [3, 4, 6, 8]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("好。\n\n## 空的\n", "has no lines"),
        ("### 开场\n\n好。", "### makes a segment"),
        ("好。\n-再来。", "this is not a list yet"),
    ],
)
def test_what_is_only_odd_is_a_warning(text: str, message: str) -> None:
    (found,) = body(text).findings
    assert found.severity == "warning"
    assert message in found.message


# Files together


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def load(*paths: Path, gestures: set[str] | None = None) -> Show:
    return load_show(paths, gestures, datetime(2026, 11, 20, tzinfo=UTC))


def test_good_files_make_a_show(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    one = write(tmp_path, "cup.md", SHEET.replace("price:", "image: a.png\nprice:") + "好。{show=a.png gesture=wave}")
    two = write(tmp_path, "mug.md", SHEET.replace("link: 1", "link: 2") + "好。")
    show = load(one, two, gestures={"wave"})
    assert show.findings == ()
    assert list(show.scripts) == ["cup", "mug"]
    assert Path(show.catalogue.get("cup").image).is_file()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("sheet", "script", "message", "hint"),
    [
        ("image: b.png\n", "好。", "image: there is no picture b.png", "looked at"),
        ("", "好。{show=b.jpg}", "show: there is no picture b.jpg", "looked at"),
        ("image: a.txt\n", "好。", "no kind of picture", ".png"),
        ("image: fake.png\n", "好。", "is not a png picture", "save it again"),
        ("", "好。{gesture=dance}", "the host has no gesture 'dance'", "there are: wave"),
    ],
)
def test_what_a_file_names_must_be_there(tmp_path: Path, sheet: str, script: str, message: str, hint: str) -> None:
    (tmp_path / "fake.png").write_bytes(b"<svg/>")
    (tmp_path / "a.txt").write_text("x")
    show = load(write(tmp_path, "cup.md", SHEET.replace("price:", sheet + "price:") + script), gestures={"wave"})
    (found,) = show.errors
    assert message in found.message
    assert hint in found.hint
    assert len(show.catalogue) == 0


def picture(wide: int, high: int, kind: str = ".png") -> bytes:
    noise = np.random.default_rng(1).integers(0, 255, (high, wide, 3), np.uint8)
    return bytes(np.asarray(cv2.imencode(kind, noise)[1], np.uint8))


@pytest.mark.parametrize("kind", ["png", "jpg", "webp"])
@pytest.mark.parametrize("place", ["image", "show"])
def test_a_damaged_picture_is_refused(tmp_path: Path, kind: str, place: str) -> None:
    data = picture(500, 500, f".{kind}")
    (tmp_path / f"a.{kind}").write_bytes(data[: len(data) // 2])
    sheet = SHEET.replace("price:", f"image: a.{kind}\nprice:") if place == "image" else SHEET
    script = "好。" if place == "image" else f"好。{{show=a.{kind}}}"
    (found,) = load(write(tmp_path, "cup.md", sheet + script)).errors
    assert found.message == f"{place}: a.{kind} cannot be read as a picture"
    assert "save it again" in found.hint


@pytest.mark.parametrize(
    ("wide", "high", "small"),
    [(120, 90, True), (399, 399, True), (90, 399, True), (400, 60, False), (60, 400, False), (1200, 900, False)],
)
def test_a_picture_too_small_to_be_read_is_warned_of(tmp_path: Path, wide: int, high: int, small: bool) -> None:
    (tmp_path / "a.png").write_bytes(picture(wide, high))
    sheet = SHEET.replace("price:", "image: a.png\nprice:")
    show = load(write(tmp_path, "cup.md", sheet + "好。{show=a.png} 再看。"))
    assert show.errors == ()
    assert list(show.scripts) == ["cup"]
    found = [(finding.severity, finding.line, finding.message) for finding in show.findings]
    message = f"a.png is only {wide} x {high} pixels: what is written in it cannot be read"
    assert found == ([("warning", 7, message)] if small else [])


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    inner = tmp_path / "scripts"
    inner.mkdir()
    (inner / "a.png").symlink_to(tmp_path / "secret.png")
    path = write(inner, "cup.md", SHEET.replace("price:", "image: a.png\nprice:") + "好。")
    with pytest.raises(InvalidFile, match="outside the script's folder"):
        read_script_file(path)


def test_two_products_with_one_link_or_id(tmp_path: Path) -> None:
    one = write(tmp_path, "cup.md", SHEET + "好。")
    two = write(tmp_path, "mug.md", SHEET + "好。")
    three = write(tmp_path, "pot.md", SHEET.replace("link: 1", "id: cup\nlink: 2") + "好。")
    show = load(one, two, three)
    assert list(show.scripts) == ["cup"]
    by_link, by_id = show.errors
    assert (by_link.path, by_link.line) == (str(two), 3)
    assert by_link.message == f"link 1 is taken by {one}:3"
    assert (by_id.path, by_id.line, by_id.message) == (str(three), 3, f"the id 'cup' is taken by {one}")


def test_an_offer_that_is_over_is_warned_about(tmp_path: Path) -> None:
    show = load(write(tmp_path, "cup.md", FULL))
    assert [f.severity for f in show.findings] == ["warning", "warning"]
    assert "is over: it ended 2026-11-12" in show.findings[0].message
    assert len(show.catalogue) == 1


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    binary = tmp_path / "b.md"
    binary.write_bytes(b"---\nname: \xff\n---\n")
    big = write(tmp_path, "big.md", "x" * 300_000)
    messages = [f.message for f in load(tmp_path / "gone.md", binary, big, tmp_path).errors]
    assert messages[0].startswith("cannot be read")
    assert messages[1:3] == ["is not UTF-8 text", "more than 256 KiB"]
    assert len(messages) == 4


# Anything at all


def parsed(text: str) -> ScriptFile | list[Finding]:
    try:
        return parse(text)
    except InvalidFile as error:
        return error.findings


@given(st.text(alphabet=st.sampled_from("-#*>{}=`<!\n 。，.a1杯[]()&;:\\_|~\t\u200b\u0300"), max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_script_is_parsed_or_explained(text: str) -> None:
    file = parsed(SHEET + text)
    if not isinstance(file, ScriptFile):
        assert file
        assert all(1 <= finding.line <= text.count("\n") + 7 for finding in file)
        return
    assert file.script.segments
    for _, _, line in file.script.lines():
        for wording in line.wordings:
            assert wording.sentences
            assert all(any(c.isalnum() for c in s.text) for s in wording.sentences)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_sheet_is_parsed_or_explained(text: str) -> None:
    assert parsed(f"---\n{text}\n---\n好。")


@pytest.mark.parametrize("piece", ["{", "[", "*a", "`", "<!--", "> ", "- ", "![", "{gesture=", "é́", "。", "<a "])
def test_hostile_files_take_no_time(piece: str) -> None:
    text = SHEET + piece * (100_000 // len(piece.encode()))
    began = time.perf_counter()
    parsed(text)
    assert time.perf_counter() - began < 5
