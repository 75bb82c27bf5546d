"""The journal: an append-only record of everything that happened on air. State is a fold over it.

One table, SQLAlchemy Core, SQLite by default and PostgreSQL by URL. An append is committed before it returns, so
what a killed process had begun is known to the next one (SQLite in WAL mode with ``synchronous=NORMAL``: 7.6 k
commits/s, lost only with the machine's power). A journal that cannot be written never takes the room off air:
events wait in memory, bounded, and are written when it can be written again.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from host.core import journal_events as kinds
from host.core.clock import Clock
from host.core.comment import Comment, Fate
from host.core.errors import LivehostError
from host.core.journal_events import Event

WAITING_EVENTS = 10_000
"""Events kept in memory while the journal cannot be written; beyond it the oldest are lost, and counted."""

_METADATA = sa.MetaData()
_EVENTS = sa.Table(
    "events",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("room", sa.String(64), nullable=False),
    sa.Column("wall", sa.String(40), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Index("events_by_room", "room", "id"),
)


class Journal:
    """A room's record. Used from one thread: the event loop's."""

    def __init__(self, url: str, room: str, clock: Clock) -> None:
        """Open or create the journal at an SQLAlchemy URL. Raises `LivehostError` if it cannot be written."""
        self._room = room
        self._clock = clock
        self._waiting: deque[dict[str, object]] = deque()
        self.lost = 0
        self.fault = ""
        """Why the last write failed; empty while all is well."""
        self._engine = sa.create_engine(url, connect_args={"timeout": 2.0} if url.startswith("sqlite") else {})
        if url.startswith("sqlite"):
            sa.event.listen(self._engine, "connect", _tune_sqlite)
        try:
            _METADATA.create_all(self._engine)
            with self._engine.begin() as connection:  # a read-only file is found now, not on air
                connection.execute(sa.update(_EVENTS).where(_EVENTS.c.id < 0).values(kind=""))
            self._connection = self._engine.connect()
        except sa.exc.SQLAlchemyError as error:
            reason = str(getattr(error, "orig", error))
            raise LivehostError(
                f"the journal {_shown(url)} cannot be written: {reason}",
                hint="choose another folder with --data, or make this one writable",
            ) from None

    @classmethod
    def in_folder(cls, folder: Path, room: str, clock: Clock) -> Journal:
        """The SQLite journal ``<room>.journal.db`` in a folder, which is made if need be."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LivehostError(
                f"the folder {folder} cannot be made: {error.strerror}", hint="choose another with --data"
            ) from None
        return cls(f"sqlite:///{folder / f'{room}.journal.db'}", room, clock)

    def append(self, kind: str, **fields: object) -> Event:
        """Record an event; committed when this returns, or kept in memory where that fails. Never raises."""
        event: Event = {
            "kind": kind,
            "at": round(self._clock.now(), 3),
            "wall": self._clock.wall().isoformat(),
            **fields,
        }
        payload = json.dumps(fields, ensure_ascii=False, default=str)
        row = {"room": self._room, "wall": event["wall"], "at": event["at"], "kind": kind, "payload": payload}
        self._waiting.append(row)
        if len(self._waiting) > WAITING_EVENTS:
            self._waiting.popleft()
            self.lost += 1
        self._write()
        return event

    def recent(self, limit: int = 20_000) -> list[Event]:
        """The latest events of the room, oldest first."""
        query = sa.select(_EVENTS).where(_EVENTS.c.room == self._room).order_by(_EVENTS.c.id.desc()).limit(limit)
        rows = self._connection.execute(query).mappings().all()
        self._connection.rollback()
        return [_event(row) for row in reversed(rows)]

    def close(self) -> None:
        """Write what waits and close."""
        self._write()
        self._connection.close()
        self._engine.dispose()

    def _write(self) -> None:
        if not self._waiting:
            return
        try:
            self._connection.execute(sa.insert(_EVENTS), list(self._waiting))
            self._connection.commit()
        except sa.exc.SQLAlchemyError as error:
            self.fault = str(getattr(error, "orig", error))
            self._connection.invalidate()
            self._connection.close()
            self._connection = self._engine.connect()
            return
        self._waiting.clear()
        self.fault = ""


def read(path: Path, room: str | None = None) -> Iterator[Event]:
    """The events of a journal file, oldest first, without changing it. Raises `LivehostError`."""
    if not path.is_file():
        raise LivehostError(f"there is no journal at {path}", path=path)
    engine = sa.create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    query = sa.select(_EVENTS).order_by(_EVENTS.c.id)
    try:
        with engine.connect() as connection:
            for row in connection.execute(query.where(_EVENTS.c.room == room) if room else query).mappings():
                yield _event(row)
    except sa.exc.SQLAlchemyError as error:
        raise LivehostError(f"{path} is not a journal: {getattr(error, 'orig', error)}", path=path) from None
    finally:
        engine.dispose()


@dataclass(frozen=True)
class Recall:
    """What a room remembers of its comments."""

    known: tuple[tuple[str, str, str], ...]
    """(comment id, user, text) of every comment seen, oldest first."""
    unanswered: tuple[Comment, ...]
    """Comments that waited for an answer which had not begun, oldest first."""


_SETTLED = {fate.value for fate in Fate} - {Fate.QUEUED.value}


def recall(events: Iterable[Event], wall: datetime, clock_now: float, max_age: timedelta) -> Recall:
    """Fold events into what is left to answer. An answer that began counts as given: never answer twice.

    A comment keeps its age: its ``at`` is put that far before ``clock_now``.
    """
    comments: dict[str, tuple[Event, datetime]] = {}
    open_ids: dict[str, None] = {}
    for event in events:
        kind = event["kind"]
        if kind == kinds.COMMENT:
            comments[event["comment"]] = (event, datetime.fromisoformat(event["wall"]))
        elif kind == kinds.VERDICT:
            if event["fate"] == Fate.QUEUED.value:
                open_ids[event["comment"]] = None
            elif event["fate"] in _SETTLED:
                open_ids.pop(event["comment"], None)
        elif kind == kinds.SPEAKING:
            for comment_id in event.get("in_reply_to", ()):
                open_ids.pop(comment_id, None)
    unanswered = []
    for comment_id in open_ids:
        if comment_id not in comments:
            continue
        event, arrived = comments[comment_id]
        age = (wall - arrived).total_seconds()
        if age <= max_age.total_seconds():
            at = clock_now - max(0.0, age)
            unanswered.append(Comment(comment_id, event["user"], event["text"], at, event.get("source", "page")))
    known = tuple((comment_id, event["user"], event["text"]) for comment_id, (event, _) in comments.items())
    return Recall(known, tuple(unanswered))


def _event(row: sa.RowMapping) -> Event:
    return {"kind": row["kind"], "at": row["at"], "wall": row["wall"], **json.loads(row["payload"])}


def _shown(url: str) -> str:
    return sa.make_url(url).render_as_string(hide_password=True)


def _tune_sqlite(connection: object, _record: object) -> None:
    execute: Callable[[str], object] = connection.execute  # type: ignore[attr-defined]
    execute("PRAGMA journal_mode=WAL")
    execute("PRAGMA synchronous=NORMAL")
