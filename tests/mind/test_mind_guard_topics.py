"""Whose facts bear out what: each part of a text is held against the product it speaks of, and that one's alone."""

from datetime import UTC, datetime

import pytest
from guard_corpus import GUARD
from guard_sheets import dollars, yuan

from host.core.product import Product, Promotion
from host.core.reason import Reason
from host.core.utterance import Kind, Ruling
from host.lang.normalise import normalise
from host.mind.guard.case import Case

WALL = datetime(2026, 11, 10, 20, 0, tzinfo=UTC)

CREAM = Product(
    "cream", "水润面霜 50g", "zh", 1, yuan("59"), stock=300, aliases=("面霜", "face cream"),
    facts={"净含量": "50克"}, shipping="48小时内发货", never_say=("甩卖",), source="cream.md",
)  # fmt: skip
NUTS = Product(
    "nuts", "每日坚果 30包", "zh", 2, yuan("129"), stock=4, aliases=("坚果", "nuts"),
    facts={"规格": "30包"}, shipping="24小时内发货",
    promotions=(Promotion("下单送卫衣挂件1个"),), source="nuts.md",
)  # fmt: skip
HOODIE = Product(
    "hoodie", "加绒加厚连帽卫衣", "zh", 3, yuan("99"), list_price=yuan("159"), stock=50, aliases=("卫衣", "hoodie"),
    facts={"颜色": "黑色、白色、灰色3种颜色", "面料": "棉"}, shipping="全国包邮，48小时内发货", source="hoodie.md",
)  # fmt: skip
CHARGER = Product(
    "charger", "GaN Charger 65W", "en", 1, dollars("25"), stock=80, aliases=("charger",),
    facts={"power": "65 W"}, shipping="Ships within 24 hours", source="charger.md",
)  # fmt: skip
SHIRT = Product(
    "shirt", "Fleece-Lined Hoodie", "en", 3, dollars("39"), stock=40, aliases=("hoodie", "sweatshirt"),
    facts={"colors": "comes in 3 colors"}, shipping="Free shipping on every order", source="shirt.md",
)  # fmt: skip
ZH, EN = (CREAM, NUTS, HOODIE), (CHARGER, SHIRT)


def rule(text: str) -> Ruling:
    """The guard's word while the first product of the shop is on air."""
    lang = "zh" if any("一" <= character <= "鿿" for character in text) else "en"
    shop = ZH if lang == "zh" else EN
    return GUARD.check(Case(text, normalise(text, lang), Kind.OPERATOR, lang, shop, WALL))


BORNE_OUT = [
    "卫衣今天99元。",
    "这件卫衣今天99元。",
    "3号链接99元。",
    "3号99元，1号59元。",
    "卫衣99元，坚果129元，面霜59元。",
    "卫衣99元坚果129元面霜59元。",
    "卫衣99元、坚果129元、面霜59元。",
    "99元的卫衣和129元的坚果都在购物车里。",
    "今天99元，卫衣；129元，坚果。",
    "坚果129元。卫衣有3种颜色，今天99元。",
    "卫衣原价159元，现在99元，坚果129元。",
    "卫衣，全国包邮；坚果，24小时内发货。",
    "卫衣和面霜都是48小时内发货。",
    "卫衣和坚果分别是99元和129元。",
    "卫衣和坚果就是99元和129元。",
    "想要卫衣的拍3号，99元。",
    "先说坚果：129元。再说卫衣：99元。",
    "卫衣99元，比坚果便宜。",
    "坚果最后几件了，卫衣还有50件。",
    "坚果下单送卫衣挂件1个。",
    "这款59元，卫衣99元。",
    "面霜59元，卫衣比它贵，要99元。",
    "The hoodie is $39 today.",
    "Link 3 is $39.",
    "The charger is $25 and the hoodie is $39.",
    "$39 for the hoodie and $25 for the charger.",
    "The hoodie comes in 3 colors, it is $39.",
    "The hoodie and the charger are $39 and $25.",
    "Grab the charger ($25) and the hoodie ($39).",
    "Free shipping for the hoodie, the charger ships within 24 hours.",
    "The sweatshirt is $39, and this is $25.",
]

