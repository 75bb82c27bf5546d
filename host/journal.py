"""The journal: an append-only record of everything that happened on air. State is a fold over it, made by its readers.

One table in SQLite, by SQLAlchemy Core. An append is committed before it returns, so
what a killed process had begun is known to the next one (SQLite in WAL mode with ``synchronous=NORMAL``: 7.6 k
commits/s, lost only with the machine's power). A journal that cannot be written never takes the room off air:
events wait in memory, bounded, and are written when it can be written again.
"""

from __future__ import annotations

import fcntl
import json
import sqlite3
from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TextIO

import sqlalchemy as sa

from host.core.clock import Clock
from host.core.errors import LivehostError
from host.core.journal_events import Event
from host.core.reason import Reason

RETRY_AFTER = 1.0
CHUNK = 200
WAITING_EVENTS = 10_000
"""Events kept in memory while the journal cannot be written; beyond it the oldest are lost, and counted."""

_PRIMARY = 0xFF
"""Of SQLite's extended result codes the part that the others refine (https://sqlite.org/rescode.html)."""

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
    """A room's record. Used from one thread, the event loop's: a write may take it no longer than a twentieth of a
    second, and after a failure is tried again once a second at most.
    """

    def __init__(self, path: Path, room: str, clock: Clock, lock: TextIO | None = None) -> None:
        """Open or create the journal at ``path``. Raises `LivehostError` if it cannot be written.

        A file that is no journal, or one of another version, is set aside as ``….broken-<time>`` and a new one begun.
        """
        self._path = path
        self._room = room
        self._clock = clock
        self._lock = lock
        self._waiting: deque[dict[str, object]] = deque()
        self._retry_at = 0.0
        self._identity: tuple[int, int] | None = None
        self.lost = 0
        self.fault = ""
        """Why the last write failed; empty while all is well."""
        self.note = ""
        """What happened to an older file, for people; empty where nothing did."""
        self._engine = _engine(f"sqlite:///{path}")
        self._connection: sa.Connection | None = None
        try:
            self._open()
        except sa.exc.SQLAlchemyError as error:
            if not _is_broken(error):
                raise self._unwritable(error) from None
            self._set_aside()
            try:
                self._open()
            except sa.exc.SQLAlchemyError as again:
                raise self._unwritable(again) from None

    @classmethod
    def in_folder(cls, folder: Path, room: str, clock: Clock) -> Journal:
        """The journal ``<room>.journal.db`` in a folder, which is made if need be. One room at a time has it.

        Raises `LivehostError`.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = (folder / f"{room}.journal.lock").open("w", encoding="ascii")
        except OSError as error:
            raise LivehostError(
                f"the journal cannot be kept in {folder}: {error.strerror}", hint="choose another folder with --data"
            ) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise LivehostError(
                f"a room named {room!r} is on air already with the data folder {folder}",
                hint="stop it, give this one another name, or choose another folder with --data",
            ) from None
        try:
            return cls(folder / f"{room}.journal.db", room, clock, lock)
        except LivehostError:
            lock.close()
            raise

    def append(self, kind: str, **fields: object) -> Event:
        """Record an event; committed when this returns, or kept in memory where that fails. Never raises."""
        event: Event = {
            "kind": kind,
            "at": round(self._clock.now(), 3),
            "wall": self._clock.wall().isoformat(),
            **fields,
        }
        payload = json.dumps(fields, ensure_ascii=False, default=str).encode("utf-8", "replace").decode()
        row = {"room": self._room, "wall": event["wall"], "at": event["at"], "kind": kind, "payload": payload}
        self._waiting.append(row)
        if len(self._waiting) > WAITING_EVENTS:
            self._waiting.popleft()
            self.lost += 1
        if not self.fault or self._clock.now() >= self._retry_at:
            self._write()
        return event

    def recent(self, limit: int = 20_000, only: Collection[str] = ()) -> list[Event]:
        """The latest events of the room, of some kinds or all, oldest first. Rows that cannot be read are left out."""
        query = sa.select(_EVENTS).where(_EVENTS.c.room == self._room)
        if only:
            query = query.where(_EVENTS.c.kind.in_(sorted(only)))
        query = query.order_by(_EVENTS.c.id.desc()).limit(limit)
        try:
            rows = self._connected().execute(query).mappings().all()
            self._connected().rollback()
        except sa.exc.SQLAlchemyError:
            self._set_aside()
            return []
        return [event for row in reversed(rows) if (event := _event(row)) is not None]

    def all_of(self, kind: str) -> Iterator[Event]:
        """Every event of a kind, oldest first, those in memory left out. May be asked from another thread: it reads
        the file anew. Raises `LivehostError`."""
        return read(self._path, self._room, kind)

    def look_after(self) -> None:
        """Called now and then: write what waits, and begin a new file where this one was removed or replaced."""
        if self._identity is not None and _identity(self._path) != self._identity:
            self._disconnect()
            self._identity = None
            self.note = Reason("journal_removed", file=self._path.name)
        self._write()

    def close(self) -> None:
        """Write what waits and close."""
        self._write()
        self._disconnect()
        if self._lock is not None:
            self._lock.close()

    def seal(self) -> None:
        """Close a journal that is not gone on with: one file and no others, which a reader leaves as it is.

        Whoever reads a file in WAL mode makes SQLite's side files anew, and without leave to write cannot remove them.
        """
        with suppress(sa.exc.SQLAlchemyError):
            self._write()
            self._connected().exec_driver_sql("PRAGMA journal_mode=DELETE")
        self.close()
        if self._lock is not None:
            Path(self._lock.name).unlink(missing_ok=True)

    def _open(self) -> None:
        """Make the table where there is none; find out now, not on air, whether it can be read and written."""
        _METADATA.create_all(self._engine)
        with self._engine.begin() as connection:
            connection.execute(sa.select(_EVENTS).limit(1)).all()
            connection.execute(sa.update(_EVENTS).where(_EVENTS.c.id < 0).values(kind=""))
        self._identity = _identity(self._path)

    def _connected(self) -> sa.Connection:
        if self._connection is None:
            if self._identity is None:
                self._open()
            self._connection = self._engine.connect()
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def _write(self) -> None:
        try:
            while self._waiting:
                rows = list(islice(self._waiting, CHUNK))
                connection = self._connected()
                connection.execute(sa.insert(_EVENTS), rows)
                connection.commit()
                for _ in rows:
                    self._waiting.popleft()
        except Exception as error:  # noqa: BLE001 - a journal that fails never takes the room off air
            self.fault = str(getattr(error, "orig", error))
            self._retry_at = self._clock.now() + RETRY_AFTER
            with suppress(Exception):
                self._disconnect()
            return
        self.fault = ""

    def _set_aside(self) -> None:
        """Move what cannot be read out of the way, with SQLite's side files."""
        self._disconnect()
        self._identity = None
        stamp = self._clock.wall().strftime("%Y%m%dT%H%M%S")
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                file = self._path.with_name(self._path.name + suffix)
                file.rename(file.with_name(f"{file.name}.broken-{stamp}"))
        self.note = Reason("journal_set_aside", file=self._path.name)

    def _unwritable(self, error: sa.exc.SQLAlchemyError) -> LivehostError:
        self._engine.dispose()
        return LivehostError(
            f"the journal {self._path} cannot be written: {getattr(error, 'orig', error)}",
            hint="choose another folder with --data, or make this one writable",
        )


