"""Product sheets the guard is tried against, and the evening they are tried on."""

from datetime import UTC, datetime
from decimal import Decimal

from host.core.product import Faq, Money, Product, Promotion

WALL = datetime(2026, 11, 10, 20, 0, tzinfo=UTC)


def yuan(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def dollars(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


CUP = Product(
    id="cup",
    name="随行保温杯",
    lang="zh",
    link=1,
    price=yuan("79"),
    list_price=yuan("129"),
    stock=236,
    aliases=("保温杯", "杯子"),
    facts={
        "容量": "500毫升",
        "净重": "260克",
        "材质": "内胆316不锈钢，外壳304不锈钢，食品级硅胶圈",
        "保温": "灌95度热水，6小时后实测62度",
        "尺寸": "高21厘米，直径6.5厘米",
        "颜色": "白、蓝、粉3种颜色",
        "密封": "拧紧后倒置防漏",
        "客服": "客服时间9:00-21:00",
        "质保": "质保12个月",
        "包装": "礼盒装，每盒1个杯子加2个替换硅胶圈",
    },
    faq=(Faq(("能放洗碗机吗",), "不建议放洗碗机，手洗就好。"),),
    shipping="付款后48小时内发货，全国包邮，一般3到5天送达",
    returns="7天无理由退换，退货运费险由店铺承担",
    promotions=(
        Promotion("双十一活动价", yuan("69"), datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 12, tzinfo=UTC)),
        Promotion("全店满300减50", None, datetime(2026, 11, 1, tzinfo=UTC), None),
        Promotion("第二件半价", None, datetime(2026, 12, 1, tzinfo=UTC), None),
    ),
    never_say=("治病", "终身保温"),
    source="scripts/zh/cup.md",
)
LAMP = Product(
    id="lamp",
    name="护眼台灯",
    lang="zh",
    link=3,
    price=yuan("199"),
    stock=58,
    aliases=("台灯",),
    facts={"功率": "12瓦", "色温": "2700K到5000K", "线长": "1.5米"},
    shipping="付款后24小时内发货，全国包邮",
    source="scripts/zh/lamp.md",
)
MUG = Product(
    id="mug",
    name="Harbor Travel Mug",
    lang="en",
    link=2,
    price=dollars("24.50"),
    list_price=dollars("32"),
    stock=180,
    aliases=("travel mug", "mug"),
    facts={
        "capacity": "600 ml",
        "weight": "318 g",
        "insulation": "keeps drinks hot for 12 hours and cold for 24 hours",
        "material": "18/8 stainless steel, leakproof lid",
        "warranty": "24 months against manufacturing defects",
        "size": "9.5 inches tall, 2.8 inches across",
        "in the box": "the mug, 2 spare seals and a leaflet",
        "colors": "comes in 4 colors",
    },
    faq=(Faq(("dishwasher",), "The lid is dishwasher safe; wash the body by hand."),),
    shipping="Ships within 2 business days, free shipping over $35, otherwise shipping is $4.95",
    returns="Free returns within 30 days",
    promotions=(
        Promotion(
            "20% off this week", dollars("19.60"), datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
        ),
        Promotion("Black Friday price", dollars("15"), datetime(2026, 11, 27, tzinfo=UTC), None),
    ),
    never_say=("unbreakable", "lifetime guarantee"),
    source="scripts/en/mug.md",
)
