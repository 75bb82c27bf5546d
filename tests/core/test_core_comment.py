"""Who wrote a comment: a viewer of one source, by id where the source gives one."""

from __future__ import annotations

import pytest

from host.core.comment import Comment


def by(user: str, viewer: str = "", source: str = "page") -> Comment:
    return Comment("c", user, "text", 0.0, source, viewer)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (by("小王", source="douyin"), by("小王", source="taobao"), False),
        (by("小王", "7", "douyin"), by("小王", "7", "taobao"), False),
        (by("小王", "7"), by("小王", "8"), False),
        (by("小王", "7"), by("老王", "7"), True),
        (by("小王"), by("小王"), True),
        (by("小王"), by("老王"), False),
        (by("小王", "7"), by("小王"), False),
        (by("7"), by("小王", "7"), False),
        (by("x" * 500), by("x" * 64), True),
        (by("小王", " 7\u200b"), by("小王", "7"), True),
        (by("小王", "7", "douyin "), by("小王", "7", "douyin"), True),
    ],
)
def test_a_viewer_is_known_within_a_source_by_id_or_else_by_name(one: Comment, other: Comment, same: bool) -> None:
    assert (one.who == other.who) is same