def is_written(path: Path) -> bool:
    """Whether a room is on air that writes the journal at ``path``."""
    try:
        with path.with_name(path.name.removesuffix(".db") + ".lock").open("r", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # no lock: a journal that was copied, or sealed
        return False
    return False


def read(path: Path, room: str | None = None, kind: str | None = None) -> Iterator[Event]:
    """The events of a journal file, oldest first, without changing it; of one room and one kind, or of all. Raises
    `LivehostError`."""
    if not path.is_file():
        raise LivehostError(f"there is no journal at {path}", path=path)
    engine = sa.create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    query = sa.select(_EVENTS).order_by(_EVENTS.c.id)
    query = query.where(_EVENTS.c.room == room) if room else query
    query = query.where(_EVENTS.c.kind == kind) if kind else query
    try:
        with engine.connect() as connection:
            for row in connection.execute(query).mappings():
                event = _event(row)
                if event is not None:
                    yield event
    except sa.exc.SQLAlchemyError as error:
        raise LivehostError(f"{path} is not a journal: {getattr(error, 'orig', error)}", path=path) from None
    finally:
        engine.dispose()


def _event(row: sa.RowMapping) -> Event | None:
    """The event of a row; None for one that cannot be read."""
    try:
        return {"kind": row["kind"], "at": float(row["at"]), "wall": row["wall"], **json.loads(row["payload"])}
    except (TypeError, ValueError):
        return None


def _engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"timeout": 0.05})
    sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def _is_broken(error: sa.exc.SQLAlchemyError) -> bool:
    """Whether the file is at fault (no database, damaged, other columns), not the place it lies in."""
    orig = getattr(error, "orig", None)
    if isinstance(orig, sqlite3.OperationalError):  # a machine's faults (full, locked, read-only) have other codes
        return getattr(orig, "sqlite_errorcode", 0) & _PRIMARY in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT)
    return isinstance(orig, sqlite3.DatabaseError)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _tune_sqlite(connection: object, _record: object) -> None:
    execute: Callable[[str], object] = connection.execute  # type: ignore[attr-defined]
    execute("PRAGMA journal_mode=WAL")
    execute("PRAGMA synchronous=NORMAL")
