"""Answers by any chat model behind the OpenAI HTTP protocol, sentence by sentence while the model still writes.

The model's words are drafts: what it cites becomes evidence, and the guard decides what is spoken. The SDK takes a
second to import, so only a room that has a model to ask imports it.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from host.core.clock import Clock, within
from host.core.errors import LivehostError
from host.core.ports import AnswerError, Context, Draft, Options, Question
from host.core.reason import Reason
from host.mind.answers.prompt import Prompt, build
from host.mind.answers.replies import Situation, situation_of
from host.mind.answers.retrieval import Library
from host.mind.answers.streamed import NO_ANSWER, Cited, SentenceStream

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream
    from openai.types.chat import ChatCompletionChunk

DEFAULT_MODEL = "gpt-4o-mini"
DEFAULT_BASE_URL = "https://api.openai.com/v1"
MAX_SENTENCES = 4
MAX_CHARACTERS = 4000
"""Of a whole reply, citations and all, after which it counts as garbage."""

Seconds = Annotated[float, Field(gt=0, le=120)]


class ChatOptions(BaseModel):
    """Options in the room file. Key and address also come from ``OPENAI_API_KEY`` and ``OPENAI_BASE_URL``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = ""
    base_url: str = ""
    api_key: SecretStr = SecretStr("")
    temperature: float = Field(default=0.3, ge=0, le=2)
    max_tokens: int = Field(default=300, ge=16, le=2000)
    first_sentence: Seconds = 3.0
    """Deadline for the first whole sentence, after which the next answerer is asked."""
    total: Seconds = 8.0


def open_answerer(options: Options, context: Context) -> ChatAnswerer:
    """A chat answerer. Raises `LivehostError` for options it does not know, `AnswerError` where no key is set."""
    try:
        chosen = ChatOptions.model_validate(dict(options))
    except ValidationError as error:
        problem = error.errors()[0]
        name = ".".join(str(key) for key in problem["loc"])
        raise LivehostError(
            f"openai answerer: {name}: {problem['msg']}", hint="there are: " + ", ".join(ChatOptions.model_fields)
        ) from None
    key = chosen.api_key.get_secret_value() or context.env.get("OPENAI_API_KEY", "")
    base_url = chosen.base_url or context.env.get("OPENAI_BASE_URL", "")
    if not key and not base_url:
        raise AnswerError(Reason("no_key", name="OPENAI_API_KEY"))
    import openai

    model = chosen.model or context.env.get("LIVEHOST_MODEL", "") or DEFAULT_MODEL
    client = openai.AsyncOpenAI(
        api_key=key or "none",
        base_url=base_url or DEFAULT_BASE_URL,
        max_retries=0,
        timeout=openai.Timeout(chosen.total, connect=min(chosen.first_sentence, 5.0), read=chosen.first_sentence),
    )
    return ChatAnswerer(client, context.clock, model, chosen)


