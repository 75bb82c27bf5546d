"""Recorded comments: ``comments.jsonl`` played back on the clock, for rehearsals.

Each line is ``{"at": seconds, "user": "…", "text": "…", "id"?: "…", "viewer"?: "…"}``; blank lines are passed over.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from host.core.clock import Clock
from host.core.comment import MAX_ID, MAX_TEXT, MAX_USER, Comment
from host.core.errors import Finding, InvalidFile
from host.core.findings import found
from host.core.problems import problem_of
from host.core.text import bounded

MAX_BYTES = 16 * 1024 * 1024
MAX_COMMENTS = 100_000
MAX_FINDINGS = 20
_EXAMPLE = '{"at": 12.5, "user": "小雨", "text": "多少钱"}'


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    at: float = Field(ge=0, allow_inf_nan=False)
    user: str
    text: str
    id: str = Field(default="", max_length=MAX_ID)
    viewer: str = Field(default="", max_length=MAX_ID)


class RecordedComments:
    """A comment source that plays a file: each comment at its second of the clock. Ends with the file."""

    name = "recorded"

    def __init__(self, path: Path, clock: Clock) -> None:
        """Read the whole file. Raises `InvalidFile` with a finding for every line that is wrong."""
        self._clock = clock
        self._comments = _read(path)

    def __len__(self) -> int:
        return len(self._comments)

    async def comments(self) -> AsyncIterator[Comment]:
        """The comments in order of time; lines of one second keep their order."""
        for comment in self._comments:
            await self._clock.sleep_until(comment.at)
            yield comment


def _read(path: Path) -> list[Comment]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidFile([found("file_too_large", path, most=MAX_BYTES // 1024)])
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise InvalidFile([found("file_unreadable", path, why=error.strerror or str(error))]) from None
    except UnicodeDecodeError:
        raise InvalidFile([found("file_not_utf8", path)]) from None
    comments: list[Comment] = []
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        comment = _comment(line, number, str(path))
        if isinstance(comment, Finding):
            findings.append(comment)
        elif comment.id in seen:
            findings.append(found("comment_again", path, number, id=comment.id, first=seen[comment.id]))
        else:
            seen[comment.id] = number
            comments.append(comment)
        if len(findings) >= MAX_FINDINGS:
            break
        if len(comments) > MAX_COMMENTS:
            findings.append(found("too_many_comments", path, number, most=MAX_COMMENTS))
            break
    if findings:
        raise InvalidFile(findings)
    return sorted(comments, key=lambda comment: comment.at)


def _comment(line: str, number: int, path: str) -> Comment | Finding:
    try:
        data = json.loads(line, parse_constant=_no_constant)
        if not isinstance(data, dict):
            return found("comment_unread", path, number, why=line.strip()[:80], example=_EXAMPLE)
        parsed = _Line.model_validate(data)
    except ValidationError as error:
        problem = error.errors()[0]
        why, _ = problem_of(problem, _Line)
        key = ".".join(map(str, problem["loc"]))
        return found("comment_wrong", path, number, key=key, why=why, example=_EXAMPLE)
    except (ValueError, RecursionError) as error:
        return found("comment_unread", path, number, why=str(error)[:80], example=_EXAMPLE)
    at = float(parsed.at)
    name = bounded(parsed.user, MAX_USER)
    text = parsed.text[: MAX_TEXT + 1].encode("utf-8", "replace").decode()
    return Comment(bounded(parsed.id, MAX_ID) or f"recorded-{number}", name, text, at, "recorded", parsed.viewer)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number of seconds")
