"""What may stand in a line that is said; all else is understood, left out with a word, or an error in its row."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.reason import Reason
from host.show.asides import asides
from host.show.load import Examined, parsed
from host.show.spoken import unspoken

SHEET = "---\nname: 随行保温杯\nlink: 1\nprice: 79元\n---\n"


def read(body: str) -> Examined:
    return parsed(f"{SHEET}{body}\n", Path("cup.md"))


def said(found: Examined) -> list[str]:
    assert found.file is not None
    return [s.text for _, _, line in found.file.script.lines() for w in line.wordings for s in w.sentences]


def told(found: Examined, severity: str) -> list[tuple[int, str]]:
    assert all(isinstance(finding.message, Reason) for finding in found.findings)
    return [(f.line, f.message.code) for f in found.findings if f.severity == severity]  # type: ignore[attr-defined]


# Markup of every kind


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("好。\n\n| 容量 | 重量 |\n|---|---|\n| 500 | 220 |", 8),
        ("| 容量 | 重量 |", 6),
        ("容量|500毫升", 6),
        ("原价~~129元~~现价79元。", 6),
        ("原价~~“129元”~~，现价79元。", 6),
        ("好。\n这是==重点==。", 7),
        ("有脚注[^1]。", 6),
        ("[^1]: 这是脚注", 6),
        ("见[[保温杯]]。", 6),
        ("见[[保温杯|杯子]]。", 6),
        ("真好:smile:用", 6),
        (":rose: 谢谢", 6),
        ("- [ ] 讲价格", 6),
        ("- [x] 讲价格", 6),
        ("好。\n\n%% 备注 %%", 8),
        ("// 备注", 6),
        ("/* 备注 */", 6),
        ("`好", 6),
        ("**没关上", 6),
        ("好**。", 6),
        ("* 星", 0),
        ("一星*。", 6),
        ("__没关上", 6),
        ("x^y^z", 6),
        ("水H~2~O", 0),
        ("<微笑>大家好", 6),
        ("好<br>的", 6),
        ("&lt;好", 0),
        ("#好物推荐#", 6),
        ("来看 #好物", 6),
        ("• 第一点", 6),
        ("● 第一点", 0),
        ("> 引用", 6),
        ("1. 一点\n2. 两点", 6),
        ("```\n好\n```", 6),
        ("~~~\n好\n~~~", 6),
        ("- 一\n  - 二", 7),
        ("- 一\n\n  > 二", 8),
        ("好![图](a.png)", 6),
        ("见 \\ 好", 6),
        ("好}", 6),
        ("===\n", 6),
        ("A→B", 6),
    ],
)
def test_what_cannot_be_said_is_an_error_in_its_row(body: str, line: int) -> None:
    found = read(body)
    errors = told(found, "error")
    assert [at for at, _ in errors][:1] == ([line] if line else []), errors
    assert all(finding.hint for finding in found.findings)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("**“保温杯”**好用。", "“保温杯”好用。"),
        ("**重点：**很轻。", "重点：很轻。"),
        ("这是**“甲”**、**“乙”**，都好。", "这是“甲”、“乙”，都好。"),
        ("它**很轻**，也**很稳**。", "它很轻，也很稳。"),
        ("只要**79元**！", "只要79元！"),
        ("**《保温手册》**送你。", "《保温手册》送你。"),
        ("**（限时）**现货。", "（限时）现货。"),
        ("买***三件***更好。", "买三件更好。"),
        ("__重点__在这。", "重点在这。"),
        ("这是__重点__哦。", "这是重点哦。"),
        ("*很*保温。", "很保温。"),
        ("He said *“yes”*, really.", "He said “yes”, really."),
        ("It is **“light”**.", "It is “light”."),
        ("型号XM_500_B。", "型号XM_500_B。"),
        ("买500mL*2，送100g*3，尺寸10 * 20。", "买500mL*2，送100g*3，尺寸10 * 20。"),
        ("`C++`好用。", "C++好用。"),
        (r"打\*号、\#号、\|和\[好\]。", "打*号、#号、|和[好]。"),
        ("[官网](http://a.example/x)有卖。", "官网有卖。"),
        ("第一行  \n第二行。", "第一行第二行。"),
        ("好。\n\n---\n\n来。", "好。来。"),
        ("<!-- 备注 -->好。", "好。"),
    ],
)
def test_what_is_understood_leaves_no_mark(body: str, text: str) -> None:
    found = read(body)
    assert "".join(said(found)) == text
    assert told(found, "error") == []


@pytest.mark.parametrize(
    "text",
    [
        "5G手机，色号#03，1#链接，C#，A+，C++。",
        ">99%的纯度，<5%的误差，±5%，≥90%，约≈2斤。",
        '10^8，5×10⁹，20m²，500m³/h，-18~-22℃，5\'10"，3/4"。',
        "100/200/300毫升，and/or，16:9，20:00，3~5天，10～20个。",
        "$12.50、€30、¥79.90、US$5、1,299元，50%。",
        "AT&T、R&D、No.1、a@b、1+1=2。",
        "“引号”‘单’「角」『双』《书》（括号）(round) — – … · ·。",
        "见 https://a.example/b 。",
        "让·雷诺，O'Neill，café，naïve，ñ，α，Ω，①。",
        "好！？；：、。,.!?;:",
        "好~~~ 来了~，轻轻松松～～",
    ],
)
def test_signs_of_speech_are_speech(text: str) -> None:
    assert list(unspoken(text)) == []


def test_ornaments_are_left_out_with_a_word() -> None:
    found = read("🌹大家好🌟，来👋🏻看👨‍👩‍👧这只杯子❤️！★")
    assert "".join(said(found)) == "大家好，来看这只杯子！"
    assert {code for _, code in told(found, "warning")} == {"sign_left_out"}
    assert told(found, "error") == []


def test_a_link_s_address_is_told_of() -> None:
    (finding,) = read("[官网](http://a.example/x)有卖。").findings
    assert finding.severity == "warning"
    assert "http://a.example/x" in finding.message


@given(st.text(alphabet=st.sampled_from("*_~=^|[](){}<>#`\\/%:!-+ 好，。a1“”"), max_size=40))
@settings(max_examples=400, deadline=None)
def test_no_sign_of_markup_is_ever_said(text: str) -> None:
    """What a line that loads without an error says holds no sign that was not escaped, beside a word, or a number's."""
    found = read(f"好{text}")
    if not found.good or "\\" in text or "`" in text:
        return
    for sentence in said(found):
        assert not any(sign in sentence for sign in ("**", "==", "[[", "]]", "|", "{", "}", "//", "%%", "##"))
        assert not re.search(r"~~\w", sentence)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_line_is_said_or_told(text: str) -> None:
    found = read(text)
    assert found.findings or said(found)