class ChatAnswerer:
    """An `Answerer` over one endpoint."""

    name = "openai"

    def __init__(self, client: AsyncOpenAI, clock: Clock, model: str, options: ChatOptions) -> None:
        self._client = client
        self._clock = clock
        self._model = model
        self._options = options
        self._library = Library()

    async def close(self) -> None:
        """Close the connections."""
        self._library.close()
        await self._client.close()

    async def probe(self) -> None:
        """Ask the endpoint whether it is there. Raises `AnswerError` where it is not, or refuses the key."""
        try:
            await within(self._clock, self._clock.now() + self._options.first_sentence, self._models())
        except Exception as error:  # noqa: BLE001 - whatever it was, the endpoint cannot be relied on
            raise _as_answer_error(error) from None

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        """Yield the sentences of the answer as they are written; none where the model says it does not know.

        Raises `AnswerError` for an endpoint that is down, slow, cut off or garbled; sentences given out before stand.
        """
        if not question.certain or situation_of(question.comment.text) in (Situation.INJECTION, Situation.ARE_YOU_AI):
            return  # no model reads orders, or what may be some; and what the host is has words of its own
        prompt = build(question, self._library)
        began = self._clock.now()
        given = 0
        stream: AsyncStream[ChatCompletionChunk] | None = None
        sentences = SentenceStream()
        reading = _Reading()
        try:
            stream = await within(self._clock, began + self._options.first_sentence, self._open(prompt))
            while (text := await within(self._clock, self._deadline(began, given), reading.next(stream))) is not None:
                for cited in sentences.feed(text):
                    if NO_ANSWER in cited.text:
                        return
                    given += 1
                    yield _draft(cited, prompt, final=given >= MAX_SENTENCES)
                    if given >= MAX_SENTENCES:
                        return
            if not reading.cut_short:
                for cited in sentences.flush():
                    if NO_ANSWER not in cited.text:
                        given += 1
                        yield _draft(cited, prompt, final=True)
        except Exception as error:  # noqa: BLE001 - the SDK raises what HTTP, JSON and its own models raise
            raise _as_answer_error(error) from None
        finally:
            if stream is not None:
                await stream.close()

    def _deadline(self, began: float, given: int) -> float:
        allowed = self._options.total if given else min(self._options.first_sentence, self._options.total)
        return began + allowed

    async def _open(self, prompt: Prompt) -> AsyncStream[ChatCompletionChunk]:
        messages: Any = list(prompt.messages)
        return await self._client.chat.completions.create(
            model=self._model,
            messages=messages,
            temperature=self._options.temperature,
            max_tokens=self._options.max_tokens,
            stream=True,
        )

    async def _models(self) -> None:
        import openai

        try:
            await self._client.models.list()
        except openai.NotFoundError:
            return  # a server without /models answers, and that is all that was asked


class _Reading:
    """Where the reading of one stream stands."""

    def __init__(self) -> None:
        self._characters = 0
        self._finished = False
        self.cut_short = False
        """Whether the model hit its length limit, so that what follows the last full stop is half a sentence."""

    async def next(self, stream: AsyncStream[ChatCompletionChunk]) -> str | None:
        """The next text, None at the end. Raises `AnswerError` for an end that is none, and for too much."""
        while (chunk := await anext(stream, None)) is not None:
            if not chunk.choices:
                continue
            choice = chunk.choices[0]
            if choice.finish_reason is not None:
                if choice.finish_reason not in ("stop", "length"):
                    raise AnswerError(f"the model stopped for {choice.finish_reason}")
                self._finished = True
                self.cut_short = choice.finish_reason == "length"
            text = choice.delta.content if choice.delta is not None else None
            if text is not None and not isinstance(text, str):
                raise AnswerError("the reply is not text")
            if text:
                self._characters += len(text)
                if self._characters > MAX_CHARACTERS:
                    raise AnswerError("the reply does not end")
                return text
        if not self._finished:
            raise AnswerError(Reason("reply_cut"))
        return None


def _draft(cited: Cited, prompt: Prompt, *, final: bool) -> Draft:
    facts = [prompt.facts[number - 1] for number in cited.facts if 0 < number <= len(prompt.facts)]
    about = tuple(dict.fromkeys(fact.product for fact in facts))
    return Draft(cited.text, tuple(fact.id for fact in facts), about, final)


def _as_answer_error(error: Exception) -> AnswerError:
    """What went wrong, for an operator: never the key, the address or the body of a reply."""
    import openai

    if isinstance(error, AnswerError):
        return error
    if isinstance(error, (TimeoutError, openai.APITimeoutError)):
        return AnswerError(Reason("endpoint_slow"))
    if isinstance(error, openai.APIStatusError):
        return AnswerError(Reason("endpoint_status", status=error.status_code))
    if isinstance(error, openai.APIConnectionError):
        return AnswerError(Reason("endpoint_unreachable"))
    if isinstance(error, json.JSONDecodeError):
        return AnswerError(Reason("endpoint_garbage"))
    return AnswerError(Reason("endpoint_protocol", error=type(error).__name__))
