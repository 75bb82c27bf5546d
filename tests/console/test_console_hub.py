"""Fan-out: what a slow reader loses and what it never loses; what viewers may see of a room."""

from __future__ import annotations

import json
from typing import Any

from console_room import FakeRoom
from hypothesis import given
from hypothesis import strategies as st
from strict_shapes import check_state

from host.console.hub import MOST_EVENTS, Hub, OperatorMailbox, PublicMailbox
from host.console.shapes import PUBLIC_COMMENTS, PUBLIC_SECONDS, changes, public_state
from host.core.clock import VirtualClock
from host.core.comment import Fate


class TestOperatorMailbox:
    async def test_state_first(self) -> None:
        mailbox = OperatorMailbox({"at": 1})
        assert await mailbox.take() == [{"kind": "state", "state": {"at": 1}}]

    async def test_slow_reader_loses_the_oldest_events_and_is_told(self) -> None:
        mailbox = OperatorMailbox({})
        for number in range(MOST_EVENTS + 10):
            mailbox.put_event({"kind": "played", "n": number})
        mailbox.put_state({"at": 1})
        mailbox.put_state({"at": 2})
        messages = await mailbox.take()
        assert messages[0] == {"kind": "lost", "count": 10}
        assert [message["n"] for message in messages[1:-1]] == list(range(10, MOST_EVENTS + 10))
        assert messages[-1] == {"kind": "state", "state": {"at": 2}}


class TestPublicMailbox:
    @given(steps=st.lists(st.none() | st.dictionaries(st.sampled_from("abc"), st.integers()), max_size=12))
    def test_whatever_the_reader_takes_it_ends_with_the_latest(self, steps: list[dict[str, int] | None]) -> None:
        """None is the reader taking what waits; a mapping is a patch."""
        truth: dict[str, Any] = {"a": 0, "b": 0, "c": 0}
        mailbox = PublicMailbox(dict(truth))  # type: ignore[arg-type]
        seen: dict[str, Any] = {}

        def take() -> None:
            if mailbox._filled.is_set():
                coroutine = mailbox.take()
                try:
                    coroutine.send(None)
                except StopIteration as done:
                    (message,) = done.value
                    assert (message["kind"] == "state") == (not seen)
                    seen.update(message["state"])

        for step in steps:
            if step is None:
                take()
            else:
                truth.update(step)
                mailbox.put(step)
        take()
        assert seen == truth


class TestPublicState:
    def room(self) -> FakeRoom:
        room = FakeRoom(VirtualClock())
        room.degraded = ["DEGRADED-REASON"]
        room.findings = [{"path": "/secret/path.md", "line": 1, "message": "m", "hint": "", "severity": "error"}]
        for fate in Fate:
            room.add_comment(fate, "user", f"text {fate}", fate=fate.value, reason="VERDICT-REASON")
        room.comment("spammer", "广告", "spam")
        return room

    def test_fake_speaks_the_shape(self) -> None:
        """As the real room does: ``tests/programme/test_programme_state.py``."""
        check_state(self.room().state())

    def test_names_only_what_viewers_may_see(self) -> None:
        room = self.room()
        public = public_state(room.state(), frozenset({"cup"}))  # type: ignore[arg-type]
        text = json.dumps(public, ensure_ascii=False)
        for hidden in ("DEGRADED", "secret", "VERDICT", "reason", "espeak", "counters", "outputs", "stock"):
            assert hidden not in text
        assert {comment["id"] for comment in public["comments"]} == {
            "queued", "answered", "greeted", "escalated", "expired"
        }  # fmt: skip
        assert [product["image"] for product in public["products"]] == ["/images/cup", "", ""]
        assert "人工智能" in public["label"]

    def test_comments_of_days_ago_are_the_operator_s_alone(self) -> None:
        room = FakeRoom(VirtualClock())
        room.add_comment("new", "user", "text", at=-60.0)
        room.add_comment("old", "user", "text", at=-PUBLIC_SECONDS - 60.0)
        comments = public_state(room.state(), frozenset())["comments"]  # type: ignore[arg-type]
        assert [comment["id"] for comment in comments] == ["new"]

    def test_latest_comments_only(self) -> None:
        room = self.room()
        for number in range(200):
            room.add_comment(f"n{number}", "user", "text")
        comments = public_state(room.state(), frozenset())["comments"]  # type: ignore[arg-type]
        assert len(comments) == PUBLIC_COMMENTS
        assert comments[-1]["id"] == "n199"

    def test_changes(self) -> None:
        clock = VirtualClock()
        room = FakeRoom(clock)
        before = public_state(room.state(), frozenset())  # type: ignore[arg-type]
        room._began = -1.0
        assert changes(before, public_state(room.state(), frozenset())) == {}  # type: ignore[arg-type]
        room.watching = 3
        room.say_line()
        after = public_state(room.state(), frozenset())  # type: ignore[arg-type]
        patch = changes(before, after)
        assert set(patch) == {"viewers", "now"}


class TestHub:
    async def test_the_same_state_is_not_sent_twice(self) -> None:
        clock = VirtualClock()
        room = FakeRoom(clock)
        hub = Hub(room, clock)
        with hub.operator() as operator, hub.viewer() as viewer:
            hub.refresh()
            assert [message["kind"] for message in await operator.take()] == ["state"]
            assert [message["kind"] for message in await viewer.take()] == ["state"]
            clock._now = 1.0
            hub.refresh()
            assert not operator._filled.is_set()
            room.watching += 1
            hub.refresh()
            assert (await operator.take())[0]["state"]["viewers"] == room.watching
            assert await viewer.take() == [{"kind": "patch", "state": {"viewers": room.watching}}]
        assert (hub.operators, hub.viewers) == (0, 0)
