"""Feeds as shop systems write them: read into values, wrong rows named, never more than they say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.livefacts.change import Change
from host.core.livefacts.ledger import LiveFacts
from host.core.money import Money
from host.core.offers import Promotion
from host.core.product import Catalogue, Product
from host.core.reason import Reason, in_words
from host.core.variants import Variant
from host.show.feed import FeedRead, Mapped, read_feed
from host.show.feed_rows import MAX_BYTES, MAX_ROWS, rows_of

DOLLARS = Money(Decimal(79), "USD")
WHITE, BLACK = Variant("shirt-m", "White M", stock=10), Variant("shirt-xl", "Black XL", stock=20)
SHIRT = Product("shirt", "Linen Shirt", "en", 1, DOLLARS, stock=30, variants=(WHITE, BLACK))
MUG = Product("mug", "Travel Mug", "en", 2, Money(Decimal(24), "USD"), stock=0)
ROOM = Catalogue([SHIRT, MUG])
GOOGLE = """\
id\ttitle\titem_group_id\tprice\tsale_price\tsale_price_effective_date\tavailability\tquantity
mug\tTravel Mug\t\t24.00 USD\t19.50 USD\t2026-11-22T20:00+00:00/2026-11-22T22:00+00:00\tin_stock\t12
shirt-m\tLinen Shirt\tshirt\t79.00 USD\t\t\tin_stock\t3
shirt-xl\tLinen Shirt\tshirt\t85.00 USD\t\t\tout_of_stock\t0
hat\tHat\t\t-5 USD\t\t\tin_stock\t-4
"""


def read(feed: str | bytes, catalogue: Catalogue = ROOM, **mapped: Any) -> FeedRead:
    return read_feed(feed if isinstance(feed, bytes) else feed.encode(), Mapped("stock.csv", **mapped), catalogue)


def why_not(feed: str | bytes, **mapped: Any) -> str:
    with pytest.raises(ValueError, match=r"\w") as refused:
        read(feed, **mapped)
    reason = refused.value.args[0]
    assert in_words(reason, "zh") != reason
    return str(reason.code)


def found(feed: str, **mapped: Any) -> list[tuple[int, str]]:
    """Row and code of what is wrong, innermost."""
    codes = []
    for finding in read(feed, **mapped).findings:
        why: Any = finding.message
        while isinstance(why, Reason) and isinstance(why.details.get("why"), Reason):
            why = why.details["why"]
        codes.append((finding.line, why.code))
    return codes


class TestColumns:
    def test_those_of_google_merchant(self) -> None:
        sale = {"price": "19.50 USD", "from": "2026-11-22T20:00+00:00", "until": "2026-11-22T22:00+00:00"}
        assert read(GOOGLE).values == {
            "mug": {"price": "24.00 USD", "sale": sale, "stock": 12},
            "shirt": {"variants": {"shirt-m": {"price": "79.00 USD", "stock": 3},
                                   "shirt-xl": {"price": "85.00 USD", "stock": 0}}},
        }  # fmt: skip
        assert not read(GOOGLE).findings, "what the room does not sell is nobody's business here"
        assert read(GOOGLE).rows == {"mug": 2, "shirt": 3}

    def test_those_of_agentic_commerce_as_json_lines(self) -> None:
        rows = [
            {"item_id": "mug", "price": "24.00 USD", "availability": "in_stock", "inventory_quantity": 4},
            {"item_id": "shirt-m", "group_id": "shirt", "price": "70 USD", "sale_price": "60 USD",
             "sale_price_start_date": "2026-11-22", "sale_price_end_date": "2026-11-23", "availability": "pre_order"},
        ]  # fmt: skip
        sale = {"price": "60 USD", "from": "2026-11-22", "until": "2026-11-23"}
        for text in ("\n".join(map(json.dumps, rows)), json.dumps(rows), json.dumps({"products": rows}, indent=2)):
            assert read(text).values == {
                "mug": {"price": "24.00 USD", "stock": 4},
                "shirt": {"variants": {"shirt-m": {"price": "70 USD", "sale": sale}}},
            }

    def test_ones_of_the_shops_own_in_the_encoding_of_its_system(self) -> None:
        text = "商品编码;售价;库存\r\nSKU-1;23.5;5\r\nSKU-2;75;1\r\n"
        columns = {"id": "商品编码", "price": "售价", "quantity": "库存"}
        items = {"SKU-1": "mug", "SKU-2": "shirt/shirt-xl"}
        for data in (text.encode("gb18030"), text.encode("utf-8-sig"), text.encode()):
            assert read(data, columns=columns, items=items).values == {
                "mug": {"price": "23.5", "stock": 5}, "shirt": {"variants": {"shirt-xl": {"price": "75", "stock": 1}}},
            }  # fmt: skip

    @pytest.mark.parametrize(
        "head", ["ID,Price,Quantity", "g:id,g:price,g:quantity", " id , price , Sell on Google quantity"]
    )
    def test_names_as_they_are_written(self, head: str) -> None:
        assert read(f"{head}\nmug,20 USD,7\n").values == {"mug": {"price": "20 USD", "stock": 7}}

    def test_a_variant_without_its_group_where_it_can_only_be_one(self) -> None:
        assert read("id,quantity\nshirt-m,2").values == {"shirt": {"variants": {"shirt-m": {"stock": 2}}}}
        twin = replace(SHIRT, id="shirt2", link=3)
        with pytest.raises(ValueError, match="no row"):
            read("id,quantity\nshirt-m,2", Catalogue([SHIRT, twin]))

    def test_a_group_itself_is_the_product(self) -> None:
        assert read("id,item_group_id,price\nshirt,shirt,70 USD").values == {"shirt": {"price": "70 USD"}}

    def test_amounts_with_their_currency_beside_them(self) -> None:
        feed = json.dumps([{"id": "mug", "price": {"value": "20.00", "currency": "USD"}, "quantity": 3.0}])
        assert read(feed).values == {"mug": {"price": "20.00 USD", "stock": 3}}


class TestAvailability:
    @pytest.mark.parametrize(
        ("word", "mug", "shirt"),
        [("in_stock", {"stock": None}, {}), ("in stock", {"stock": None}, {}),
         ("https://schema.org/InStock", {"stock": None}, {}),
         ("out_of_stock", {"stock": 0}, {"stock": 0}), ("out of stock", {"stock": 0}, {"stock": 0}),
         ("http://schema.org/OutOfStock", {"stock": 0}, {"stock": 0}), ("preorder", {}, {}), ("backorder", {}, {})],
    )  # fmt: skip
    def test_alone_it_tells_whether_there_are_any(self, word: str, mug: Any, shirt: Any) -> None:
        rows = read(f"id,availability,price\nmug,{word},24 USD\nshirt,{word},79 USD\n").values
        assert rows == {"mug": {"price": "24 USD", **mug}, "shirt": {"price": "79 USD", **shirt}}


class TestSales:
    def test_an_empty_place_for_one_ends_it(self) -> None:
        sold = Catalogue([replace(MUG, promotions=(Promotion("sale", Money(Decimal(19), "USD")),))])
        assert read("id,price,sale_price\nmug,24 USD,\n", sold).values == {"mug": {"price": "24 USD", "sale": None}}
        assert read("id,price\nmug,24 USD\n", sold).values == {"mug": {"price": "24 USD"}}, "without the place nothing"
        assert read("id,price,sale_price\nmug,24 USD,\n").values == {"mug": {"price": "24 USD"}}


class TestWrong:
    @pytest.mark.parametrize(
        ("feed", "code"),
        [("", "feed_empty"), ("\n\n", "feed_empty"), ("id,price\n", "feed_empty"), ("[]", "feed_empty"),
         ('{"products": []}', "feed_empty"), ("id,price\nhat,3 USD\n", "feed_none_of_ours"),
         ("[1]", "feed_no_object"), ("[{", "feed_json"), ('{"id": "mug"}\nnonsense', "feed_json"),
         (b"\xff\xff\xff", "feed_encoding"), ("[" * 100_000, "feed_json"), ("<html>Please log in</html>", "feed_empty"),
         ("id\n" + "x\n" * (MAX_ROWS + 1), "feed_too_long"), (b"x" * (MAX_BYTES + 1), "feed_too_large"),
         ('id,price\n"' + "x" * 200_000 + '"\n', "feed_csv"), ('[{"id": 1' + "0" * 5000 + "}]", "feed_json")],
        ids=lambda value: str(value)[:20],
    )  # fmt: skip
    def test_a_feed_that_says_nothing(self, feed: str | bytes, code: str) -> None:
        assert why_not(feed) == code

    @pytest.mark.parametrize(
        ("row", "code"),
        [("mug,-3 USD,1,", "money_not_above_zero"), ("mug,0 USD,1,", "money_not_above_zero"),
         ("mug,free,1,", "money_none"),
         ("mug,20 EUR,1,", "live_currency"), ("mug,20 USD,-1,", "live_count"), ("mug,20 USD,many,", "live_count"),
         ("mug,20 USD,1.5,", "live_count"), (",20 USD,1,", "feed_row_no_id"),
         ("mug,20 USD,3,out_of_stock", "feed_row_contradicts"), ("mug,20 USD,0,in_stock", "feed_row_contradicts"),
         ("mug,20 USD,,perhaps", "feed_row_availability"), ("shirt-m,20 USD,5,", "feed_row_twice")],
    )  # fmt: skip
    def test_a_row_is_named_and_the_others_are_taken(self, row: str, code: str) -> None:
        feed = f"id,price,quantity,availability\nshirt-m,70 USD,2,in_stock\n\n{row}\n"
        assert found(feed) == [(4, code)]
        assert read(feed).values == {"shirt": {"variants": {"shirt-m": {"price": "70 USD", "stock": 2}}}}

    def test_an_unknown_variant_of_a_product_is_named(self) -> None:
        assert found("id,item_group_id,quantity\nshirt-xxl,shirt,2\n") == [(2, "live_no_variant")]

    def test_a_span_of_time_that_is_none(self) -> None:
        head = "id,price,sale_price,sale_price_effective_date\n"
        assert found(f"{head}mug,24 USD,20 USD,soon\n") == [(2, "feed_row_dates")]
        assert found(f"{head}mug,24 USD,20 USD,soon/later\n") == [(2, "not_a_date")]

    def test_rows_of_different_lengths(self) -> None:
        values = read("id,price,quantity\nmug,24 USD\nshirt,79 USD,5,6,7\n").values
        assert values["shirt"] == {"price": "79 USD", "stock": 5}

    def test_what_was_taken_by_the_reader_is_taken_by_the_room(self) -> None:
        facts = LiveFacts()
        facts.take_up(ROOM)
        for product, values in read(GOOGLE).values.items():
            facts.change(Change(product, values, "feed"), datetime(2026, 11, 22, 21, tzinfo=UTC))
        shirt, mug = facts.catalogue
        assert [each.stock for each in shirt.variants] == [3, 0]
        assert mug.price_in_force(datetime(2026, 11, 22, 21, tzinfo=UTC)).amount == Decimal("19.5")


def test_fifty_thousand_rows_are_read_in_a_second() -> None:
    rows = "".join(f"v{number},big,{number % 90 + 1} USD,{number % 7}\n" for number in range(MAX_ROWS))
    many = replace(SHIRT, id="big", variants=tuple(Variant(f"v{number}", f"V{number}") for number in range(10_000)))
    found = read(f"id,item_group_id,price,quantity\n{rows}", Catalogue([many]))
    assert len(found.values["big"]["variants"]) == 10_000


scalars = st.none() | st.text(max_size=20) | st.integers() | st.floats() | st.booleans()
cells = scalars | st.lists(st.integers(), max_size=2) | st.sampled_from(["mug", "shirt", "shirt-m", "5 USD", "3"])
names = st.sampled_from(["id", "item_group_id", "price", "quantity", "availability", "sale_price", "x"])


@given(st.lists(st.dictionaries(names, cells), max_size=6))
@settings(max_examples=200, deadline=None)
def test_whatever_a_feed_holds_it_is_read_or_refused(rows: list[dict[str, Any]]) -> None:
    taken = reason_or(lambda: read(json.dumps(rows)))
    if isinstance(taken, FeedRead):
        assert set(taken.values) <= {"mug", "shirt"}
        assert all(1 <= finding.line <= len(rows) for finding in taken.findings)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_whatever_bytes_there_are(data: bytes) -> None:
    assert reason_or(lambda: rows_of(data))


def reason_or(work: Any) -> Any:
    """What comes of it, or the `Reason` why nothing does."""
    try:
        return work()
    except ValueError as refused:
        (reason,) = refused.args
        return reason if isinstance(reason, Reason) else None
