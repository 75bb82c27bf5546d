"""One chat endpoint behind the openai SDK: requests out, pieces of a reply in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import Any

import openai

from host.core.endpoint import Endpoint
from host.core.ports import AnswerError
from host.core.reason import Reason
from host.mind.answers.chat_request import REFUSING, Fields
from host.mind.answers.chat_wire import Events, Piece, Refused, read

Messages = Sequence[Mapping[str, str]]


class ChatClient:
    """Asks one model. What its endpoint does not take it keeps in mind."""

    def __init__(self, endpoint: Endpoint, model: str, fields: Fields, *, connect: float, silence: float) -> None:
        """``connect`` and ``silence`` are real seconds, for where the room's clock stands still."""
        self.endpoint = endpoint
        self.model = model
        self.fields = fields
        self._sdk = openai.AsyncOpenAI(
            api_key=endpoint.key or "none",  # which `_headers` keeps from being sent
            base_url=endpoint.base_url,
            max_retries=0,
            timeout=openai.Timeout(silence, connect=connect),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._sdk.close()

    async def knock(self) -> None:
        """Ask for the list of models, whatever comes of it. Raises `AnswerError` where nobody listens."""
        try:
            async with self._sdk.models.with_streaming_response.list(extra_headers=self._headers()):
                return
        except (openai.APIStatusError, openai.APITimeoutError):
            return
        except openai.APIConnectionError as error:
            raise self.failure(error) from None

    async def pieces(self, messages: Messages) -> AsyncGenerator[Piece, None]:
        """The pieces of a reply. An endpoint that names a field it does not take is asked again without, and so from
        then on; each field is given up once at most."""
        while True:
            came = False
            try:
                async with aclosing(self._asked(messages)) as pieces:
                    async for piece in pieces:
                        came = came or bool(piece.text)
                        yield piece
                return
            except Refused as refusal:
                fields = None if came else self.fields.without(refusal.words)
                if fields is None:
                    raise
                self.fields = fields

    async def _asked(self, messages: Messages) -> AsyncGenerator[Piece, None]:
        events = Events()
        given: Any = list(messages)
        request = self._sdk.chat.completions.with_streaming_response.create(
            model=self.model, messages=given, extra_body=dict(self.fields.values), extra_headers=self._headers()
        )
        try:
            async with request as response:
                async for data in response.iter_bytes():
                    for event in events.feed(data):
                        yield read(event)
                for event in events.end():
                    yield read(event)
        except openai.APIStatusError as error:
            if error.status_code in REFUSING:
                raise Refused(Reason("endpoint_status", status=error.status_code), error.body) from None
            raise
        if events.done:
            yield Piece(end="stop")

    def _headers(self) -> dict[str, Any]:
        """Without a key none is made up: servers that want none may refuse a wrong one."""
        return {} if self.endpoint.key else {"Authorization": openai.omit}

    @staticmethod
    def failure(error: Exception) -> AnswerError:
        """What went wrong, for an operator: never the key, the address or the body of a reply."""
        kinds = {kind.__name__ for kind in type(error).__mro__}
        if isinstance(error, AnswerError):
            return error
        if isinstance(error, (TimeoutError, openai.APITimeoutError)) or "TimeoutException" in kinds:
            return AnswerError(Reason("endpoint_slow"))
        if isinstance(error, openai.APIStatusError):
            return AnswerError(Reason("endpoint_status", status=error.status_code))
        if isinstance(error, openai.APIConnectionError) or "TransportError" in kinds:  # the latter while a body streams
            return AnswerError(Reason("endpoint_unreachable"))
        return AnswerError(Reason("endpoint_protocol", error=type(error).__name__))
