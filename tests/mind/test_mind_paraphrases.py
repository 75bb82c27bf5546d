"""What stands on a sheet is told in whatever words it is asked for: one table of wordings for each matter."""

from __future__ import annotations

import pytest
from mind_rooms import asking
from traditional import FORMS

from host.mind.answers.embedded import EmbeddedAnswerer

ANSWERER = EmbeddedAnswerer()
WORDINGS = {
    ("zh", "cup", "cup.shipping"): """
        几天发货|什么时候发货|啥时候发|多久发货|多久能发|几时发货|今天拍什么时候发|付款后多久发|下单多久发出
        发货快吗|发货要多久|当天能发吗|明天能发出吗|什么时间发货|几天能发走|包邮吗|要邮费吗|邮费多少
        运费谁出|快递费多少|收运费吗|免运费吗|内蒙包邮不|偏远地区包邮吗|新疆包邮吗|西藏能发吗|发西藏吗
        寄新疆要加钱吗|多久到|几天到货|几天能收到|多少天到|啥时候能到|免運嗎|運費多少|幾天到貨|包邮不
        物流多久|寄过来要多久
    """,
    ("zh", "cup", "cup.returns"): """
        能退吗|可以退货吗|不喜欢能退吗|不想要了可以退不|能退换吗|可以换货吗|支持七天无理由吗|能无理由退吗
        退货谁出运费|有运费险吗|退货运费谁承担|买了不合适怎么办|不满意能退钱吗|能不能退款|退换货怎么说
        包退吗|几天内可以退|多少天可以退|后悔了可以退不|退貨可以嗎|有運費險嗎
    """,
    ("zh", "cup", "cup.facts.质保"): """
        质保多久|保修几年|保修多久|坏了怎么办|坏了管修吗|有保修吗|质保期多长|保多久|保固多久|有沒有保固
        出问题怎么办|用坏了能换吗|售后怎么样|包换吗|坏了给换新吗|保修期是多长时间|质量问题怎么处理
    """,
    ("zh", "cup", "cup.stock"): """
        还有吗|还有货吗|有没有货|有货不|有现货吗|还剩多少|还剩几个|库存多少|还能买到吗|卖完了吗|没货了吗
        抢完没|还有多少件|现货吗|断货了吗|还有没有|還有貨嗎|還有嗎|还能拍吗
    """,
    ("zh", "cup", "cup.price"): """
        多少钱|啥价|什么价格|怎么卖|咋卖|几块钱|多少米|价格多少|卖多少|要多少钱|现在多少|到手价多少|到手多少
        报个价|现在什么价|打折吗|有优惠吗|优惠后多少|一个多少钱|贵不贵|最低多少钱|多少錢|幾多錢|券后多少
    """,
    ("zh", "cup", "cup.facts.尺寸"): """
        尺寸多少|多大|有多高|多高啊|高度多少|多宽|直径多少|大小怎么样|长宽高多少|几厘米高|体积大吗|占地方吗
    """,
    ("zh", "cup", "cup.facts.材质"): """
        什么材质|啥材质|什么做的|用什么材料做的|什么料|啥料子的|什么钢|内胆是什么材质|是塑料的吗|材料是什么
        是什么材料的|用料怎么样|材質是什麼
    """,
    ("zh", "cup", "cup.promotions.0"): """
        有赠品吗|送什么|送啥|有什么赠品|买了送什么|有没有送的|有礼物吗|赠品是什么|送东西吗|下单送什么
        有送的吗|有赠品没|送不送东西|贈品是什麼
    """,
    ("zh", "cup", "cup.facts.颜色"): """
        有什么颜色|几个颜色|都有啥色|有哪些颜色|颜色有几种|什么颜色好看|有白色吗|有几种色
    """,
    ("zh", "cup", "cup.facts.产地"): """
        产地哪里|哪里生产的|哪产的|是哪里的|哪儿做的|什么地方产的|国产的吗|是进口的吗
    """,
    ("en", "bottle", "bottle.shipping"): """
        when do you ship|how fast do you ship|how soon will it ship|shipping time
        how long does shipping take|when does it go out|dispatch time|when will it be sent|is shipping free
        free shipping?|do you charge for shipping|how much is shipping|delivery cost|postage?
        how long until i get it|when will it arrive|how many days for delivery|when would it be dispatched
        how long is delivery|does it ship today|do i have to pay shipping
    """,
    ("en", "bottle", "bottle.returns"): """
        can i return it|return policy|what is the return policy|what if i don't like it|can i send it back
        money back?|can i get a refund|refund policy|returns?|how many days to return|do you accept returns
        is it refundable|can i exchange it|what if it doesn't suit me|do you take it back
        who pays return shipping
    """,
    ("en", "bottle", "bottle.stock"): """
        is it in stock|any left|still available?|how many left|do you have it in stock|is it sold out
        still have some|how many are left|are there any left|can i still get one|in stock?
        do you still have this
    """,
    ("en", "bottle", "bottle.price"): """
        how much|how much is it|price?|what's the price|what does it cost|cost?|how much does it cost
        what do you want for it|how much are they|what's it going for|price please|how much for one
        any discount|is there a discount|is it on sale
    """,
    ("en", "bottle", "bottle.facts.warranty"): """
        is there a warranty|how long is the warranty|what if it breaks|is it guaranteed|guarantee?
        what if it's faulty|is it covered if it breaks|warranty period
    """,
    ("en", "bottle", "bottle.facts.material"): """
        what is it made of|what material is it|is it stainless steel|which steel is it|is it bpa free
        materials?
    """,
    ("en", "bottle", "bottle.facts.size"): """
        how big is it|how tall is it|what size is it|dimensions?|what's the height|how wide is it
        what are the dimensions
    """,
    ("en", "bottle", "bottle.facts.colors"): """
        what colors are there|which colors do you have|colors?|what colours does it come in
        does it come in green
    """,
    ("en", "bottle", "bottle.promotions.0"): """
        any gift|is there a gift|do i get something free|any freebies|does it come with a gift|free gift?
    """,
    ("zh", "lamp", "lamp.facts.供电"): "有几个USB口|USB接口吗|是typec的吗|什么接口|是type-c口吗|usb c?",
    ("en", "desk-lamp", "desk-lamp.facts.plug"): """
        does it have usb c|usb c?|is it usb-c|type c?|which port does it use|is it usb
    """,
}
ASKED = [(*matter, text) for matter, texts in WORDINGS.items() for text in texts.strip().replace("\n", "|").split("|")]


