"""The comparison itself, without sound: what a recogniser may type for a sentence, and what of it is a mistake."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from host.bench.listening.alignment import aligned
from host.bench.listening.judgement import judged, misread, spoken_form
from host.bench.listening.numbers import differing
from host.bench.listening.rivals import line_up
from host.bench.listening.words import compared, consonants
from host.core.product import Lang
from host.lang.normalise import normalise

SAME_NUMBERS = """
zh 现在只要69元 = 现在只要六十九元
zh 现在只要六十九元 = 現在只要69元。
zh 只要99.9元 = 只要九十九块九
zh 只要9块9 = 只要9.9元
zh 两百毫升 = 二百毫升
zh 200ml = 二百毫升
zh 一千零五十件 = 1050件
zh 1050件 = 1千零50件
zh 卖了2.3万件 = 卖了两万三千件
zh 卖了两万三 = 卖了2万3
zh 卖了23000件 = 卖了2万3千件
zh 尾号1188 = 尾号幺幺八八
zh 尾号1188 = 尾号一一八八
zh 直播间3.5折 = 直播间三点五折
zh 今天85折 = 今天八五折
zh 今天85折 = 今天8.5折
zh 加1/3杯水 = 加三分之一杯水
zh 好评率99.9% = 好评率百分之九十九点九
zh 优惠20%-30% = 优惠百分之二十到百分之三十
zh 2024年11月11日开始 = 二零二四年十一月十一日开始
zh 11月11号 = 十一月十一日
zh 12/31前有效 = 十二月三十一日前有效
zh 48小时发货 = 四十八小时发货
zh 电话13800138000 = 电话138-0013-8000
zh 电话13800138000 = 电话138 0013 8000
zh 电话13800138000 = 电话幺三八零零幺三八零零零
zh 晚上8点半 = 晚上八点三十分
zh 20:30开播 = 20点30分开播
zh 500ml的杯子 = 五百毫升的杯子
zh 500ml的杯子 = 500毫生的杯子
zh 重1.5kg = 重一点五公斤
zh 重1.5kg = 重1.5千克
zh USB-C接口 = USBC接口
zh 一起看看 = 一起看看
zh 3-4天到 = 三到四天到
zh 含PA+++ = 含PA三个加
zh 满300减50 = 满三百减五十
en only $69 = only sixty-nine dollars
en only $69 = only 69 dollars
en that is $12.50 = that is twelve fifty
en that is $12.50 = that is 12 dollars and 50 cents
en that is $12.50 = that's $12.50
en that is $12.05 = that is twelve dollars and five cents
en a hundred pieces = 100 pieces
en 1,050 pieces = one thousand fifty pieces
en 1/3 cup = one third cup
en 1/3 cup = one-third cup
en 3/4 of it = three quarters of it
en 20% off = twenty percent off
en 3-5 days = three to five days
en $5-10 each = 5 to 10 dollars each
en 500ml each = five hundred milliliters each
en USB-C port = USBC port
en call 555-0142 = call 5550142
en call 555-0142 = call 5-5-5-0-1-4-2
en call 1-800-555-0199 = call 1 800 555 0199
en I'm 5'9" = I'm five foot nine
en I'm 5'9" = I'm 5 foot 9
en November 11, 2024 = November 11th 2024
en January 3rd, 2026 = January third, twenty twenty-six
en at 8:30 PM = at eight thirty p.m.
en 48 hours = forty-eight hours
en link 1 is up = link one is up
en two of 15 = 2 of fifteen
en a 50/50 blend = a fifty fifty blend
en a 50/50 blend = a 50-50 blend
en sizes 5½ to 11 = sizes 5.5 to 11
en sizes 5½ to 11 = sizes five and a half to eleven
en 2½ years = two and a half years
en staffed 24/7 = staffed twenty-four seven
en staffed 24/7 = staffed 24-7
en version 3.2.1 = version three point two point one
zh 画质是4K的 = 画质是四K的
zh 画质是4K的 = 画质是4G的
zh 3+1早餐 = 三加一早餐
zh 固件3.2.1版 = 固件三点二点一版
en the 4th gen = the fourth gen
"""
OTHER_NUMBERS = """
zh 只要69元 = 只要96元
zh 只要69元 = 只要6.9元
zh 只要69元 = 只要元
zh 只要69元 = 只要69元送1元
zh 只要四十元 = 只要十四元
zh 一千零五十件 = 一千五百件
zh 1005元 = 1050元
zh 10.05元 = 10.5元
zh 2.3万件 = 2.3千件
zh 3.5折 = 5.3折
zh 1/3 = 1/4
zh 48小时 = 48天
zh 48小时 = 84小时
zh 2024年11月11日 = 2024年11月10日
zh 电话13800138000 = 电话1380013800
zh 满300减50 = 满350减0
zh 满300减50 = 满50减300
zh 尾号0102 = 尾号102
zh 20%-30% = 20%-40%
zh 晚上8点半 = 晚上8点
en only $12.50 = only $12.05
en only $12.50 = only $1,250
en $15 off = $50 off
en fourteen dollars = forty dollars
en 1,050 pieces = 1,500 pieces
en 555-0142 = 555-1042
en 3-5 days = 5-3 days
en 1/3 cup = 1/2 cup
en 1/3 cup = 13 cup
en at 7:30 = at 7:13
en 48 hours = 48 days
en 99 cents = 99 dollars
en 5'9" = 5'10"
en a 50/50 blend = a 50 blend
en sizes 5½ to 11 = sizes 5 to 11
en 2½ years = two years
en version 3.2.1 = version 3.1.1
zh 画质是4K的 = 画质是8K的
zh 3+1早餐 = 3+2早餐
"""
UNDERSTOOD = """
zh 保温杯只要69元 = 保温杯只要69元 0
zh 保温杯只要69元 = 保溫杯，只要六十九元！ 0
zh 张晓燕来了 = 章小雁来了 0
zh 是10个 = 十10个 0
zh 不是这个 = 不十这个 0
zh 用USB-C充电 = 用usb c充电 0
zh 减10元 = 减食员 0
zh 有AI的 = 有爱的 0
zh 一箱24瓶 = 以箱24平 0
zh 六安的朋友 = 如安的朋友 1
zh 手机尾号8866 = 手机尾号8,866 0
zh 保温杯 = 保问杯 0
zh 保温杯 = 保温 1
zh 保温杯 = 高温杯 1
en The Wi-Fi works = the wifi works 0
en Thanks, Sean, welcome = Thanks Shawn, welcome 0
en this Lumina lamp = this Loomina lamp 0
en It's for two = its four to 0
en the travelmug = the travel mug 0
en this cup = this cap 1
en this lamp = this 1
en this lamp = this old lamp 1
"""


def rows(table: str) -> list[tuple[Lang, str, str]]:
    """``lang one = other``."""
    made: list[tuple[Lang, str, str]] = []
    for row in table.strip().splitlines():
        lang, _, rest = row.partition(" ")
        one, _, other = rest.partition(" = ")
        made.append(("zh" if lang == "zh" else "en", one, other))
    return made


@pytest.mark.parametrize(("lang", "written", "typed"), rows(SAME_NUMBERS))
def test_a_number_is_the_same_however_it_is_put(lang: Lang, written: str, typed: str) -> None:
    assert not differing(written, typed, lang)
    assert judged(written, typed, lang).right


@pytest.mark.parametrize(("lang", "written", "typed"), rows(OTHER_NUMBERS))
def test_another_number_is_wrong_whatever_the_rest(lang: Lang, written: str, typed: str) -> None:
    assert not judged(written, typed, lang).right


@pytest.mark.parametrize(("lang", "written", "rest"), rows(UNDERSTOOD))
def test_only_what_sounds_otherwise_is_an_error(lang: Lang, written: str, rest: str) -> None:
    typed, _, errors = rest.rpartition(" ")
    found = judged(written, typed, lang)
    assert found.errors == int(errors)
    assert found.right


def test_both_rates_have_their_own_measure() -> None:
    found = judged("张晓燕来了", "章小雁来了", "zh")
    assert (found.errors, found.units) == (0, 5)
    assert (found.wrong_characters, found.characters) == (3, 5)
    assert judged("Good to see you", "", "en").errors == 4


@pytest.mark.parametrize(
    ("name", "heard"),
    [("Sean", "Shawn"), ("Chloe", "Cloe"), ("Stephen", "Steven"), ("Loomina", "Lumina"), ("Katherine", "Catherine")],
)
def test_names_are_compared_by_their_consonants(name: str, heard: str) -> None:
    assert consonants(name) == consonants(heard)


@pytest.mark.parametrize(("name", "heard"), [("Houston", "Boston"), ("Anna", "Hanna"), ("Tom", "Tim and")])
def test_other_names_are_others(name: str, heard: str) -> None:
    assert consonants(name) != consonants(heard)


@pytest.mark.parametrize(("lang", "written"), [("zh", "PA+++，SPF50+"), ("en", "Buy one, get one 50% off"),
                                               ("en", "I'm 5'9\""), ("zh", "满199减30")])  # fmt: skip
def test_what_a_voice_is_given_has_the_numbers_written(lang: Lang, written: str) -> None:
    assert not misread(written, lang)


@pytest.mark.parametrize(
    ("lang", "written", "typed", "among"),
    [
        ("zh", "到手价是88元", "到手架18元", ["到手价是十八元", "到手价是八十九元"]),
        ("zh", "满300减15", "1350", ["满三百减五十", "满四百减十五"]),
        ("zh", "型号是AX1850", "型号是AZ850", ["型号是AX八五零", "型号是AX一九五零"]),
        ("en", "It is $15 now", "it's now", ["It is fifty dollars now", "It is sixteen dollars now"]),
        ("en", "It is $15 now", "it is now $15 and 20", ["it is now fifteen dollars and twenty"]),
    ],
)
def test_a_disputed_number_stands_among_others(lang: Lang, written: str, typed: str, among: list[str]) -> None:
    forms = line_up(written, [judged(written, typed, lang)], lang)
    assert set(among) <= set(forms)
    assert spoken_form(written, lang) not in forms


@given(
    st.text("一二十百3abc 5.元%", max_size=20),
    st.text("一二十百3abc 5.元%", max_size=20),
    st.sampled_from(["zh", "en"]),
)
def test_a_line_up_is_short(written: str, typed: str, lang: Lang) -> None:
    found = judged(written, typed, lang)
    assert len(line_up(written, [found], lang)) <= 1 + 200 * len(found.numbers)


@given(st.decimals(min_value=0, max_value=99999, places=2, allow_nan=False), st.sampled_from(["zh", "en"]))
def test_every_price_survives_being_said_and_typed_in_words(price: Decimal, lang: Lang) -> None:
    assume(price % 1 != Decimal("0.02"))  # two cents are an idiom
    written = f"现在¥{price}" if lang == "zh" else f"now ${price}"
    assert not differing(written, normalise(written, lang), lang)


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.sampled_from(["zh", "en"]))
def test_two_whole_numbers_are_alike_only_where_they_are_equal(one: int, other: int, lang: Lang) -> None:
    unit = "件" if lang == "zh" else " pieces"
    spoken = normalise(f"{other}{unit}", lang)
    assert bool(differing(f"{one}{unit}", spoken, lang)) is (one != other)


@given(st.text("一二三十百abc 0123456789.元%-/", max_size=30), st.text("一二三十百abc 0123456789.元%-/", max_size=30))
def test_any_texts_can_be_judged(written: str, typed: str) -> None:
    for lang in ("zh", "en"):
        found = judged(written, typed, "zh" if lang == "zh" else "en")
        assert found.errors >= 0
        assert not compared(typed, typed, "zh" if lang == "zh" else "en") or found.units >= 0


@given(st.lists(st.integers(0, 3), max_size=8), st.lists(st.integers(0, 3), max_size=8))
def test_an_alignment_covers_both_rows_in_order(one: list[int], other: list[int]) -> None:
    pairs = aligned(one, other, lambda left, right: list(left) == list(right))
    assert [item for pair in pairs for item in pair.said] == one
    assert [item for pair in pairs for item in pair.heard] == other
    assert sum(not pair.alike for pair in pairs) <= max(len(one), len(other))
