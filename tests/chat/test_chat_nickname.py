"""Nicknames that advertise, and nicknames with numbers that do not."""

from __future__ import annotations

import pytest
from chat_room import ZH, comment

from host.chat.triage import Triage
from host.core.comment import Fate, Intent
from host.core.nickname import advert_in_name


@pytest.mark.parametrize(
    "user",
    ["官方客服+V信wx888999领红包", "加V聊", "ＶＸ：abc888", "兼职日结", "进群领福利", "www.shop.cn", "13800138000",
     "用户13800138000", "WhatsApp me", "Free Gift", "follow me", "微 信 abc888", "看主页"],
)  # fmt: skip
def test_an_advertising_nickname_makes_a_comment_spam(user: str) -> None:
    verdict = Triage().judge(comment("这个多少钱", user), catalogue=ZH, on_air="cup", now=0.0)
    assert (verdict.fate, verdict.intent) == (Fate.IGNORED, Intent.SPAM)
    assert "nickname" in verdict.reason


@pytest.mark.parametrize(
    "user",
    [
        "用户83920175",
        "user77120394",
        "Lily19980512",
        "momo_1998",
        "@sam_w",
        "老周",
        "加菲猫",
        "Alvin",
        "V姐",
        "群山",
        "微微",
    ],
)
def test_ordinary_nicknames_do_not(user: str) -> None:
    assert advert_in_name(user) is None
    verdict = Triage().judge(comment("这个多少钱", user), catalogue=ZH, on_air="cup", now=0.0)
    assert verdict.fate is Fate.QUEUED
