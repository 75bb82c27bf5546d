"""Insults, advertising and contacts are whole words in their language; ordinary words that hold them are none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chat_room import ZH, comment, product
from traditional import FORMS

from host.chat.triage import Triage
from host.core.comment import Intent
from host.core.product import Catalogue

INNOCENT = """
does it have usb c
usb c?
有几个USB口
USB接口吗
sbs 面料吗
is it class 1
how do i assess the size
first class leather?
does the bass sound good
glass or plastic
波长500nm吗
是800nm还是850nm的光
扭矩几nm
is it from Dick's
dick's sporting goods sells this too
does it fit a cocktail party
scunthorpe shipping?
shiitake mushroom powder?
shitake mushrooms?
dumbbell weight?
is there a trash can
你家垃圾袋多少钱
垃圾桶多大
狗屎铲好用吗
宠物狗日常能用吗
给大妈的
我妈的生日送这个行吗
他妈妈能穿吗
去死皮效果好吗
会不会滚出来
滚轮好滚吗
滚开的水能倒吗
贱卖吗
弱智能不能用
废物利用吗
骗子太多怎么分辨真假
体操服有吗
操作难不难
草莓味有吗
甘草你们有吗
王八汤有吗
傻瓜相机吗
丑橘多少钱
现在可以预约吗
今日结束活动吗
这套现在多少钱
外套现货吗
加v领的有吗
加扣子吗
加绒的吗
加微波炉里行吗
菠菜面有吗
可以微信支付吗
do you take wechat pay
有招商银行优惠吗
可以私信客服吗
可以贷款买吗
是代购吗
is there a promo code
can i get a free gift card
免费送手机壳吗
will the suitcase follow me
good for working from home?
is it 8pm where you are
can you text me when it ships?
@host is it waterproof
@主播 多少钱
这个灯3W点亮吗
执行标准GB4806.9-2016吗
GB/T 18401-2010 是什么标准
许可证是SC11734012300456吗
条码6901234567892是正品吗
订单号4728190356612什么时候发
order 4728190356612 when does it ship
""".strip().split("\n")
SPAM = """
sb
你是sb
你个SB主播
s b
傻 逼
傻逼主播
2b
nmsl
tmd
滚
滚出直播间
你就是个骗子
骗子
主播骗子
垃圾主播
你们都是垃圾
去死吧
操你妈
他妈的
废物主播
fuck you
fuuuuck
what the fuck is this
you are dumb
stupid
shut up
you scammer
trash host
加微信
加我微信
加 V X abc12345
加v领红包
加v
加微
加qq群
代开发票
兼职日结三百
贷款找我
需要贷款吗找我
免费领手机
日入3000
互关互粉
dm me
follow me for deals
check out my page
free iphone click my link
buy followers
earn $500 a day
order 13812345678 call
微信号 abc123
订单号13812345678
""".strip().split("\n")


def intent(text: str, catalogue: Catalogue = ZH) -> Intent:
    return Triage().judge(comment(text), catalogue=catalogue, on_air="cup", now=0.0).intent


@pytest.mark.parametrize("text", INNOCENT)
def test_an_ordinary_question_is_no_spam(text: str) -> None:
    assert intent(text) is not Intent.SPAM


@pytest.mark.parametrize("text", SPAM)
def test_insults_advertising_and_contacts_are_spam(text: str) -> None:
    assert intent(text) is Intent.SPAM


@pytest.mark.parametrize("form", FORMS)
def test_traditional_characters_are_judged_alike(form: str) -> None:
    assert not [text for text in INNOCENT if intent(FORMS[form](text)) is Intent.SPAM]
    assert not [text for text in SPAM if intent(FORMS[form](text)) is not Intent.SPAM]


def test_a_product_is_asked_for_by_its_name_whatever_else_it_means() -> None:
    alpaca = replace(product("alpaca", "羊驼公仔", 4, "zh", "草泥马", "NMD"), facts={"面料": "短绒"})
    shop = Catalogue([*ZH, alpaca])
    assert [intent(text, shop) for text in ("草泥马多少钱", "nmd有货吗")] == [Intent.QUESTION] * 2
    assert intent("草泥马") is Intent.SPAM
