"""What chat endpoints send, read without I/O: bytes to JSON objects, and those to text and how it ended.

Endpoints that call themselves OpenAI-compatible differ in all the protocol leaves open and some that it does not:
a whole object where a stream was asked for, content as a list of parts, reasons to finish in words of their own,
errors under status 200.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from host.core.ports import AnswerError
from host.core.reason import Reason

MAX_BODY = 256 * 1024
"""Characters of an answer that is no stream, and of one event."""

End = Literal["", "stop", "length"]


class Refused(AnswerError):
    """The endpoint does not take the request. ``words`` is what it says of that: for comparison, never for display."""

    def __init__(self, reason: str, words: object) -> None:
        super().__init__(reason)
        self.words = words


@dataclass(frozen=True, slots=True)
class Piece:
    """What one event adds. ``end`` says that the model has come to an end, and how."""

    text: str = ""
    reasons: bool = False
    """Whether there was reasoning in it, in a field or part of its own."""
    end: End = ""


_CUT_SHORT = frozenset(["length", "max_length", "max_tokens", "max_output_tokens", "model_length", "token_limit"])
_FAILED = frozenset((
    "content_filter", "content_filtered", "safety", "sensitive", "recitation", "blocklist", "prohibited_content",
    "spii", "refusal", "tool_call", "tool_calls", "tool_use", "function_call", "error", "abort", "aborted", "cancelled",
    "network_error", "insufficient_system_resource",
))  # fmt: skip
_GOES_ON = frozenset(("", "null", "none"))
_REASONING = ("reasoning_content", "reasoning", "reasoning_details", "thinking", "thinking_blocks", "thought")
_TEXT_PARTS = frozenset(("text", "output_text", ""))
_FIELD = re.compile(r"(data|event|id|retry)(?::|$)|:")


class Events:
    """Bytes of a reply in, JSON objects out: server-sent events (WHATWG HTML 9.2), or one object that is the whole."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._line = ""
        self._data = ""
        self._body = ""
        self.done = False
        """Whether the endpoint has said that the stream is over."""

    def feed(self, data: bytes) -> Iterator[object]:
        """Take more bytes. Raises `AnswerError` for what is no JSON."""
        yield from self._lines(self._decoder.decode(data))

    def end(self) -> Iterator[object]:
        """The end of the bytes."""
        yield from self._lines(self._decoder.decode(b"", final=True) + "\n\n")
        if body := self._body.strip():
            self.done = True
            yield from _loaded(body)

    def _lines(self, text: str) -> Iterator[object]:
        # Only line feeds part lines: U+2028 and its like may stand unescaped in a JSON string.
        *lines, self._line = (self._line + text).split("\n")
        if len(self._line) + len(self._body) > MAX_BODY:
            raise AnswerError(Reason("endpoint_garbage"))
        for line in lines:
            yield from self._take(line.rstrip("\r"))

    def _take(self, line: str) -> Iterator[object]:
        if line.startswith("data:"):
            self._data += line.removeprefix("data:").strip() + "\n"
            if self._data.strip().startswith("[DONE]"):
                self.done, self._data = True, ""
                return
            try:
                event = json.loads(self._data)
            except ValueError:
                return  # more lines of the event may follow; a blank one would end it
            self._data = ""
            yield event
        elif not line.strip():
            if self._data:
                raise AnswerError(Reason("endpoint_garbage"))
        elif not _FIELD.match(line):
            self._body += line + "\n"


def _loaded(text: str) -> Iterator[object]:
    """The object a body is, or those on its lines."""
    try:
        yield json.loads(text)
    except ValueError:
        try:
            found = [json.loads(line) for line in text.split("\n") if line.strip()]
        except ValueError:
            raise AnswerError(Reason("endpoint_garbage")) from None
        yield from found


def read(event: object) -> Piece:
    """What an event, or a whole reply, adds. Raises `Refused` for an error in the place of one, `AnswerError` for what
    is not the protocol, and for an end that leaves no answer."""
    if not isinstance(event, Mapping):
        raise _odd(event)
    choices = event.get("choices")
    if choices is None:
        if any(event.get(key) for key in ("error", "detail", "message")) or event.get("object") == "error":
            raise Refused(Reason("endpoint_error"), event)
        return Piece()
    if not isinstance(choices, list):
        raise _odd(choices)
    if event.get("error"):
        raise Refused(Reason("endpoint_error"), event)
    return _choice(choices[0]) if choices else Piece()


def _choice(choice: object) -> Piece:
    if not isinstance(choice, Mapping):
        raise _odd(choice)
    message = choice.get("delta") or choice.get("message") or {}
    if not isinstance(message, Mapping):
        raise _odd(message)
    if message.get("tool_calls") or message.get("function_call"):
        raise AnswerError(Reason("model_stopped", why="tool_calls"))
    if message.get("refusal"):
        raise AnswerError(Reason("model_stopped", why="refusal"))
    text, reasons = _content(message.get("content", choice.get("text")))
    return Piece(text, reasons or any(message.get(field) for field in _REASONING), _end(choice.get("finish_reason")))


def _content(content: object) -> tuple[str, bool]:
    """The text in a content, and whether there is reasoning beside it."""
    if content is None:
        return "", False
    if isinstance(content, str):
        return content, False
    if isinstance(content, Mapping):
        kind = str(content.get("type") or "")
        if kind in _TEXT_PARTS:
            text = content.get("text", content.get("content"))
            return _content(text.get("value") if isinstance(text, Mapping) else text)
        return "", kind != "image_url"
    if isinstance(content, list):
        parts = [_content(part) for part in content]
        return "".join(text for text, _ in parts), any(reasons for _, reasons in parts)
    raise AnswerError(Reason("endpoint_protocol", error=type(content).__name__))


def _end(reason: object) -> End:
    """How the model ended, by whatever word: an empty one goes on, one that is not known is an end like any other."""
    word = re.sub(r"[^a-z]+", "_", str(reason or "").casefold()).strip("_")
    if word in _FAILED:
        raise AnswerError(Reason("model_stopped", why=word))
    if word in _GOES_ON:
        return ""
    return "length" if word in _CUT_SHORT else "stop"


def _odd(found: object) -> AnswerError:
    return AnswerError(Reason("endpoint_protocol", error=type(found).__name__))
