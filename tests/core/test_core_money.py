"""Prices as people write them, and the table of currencies."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.core.currencies import BY_FORM, CURRENCIES
from host.core.findings import hint_of
from host.core.money import Money
from host.core.reason import Reason, in_words


@pytest.mark.parametrize(
    ("text", "amount", "currency", "shown"),
    [
        ("79元", "79", "CNY", "¥79"),
        ("¥79.90", "79.90", "CNY", "¥79.9"),
        ("￥129", "129", "CNY", "¥129"),
        ("79", "79", "CNY", "¥79"),
        ("７９元", "79", "CNY", "¥79"),
        ("¥1,299.00", "1299", "CNY", "¥1299"),
        ("1,299元", "1299", "CNY", "¥1299"),
        ("12,345,678", "12345678", "CNY", "¥12345678"),
        ("rmb 79", "79", "CNY", "¥79"),
        ("RMB79", "79", "CNY", "¥79"),
        ("79块钱", "79", "CNY", "¥79"),
        ("人民币79元整", "79", "CNY", "¥79"),
        ("79元/件", "79", "CNY", "¥79"),
        ("79元 / 瓶", "79", "CNY", "¥79"),
        ("79元每盒", "79", "CNY", "¥79"),
        ("79元一个", "79", "CNY", "¥79"),
        ("$12.50/pc", "12.50", "USD", "$12.50"),
        ("$12.50 each", "12.50", "USD", "$12.50"),
        ("9块9", "9.9", "CNY", "¥9.9"),
        ("¥9块9", "9.9", "CNY", "¥9.9"),
        ("9元9角", "9.9", "CNY", "¥9.9"),
        ("9块9毛5", "9.95", "CNY", "¥9.95"),
        ("5毛", "0.5", "CNY", "¥0.5"),
        ("1.2万元", "12000", "CNY", "¥12000"),
        ("“79元”", "79", "CNY", "¥79"),
        ("【79元】", "79", "CNY", "¥79"),
        (" 79\u00a0元\u3000", "79", "CNY", "¥79"),
        ("$12.5", "12.5", "USD", "$12.50"),
        ("US$12.50", "12.50", "USD", "$12.50"),
        ("US$ 12.50 USD", "12.50", "USD", "$12.50"),
        ("12.50 usd", "12.50", "USD", "$12.50"),
        ("12 dollars", "12", "USD", "$12"),
        ("12美元", "12", "USD", "$12"),
        ("12.50 EUR", "12.50", "EUR", "€12.50"),
        ("12,50 €", "12.50", "EUR", "€12.50"),
        ("1.299,00 €", "1299", "EUR", "€1299"),
        ("1 299,00 €", "1299", "EUR", "€1299"),
        ("€1.299", "1299", "EUR", "€1299"),
        ("€1,299.00", "1299", "EUR", "€1299"),
        ("£79", "79", "GBP", "£79"),
        ("1980 JPY", "1980", "JPY", "JP¥1980"),
        ("1,980日元", "1980", "JPY", "JP¥1980"),
        ("HK$ 79", "79", "HKD", "HK$79"),
        ("79港币", "79", "HKD", "HK$79"),
        ("NT$ 1,200", "1200", "TWD", "NT$1200"),
        ("₩12,000", "12000", "KRW", "₩12000"),
        ("S$19.90", "19.90", "SGD", "S$19.90"),
        ("RM 19.90", "19.90", "MYR", "RM19.90"),
        ("฿199", "199", "THB", "฿199"),
        ("Rp 150.000", "150000", "IDR", "Rp150000"),
        ("150.000đ", "150000", "VND", "₫150000"),
        ("₱499", "499", "PHP", "₱499"),
        ("₹1,499", "1499", "INR", "₹1499"),
        ("Rs. 1,499", "1499", "INR", "₹1499"),
        ("A$30", "30", "AUD", "A$30"),
        ("30 CAD", "30", "CAD", "C$30"),
        ("1'299.00 CHF", "1299", "CHF", "CHF 1299"),
        ("1 299 SEK", "1299", "SEK", "SEK 1299"),
        ("19,90 zł", "19.90", "PLN", "zł19.90"),
        ("1 990 руб", "1990", "RUB", "₽1990"),
        ("R$ 19,90", "19.90", "BRL", "R$19.90"),
        ("199 dirhams", "199", "AED", "AED 199"),
    ],
)  # fmt: skip
def test_prices_people_write(text: str, amount: str, currency: str, shown: str) -> None:
    money = Money.parse(text)
    assert (money.amount, money.currency, str(money)) == (Decimal(amount), currency, shown)


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("", "money_none", ""),
        ("free", "money_none", "free"),
        ("七十九", "money_none", "七十九"),
        ("$", "money_none", "$"),
        ("-5", "money_not_above_zero", "-5"),
        ("¥-5", "money_not_above_zero", "-5"),
        ("1e9", "money_several", "1e9"),
        ("79-99元", "money_several", "79-99元"),
        ("79~99", "money_several", "79~99"),
        ("两件169元，一件89元", "money_several", "169"),
        ("79元/2件", "money_several", "79元/2件"),
        ("79元起", "money_more", "起"),
        ("79元/斤", "money_more", "/斤"),
        ("79元两件", "money_more", "两件"),
        ("约79元", "money_unknown", "约"),
        ("12 XYZ", "money_unknown", "XYZ"),
        ("199 kr", "money_unknown", "kr"),
        ("¥1980 JPY", "money_conflict", "JPY"),
        ("￥1980円", "money_conflict", "JPY"),
        ("$30 CAD", "money_conflict", "CAD"),
        ("€12 USD", "money_conflict", "USD"),
        ("79.999", "money_unclear", "79.999"),
        ("$1.299", "money_unclear", "1.299"),
        ("12,50元", "money_unclear", "12,50"),
        ("¥1,2345", "money_unclear", "1,2345"),
        ("1,29,900", "money_unclear", "1,29,900"),
        ("1980.5 JPY", "money_no_cents", "JPY"),
        ("99999999999", "money_too_large", "99999999999"),
    ],
)
def test_what_is_not_a_price_is_refused_for_its_reason(text: str, code: str, named: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the reason is what is looked at
        Money.parse(text)
    reason = caught.value.args[0]
    assert isinstance(reason, Reason)
    assert reason.code == code
    assert named in str(reason)
    assert named in in_words(reason, "zh")
    assert hint_of(reason.code, reason.details)


def test_an_unknown_currency_is_told_which_there_are() -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the reason is what is looked at
        Money.parse("12 XYZ")
    reason = caught.value.args[0]
    hint = hint_of(reason.code, reason.details)
    assert all(code in hint for code in CURRENCIES)


def test_the_table_holds_what_its_readers_need() -> None:
    assert len(CURRENCIES) >= 35
    for code, currency in CURRENCIES.items():
        assert len(code) == 3
        assert code.isupper()
        assert currency.zh
        assert currency.en
        assert currency.en_many
        assert currency.point in (".", ",")
        assert (currency.digits == 2) == bool(currency.cent) == bool(currency.cents), code
        assert all(BY_FORM[form] is currency for form in currency.forms)


def test_no_form_means_two_currencies() -> None:
    forms = [form for each in CURRENCIES.values() for form in each.forms]
    assert sorted({form for form in forms if forms.count(form) > 1}) == []


@given(
    st.decimals(min_value="0.01", max_value=999999, places=2),
    st.sampled_from([each for each in CURRENCIES.values() if each.digits == 2]),
)
def test_what_is_shown_reads_back_as_what_it_was(amount: Decimal, currency: object) -> None:
    money = Money(amount, currency.code)  # type: ignore[attr-defined]
    assert Money.parse(str(money)) == money


def amount_or_reason(text: str) -> Money | Reason:
    try:
        return Money.parse(text)
    except ValueError as error:
        return error.args[0]  # type: ignore[no-any-return]


@given(st.text(max_size=30) | st.text(alphabet="0123456789.,' ¥$元块9毛/件每一万€", max_size=20))
def test_any_text_is_an_amount_or_a_reason(text: str) -> None:
    found = amount_or_reason(text)
    assert found.amount >= 0 if isinstance(found, Money) else isinstance(found, Reason)
