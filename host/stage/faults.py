"""Counting what goes wrong beside the programme, and reporting it without flooding the journal."""

from __future__ import annotations

from collections import Counter

from host.core.supervise import Report

_EVERY = 250
"""Of faults that follow each other without a success, the first is reported and then every so many: 10 s of ticks."""


class Faults:
    """Counts faults by place. Belongs to the event loop's thread."""

    def __init__(self, report: Report | None) -> None:
        self._report = report
        self._row: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def note(self, where: str, error: BaseException) -> None:
        """Something raised. The report says "again in 0 s": the next tick is the next attempt."""
        self.counts[where] += 1
        if self._row[where] % _EVERY == 0 and self._report is not None:
            self._report(where, error, 0.0)
        self._row[where] += 1

    def well(self, where: str) -> None:
        """It worked again."""
        if self._row[where]:
            self._row[where] = 0