def evidence(text: str, room: str, on: str) -> set[str]:
    return {fact for draft in ANSWERER.drafts(asking(text, room, on)) for fact in draft.evidence}


@pytest.mark.parametrize(("room", "on", "fact", "text"), [(r, o, f, t.strip()) for r, o, f, t in ASKED])
def test_it_is_answered_from_the_sheet(room: str, on: str, fact: str, text: str) -> None:
    assert fact in evidence(text, room, on)


@pytest.mark.parametrize("form", FORMS)
def test_it_is_answered_in_traditional_characters_too(form: str) -> None:
    asked = [(room, on, text.strip()) for room, on, _, text in ASKED if room == "zh"]
    apart = [text for room, on, text in asked if evidence(text, room, on) != evidence(FORMS[form](text), room, on)]
    assert not apart


@pytest.mark.parametrize(
    "text",
    [
        "怎么没人",
        "几点有客服",
        "今天几号",
        "现在几点",
        "怎么没人说话",
        "你们几点下班",
        "哪里人",
        "主播身高多少",
        "what day is it",
        "where is everybody",
    ],
)
def test_what_no_sheet_tells_gets_no_other_fact(text: str) -> None:
    assert not evidence(text, "en" if text.isascii() else "zh", "bottle" if text.isascii() else "cup")
