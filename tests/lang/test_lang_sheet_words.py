"""The words of typed entries: every language has all of them, and a sentence holds its topic."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from host.core.lang import Lang
from host.core.wording import names_in, parsed
from host.lang.sheet import sheet_words

LANGUAGES = get_args(Lang)
TOPIC_OF = {"size_cell": None, "warranty_of": "warranty", "batch": "batches", "exception": "exceptions",
            "exception_free": "exceptions", "exception_none": "exceptions"}  # fmt: skip
"""Templates whose topic has another key."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_words(lang: Lang) -> None:
    words, first = sheet_words(lang), sheet_words(LANGUAGES[0])
    assert words.topics.keys() == first.topics.keys()
    for mine, other in ((words.said, first.said), (words.offers, first.offers)):
        assert mine.templates.keys() == other.templates.keys()
    assert words.fees.keys() == first.fees.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_holds_its_topic(lang: Lang) -> None:
    words = sheet_words(lang)
    for code, template in words.said.templates.items():
        topic = TOPIC_OF.get(code, code)
        if topic is None:
            continue
        details: dict[str, Any] = dict.fromkeys(names_in(parsed(template)), "x")
        assert words.topics[topic].casefold() in words.say(code, **details).casefold(), code


@pytest.mark.parametrize(
    ("items", "zh", "en"), [([], "", ""), (["a"], "a", "a"), (["a", "b", "c"], "a、b和c", "a, b and c")]
)
def test_things_in_a_row(items: list[str], zh: str, en: str) -> None:
    assert (sheet_words("zh").together(items), sheet_words("en").together(items)) == (zh, en)
