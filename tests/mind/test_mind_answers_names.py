"""Names as they are spoken and as they are shown: two lists of them, and the rules behind."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mind_rooms import WALL, catalogue

from host.core.contacts import contacts
from host.core.fold import fold
from host.core.product import Lang
from host.core.utterance import Kind
from host.mind.answers.replies import Situation, templates
from host.mind.guard.case import Case
from host.mind.guard.judge import Guard
from host.mind.guard.wordlists import WordList
from host.mind.names import MAX_SHOWN, address, display_name, nobody, speakable_name

LANGS: tuple[Lang, ...] = ("zh", "en")


def _listed(name: str) -> list[str]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [word.replace("_", " ") for line in lines for word in line.split(" ") if word]


HARMLESS, HOSTILE = _listed("names_harmless.txt"), _listed("names_hostile.txt")


def test_most_harmless_names_are_spoken() -> None:
    silent = [user for user in HARMLESS if not address(user, "zh")]
    assert len(HARMLESS) >= 80
    assert len(silent) <= 0.15 * len(HARMLESS), silent


def test_no_hostile_name_is_spoken() -> None:
    assert len(HOSTILE) >= 150
    assert [user for user in HOSTILE if address(user, "zh") or address(user, "en")] == []


def test_harmless_names_are_shown_as_they_are() -> None:
    for user in [*HARMLESS, "用户83920175", "user77120394", "玖玖", "momo_1998", "2号选手", "一杯拿铁", "豆豆妈😀"]:
        assert display_name(user, "zh") == user


@pytest.mark.parametrize(
    "user",
    ["官方客服+V信wx888999领红包", "加V 私聊", "用户13800138000", "www.shop.cn", "兼职日结", "主播小助手",
     "习近平", "干 你 娘", "操Ni妈", "西进平", "杯子有毒", "白送", "治感冒", "央视推荐", "小日本", "Sieg Heil",
     "Phuck", "F.u.c.k", "H1tler", "Giveaway", "WhatsApp 55512345", "Official Support", "\u0397\u0406TLER",
     "\uff46uck", "傻\u200b逼", "鸡8", "99元", "", "\u200b\u3164"],
)  # fmt: skip
def test_hostile_names_are_not_shown(user: str) -> None:
    assert display_name(user, "zh") == nobody("zh")
    assert display_name(user, "en") == nobody("en")


def test_what_is_shown_is_bounded_and_visible() -> None:
    assert display_name("小\u200b鹿\u202e", "zh") == "小鹿"
    assert display_name("q" + "\u0301" * 40 + "ue", "en") == "q\u0301\u0301ue"
    assert display_name("早睡的猫" * 12, "zh") == ("早睡的猫" * 12)[: MAX_SHOWN - 1] + "…"


@pytest.mark.parametrize(
    "number", ["玖玖", "贰拾", "一一", "七七", "三百", "陆陆", "①", "八方", "两两", "Two", "Eleven Seven"]
)
def test_numbers_are_not_spoken(number: str) -> None:
    """The guard would look for the fact behind the number, and the viewer would go without an answer."""
    assert speakable_name(number) == nobody("zh")


@pytest.mark.parametrize(
    ("user", "said"), [("Ben Dover", "Ben"), ("Sam W", "Sam"), ("anna maria", "Anna Maria"), ("SunnyCat", "SunnyCat")]
)
def test_of_two_words_the_known_ones_are_spoken(user: str, said: str) -> None:
    assert address(user, "en") == said


@pytest.mark.parametrize("user", ["妈妈", "爸爸", "老爸", "你爷爷", "小妈"])
def test_the_host_calls_nobody_its_father(user: str) -> None:
    assert address(user, "zh") == ""


def test_the_guard_passes_every_spoken_name() -> None:
    guard = Guard(WordList.load())
    for user in HARMLESS:
        for lang in LANGS:
            text = templates(Situation.GREETING, lang)[0].format(name=speakable_name(user, lang))
            products = tuple(catalogue(lang))[:1]
            ruling = guard.check(Case(text, text, Kind.ANSWER, lang, products, WALL))
            assert ruling.allowed, (text, ruling)


@given(st.text(max_size=200), st.sampled_from(LANGS))
def test_any_name(user: str, lang: Lang) -> None:
    shown = display_name(user, lang)
    assert 0 < len(shown) <= MAX_SHOWN
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in shown)
    assert re.fullmatch(r"[A-Za-zÀ-ÖØ-öø-ÿ一-鿿]+(?: [A-Za-zÀ-ÖØ-öø-ÿ]+)?", speakable_name(user, lang))


@given(
    st.sampled_from(HARMLESS),
    st.sampled_from(["加微信abc123", " wx888999", "vx:abc888", " http://a.cn", "13912345678", "@shop_88"]),
)
def test_no_contact_is_spoken_or_shown(user: str, contact: str) -> None:
    shown = display_name(user + contact, "zh")
    assert shown == nobody("zh") or not list(contacts(fold(shown)))
    assert address(user + contact, "zh") in ("", address(user, "zh"))
