"""What of a room does not work as configured at present, in words."""

from __future__ import annotations

from collections.abc import Sequence

from host.core.errors import Finding
from host.core.reason import Reason
from host.journal import Journal
from host.programme.parts import Parts


def degraded(parts: Parts, journal: Journal, findings: Sequence[Finding], reported: Sequence[str] = ()) -> list[str]:
    """One reason each, behind them what is ``reported`` of the computer and by viewers; empty while all is as
    configured."""
    reasons = [*parts.voice.status()["degraded"], *parts.answerer.status()["degraded"]]
    outputs = [output.status() for output in parts.outputs]
    reasons += [Reason("output_down", name=status.name, why=status.detail) for status in outputs if not status.healthy]
    if journal.fault:
        reasons.append(Reason("journal_fault", error=journal.fault))
    if journal.note:
        reasons.append(journal.note)
    errors = [finding for finding in findings if finding.severity == "error"]
    reasons += [Reason("script_kept", place=f"{each.path}:{each.line}", why=each.message) for each in errors]
    return [*reasons, *reported]