NOT_BORNE_OUT = [
    ("卫衣今天59元。", "hoodie.md"),
    ("这件卫衣今天59元。", "hoodie.md"),
    ("3号链接59元。", "hoodie.md"),
    ("3号59元，1号99元。", "hoodie.md"),
    ("卫衣99元，坚果99元。", "nuts.md"),
    ("卫衣129元，坚果99元。", "hoodie.md"),
    ("卫衣129元坚果99元。", "hoodie.md"),
    ("卫衣99元坚果59元。", "nuts.md"),
    ("卫衣129元、坚果99元。", "hoodie.md"),
    ("129元的卫衣和99元的坚果都在购物车里。", "hoodie.md"),
    ("今天129元，卫衣；99元，坚果。", "hoodie.md"),
    ("坚果129元。卫衣有3种颜色，今天129元。", "hoodie.md"),
    ("卫衣和坚果都是99元。", "nuts.md"),
    ("坚果和卫衣，都只要129元。", "hoodie.md"),
    ("卫衣和坚果分别是129元和99元。", "hoodie.md"),
    ("卫衣和坚果就是129元和99元。", "hoodie.md"),
    ("卫衣和坚果一样99元。", "nuts.md"),
    ("坚果跟卫衣一样都是99元。", "nuts.md"),
    ("除了卫衣，坚果也是99元。", "nuts.md"),
    ("坚果现在99元，原价159元。", "nuts.md"),
    ("想要坚果的拍2号链接，99元。", "nuts.md"),
    ("先说坚果：99元。再说卫衣：129元。", "nuts.md"),
    ("坚果，全国包邮。", "nuts.md"),
    ("卫衣全国包邮，坚果也包邮。", "nuts.md"),
    ("卫衣和坚果都包邮。", "nuts.md"),
    ("卫衣24小时内发货。", "hoodie.md"),
    ("卫衣最后几件了。", "hoodie.md"),
    ("坚果最后几件了，卫衣也只剩几件了。", "hoodie.md"),
    ("坚果99元，比卫衣贵。", "nuts.md"),
    ("比卫衣便宜的坚果99元。", "nuts.md"),
    ("The hoodie is $25 today.", "shirt.md"),
    ("Link 3 is $25.", "shirt.md"),
    ("The charger is $39 and the hoodie is $25.", "charger.md"),
    ("$25 for the hoodie and $39 for the charger.", "shirt.md"),
    ("The hoodie comes in 3 colors, it is $25.", "shirt.md"),
    ("The hoodie and the charger are $25 and $39.", "shirt.md"),
    ("Grab the charger ($39) and the hoodie ($39).", "charger.md"),
    ("Hoodie: $25. Charger: $39.", "shirt.md"),
    ("Both the hoodie and the charger are $39.", "charger.md"),
    ("The charger ships free.", "charger.md"),
    ("The hoodie ships within 24 hours.", "shirt.md"),
]


@pytest.mark.parametrize("text", BORNE_OUT)
def test_what_the_sheet_of_the_product_spoken_of_carries_passes(text: str) -> None:
    ruling = rule(text)
    assert ruling.allowed, ruling.reason


@pytest.mark.parametrize(("text", "file"), NOT_BORNE_OUT)
def test_what_only_another_sheet_carries_is_refused_with_the_file_of_the_product_spoken_of(
    text: str, file: str
) -> None:
    ruling = rule(text)
    assert not ruling.allowed
    assert isinstance(ruling.reason, Reason)
    assert ruling.reason.details.get("source") == file, ruling.reason
    assert [product["name"] for product in ruling.reason.details["products"]] == [
        product.name for product in (*ZH, *EN) if product.source == file
    ]


def test_words_that_one_sheet_forbids_may_be_said_of_another_product() -> None:
    assert rule("面霜大甩卖。").code == "never_say"
    assert rule("今天大甩卖。").code == "never_say"
    assert rule("卫衣大甩卖。").allowed
    assert rule("卫衣大甩卖，面霜不参加。").allowed
    assert rule("卫衣和面霜一起大甩卖。").code == "never_say"
