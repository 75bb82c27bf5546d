"""The latest comments with the last verdict on them and what the host said: a fold over events."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from host.core import journal_events as kinds
from host.core.journal_events import Event
from host.core.product import Lang
from host.core.reason import data
from host.mind.names import display_name

COMMENTS_SHOWN = 100
FOLDED = (kinds.COMMENT, kinds.VERDICT, kinds.SPEAKING, kinds.OPERATOR)
"""The kinds of events that say something of comments."""


class CommentLog:
    """The latest `COMMENTS_SHOWN` comments, as `host.console.shapes.CommentState`."""

    def __init__(self, lang: Lang) -> None:
        self._lang: Lang = lang
        self._comments: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def latest(self) -> list[dict[str, Any]]:
        """Them as they are now, newest last: whoever compares two states must not find the newer one in both."""
        return [dict(comment) for comment in self._comments.values()]

    def recall(self, past: Iterable[Event], wall: datetime, now: float) -> None:
        """Fold the events of earlier runs. Their clocks are gone: a comment's ``at`` is put as far before ``now`` as it
        was written before ``wall``. Events that lack a field are passed by."""
        for event in past:
            with suppress(KeyError, TypeError, ValueError, AttributeError):
                written = datetime.fromisoformat(event["wall"])
                age = (wall - (written if written.tzinfo else written.replace(tzinfo=wall.tzinfo))).total_seconds()
                self.note({**event, "at": round(now - max(0.0, age), 3)})

    def note(self, event: Event) -> None:
        """Fold one event."""
        kind = event["kind"]
        if kind == kinds.COMMENT:
            self._comments[event["comment"]] = {
                "id": event["comment"], "user": display_name(event["user"], self._lang), "text": event["text"],
                "source": event["source"], "at": event["at"], "intent": "", "fate": "", "reason": "", "why": None,
                "product": None, "answer": "", "correcting": False, "answerer": "", "passed": [],
            }  # fmt: skip
            while len(self._comments) > COMMENTS_SHOWN:
                self._comments.popitem(last=False)
        elif kind == kinds.VERDICT and event["comment"] in self._comments:
            reason = event["reason"]
            self._comments[event["comment"]] |= {
                **{key: event[key] for key in ("intent", "fate", "product")},
                "reason": reason,
                "correcting": False,
                "why": event["why"] if "why" in event else data(reason),
                "answerer": event.get("answerer", ""),
                "passed": event.get("passed", []),
            }
        elif kind == kinds.OPERATOR and event["command"] == "correct":
            if entry := self._comments.get(event["comment_id"]):
                entry["correcting"] = True
        elif kind == kinds.SPEAKING:
            for comment_id in event["in_reply_to"]:
                if entry := self._comments.get(comment_id):
                    if event.get("excuse"):  # the answer begins anew
                        entry["answer"] = ""
                        continue
                    gap = "" if entry["answer"].endswith(("。", "！", "？")) else " "  # Chinese sentences stand close
                    entry["answer"] = f"{entry['answer']}{gap}{event['text']}".strip()
