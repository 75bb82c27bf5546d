"""Sheets as people who know no YAML write them: nothing that was typed vanishes, and a slip is told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.errors import Finding
from host.core.product import Product
from host.core.reason import Reason
from host.show.load import Examined, parsed

BASE = "name: 杯\nlink: 1\nprice: 68\n"
"""Three rows of a sheet: what a test adds begins in line 5 of its file."""


def examined(rows: str, base: str = BASE) -> Examined:
    return parsed(f"---\n{base}{rows.rstrip()}\n---\n好。\n", Path("cup.md"))


def codes(found: Examined) -> list[tuple[int, str]]:
    """Line and code of every finding; of one about a key, the code of what is wrong with it."""
    return [(finding.line, _code(finding)) for finding in found.findings]


def _code(finding: Finding) -> str:
    assert isinstance(finding.message, Reason), finding
    inner = finding.message.details.get("why")
    return inner.code if finding.message.code == "at_key" and isinstance(inner, Reason) else finding.message.code


def product(rows: str) -> Product:
    found = examined(rows)
    assert found.findings == (), [str(finding) for finding in found.findings]
    assert found.file is not None
    return found.file.product


# Words that are listed


LISTS = [
    ("甩卖, 清仓", ["甩卖", "清仓"]),
    ("甩卖,清仓", ["甩卖", "清仓"]),
    ("甩卖，清仓", ["甩卖", "清仓"]),
    ("甩卖、清仓、秒杀", ["甩卖", "清仓", "秒杀"]),
    ("甩卖；清仓", ["甩卖", "清仓"]),
    ("甩卖; 清仓", ["甩卖", "清仓"]),
    ("甩卖/清仓", ["甩卖", "清仓"]),
    ("甩卖 / 清仓", ["甩卖", "清仓"]),
    ("甩卖|清仓", ["甩卖", "清仓"]),
    ("甩卖 ｜ 清仓", ["甩卖", "清仓"]),
    ("甩卖 清仓", ["甩卖", "清仓"]),
    ("甩卖\u3000清仓", ["甩卖", "清仓"]),
    ("“甩卖”，“清仓”", ["甩卖", "清仓"]),
    ("“甩卖、清仓”", ["甩卖", "清仓"]),
    ("【甩卖，清仓】", ["甩卖", "清仓"]),
    ("［甩卖，清仓］", ["甩卖", "清仓"]),
    ("「甩卖」「清仓」", ["甩卖", "清仓"]),
    ("“甩卖” “清仓”", ["甩卖", "清仓"]),
    ("《甩卖》、《清仓》", ["甩卖", "清仓"]),
    ("(甩卖，清仓)", ["甩卖", "清仓"]),
    ("甩卖 和 清仓", ["甩卖", "清仓"]),
    ("甩卖 or 清仓", ["甩卖", "清仓"]),
    ("甩卖。清仓。", ["甩卖", "清仓"]),
    ("甩卖→清仓", ["甩卖", "清仓"]),
    ("甩卖 · 清仓 · 秒杀", ["甩卖", "清仓", "秒杀"]),
    ("甩卖——清仓", ["甩卖", "清仓"]),
    ("甩卖+清仓", ["甩卖", "清仓"]),
    ("甩卖,,清仓,", ["甩卖", "清仓"]),
    ("甩卖／清仓", ["甩卖", "清仓"]),
    ('"甩卖, 清仓"', ["甩卖", "清仓"]),
    ("[甩卖, 清仓]", ["甩卖", "清仓"]),
    ("[甩卖，清仓]", ["甩卖", "清仓"]),
    ("[甩卖、清仓, 秒杀]", ["甩卖", "清仓", "秒杀"]),
    ("{甩卖, 清仓}", ["甩卖", "清仓"]),
    ("\n- 甩卖\n- 清仓", ["甩卖", "清仓"]),
    ("\n- 甩卖、清仓", ["甩卖", "清仓"]),
    ("\n- “甩卖”\n- 【清仓】", ["甩卖", "清仓"]),
    ("|\n  甩卖\n  清仓", ["甩卖", "清仓"]),
    ("cheapest, best ever", ["cheapest", "best ever"]),
    ("最好", ["最好"]),
    ("[best price]", ["best price"]),
    ('"best price"', ["best price"]),
    ('["治病，最好"]', ["治病，最好"]),
    ('["#1"]', ["#1"]),
    ("[C++, 5G, 1号, 24/7, A/B]", ["C++", "5G", "1号", "24/7", "A/B"]),
    ("[甩卖, 甩卖]", ["甩卖"]),
]


@pytest.mark.parametrize(("written", "words"), LISTS)
def test_words_that_are_never_said_are_taken_apart_however_they_are_listed(written: str, words: list[str]) -> None:
    assert list(product(f"never_say: {written}").never_say) == words


@pytest.mark.parametrize(
    "written",
    ["保温杯, 杯子", "保温杯，杯子", "保温杯、杯子", "保温杯；杯子", "保温杯|杯子", "保温杯/杯子", "保温杯 / 杯子",
     "“保温杯”，“杯子”", "“保温杯” “杯子”", "【保温杯，杯子】", "[保温杯，杯子]", "[保温杯, 杯子]",
     "\n- 保温杯\n- 杯子", "保温杯 和 杯子"],
)  # fmt: skip
def test_aliases_are_taken_apart_likewise(written: str) -> None:
    assert product(f"aliases: {written}").aliases == ("保温杯", "杯子")


def test_an_alias_may_have_more_than_one_word() -> None:
    assert product("aliases: travel mug, 保温杯 大号").aliases == ("travel mug", "保温杯 大号")


@pytest.mark.parametrize("written", ["best price", "全网 lowest", "free shipping today"])
def test_words_that_may_be_a_phrase_are_asked_for(written: str) -> None:
    found = examined(f"never_say: {written}")
    assert codes(found) == [(5, "never_say_words_or_phrase")]
    assert f'["{written}"]' in found.findings[0].hint
    assert f"[{', '.join(written.split())}]" in found.findings[0].hint


@pytest.mark.parametrize("written", ['"！！"', "[🔥]", '["#"]', "、、", "……"])
def test_what_would_forbid_nothing_is_refused(written: str) -> None:
    assert codes(examined(f"never_say: {written}")) == [(5, "never_say_no_word")]


@pytest.mark.parametrize(
    ("written", "questions"),
    [
        ("保温多久, 能保温吗", ["保温多久", "能保温吗"]),
        ("保温多久、能保温吗", ["保温多久", "能保温吗"]),
        ("能洗吗/怎么洗", ["能洗吗", "怎么洗"]),
        ("能洗吗；怎么洗", ["能洗吗", "怎么洗"]),
        ("能洗吗 | 怎么洗", ["能洗吗", "怎么洗"]),
        ("能洗吗？怎么洗？", ["能洗吗？", "怎么洗？"]),
        ("能洗吗 怎么洗", ["能洗吗", "怎么洗"]),
        ("“能洗吗”", ["能洗吗"]),
        ("[保温吗，能保温多久]", ["保温吗", "能保温多久"]),
        ("does it leak, is it tight", ["does it leak", "is it tight"]),
        ("洗了以后，还能保温吗", ["洗了以后，还能保温吗"]),
        ("红色、蓝色都有吗", ["红色、蓝色都有吗"]),
        ("尺码 S/M/L 怎么选", ["尺码 S/M/L 怎么选"]),
        ("Can I return it, if it is used?", ["Can I return it, if it is used?"]),
        ('["洗了以后，还能用吗", 能洗吗]', ["洗了以后，还能用吗", "能洗吗"]),
    ],
)
def test_a_question_is_several_where_each_part_asks_something(written: str, questions: list[str]) -> None:
    assert list(product(f"faq:\n- q: {written}\n  a: 能。").faq[0].questions) == questions


# What YAML would pass over


@pytest.mark.parametrize(
    ("rows", "line", "code", "severity", "lost"),
    [
        ("facts:\n  色号: 豆沙 #03", 6, "unread_hash", "error", "#03"),
        ("faq:\n- q: 有几色\n  a: 有 #01 和 #03 两个色号。", 7, "unread_hash", "error", "#01 和 #03 两个色号。"),
        ("shipping: 全国包邮 #偏远除外", 5, "unread_hash", "error", "#偏远除外"),
        ("never_say: #1", 5, "unread_hash", "error", "#1"),
        ("never_say: [第一, #1]", 5, "unread_hash", "error", "#1"),
        ("facts:\n  产地: 浙江 # 待确认", 6, "unread_note", "warning", "# 待确认"),
        ("stock: 300 # 周五补货", 5, "unread_note", "warning", "# 周五补货"),
        ("facts:\n  口号: !很好", 6, "slip_sign", "error", "!"),
        ("shipping: &当日 发货", 5, "slip_sign", "error", "&"),
        ("shipping: *当日* 发货", 5, "slip_sign", "error", "*"),
        ("shipping: @客服 发货", 5, "slip_sign", "error", "@"),
        ("shipping: [新疆] 不发货", 5, "slip_sign", "error", "["),
    ],
)
def test_what_yaml_would_pass_over_is_told(rows: str, line: int, code: str, severity: str, lost: str) -> None:
    found = examined(rows)
    (finding,) = [each for each in found.findings if _code(each) == code]
    assert (finding.line, finding.severity) == (line, severity)
    assert lost in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    "rows",
    [
        "# 一条备注\nfacts:\n  # 又一条\n  容量: 500毫升",
        'facts:\n  色号: "豆沙 #03"',
        "facts:\n  色号: 豆沙#03",
        "facts:\n  说明: |\n    第一行 #1不是备注\n    第二行",
        "faq: # 常见问题\n- q: 能洗吗\n  a: 能",
    ],
)
def test_a_note_in_a_row_of_its_own_and_a_hash_in_a_value_are_as_they_are(rows: str) -> None:
    assert [code for _, code in codes(examined(rows)) if code != "unread_note"] == []
    assert all(code != "unread_hash" for _, code in codes(examined(rows)))


@given(st.text(alphabet=st.sampled_from("豆沙03abc#! &*:-[]{},\"'“”，。　\t"), min_size=1, max_size=30))
@settings(max_examples=300, deadline=None)
def test_every_word_of_a_value_is_kept_or_told(text: str) -> None:
    """What a writer typed behind a key stands in the product, or a finding points at its line."""
    found = examined(f"shipping: {text}")
    kept = found.file.product.shipping if found.file else ""
    letters = [character for character in text if character.isalnum()]
    if [character for character in kept if character.isalnum()] != letters:
        assert any(finding.line >= 5 for finding in found.findings), (text, kept)


# Characters of another width


@pytest.mark.parametrize(
    ("rows", "slips"),
    [
        ("facts:\n  净重:\u3000220克", [(6, "slip_space")]),
        ("facts:\n  净重:\u00a0220克", [(6, "slip_space")]),
        ("facts:\n  净重:\u2003220克", [(6, "slip_space")]),
        ("facts:\n  净重:\t220克", [(6, "slip_space")]),
        ("stock:\u3000300", [(5, "slip_space")]),
        ("stock：\u3000300", [(5, "slip_wide_colon")]),
        ("stock\u3000：300", [(5, "slip_wide_colon")]),
        ("facts:\n\u3000\u3000净重: 220克\n\u3000\u3000材质: 钢", [(6, "slip_indent"), (7, "slip_indent")]),
        ("facts:\n\u00a0\u00a0净重: 220克", [(6, "slip_indent")]),
        ("facts:\n\t净重: 220克\n\t材质: 钢", [(6, "slip_indent"), (7, "slip_indent")]),
        ("facts:\n  净重\t220克\n  材质\t钢", [(6, "slip_tab"), (7, "slip_tab")]),
        ("facts:\n  净重\t\t220克", [(6, "slip_tab")]),
        ("stock\t300", [(5, "slip_tab")]),
        ("never_say:\n  • 甩卖\n  • 清仓", [(6, "slip_bullet"), (7, "slip_bullet")]),
        ("never_say:\n  · 甩卖", []),
        ("never_say:\n  － 甩卖\n  － 清仓", [(6, "slip_bullet"), (7, "slip_bullet")]),
        ("never_say:\n  -甩卖\n  -清仓", [(6, "slip_bullet"), (7, "slip_bullet")]),
        ("never_say:\n  -\u00a0甩卖\n  -\u3000清仓", [(6, "slip_bullet"), (7, "slip_bullet")]),
        ("never_say:\n  1. 甩卖\n  2、清仓", [(6, "slip_bullet"), (7, "slip_bullet")]),
        ("faq:\n• q: 能洗吗\n  a: 能", [(6, "slip_bullet")]),
        ("faq:\n-q: 能洗吗\n  a: 能", [(6, "slip_bullet")]),
        ("faq:\n- q：能洗吗\n  a：能", [(6, "slip_wide_colon"), (7, "slip_wide_colon")]),
        ("faq:\n- q: “能洗吗: 全部”\n  a: 能", [(6, "slip_quotes")]),
        ("facts:\n  色号: “豆沙 #03”", [(6, "slip_quotes")]),
        ("faq:\n- q: 能洗吗\n  a: 注意: 别超过60度", [(7, "slip_colon_inside")]),
        ("faq:\n- q: 能洗吗 a: 能", [(6, "slip_two_keys"), (6, "is_missing")]),
        ("faq:\n- Q：能洗吗？A：能", [(6, "slip_wide_colon"), (6, "slip_two_keys"), (6, "is_missing")]),
        ("never_say: '甩卖','清仓'", [(5, "slip_behind_marks")]),
        ('never_say: "甩卖" "清仓"', [(5, "slip_behind_marks")]),
        ("never_say: ['甩卖'，'清仓']", [(5, "slip_wide_comma")]),
        ("never_say: 甩卖\t清仓", [(5, "slip_tab_inside")]),
        ("facts:\n  - 面料：棉\n  - 颜色：黑", [(6, "slip_wide_colon"), (7, "slip_wide_colon")]),
        ("facts:\n  - 面料: 棉\n  颜色: 黑", [(7, "slip_no_bullet")]),
        ("faq:\n  - q: 能洗吗\n  a: 能", [(7, "slip_not_in_entry")]),
        ("faq:\n  - q: 能洗吗\n     a: 能", [(7, "slip_uneven")]),
        ("facts:\n  容量: 5升\n   高: 3", [(7, "slip_uneven")]),
        ("facts:\n    容量: 5升\n  高: 3\nstock: 5", [(7, "slip_uneven")]),
        ("facts:\n  材质:钢\n  容量: 5升\n   高: 3", [(6, "slip_no_space"), (8, "slip_uneven")]),
    ],
)
def test_a_slip_is_told_in_its_row(rows: str, slips: list[tuple[int, str]]) -> None:
    found = examined(rows)
    if slips:
        assert codes(found) == slips
        assert all(finding.hint and finding.severity == "error" for finding in found.findings)
        assert found.file is not None


@pytest.mark.parametrize("sign", ["\u3000", "\u00a0"])
def test_an_odd_space_is_named_in_the_words_of_people(sign: str) -> None:
    (finding,) = examined(f"facts:\n  净重:{sign}220克").findings
    assert ("a full-width space" if sign == "\u3000" else "a no-break space") in finding.message
    assert "half-width space" in finding.hint


@pytest.mark.parametrize(
    "rows",
    [
        "shipping: 包邮，\n  注意：偏远除外",
        "never_say:\n- 注意：小心",
        "aliases: [随行：杯, 杯子]",
        "promotions:\n- 今天满减：两件",
        "facts:\n  说明: |\n    注意：小心\n    • 一条",
        'facts:\n  口号: "好：杯"',
        "facts:\n  温度: -18~-22℃\n  时间: 20:00开播",
        "shipping: >-\n  第一行\n  - 第二行",
    ],
)
def test_a_text_that_looks_like_a_slip_is_a_text(rows: str) -> None:
    assert [code for _, code in codes(examined(rows)) if code.startswith("slip")] == []


# Forms


def test_facts_as_a_list_are_taken() -> None:
    assert product("facts:\n- 面料: 纯棉\n- 颜色: 黑\n- 尺码: [S, M]").facts == {
        "面料": "纯棉",
        "颜色": "黑",
        "尺码": "S, M",
    }


@pytest.mark.parametrize(
    "rows",
    [
        "faq:\n- 问: 能洗吗\n  答: 能",
        "faq:\n- Q: 能洗吗\n  A: 能",
        "faq:\n- question: 能洗吗\n  answer: 能",
        "faq:\n- 能洗吗: 能",
        "faq:\n  能洗吗: 能",
        "faq:\n  q: 能洗吗\n  a: 能",
        "faq:\n  Q1: 能洗吗\n  A1: 能",
        "faq:\n- Q1: 能洗吗\n  A1: 能",
        "faq:\n  问1: 能洗吗\n  答1: 能",
        "问答:\n- q: 能洗吗\n  a: 能",
        "FAQ:\n- q: “能洗吗”\n  a: 能",
    ],
)
def test_questions_and_answers_in_every_form(rows: str) -> None:
    sheet = product(rows)
    assert [(entry.questions, entry.answer) for entry in sheet.faq] == [(("能洗吗",), "能")]


@pytest.mark.parametrize(
    "rows",
    [
        "promotions: 今天满减",
        "promotions:\n- 今天满减",
        "promotions:\n- text: 今天满减",
        "promotions:\n  text: 今天满减",
        "促销:\n- 内容: 今天满减",
    ],
)
def test_an_offer_in_every_form(rows: str) -> None:
    assert [offer.text for offer in product(rows).promotions] == ["今天满减"]


@pytest.mark.parametrize(
    ("rows", "key", "value"),
    [
        ("stock: 1,000", "stock", 1000),
        ("stock: 300件", "stock", 300),
        ("stock: 100 pcs", "stock", 100),
        ("stock: 1万", "stock", 10000),
        ("stock: 三百件", "stock", 300),
        ("stock: one hundred pieces", "stock", 100),
        ("原价: 一百二十块", "list_price", "¥120"),
        ("原价: 八十九块九", "list_price", "¥89.9"),
        ("stock: “300”", "stock", 300),
        ("stock: ３００", "stock", 300),
        ("库存: 300", "stock", 300),
        ("lang: 中文", "lang", "zh"),
        ("语言: English", "lang", "en"),
        ("Stock: 300", "stock", 300),
        ("原价: 100元", "list_price", "¥100"),
        ("list price: 100元", "list_price", "¥100"),
        ("List-Price: 100", "list_price", "¥100"),
        ("禁用词: 甩卖", "never_say", ("甩卖",)),
        ("物流: 包邮", "shipping", "包邮"),
        ("facts:\n  型号: 1.10", "facts", {"型号": "1.10"}),
        ("facts:\n  电话: 0755", "facts", {"电话": "0755"}),
        ("facts:\n  编号: 1e3", "facts", {"编号": "1e3"}),
        ("facts:\n  上市: 2026-02-30", "facts", {"上市": "2026-02-30"}),
        ("facts:\n  “材质”: 钢", "facts", {"材质": "钢"}),
    ],
)
def test_values_and_keys_as_people_write_them(rows: str, key: str, value: object) -> None:
    found = getattr(product(rows), key)
    assert (str(found) if isinstance(value, str) else found) == value


@pytest.mark.parametrize("written", ["1号", "#1号", "1号链接", "链接1", "No.1", "'#1'", "第1号", "１", "link 1"])
def test_a_link_number_as_people_write_it(written: str) -> None:
    found = examined("", BASE.replace("link: 1", f"link: {written}"))
    if written.startswith("#"):
        assert codes(found)[0] == (3, "unread_hash")
    else:
        assert found.file is not None
        assert (found.findings, found.file.product.link) == ((), 1)


@pytest.mark.parametrize(
    ("rows", "line", "code", "named"),
    [
        ("Prise: 3", 5, "key_near", "price"),
        ("shiping: 包邮", 5, "key_near", "shipping"),
        ("面料: 纯棉", 5, "key_unknown", "facts"),
        ("facts:\n容量: 500毫升", 6, "key_not_indented", "two spaces"),
        ("faq:\n- q: 能洗吗\na: 能", 7, "key_of_entry", "faq"),
        ("price: 70", 5, "yaml_duplicate", "line 4"),
        ("价格: 70", 5, "key_twice", "price"),
        ("facts:\n  高: 1\n  高: 2", 7, "yaml_duplicate", "line 6"),
        ("facts:\n- 高: 1\n- 高: 2", 7, "yaml_duplicate", "line 6"),
        ("facts:\n- 纯棉", 6, "fact_without_topic", "纯棉"),
        ("shipping: yes", 5, "yes_or_no", "sentence"),
        ("退换: 无", 5, "yes_or_no", "sentence"),
        ("facts: 纯棉", 5, "expects_group", "key: value"),
        ("facts:\n  尺码:\n    S: 80斤", 6, "text_is_group", "one text"),
        ("never_say: - 甩卖 - 清仓", 5, "yaml_list_in_row", "- …"),
        ("faq:\n- 能洗吗？能", 6, "faq_without_answer", "能洗吗？能"),
        ("promotions:\n- 满减: 满100减10\n  text: x", 6, "entry_key_unknown", "text"),
        ("faq:\n- q: x\n  b: y\n  a: z", 7, "entry_key_unknown", "q, a"),
        ("lang: fr", 5, "one_of", "zh"),
        ("stock: 约300", 5, "not_whole", "约300"),
        ("stock: 12.5", 5, "not_whole", "12.5"),
        ("stock: 300+", 5, "not_whole", "300+"),
        ("id: a b", 5, "not_in_form", "spaces"),
    ],
)
def test_a_key_or_value_that_cannot_be_taken_is_told(rows: str, line: int, code: str, named: str) -> None:
    found = examined(rows)
    matching = [finding for finding in found.findings if _code(finding) == code and finding.line == line]
    assert matching, codes(found)
    assert named in matching[0].message + matching[0].hint


# Fences and files


@pytest.mark.parametrize("fence", ["－－－", "———", "----", "--", "– – –".replace(" ", ""), "===", "＿＿＿"])
def test_an_odd_line_around_the_sheet_is_told_and_the_rest_is_read(fence: str) -> None:
    found = parsed(f"{fence}\nname: 杯\nlink: x\nprice: 1\n{fence}\n好。{{wave}}\n", Path("cup.md"))
    assert [line for line, code in codes(found) if code == "sheet_odd_fence"] == [1, 5]
    assert {(3, "not_whole"), (6, "direction_unread")} <= set(codes(found))


def test_invisible_characters_are_not_there() -> None:
    text = "\ufeff---\n\u200bname: 杯\x00\nli\u200bnk: 1\nprice: 6\u200b8\n---\n好\x08。\u2028来。\n"
    found = parsed(text, Path("cup.md"))
    assert found.findings == ()
    assert found.file is not None
    assert (found.file.product.name, found.file.product.link, str(found.file.product.price)) == ("杯", 1, "¥68")


# Everything at once


def test_a_broken_value_hides_nothing_else() -> None:
    rows = (
        "stock: 约300\nfacts:\n  高: 10厘米\n  宽：5厘米\nimage: ../x.png\n"
        "faq:\n- q: 能洗吗\n- q: 会漏吗\n  a: **不漏**\n"
    )
    found = examined(rows, "name: 杯\nlink: x\nprice: 便宜\n")
    assert codes(found) == [
        (3, "not_whole"),
        (4, "money_none"),
        (5, "not_whole"),
        (8, "slip_wide_colon"),
        (9, "picture_outside"),
        (11, "is_missing"),
        (13, "slip_sign"),
        (13, "sign_unspoken"),
    ]
    assert found.file is not None
    assert found.file.product.facts == {"高": "10厘米", "宽": "5厘米"}
    assert found.broken == {"link", "price", "stock", "faq"}


ROWS = (
    "name: 杯", "link: 1", "price: 5", "facts:", "  高: 1", "faq:", "- q: 能吗", "  a: 能", "promotions:", "- 满减",
    "never_say: a、b", "• x", "　宽：2", "\tx\ty", "a: b: c", "k: [x", "# n", "x #y",
)  # fmt: skip


@given(st.lists(st.sampled_from(ROWS), max_size=14))
@settings(max_examples=300, deadline=None)
def test_any_rows_make_a_product_or_findings_with_lines(rows: list[str]) -> None:
    found = parsed("---\n" + "\n".join(rows) + "\n---\n好。\n", Path("cup.md"))
    assert found.good or any(finding.severity == "error" for finding in found.findings)
    assert all(1 <= finding.line <= len(rows) + 3 for finding in found.findings)
    assert all(isinstance(finding.message, Reason) for finding in found.findings)
