"""Answers by any chat model behind the OpenAI HTTP protocol, sentence by sentence while the model still writes.

The model's words are drafts: what it cites becomes evidence, and the guard decides what is spoken. A reply is read in
stages, each pure: `chat_wire` (bytes to text), `content` (text to what is meant for the viewer), `streamed` (that to
sentences), `reply` (which of them may be given out). The SDK takes a second to import, so only a room that has a model
to ask imports it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from host.core.clock import Clock, within
from host.core.endpoint import EndpointOptions, NoKey
from host.core.options import takes
from host.core.ports import AnswerError, Context, Draft, Question
from host.core.reason import Reason
from host.mind.answers.chat_request import Fields
from host.mind.answers.chat_wire import Piece
from host.mind.answers.citations import Citations
from host.mind.answers.content import ContentStream, Withdrawn
from host.mind.answers.prompt import Prompt, build
from host.mind.answers.replies import Situation, situation_of
from host.mind.answers.reply import Habit, Reply
from host.mind.answers.retrieval import Library
from host.mind.answers.slots import filled
from host.mind.answers.streamed import Cited

if TYPE_CHECKING:
    from host.mind.answers.chat_client import ChatClient

DEFAULT_MODEL = "gpt-4o-mini"
MAX_SENTENCES = 4
_AFTER_THE_END = 0.5
"""Seconds within which a stream must close once the model has come to an end; it has said all by then."""

Seconds = Annotated[float, Field(gt=0, le=120)]


class ChatOptions(EndpointOptions):
    """Options in the room file. Key and address also come from ``OPENAI_API_KEY`` and ``OPENAI_BASE_URL``."""

    model: str = ""
    temperature: float | None = Field(default=0.3, ge=0, le=2)
    max_tokens: int | None = Field(default=300, ge=16, le=32_000, description="more where a model reasons first")
    reasoning_effort: str = Field(default="", description="for models that take it: none, minimal, low, …")
    extra_body: dict[str, Any] = Field(
        default_factory=dict, description="any other field of the request, such as {enable_thinking: false}"
    )
    first_sentence: Seconds = 3.0
    """Deadline for the first whole sentence, after which the next answerer is asked."""
    total: Seconds = 8.0

    def fields(self) -> Fields:
        """What is asked for besides model and messages. What stands in ``extra_body`` has the last word."""
        wanted = {
            "stream": True, "temperature": self.temperature, "max_tokens": self.max_tokens,
            "reasoning_effort": self.reasoning_effort or None,
        } | self.extra_body  # fmt: skip
        return Fields({name: value for name, value in wanted.items() if value is not None})


@takes(ChatOptions, "answerer openai")
def open_answerer(chosen: ChatOptions, context: Context) -> ChatAnswerer:
    """A chat answerer. Raises `AnswerError` where no key is set."""
    try:
        endpoint = chosen.endpoint(context.env)
    except NoKey as missing:
        raise AnswerError(*missing.args) from None
    from host.mind.answers.chat_client import ChatClient

    model = chosen.model or context.env.get("LIVEHOST_MODEL", "") or DEFAULT_MODEL
    connect = min(chosen.first_sentence, 5.0)
    client = ChatClient(endpoint, model, chosen.fields(), connect=connect, silence=chosen.total)
    return ChatAnswerer(client, context.clock, chosen)


@dataclass(frozen=True, slots=True)
class Trial:
    """What an endpoint did when it was asked for a word."""

    model: str
    place: str
    seconds: float
    """Until the word came."""
    within: float
    """Seconds the first sentence of an answer may take here."""
    reasoned: bool
    left_out: tuple[str, ...]
    """Fields of the request it does not take."""


class ChatAnswerer:
    """An `Answerer` over one endpoint. What it learns of the endpoint it keeps as long as it lives."""

    name = "openai"

    def __init__(self, client: ChatClient, clock: Clock, options: ChatOptions) -> None:
        self._client = client
        self._clock = clock
        self._options = options
        self._habit = Habit.UNKNOWN
        self._library = Library()

    async def close(self) -> None:
        """Close the connections."""
        self._library.close()
        await self._client.close()

    async def probe(self) -> None:
        """Look whether anybody listens at the address. Raises `AnswerError` where nobody does.

        Only that is decided: many servers answer ``/models`` with any status, with a page or never, and chat well.
        """
        with suppress(TimeoutError):
            await within(self._clock, self._clock.now() + self._options.total, self._client.knock())

    async def trial(self) -> Trial:
        """Ask for one word. Raises `AnswerError` where none comes within the time an answer has."""
        began, client = self._clock.now(), self._client
        try:
            reasoned = await within(self._clock, began + self._options.total, self._word())
        except Exception as error:  # noqa: BLE001 - as for an answer
            raise client.failure(error) from None
        took, allowed = self._clock.now() - began, self._options.first_sentence
        return Trial(client.model, client.endpoint.place, took, allowed, reasoned, client.fields.refused)

    async def _word(self) -> bool:
        """Wait for a word that is no reasoning; whether there was any before it."""
        content, apart, spoke = ContentStream(), False, False
        async with aclosing(self._client.pieces([{"role": "user", "content": "Say: OK"}])) as pieces:
            while not spoke and (piece := await anext(pieces, None)) is not None:
                apart = apart or piece.reasons
                spoke = _says_something(content.feed(piece.text))
        reasoned = apart or content.reasoned
        if not spoke and not _says_something(content.flush()):
            raise AnswerError(Reason("only_reasoning" if reasoned else "reply_cut"))
        return reasoned

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        """Yield the sentences of the answer as they are written; none where the model says it does not know.

        Raises `AnswerError` for an endpoint that is down, slow, cut off or garbled, or of which nothing but reasoning
        came; sentences given out before stand.
        """
        if not question.certain or situation_of(question.comment.text) in (Situation.INJECTION, Situation.ARE_YOU_AI):
            return  # no model reads orders, or what may be some; and what the host is has words of its own
        prompt = build(question, self._library)
        reply = Reply(self._habit, Citations.of(prompt.facts))
        given = 0
        try:
            async with aclosing(self._sentences(prompt.messages, reply)) as sentences:
                async for cited, last in sentences:
                    given += 1
                    final = last or given >= MAX_SENTENCES
                    yield _draft(cited, prompt, question, final=final)
                    if given >= MAX_SENTENCES:
                        return
        except Exception as error:  # noqa: BLE001 - the SDK raises what HTTP, JSON and its own models raise
            raise self._client.failure(error) from None
        finally:
            self._habit = reply.habit

    async def _sentences(
        self, messages: Sequence[Mapping[str, str]], reply: Reply
    ) -> AsyncGenerator[tuple[Cited, bool], None]:
        """Sentences as they may be given out; true with the last one, where the end of the reply tells that it is."""
        began = self._clock.now()
        given, end = 0, ""
        async with aclosing(self._client.pieces(messages)) as pieces:
            while (piece := await self._next(pieces, self._deadline(began, given, reply), reply, end)) is not None:
                end = "length" if "length" in (end, piece.end) else piece.end or end
                if piece.reasons:
                    reply.reasons_apart()
                for cited in reply.feed(piece.text):
                    given += 1
                    yield cited, False
                if reply.knows_nothing:
                    return
        left = reply.end(cut_short=end == "length", proper=bool(end))
        for at, cited in enumerate(left, 1):
            yield cited, at == len(left)
        if reply.knows_nothing:
            return
        if not (given or left) and (reply.reasoned or reply.holds):
            raise AnswerError(Reason("only_reasoning"))
        if not end and (reply.half or not (given or left)):
            raise AnswerError(Reason("reply_cut"))

    async def _next(self, pieces: AsyncGenerator[Piece, None], until: float, reply: Reply, end: str) -> Piece | None:
        """The next piece, None at the end. Raises what reading raises, and `AnswerError` when its time is over."""
        try:
            if not end:
                return await within(self._clock, until, anext(pieces, None))
            return await within(self._clock, self._clock.now() + _AFTER_THE_END, anext(pieces, None))
        except Exception as error:
            if end:
                return None
            if isinstance(error, TimeoutError) and reply.reasoned and not reply.holds:
                raise AnswerError(Reason("only_reasoning")) from None
            raise

    def _deadline(self, began: float, given: int, reply: Reply) -> float:
        """When the next piece must be there. A reply that is held back to its end has until half way between the two
        deadlines: later there would be no time left to ask the next answerer."""
        options = self._options
        first = min(options.first_sentence, options.total)
        if given:
            return began + options.total
        return began + ((first + options.total) / 2 if reply.holds else first)


def _says_something(parts: Iterable[str | Withdrawn]) -> bool:
    return any(isinstance(part, str) and part.strip() for part in parts)


def _draft(cited: Cited, prompt: Prompt, question: Question, *, final: bool) -> Draft:
    facts = [prompt.facts[number - 1] for number in cited.facts if 0 < number <= len(prompt.facts)]
    about = tuple(dict.fromkeys(fact.product for fact in facts))
    meant = question.about or question.on_air
    text = cited.text if meant is None else filled(cited.text, meant, question.wall, question.lang)
    return Draft(text, tuple(fact.id for fact in facts), about, final)
