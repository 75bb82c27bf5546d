"""Who has ordered is thanked; who denies it, wishes for it, or only speaks of it is not."""

from __future__ import annotations

import pytest

from host.chat.intents import intent_of
from host.core.comment import Intent
from host.core.fold import fold


@pytest.mark.parametrize(
    "text",
    ["已下单", "拍了", "我要两件", "刚付款了", "下单了", "没想到已经拍了", "不用想了直接拍了", "just ordered one",
     "i'll take two", "Ordered!", "bought it!"],
)  # fmt: skip
def test_who_has_ordered_is_heard(text: str) -> None:
    assert intent_of(fold(text), names_product=False) is Intent.ORDER


@pytest.mark.parametrize(
    "text",
    ["我没下单", "还没买", "我没拍下", "不想买了", "不买了", "我再也不买了", "I haven't ordered yet",
     "never bought one", "i wish i bought one", "i didn't buy it", "if i ordered two"],
)  # fmt: skip
def test_who_has_not_is_not_thanked(text: str) -> None:
    assert intent_of(fold(text), names_product=False) is not Intent.ORDER