# Asides


LEFT_OUT = [
    ("（微笑）大家好。", "大家好。", "{mood=smile}"),
    ("(微笑)大家好。", "大家好。", "{mood=smile}"),
    ("大家好！（挥手）今天讲杯子。", "大家好！今天讲杯子。", "{gesture=wave}"),
    ("【展示产品】这只杯子。", "这只杯子。", "{gesture=present}"),
    ("[挥手] 大家好。", "大家好。", "{gesture=wave}"),
    ("〔指向屏幕〕看这里。", "看这里。", "{gesture=point}"),
    ("［镜头拉近］看杯口。", "看杯口。", ""),
    ("这只杯子（举起杯子）很轻。", "这只杯子很轻。", "{gesture=present}"),
    ("（微笑挥手）大家好。", "大家好。", "{gesture=wave}"),
    ("（停顿2秒）好。", "好。", ""),
    ("（停顿两秒）好。", "好。", ""),
    ("（神秘地）猜猜看。", "猜猜看。", "{mood=calm}"),
    ("（压低声音）偷偷告诉你。", "偷偷告诉你。", "{mood=calm}"),
    ("（激动）来了！", "来了！", "{mood=happy}"),
    ("（笑）对吧。", "对吧。", ""),
    ("（切换到产品特写）看细节。", "看细节。", ""),
    ("（主播拿起杯子，对着镜头倒置，展示不漏水）你看。", "你看。", "{gesture=present}"),
    ("（BGM起）开始。", "开始。", ""),
    ("（看向镜头）你呢？", "你呢？", ""),
    ("*挥手* 大家好。", "大家好。", "{gesture=wave}"),
    ("_微笑_ 大家好。", "大家好。", "{mood=smile}"),
    ("**【展示】** 这只杯子。", "这只杯子。", "{gesture=present}"),
    ("[玫瑰]谢谢大家。", "谢谢大家。", ""),
    ("(smiles) Hello there.", "Hello there.", "{mood=smile}"),
    ("Hello (waves) everyone.", "Hello everyone.", "{gesture=wave}"),
    ("[holds up the bottle] This one.", "This one.", "{gesture=present}"),
    ("(softly) Listen.", "Listen.", "{mood=calm}"),
    ("*nods* Yes.", "Yes.", "{gesture=ok}"),
    ("(points at the screen) Here.", "Here.", "{gesture=point}"),
    ("[close-up] See the lid.", "See the lid.", ""),
    ("[SFX: ding] New price.", "New price.", ""),
    ("（贴近镜头）看杯口。", "看杯口。", ""),
    ("（现场演示倒水）看到了吗。", "看到了吗。", "{gesture=present}"),
    ("哈哈哈（捂嘴笑）", "哈哈哈", ""),
    ("(holding the mug up) This one.", "This one.", "{gesture=present}"),
    ("*clears throat* So.", "So.", ""),
]


@pytest.mark.parametrize(("body", "text", "instead"), LEFT_OUT)
def test_a_stage_direction_is_left_out_and_the_direction_to_write_named(body: str, text: str, instead: str) -> None:
    found = read(body)
    assert " ".join("".join(said(found)).split()) == text
    (finding,) = [each for each in found.findings if "left out" in each.message]
    assert (finding.line, finding.severity) == (6, "warning")
    assert (instead or "{gesture=present}") in finding.hint


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("开场：大家好。", "大家好。"),
        ("开场: 大家好。", "大家好。"),
        ("主播：大家好。", "大家好。"),
        ("## 卖点\n\n卖点：很轻。", "很轻。"),
        ("Host: hello.", "hello."),
        ("Opening: hello.", "hello."),
        ("主播A：大家好。", "大家好。"),
        ("Q：会漏吗？", "会漏吗？"),
    ],
)
def test_the_name_of_a_part_before_a_colon_is_left_out_with_a_word(body: str, text: str) -> None:
    found = read(body)
    assert "".join(said(found)) == text
    assert [code for _, code in told(found, "warning")] == ["label_left_out"]


