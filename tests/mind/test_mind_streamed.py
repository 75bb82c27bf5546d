"""Sentences out of a stream."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.mind.answers.citations import Citations
from host.mind.answers.streamed import MAX_SENTENCE, Cited, SentenceStream


def split(text: str, size: int = 1) -> list[Cited]:
    stream = SentenceStream()
    found = [cited for i in range(0, len(text), size) for cited in stream.feed(text[i : i + size])]
    return [*found, *stream.flush()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("只要99.9元。真的！", ["只要99.9元。", "真的！"]),
        ("It is $99.9 today. Really? Yes!", ["It is $99.9 today.", "Really?", "Yes!"]),
        ("Use warm water, e.g. from the tap. Then dry it.", ["Use warm water, e.g. from the tap.", "Then dry it."]),
        ("It weighs approx. 310 grams. Light!", ["It weighs approx. 310 grams.", "Light!"]),
        ("It is 24 cm tall and 7 cm across. It fits.", ["It is 24 cm tall and 7 cm across.", "It fits."]),
        ("It costs $19. Shipping is free.", ["It costs $19.", "Shipping is free."]),
        ("Made in the U.S. and shipped fast. Good.", ["Made in the U.S. and shipped fast.", "Good."]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("- 很轻\n- 很稳", ["很轻", "很稳"]),
        ("**很轻**。😀", ["很轻。"]),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("真的吗？！！好。", ["真的吗？！！", "好。"]),
        ("室温20℃，水95°C。", ["室温20℃，水95°C。"]),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_splits(text: str, wanted: list[str], size: int) -> None:
    assert [cited.text for cited in split(text, size)] == wanted


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_citations_go_with_their_sentence(size: int) -> None:
    text = "净重220克。[f3] 不漏水[f5, f6]。还行【f12】It is light. [F7][f8] End."
    assert split(text, size) == [
        Cited("净重220克。", (3,)),
        Cited("不漏水。", (5, 6)),
        Cited("还行It is light.", (12, 7, 8)),
        Cited("End.", ()),
    ]


def test_what_only_looks_like_a_citation_is_said() -> None:
    assert split("用法[见说明书]很简单。[好]") == [Cited("用法[见说明书]很简单。", ()), Cited("[好]", ())]


def test_runs_on_are_cut_at_a_clause() -> None:
    found = split("很好用，" * 100)
    assert all(len(cited.text) <= MAX_SENTENCE for cited in found)
    assert "".join(cited.text for cited in found) == "很好用，" * 100


@given(st.text(max_size=800), st.integers(1, 50))
def test_any_text_any_cut(text: str, size: int) -> None:
    whole, pieces = split(text, max(1, len(text))), split(text, size)
    assert whole == pieces
    assert all(0 < len(cited.text) <= MAX_SENTENCE for cited in pieces)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="一二，。！？.f3[]【】()（） \nF, aA1²¹†:：“”*-和", max_size=400),
    st.lists(st.integers(1, 40), min_size=1, max_size=5),
)
def test_what_may_be_a_citation_is_the_same_however_it_is_cut(text: str, sizes: list[int]) -> None:
    stream, found, at = SentenceStream(), [], 0
    for size in itertools.cycle(sizes):
        found += stream.feed(text[at : at + size])
        at += size
        if at >= len(text):
            break
    assert [*found, *stream.flush()] == split(text, max(1, len(text)))


def test_a_citation_that_never_ends_is_text_like_any_other() -> None:
    found = split("重量是220克 [f1" + "1" * 300 + "。", size=40)
    assert found
    assert not any(cited.facts for cited in found)


CITED = "净重220克，不漏水。"


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("净重220克，不漏水。[f3]", (3,)),
        ("净重220克，不漏水[f3]。", (3,)),
        ("净重220克，不漏水 [F3] 。", (3,)),
        ("净重220克，不漏水。[3]", (3,)),
        ("净重220克，不漏水[3]。", (3,)),
        ("净重220克[2]，不漏水[3]。", (2, 3)),
        ("净重220克，不漏水。[3][7]", (3, 7)),
        ("净重220克，不漏水。[3, 7]", (3, 7)),
        ("净重220克，不漏水。[f3][f7]", (3, 7)),
        ("净重220克，不漏水。[f3] [f7]", (3, 7)),
        ("净重220克，不漏水。[f3]、[f7]", (3, 7)),
        ("净重220克，不漏水。[f3 f7]", (3, 7)),
        ("净重220克，不漏水。[f3;f7]", (3, 7)),
        ("净重220克，不漏水。[f3 和 f7]", (3, 7)),
        ("净重220克，不漏水。[f3 and f7]", (3, 7)),
        ("净重220克，不漏水。[f3-f5]", (3, 4, 5)),
        ("净重220克，不漏水。[f3 to f5]", (3, 4, 5)),
        ("净重220克，不漏水。【3†source】", (3,)),
        ("净重220克，不漏水【3†source】。", (3,)),
        ("净重220克，不漏水。【f3†L10-L12】", (3,)),
        ("净重220克，不漏水。【4:0†source】", (4, 0)),
        ("净重220克，不漏水。【f3】", (3,)),
        ("净重220克，不漏水。[^f3]", (3,)),
        ("净重220克，不漏水。[^3]", (3,)),
        ("净重220克，不漏水。[#3]", (3,)),
        ("净重220克，不漏水（f3）。", (3,)),
        ("净重220克，不漏水 (f3)。", (3,)),
        ("净重220克，不漏水（资料3）。", (3,)),
        ("净重220克，不漏水（见资料 f3）。", (3,)),
        ("净重220克，不漏水 f3。", (3,)),
        ("净重220克，不漏水。f3", (3,)),
        ("净重220克，不漏水。 f3", (3,)),
        ("净重220克，不漏水。 f3, f7", (3, 7)),
        ("净重220克，不漏水。F3", (3,)),
        ("净重220克，不漏水f3。", (3,)),
        ("净重220克 f2，不漏水 f3。", (2, 3)),
        ("净重220克，不漏水。［f3］", (3,)),
        ("净重220克，不漏水。［ｆ３］", (3,)),
        ("净重220克，不漏水。[F 3]", (3,)),
        ("净重220克，不漏水。[f-3]", (3,)),
        ("净重220克，不漏水。[f_3]", (3,)),
        ("净重220克，不漏水。[source: f3]", (3,)),
        ("净重220克，不漏水。[Source 3]", (3,)),
        ("净重220克，不漏水。[来源：3]", (3,)),
        ("净重220克，不漏水。[资料3]", (3,)),
        ("净重220克，不漏水。[fact f3]", (3,)),
        ("净重220克，不漏水。[ref. 3]", (3,)),
        ("净重220克，不漏水。[f3: 净重]", (3,)),
        ("净重220克，不漏水。[[f3]]", (3,)),
        ("净重220克，不漏水。[f3](#f3)", (3,)),
        ("净重220克，不漏水。{f3}", (3,)),
        ("净重220克，不漏水。*[f3]*", (3,)),
        ("净重220克，不漏水。`f3`", (3,)),
        ("净重220克，不漏水。¹", (1,)),
        ("净重220克，不漏水。（来源：f3）", (3,)),
        ("净重220克，不漏水[^3^]。", (3,)),
        ("净重220克，不漏水^[3]^。", (3,)),
        ("净重220克，不漏水[f3.]。", (3,)),
        ("净重220克，不漏水[f3|f7]。", (3, 7)),
        ("净重220克，不漏水[f3 - 净重]。", (3,)),
        ("净重220克，不漏水[f3 净重]。", (3,)),
        ("净重220克，不漏水[doc 3]。", (3,)),
        ("净重220克，不漏水[资料第3条]。", (3,)),
        ("净重220克，不漏水[No. 3]。", (3,)),
        ("净重220克，不漏水（出自f3）。", (3,)),
        ("净重220克，不漏水（³）。", (3,)),
        ("净重220克，不漏水¹。", (1,)),
        ("净重220克，不漏水，见f3。", (3,)),
        ("净重220克，不漏水\\[f3\\]。", (3,)),
        ("根据资料3，净重220克，不漏水。", (3,)),
        ("资料3显示，净重220克，不漏水。", (3,)),
        ("根据[f3]，净重220克，不漏水。", (3,)),
        ("根据资料[f3]所示，净重220克，不漏水。", (3,)),
        ("根据f3，净重220克，不漏水。", (3,)),
        ("资料f3显示，净重220克，不漏水。", (3,)),
        ("[f3] 净重220克，不漏水。", (3,)),
        ("[f3]：净重220克，不漏水。", None),
        ("净重220克，不漏水。[f3]\n\n[^f3]: 净重：220克", (3,)),
        ("净重220克，不漏水。[f3]\n来源：[f3]、[f7]", (3,)),
        ("净重220克，不漏水。[f3]\nSources: [f3], [f7]", (3,)),
        ("净重220克，不漏水。[f300]", (300,)),
    ],
)
def test_a_citation_is_read_in_any_spelling_and_never_said(text: str, facts: tuple[int, ...] | None, size: int) -> None:
    assert split(text, size) == ([Cited(CITED, facts)] if facts else [])


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    "text",
    [
        "支持A3纸。", "按F3键开机。", "按 F3 开机。", "型号是F3。", "点[3号链接]。", "看【3号链接】。",
        "光圈f2.8。", "光圈 f/2.8。", "一共3个。", "现在[69]元。", "净重[220]克。", "比例[16:9]。",
        "容量[1.5]升。", "在2026年。", "有(3)个颜色。", "有（3）种。", "比分是[3:1]哦。", "A4纸(A3)也行。",
        "Press F3 to start.", "The F3 is light.", "It has 3 (three) lids.", "USB3 works.", "面积20m²。",
        "走5³步。", "[新品]到货。", "[v3]版本。", "型号【F3-pro】。", "如果3天。", "附赠资料3份。", "见面礼3件。",
        "20平方米²。", "[f3键]有灯。", "参考价99元。", "来源于北京。", "f3键在左边。", "wifi 6。", "f1赛车联名。",
    ],
)  # fmt: skip
def test_a_number_or_a_name_that_is_no_citation_is_said(text: str, size: int) -> None:
    assert [cited.text for cited in split(text, size)] == [text]


def test_a_key_or_model_of_the_sheet_is_no_citation() -> None:
    stream = SentenceStream(Citations(5, frozenset({"f3"})))
    found = [*stream.feed("开机按 f3。静音按 f4。型号（F3）。净重220克（f4）。价格69元[f3]。"), *stream.flush()]
    assert found == [
        Cited("开机按 f3。", ()), Cited("静音按。", (4,)), Cited("型号（F3）。", ()),
        Cited("净重220克。", (4,)), Cited("价格69元。", (3,)),
    ]  # fmt: skip


def test_numbers_beyond_the_facts_are_none_of_theirs() -> None:
    stream = SentenceStream(Citations(5))
    said = [cited.text for cited in (*stream.feed("重量[9]。型号 f9。见（F9）。"), *stream.flush())]
    assert said == ["重量[9]。", "型号 f9。", "见（F9）。"]
