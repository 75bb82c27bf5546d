"""Errors for the person who meets them: what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in one place. Prints as ``path:line: message`` with the hint below; `host.core.findings.told`
    says it in the language of a room."""

    path: str
    line: int
    message: str
    hint: str = ""
    severity: str = "error"
    """``error`` stops a file from going on air; ``warning`` does not."""

    def __str__(self) -> str:
        return self.laid_out(self.message, self.hint, "warning: ")

    def laid_out(self, message: str, hint: str, mark: str) -> str:
        """The finding in these words; ``mark`` stands before the message of a warning."""
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        text = f"{place}{'' if self.severity == 'error' else mark}{message}"
        return f"{text}\n    {hint}" if hint else text


class LivehostError(Exception):
    """Anything a user can mend. The command line prints it without a traceback and exits with 2."""

    def __init__(self, message: str, *, hint: str = "", path: str | Path = "", line: int = 0) -> None:
        self.finding = Finding(str(path), line, message, hint)
        self.findings = [self.finding]
        super().__init__(str(self.finding))


class InvalidFile(LivehostError):
    """A file of the user's with one or more findings."""

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0]
        super().__init__(first.message, hint=first.hint, path=first.path, line=first.line)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(str(finding) for finding in self.findings)

    def __reduce__(self) -> tuple[type[InvalidFile], tuple[list[Finding]]]:
        return type(self), (self.findings,)
