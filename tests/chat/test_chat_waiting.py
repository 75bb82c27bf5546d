"""The line of waiting comments: order, groups, displacement, expiry."""

from dataclasses import replace

import pytest
from chat_room import ZH, comment
from hypothesis import given, settings
from hypothesis import strategies as st

from host.chat.triage import Triage
from host.chat.waiting import EXPIRES_AFTER, WaitingComments, WaitingStatus
from host.core.comment import Comment, Fate, Intent, Verdict


def verdict(of: Comment, score: float = 0.5, intent: Intent = Intent.QUESTION, product: str | None = None) -> Verdict:
    return Verdict(of.id, intent, Fate.QUEUED, "test", product, score)


def offer(waiting: WaitingComments, text: str, score: float = 0.5, at: float = 0.0, **more: object) -> list[Comment]:
    new = comment(text, at=at)
    return waiting.offer(new, verdict(new, score, **more))  # type: ignore[arg-type]


def test_the_most_worthwhile_goes_first_and_equals_in_order() -> None:
    waiting = WaitingComments(10)
    for text, score in (("能放洗碗机吗", 0.5), ("包邮吗", 0.9), ("会漏水吗", 0.5)):
        offer(waiting, text, score)
    taken = [waiting.take(0.0) for _ in range(4)]
    assert [group and group.comment.text for group in taken] == ["包邮吗", "能放洗碗机吗", "会漏水吗", None]
    assert len(waiting) == 0


def test_one_answer_replies_to_all_who_ask_the_same() -> None:
    waiting = WaitingComments(50)
    for text in ["多少钱"] * 10 + ["多少钱啊", "主播多少钱？", "请问这个多少钱呢", "多 少 钱"] + ["包邮吗"]:
        assert offer(waiting, text) == []
    group = waiting.take(0.0)
    assert group is not None
    assert len(group.comments) == 14
    assert group.comment.text == "多少钱"
    assert len(waiting) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("304不锈钢是什么", "316不锈钢是什么"), ("能退吗", "能换吗"), ("有白色吗", "有蓝色吗"), ("多重", "多大")],
)
def test_different_questions_stay_apart(one: str, other: str) -> None:
    waiting = WaitingComments(10)
    offer(waiting, one)
    offer(waiting, other)
    assert len(list(waiting)) == 2


def test_the_same_question_about_another_product_is_another() -> None:
    waiting = WaitingComments(10)
    offer(waiting, "多少钱", product="cup")
    offer(waiting, "多少钱", product="lamp")
    assert len(list(waiting)) == 2


def test_orders_are_never_merged() -> None:
    waiting = WaitingComments(10)
    offer(waiting, "已拍", intent=Intent.ORDER)
    offer(waiting, "已拍", intent=Intent.ORDER)
    assert len(list(waiting)) == 2


def test_many_askers_weigh() -> None:
    waiting = WaitingComments(50)
    offer(waiting, "会漏水吗", 0.6)
    for _ in range(6):
        offer(waiting, "包邮吗", 0.5)
    group = waiting.take(0.0)
    assert group is not None
    assert group.comment.text == "包邮吗"


def test_a_full_line_displaces_the_least_worthwhile_and_youngest() -> None:
    waiting = WaitingComments(2)
    offer(waiting, "会漏水吗", 0.4)
    offer(waiting, "能放洗碗机吗", 0.4)
    (gone,) = offer(waiting, "包邮吗", 0.9)
    assert gone.text == "能放洗碗机吗"
    (gone,) = offer(waiting, "今天冷吗", 0.1)
    assert gone.text == "今天冷吗"
    assert waiting.status() == WaitingStatus(waiting=2, displaced=2)
    assert len(waiting) == 2


def test_the_stale_expire_and_are_not_taken() -> None:
    waiting = WaitingComments(10)
    offer(waiting, "会漏水吗", 0.9, at=0.0)
    offer(waiting, "包邮吗", 0.1, at=100.0)
    now = EXPIRES_AFTER + 1
    group = waiting.take(now)
    assert group is not None
    assert group.comment.text == "包邮吗"
    assert [gone.text for gone in waiting.expire(now)] == ["会漏水吗"]
    assert len(waiting) == 0
    assert waiting.take(now) is None


def test_a_group_lives_as_long_as_its_youngest() -> None:
    waiting = WaitingComments(10)
    offer(waiting, "包邮吗", at=0.0)
    offer(waiting, "包邮吗", at=100.0)
    assert waiting.expire(150.0) == []
    group = waiting.take(150.0)
    assert group is not None
    assert len(group.comments) == 2


def test_an_operator_takes_one_out() -> None:
    waiting = WaitingComments(10)
    new = comment("包邮吗")
    waiting.offer(new, verdict(new))
    assert waiting.remove("nobody") is None
    assert waiting.remove(new.id) == new
    assert (len(waiting), waiting.take(0.0)) == (0, None)


def test_a_limit_is_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        WaitingComments(0)


ENTRIES = st.lists(st.tuples(st.sampled_from(["多少钱", "包邮吗", "会漏水吗", "讲一下3号链接", "已拍", "你好",
    "有蓝色吗"]),
                             st.floats(0, 200), st.sampled_from(["offer", "take", "expire"])), max_size=80)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(ENTRIES, st.integers(1, 8))
def test_nothing_is_lost_and_nothing_comes_twice(entries: list[tuple[str, float, str]], limit: int) -> None:
    waiting, triage = WaitingComments(limit), Triage(per_user_per_minute=6000, room_per_second=1000)
    given_in: list[str] = []
    came_out: list[str] = []
    for text, now, act in sorted(entries, key=lambda entry: entry[1]):
        if act == "offer":
            new = replace(comment(text), at=now)
            judged = triage.judge(new, catalogue=ZH, on_air=None, now=now)
            given_in.append(new.id)
            came_out += [gone.id for gone in waiting.offer(new, judged)]
        elif act == "take" and (group := waiting.take(now)):
            came_out += [entry.id for entry in group.comments]
        elif act == "expire":
            came_out += [gone.id for gone in waiting.expire(now)]
        assert len(waiting) <= limit
        assert len(waiting) == sum(len(group.comments) for group in waiting)
    came_out += [gone.id for gone in waiting.expire(10_000.0)]
    assert sorted(came_out) == sorted(given_in)