@pytest.mark.parametrize(
    "body",
    [
        "画面：杯子特写",
        "BGM：轻快",
        "镜头: 拉近",
        "Camera: close on the lid",
        "镜头1：特写",
        "场景一：办公室",
        "（全程微笑）",
    ],
)
def test_a_line_of_nothing_but_a_direction_is_no_line(body: str) -> None:
    found = read(f"好。\n\n{body}\n\n来。")
    assert said(found) == ["好。", "来。"]
    assert told(found, "error") == []
    assert [line for line, _ in told(found, "warning")] == [8]


@pytest.mark.parametrize(
    "text",
    [
        "蓝色（限量100件）现货。",
        "这条裤子（你摸着真的软）特别好。",
        "下单就送（含杯刷）。",
        "支持退货（运费险由店铺承担）。",
        "材质是316（食品级）不锈钢。",
        "有大号（500毫升）和小号（350毫升）。",
        "今晚（11月11日）开始。",
        "全国包邮（新疆、西藏除外）。",
        "买二送一（仅限今天）。",
        "它叫“小暖”（英文名Warm）。",
        "The lid (BPA free) is light.",
        "Two sizes (S and M) are here.",
        "It ships free (US only).",
        "注意：这款不能进微波炉。",
        "材质：316不锈钢。",
        "价格：79元。",
        "时间：20:00。",
        "记得保持*微笑*哦。",
        "《微笑》这首歌送给你。",
        "「挥手」这个动作别忘了。",
    ],
)
def test_brackets_that_are_speech_are_said_without_a_word(text: str) -> None:
    found = read(text)
    assert "".join(said(found)).replace("*", "") == text.replace("*", "")
    assert told(found, "warning") == []
    assert told(found, "error") == []


@pytest.mark.parametrize(
    "text",
    [
        "（北京时间）八点见。",
        "（重磅）新品来了。",
        "【限量100件】现货。",
        "我们家【云朵】系列。",
        "好。（拍桌三下）走。",
        "(finally) A good lamp.",
    ],
)
def test_what_may_be_either_is_said_and_told(text: str) -> None:
    found = read(text)
    spoken = "".join(said(found))
    (warning,) = [each for each in found.findings if each.severity == "warning"]
    if "read aloud" in warning.message:
        assert spoken.split() == text.split() or spoken == text
        assert "gesture=" in warning.hint
    else:
        assert "left out" in warning.message


def test_directions_keep_their_sentence_when_something_is_cut() -> None:
    found = read("（微笑）大家好。{gesture=wave} 今天（挥手）讲杯子。{gesture=point}")
    assert found.file is not None
    (line,) = [line for _, _, line in found.file.script.lines()]
    assert [(s.text, s.direction.gesture) for s in line.wordings[0].sentences] == [
        ("大家好。", "wave"),
        ("今天讲杯子。", "point"),
    ]


@given(st.text(alphabet=st.sampled_from("（）()【】[]微笑挥手好100件：。 *"), max_size=40))
def test_asides_lie_apart_and_in_order(text: str) -> None:
    found = asides(text)
    assert all(0 <= aside.start < aside.end <= len(text) for aside in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["（", "【微笑", "*挥手* ", "[[", ":a", "：", "好：", "（（笑）", "~~", "__", "**“", "🌹"]
)
def test_hostile_lines_take_no_time(piece: str) -> None:
    began = time.perf_counter()
    read((piece * 2000)[:1999])
    assert time.perf_counter() - began < 1


# The sheet's own texts


@pytest.mark.parametrize(
    ("rows", "line", "severity"),
    [
        ("faq:\n- q: 能洗吗\n  a: 能**洗**。", 7, "error"),
        ("faq:\n- q: 能洗吗\n  a: 能~~洗~~。", 7, "error"),
        ("faq:\n- q: 能洗吗\n  a: 能洗。{gesture=wave}", 7, "error"),
        ("facts:\n  颜色: 黑|白", 6, "error"),
        ("shipping: 见[[物流]]", 5, "error"),
        ("promotions:\n- text: 今天==满减==", 6, "error"),
        ("name2: x\nfaq:\n- q: 能洗吗\n  a: （微笑）能洗。", 8, "warning"),
        ("returns: 七天可退🌹", 5, "warning"),
    ],
)
def test_what_cannot_be_said_in_an_answer_is_told_in_its_row(rows: str, line: int, severity: str) -> None:
    found = parsed(f"---\nname: 杯\nlink: 1\nprice: 79\n{rows}\n---\n好。\n", Path("cup.md"))
    assert (line, severity) in [(finding.line, finding.severity) for finding in found.findings]
