"""Sentences out of a stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert whole == pieces or any(len(cited.text) > MAX_SENTENCE // 2 for cited in (*whole, *pieces))
    assert all(0 < len(cited.text) <= MAX_SENTENCE for cited in pieces)


def test_a_citation_that_never_ends_is_text_like_any_other() -> None:
    found = split("重量是220克 [f1" + "1" * 300 + "。", size=40)
    assert found
    assert not any(cited.facts for cited in found)
