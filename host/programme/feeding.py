"""Feeds of prices and stock: read again and again, what is new in them changed on air, what is wrong with them told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from host.config import Feed
from host.core.clock import Clock, sleep, within
from host.core.livefacts.change import Change, ChangeRefused
from host.core.livefacts.ledger import Outcome
from host.core.product import Catalogue
from host.core.reason import Reason, reason_of
from host.programme.feed_source import AddressSource, FileSource, Unread, is_address, shown
from host.show.feed import FeedRead, Mapped, read_feed

DEADLINE = 30.0
"""Seconds for one reading."""
STALE_AFTER = 3
"""Readings that may fail before what is known is called old, where the room file does not say."""

Changes = Callable[[Sequence[Change]], list[Outcome | ChangeRefused]]


class FeedReader:
    """One feed. What it said last is kept, so that only what is new in it changes anything: what an operator has set
    right meanwhile is newer than a feed that goes on saying the same."""

    def __init__(
        self,
        feed: Feed,
        folder: Path,
        env: Mapping[str, str],
        *,
        clock: Clock,
        catalogue: Callable[[], Catalogue],
        change: Changes,
    ) -> None:
        self._feed = feed
        self._clock = clock
        self._catalogue = catalogue
        self._change = change
        self._source = _opened(feed, folder, env)
        columns: Mapping[Any, str] = feed.columns
        self._mapped = Mapped(shown(feed.source), dict(columns), feed.items)
        self._taken: dict[str, Mapping[str, Any]] = {}
        self._good_at, self._good_wall = clock.now(), clock.wall()
        self._why: str = ""
        self._read_with: tuple[bytes, Catalogue] | None = None
        """What it said, and the facts after that: as long as both stand there is nothing new in it."""
        self._left_out: list[str] = []

    async def run(self) -> None:
        """Read until cancelled."""
        while True:
            await self.read()
            await sleep(self._clock, self._feed.every)

    async def read(self) -> None:
        """Read once, and change what is new. Raises nothing for what is wrong with the feed."""
        try:
            data = await within(self._clock, self._clock.now() + DEADLINE, self._source.fetched())
            if data is not None and (data, self._catalogue()) != self._read_with:
                catalogue = self._catalogue()
                with self._clock.hold():
                    read = await asyncio.to_thread(read_feed, data, self._mapped, catalogue)
                self._take(read)
                self._read_with = data, self._catalogue()
        except TimeoutError:
            self._why = Reason("feed_slow", seconds=DEADLINE)
        except (Unread, ValueError) as error:
            self._why = reason_of(error)
            if isinstance(self._source, AddressSource):
                self._source.forget()
        else:
            self._why = ""
            self._good_at, self._good_wall = self._clock.now(), self._clock.wall()

    def reasons(self) -> list[str]:
        """What is wrong with it, for whoever watches the room; empty while all is well."""
        name, since = self._mapped.name, self._clock.now() - self._good_at
        if self._why and since >= (self._feed.stale or STALE_AFTER * self._feed.every):
            return [Reason("feed_stale", name=name, since=f"{self._good_wall:%m-%d %H:%M}", why=self._why)]
        return [Reason("feed_down", name=name, why=self._why)] if self._why else self._left_out

    def _take(self, read: FeedRead) -> None:
        """Change what is new, and remember what is wrong."""
        wanted = [
            Change(product, fresh, "feed")
            for product, values in read.values.items()
            if (fresh := _fresh(values, self._taken.get(product, {})))
        ]
        refused: list[str] = []
        for change, result in zip(wanted, self._change(wanted), strict=True):
            if isinstance(result, ChangeRefused):
                row = read.rows[change.product]
                refused.append(
                    Reason("feed_refused", name=self._mapped.name, row=row, product=change.product, why=result.reason)
                )
            else:
                self._taken[change.product] = read.values[change.product]
        self._left_out = [*self._wrong_rows(read), *refused[:1]]

    def _wrong_rows(self, read: FeedRead) -> list[str]:
        """The rows that were left out, in one reason that tells the first."""
        if not read.findings:
            return []
        first = read.findings[0]
        why = first.message.details["why"] if isinstance(first.message, Reason) else first.message
        return [Reason("feed_rows", name=self._mapped.name, count=read.left_out, row=first.line, why=why)]


def _opened(feed: Feed, folder: Path, env: Mapping[str, str]) -> FileSource | AddressSource:
    if not is_address(feed.source):
        return FileSource((folder / feed.source).resolve())
    key = env.get(feed.key_env, "") if feed.key_env else ""
    return AddressSource(feed.source, key, "" if key else feed.key_env)


def _fresh(values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What of nested values differs from before."""
    fresh: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, Mapping) and isinstance(before.get(key), Mapping) and key != "sale":
            if inner := _fresh(value, before[key]):
                fresh[key] = inner
        elif key not in before or before[key] != value:
            fresh[key] = value
    return fresh
