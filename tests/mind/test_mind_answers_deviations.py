"""The chat answerer against servers that each deviate from the OpenAI protocol as servers in the field do."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hand_clock import HandClock
from hypothesis import given, settings
from hypothesis import strategies as st
from mind_rooms import asking
from mind_sse_server import Endpoint, Exchange, Script, choosing, refusing, sending, serving, telling

from host.core.errors import LivehostError
from host.core.ports import AnswerError, Context, Draft
from host.mind.answers.chain import AnswererChain
from host.mind.answers.chat_request import Fields
from host.mind.answers.chat_wire import Events, Piece, Refused, read
from host.mind.answers.openai_chat import ChatAnswerer, open_answerer

QUESTION = asking("多少钱")
SAID = ["平时79元。", "现在69元。"]
PIECES = ["平时", "79元。[f1] ", "现在", "69元。[f1]"]
REASONING = "用户问的是价格，资料里写着79元。"


def opened(endpoint: Endpoint, clock: Any = None, env: dict[str, str] | None = None, **options: Any) -> ChatAnswerer:
    place = Path()
    env = {"OPENAI_API_KEY": "sk-secret", "OPENAI_BASE_URL": endpoint.base_url} if env is None else env
    return open_answerer(options, Context(clock or HandClock(), "demo", place, place, place, env=env))


async def texts(answerer: ChatAnswerer) -> list[str]:
    return [draft.text async for draft in answerer.answer(QUESTION)]


async def told(script: Script, **options: Any) -> list[str]:
    async with serving(script) as endpoint:
        answerer = opened(endpoint, **options)
        try:
            return await texts(answerer)
        finally:
            await answerer.close()


async def failing(script: Script, **options: Any) -> str:
    with pytest.raises(AnswerError) as caught:
        await told(script, **options)
    return str(caught.value)


def deltas(*contents: object, **more: Any) -> list[dict[str, Any]]:
    return [choosing(delta={"content": content}, **more) for content in contents]


# --- how it ends -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("each", [None, "", "null"])
@pytest.mark.parametrize(
    "last", ["stop", "STOP", "eos_token", "end_turn", "eos", "stop_sequence", "", None, "whatever"]
)
@pytest.mark.parametrize("done", [True, False])
async def test_whatever_a_finish_is_called_the_reply_is_used_to_its_end(each: Any, last: Any, done: bool) -> None:
    events = [*deltas(*PIECES, finish_reason=each), choosing(delta={}, finish_reason=last)]
    assert await told(sending(events, done=done)) == SAID


@pytest.mark.parametrize("where", ["with the text", "missing", "on every chunk"])
async def test_a_finish_may_come_anywhere(where: str) -> None:
    events = deltas(*PIECES, finish_reason="stop") if where == "on every chunk" else deltas(*PIECES)
    if where == "with the text":
        events[-1]["choices"][0]["finish_reason"] = "stop"
    assert await told(sending(events)) == SAID


@pytest.mark.parametrize("word", ["length", "max_tokens", "MAX_TOKENS", "model_length"])
async def test_at_the_length_limit_half_a_sentence_is_dropped(word: str) -> None:
    events = [*deltas(*PIECES, "另外还有"), choosing(delta={}, finish_reason=word)]
    assert await told(sending(events)) == SAID


@pytest.mark.parametrize("word", ["content_filter", "SAFETY", "tool_calls", "function_call", "error", "sensitive"])
async def test_an_end_that_leaves_no_answer_is_a_failure(word: str) -> None:
    assert "stopped" in await failing(sending([choosing(delta={"content": "平时"}, finish_reason=word)]))


@pytest.mark.parametrize(
    "delta",
    [{"tool_calls": [{"index": 0, "function": {"name": "f", "arguments": "{}"}}]}, {"function_call": {"name": "f"}},
     {"refusal": "I cannot"}],
)  # fmt: skip
async def test_a_call_or_a_refusal_is_no_answer(delta: dict[str, Any]) -> None:
    assert "stopped" in await failing(sending([choosing(delta=delta)]))


async def test_an_end_in_the_middle_of_a_sentence_is_a_cut() -> None:
    assert "cut off" in await failing(sending(deltas("平时79元。[f1]", "现在"), done=False))
    assert "cut off" in await failing(sending([], done=False))


async def test_a_stream_that_stays_open_after_its_end_is_over() -> None:
    clock = HandClock()

    async def script(exchange: Exchange) -> None:
        await exchange.head()
        await exchange.event("平时79元。[f1]", "stop")
        await endpoint.stall()

    async with serving(script) as endpoint:
        answerer = opened(endpoint, clock)
        task = asyncio.ensure_future(texts(answerer))
        await asyncio.wait_for(endpoint.stalled.wait(), 5)
        for _ in range(50):
            await asyncio.sleep(0.01)
            clock.advance(0.05)
        assert await asyncio.wait_for(task, 5) == SAID[:1]
        await answerer.close()


# --- what content looks like -------------------------------------------------------------------------------------

TEXT = "".join(PIECES)


@pytest.mark.parametrize(
    "contents",
    [
        [[{"type": "text", "text": TEXT}]],
        [[{"type": "text", "text": piece}] for piece in PIECES],
        [[{"type": "thinking", "thinking": [{"type": "text", "text": REASONING}]}], [{"type": "text", "text": TEXT}]],
        [[{"type": "reasoning", "text": REASONING}, {"type": "output_text", "text": TEXT}]],
        [[{"text": TEXT}]],
        [[TEXT[:9], {"type": "text", "text": TEXT[9:]}]],
        [{"type": "text", "text": TEXT}],
        [[{"type": "text", "text": {"value": TEXT}}]],
        [None, "", TEXT, None],
        [[], TEXT, []],
    ],
)
async def test_the_text_of_any_content(contents: list[Any]) -> None:
    assert await told(sending([choosing(delta={"role": "assistant"}), *deltas(*contents, finish_reason=None)])) == SAID


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning", "thinking", "reasoning_details"])
async def test_reasoning_in_a_field_of_its_own_is_no_content(field: str) -> None:
    events = [choosing(delta={field: REASONING, "content": None}), choosing(delta={field: REASONING, "content": ""})]
    assert await told(sending([*events, *deltas("你好！", *PIECES)])) == ["你好！", *SAID]


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
@pytest.mark.parametrize("finish", ["stop", "length", None])
async def test_nothing_but_reasoning_is_a_failure(field: str, finish: str | None) -> None:
    events = [choosing(delta={field: REASONING}), choosing(delta={}, finish_reason=finish)]
    assert "reasoning" in await failing(sending(events))


@pytest.mark.parametrize("text", [f"<think>{REASONING}", f"<|channel|>analysis<|message|>{REASONING}"])
async def test_so_it_is_where_its_mark_never_ends(text: str) -> None:
    assert "reasoning" in await failing(telling([text]))


async def test_reasoning_until_the_deadline_lets_the_next_one_answer_and_is_counted() -> None:
    clock = HandClock()

    class Second:
        name = "second"

        async def answer(self, question: object) -> Any:
            yield Draft("第二个。")

        async def close(self) -> None: ...

    async def script(exchange: Exchange) -> None:
        await exchange.head()
        await exchange.event("<think>用户问")
        await endpoint.stall()

    async with serving(script) as endpoint:
        chain = AnswererChain([opened(endpoint, clock), Second()], clock)
        task = asyncio.ensure_future(_collected(chain))
        await asyncio.wait_for(endpoint.stalled.wait(), 5)
        await asyncio.sleep(0.05)
        clock.advance(3.1)
        (draft,) = await asyncio.wait_for(task, 5)
        await chain.close()
    assert (draft.text, draft.answerer) == ("第二个。", "second")
    assert [(one.name, str(one.reason)) for one in draft.passed] == [("openai", "nothing but reasoning came in time")]
    assert chain.status()["degraded"] == ["answerer openai: nothing but reasoning came in time"]


async def _collected(chain: AnswererChain) -> list[Draft]:
    return [draft async for draft in chain.answer(QUESTION)]


async def test_an_endpoint_that_only_closes_its_reasoning_is_learned_and_then_streams() -> None:
    going_on = asyncio.Event()

    async def script(exchange: Exchange) -> None:
        await exchange.head()
        await exchange.event(REASONING + "\n</think>\n\n平时79元。[f1] 现")
        if len(endpoint.requests) > 1:
            await going_on.wait()
        await exchange.event("在69元。[f1]", "stop")
        await exchange.done()

    async with serving(script) as endpoint:
        answerer = opened(endpoint)
        assert await texts(answerer) == SAID
        stream = answerer.answer(QUESTION)
        assert (await asyncio.wait_for(anext(stream), 5)).text == SAID[0]
        going_on.set()
        assert [draft.text async for draft in stream] == SAID[1:]
        await answerer.close()


# --- no stream, odd streams --------------------------------------------------------------------------------------

WHOLE = {
    "id": "c", "object": "chat.completion", "created": 0, "model": "m",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": TEXT}, "finish_reason": "stop"}],
}  # fmt: skip


@pytest.mark.parametrize("kind", ["application/json", "text/event-stream", "text/plain; charset=utf-8"])
@pytest.mark.parametrize("indent", [None, 2])
async def test_a_whole_object_instead_of_a_stream(kind: str, indent: int | None) -> None:
    assert await told(lambda exchange: exchange.reply("200 OK", kind, json.dumps(WHOLE, indent=indent))) == SAID


async def test_an_object_on_each_line() -> None:
    lines = "\n".join(json.dumps(event) for event in deltas(*PIECES))
    assert await told(lambda exchange: exchange.reply("200 OK", "application/x-ndjson", lines)) == SAID


@pytest.mark.parametrize("text", [f"{REASONING}</think>{TEXT}", f"<think>{REASONING}</think>{TEXT}"])
async def test_reasoning_in_a_whole_object(text: str) -> None:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    whole = json.dumps({**WHOLE, "choices": [choice]})
    assert await told(lambda exchange: exchange.reply("200 OK", "application/json", whole)) == SAID


@pytest.mark.parametrize(
    "raw",
    [
        "data:{chunk}\n\ndata:[DONE]\n\n",
        "data: {chunk}\r\n\r\ndata: [DONE]\r\n\r\n",
        ": ping\n\nevent: message\nid: 1\ndata: {chunk}\n\ndata: [DONE]\n\n",
        "\ufeffdata: {chunk}\n\ndata: [DONE]",
        "data: {chunk}\ndata: [DONE]\n",
        'data: {{"type": "ping"}}\n\ndata: {chunk}\n\ndata: {{"choices": [], "usage": {{}}}}\n\ndata: [DONE]\n\n',
        "data: {chunk}\n\n",
        "retry: 3000\n\ndata: {chunk}\n\ndata: [DONE]\n\n",
    ],
)
async def test_events_in_any_dress(raw: str) -> None:
    chunk = json.dumps(choosing(delta={"content": TEXT + "\u2028"}), ensure_ascii=False)

    async def script(exchange: Exchange) -> None:
        await exchange.head()
        await exchange.raw(raw.format(chunk=chunk))
        await exchange.end()

    assert await told(script) == SAID


@pytest.mark.parametrize(
    "event",
    [{"error": {"message": "boom"}}, {"error": "boom"}, {"object": "error", "message": "boom", "code": 50001},
     {"detail": "boom"}, {"error": {"message": "boom"}, "choices": []}, {"message": "boom", "code": 1}],
)  # fmt: skip
@pytest.mark.parametrize("status", ["200 OK", "stream"])
async def test_an_error_under_status_200_is_a_failure(event: dict[str, Any], status: str) -> None:
    if status == "stream":
        assert "reports an error" in await failing(sending([event]))
    else:
        whole = json.dumps(event)
        assert "error" in await failing(lambda exchange: exchange.reply(status, "application/json", whole))


@settings(max_examples=60, deadline=None)
@given(sizes=st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_bytes_may_be_cut_anywhere(sizes: list[int]) -> None:
    data = (
        "".join(f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in deltas(*PIECES)) + "data: [DONE]\n\n"
    )
    events, found, at, turn, raw = Events(), [], 0, 0, data.encode()
    while at < len(raw):
        size = sizes[turn % len(sizes)]
        found += events.feed(raw[at : at + size])
        at, turn = at + size, turn + 1
    found += events.end()
    assert "".join(read(event).text for event in found) == TEXT
    assert events.done


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "delta", "content", "finish_reason", "message", "error", "text", "type"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(event=JSON)
def test_whatever_the_json_is_it_is_a_piece_or_a_failure(event: object) -> None:
    with contextlib.suppress(AnswerError, Refused):
        assert isinstance(read(event), Piece)


# --- what it does not take ---------------------------------------------------------------------------------------


def openai_error(message: str, param: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": param, "code": None}}


REFUSALS: list[tuple[str, str, Any, str | None]] = [
    # field, status, error, the name it is asked for under instead
    ("max_tokens", "400 Bad Request", openai_error("Unsupported parameter: 'max_tokens' is not supported with this "
     "model. Use 'max_completion_tokens' instead.", "max_tokens"), "max_completion_tokens"),
    ("max_tokens", "400 Bad Request", openai_error("Unrecognized request argument supplied: max_tokens"), None),
    ("max_tokens", "400 Bad Request", openai_error("max_tokens or model output limit was reached", "max_tokens"), None),
    ("temperature", "400 Bad Request", openai_error("Unsupported value: 'temperature' does not support 0.3 with this "
     "model. Only the default (1) value is supported.", "temperature"), None),
    ("temperature", "422 Unprocessable Entity", {"detail": [{"type": "extra_forbidden", "loc": ["body", "temperature"],
     "msg": "Extra inputs are not permitted", "input": {"max_tokens": 300, "temperature": 0.3}}]}, None),
    ("temperature", "400 Bad Request", {"object": "error", "message": "[{'type': 'extra_forbidden', 'loc': ('body', "
     "'temperature'), 'msg': 'Extra inputs are not permitted', 'input': 0.3}]", "code": 400}, None),
    ("temperature", "400 Bad Request", {"type": "error", "error": {"type": "invalid_request_error", "message":
     "temperature: Extra inputs are not permitted"}}, None),
    ("temperature", "400 Bad Request", {"type": "error", "error": {"message": "`temperature` may only be set to 1 when "
     "thinking is enabled."}}, None),
    ("reasoning_effort", "400 Bad Request", {"error": {"message": "json: unknown field \"reasoning_effort\""}}, None),
    ("reasoning_effort", "400 Bad Request", {"error": "Unknown field: reasoning_effort"}, None),
    ("reasoning_effort", "400 Bad Request", "Failed to deserialize the JSON body into the target type: unknown field "
     "`reasoning_effort`, expected one of `messages`, `model`, `temperature`, `max_tokens`, `stream`", None),
    ("reasoning_effort", "400 Bad Request", {"error": {"message": "property 'reasoning_effort' is unsupported"}}, None),
    ("stream", "400 Bad Request", openai_error("Unsupported value: 'stream' does not support true.", "stream"), None),
    ("top_k", "500 Internal Server Error", {"error": {"code": 500, "message": "Unsupported param: top_k"}}, None),
    ("chat_template_kwargs", "400 Bad Request", openai_error("Unknown parameter: 'chat_template_kwargs'."), None),
    ("chat_template_kwargs", "400 Bad Request", openai_error("enable_thinking is not supported by this model"), None),
    ("reasoning_effort", "400 Bad Request", json.dumps(openai_error("Unknown name \"reasoning_effort\"")), None),
]  # fmt: skip
MORE = {"reasoning_effort": "low", "extra_body": {"top_k": 20, "chat_template_kwargs": {"enable_thinking": False}}}


@pytest.mark.parametrize(("field", "status", "error", "instead"), REFUSALS)
async def test_what_a_refusal_names_is_left_out_or_renamed_and_remembered(
    field: str, status: str, error: Any, instead: str | None
) -> None:
    async def reply(exchange: Exchange) -> None:
        if exchange.body.get("stream"):
            await telling(PIECES)(exchange)
        else:
            await exchange.reply("200 OK", "application/json", json.dumps(WHOLE))

    def refuse(body: dict[str, Any]) -> tuple[str, Any] | None:
        return (status, error) if field in body else None

    async with serving(refusing(refuse, reply)) as endpoint:
        answerer = opened(endpoint, **MORE)
        assert await texts(answerer) == SAID
        assert await texts(answerer) == SAID
        await answerer.close()
        first, second, third = (exchange.body for exchange in endpoint.requests)
    assert second == third
    assert set(first) - set(second) == {field}
    assert set(second) - set(first) == ({instead} if instead else set())
    assert "stream_options" not in first


async def test_one_refusal_after_the_other() -> None:
    def refuse(body: dict[str, Any]) -> tuple[str, Any] | None:
        for name in ("temperature", "max_tokens", "max_completion_tokens"):
            if name in body:
                hint = " Use 'max_completion_tokens' instead." if name == "max_tokens" else ""
                return "400 Bad Request", openai_error(f"Unsupported parameter: '{name}'.{hint}", name)
        return None

    async with serving(refusing(refuse, telling(PIECES))) as endpoint:
        answerer = opened(endpoint)
        assert await texts(answerer) == SAID
        await answerer.close()
        assert len(endpoint.requests) == 4


@pytest.mark.parametrize(
    "error", [openai_error("Unsupported parameter: 'temperature'", "temperature"), "temperature, max_tokens"]
)
async def test_an_endpoint_that_is_never_content_is_given_up(error: Any) -> None:
    async with serving(refusing(lambda _: ("400 Bad Request", error), telling(PIECES))) as endpoint:
        answerer = opened(endpoint)
        with pytest.raises(AnswerError, match="HTTP 400"):
            await texts(answerer)
        await answerer.close()
        assert len(endpoint.requests) <= 4


async def test_a_refusal_that_names_nothing_of_ours_is_not_tried_again() -> None:
    error = openai_error("The model `gpt-9` does not exist", "model")
    async with serving(refusing(lambda _: ("400 Bad Request", error), telling(PIECES))) as endpoint:
        answerer = opened(endpoint)
        with pytest.raises(AnswerError, match="HTTP 400"):
            await texts(answerer)
        await answerer.close()
        assert len(endpoint.requests) == 1


async def test_a_refusal_inside_a_stream_counts_as_one() -> None:
    async def script(exchange: Exchange) -> None:
        refused = "temperature" in exchange.body
        await (sending([openai_error("Unsupported parameter: temperature")]) if refused else telling(PIECES))(exchange)

    assert await told(script) == SAID


@settings(max_examples=200, deadline=None)
@given(
    names=st.lists(
        st.sampled_from(["stream", "temperature", "max_tokens", "max_completion_tokens", "top_k", "x"]), max_size=12
    )
)
def test_giving_way_comes_to_an_end(names: list[str]) -> None:
    fields: Fields | None = Fields({"stream": True, "temperature": 0.3, "max_tokens": 300, "top_k": {"x": 1}})
    for name in names:
        fields = (fields.without(f"{name}; use 'max_completion_tokens' or 'max_tokens'") if fields else None) or fields
        assert fields is not None
        assert len(fields.refused) == len(set(fields.refused)) <= 5


# --- options, keys, probing --------------------------------------------------------------------------------------


async def test_options_are_passed_through() -> None:
    async with serving(telling(PIECES)) as endpoint:
        answerer = opened(
            endpoint, reasoning_effort="low", max_tokens=4000, temperature=None, extra_body={"enable_thinking": False}
        )
        await texts(answerer)
        await answerer.close()
        body = endpoint.requests[0].body
    assert {name: value for name, value in body.items() if name not in ("messages", "model")} == {
        "stream": True, "max_tokens": 4000, "reasoning_effort": "low", "enable_thinking": False
    }  # fmt: skip


async def test_without_a_key_none_is_made_up() -> None:
    async with serving(telling(PIECES)) as endpoint:
        answerer = opened(endpoint, env={"OPENAI_BASE_URL": endpoint.base_url})
        assert await texts(answerer) == SAID
        await answerer.close()
        assert "authorization" not in endpoint.requests[0].headers


async def test_a_key_of_its_own() -> None:
    async with serving(telling(PIECES)) as endpoint:
        env = {"OPENAI_API_KEY": "sk-other", "CHAT_KEY": "sk-own"}
        answerer = opened(endpoint, env=env, base_url=endpoint.base_url, key_env="CHAT_KEY")
        await texts(answerer)
        await answerer.close()
        assert endpoint.requests[0].headers["authorization"] == "Bearer sk-own"


def test_a_key_that_is_named_and_not_set_is_missed() -> None:
    with pytest.raises(AnswerError, match="CHAT_KEY is not set"):
        opened(Endpoint(), env={"OPENAI_API_KEY": "sk-other"}, key_env="CHAT_KEY")
    with pytest.raises(LivehostError, match="extra_body"):
        opened(Endpoint(), extra_body=3)


MODELS: list[Callable[[Exchange], Any]] = [
    lambda exchange: exchange.reply("401 Unauthorized", "application/json", '{"error": {"message": "no"}}'),
    lambda exchange: exchange.reply("403 Forbidden", "text/plain", "no"),
    lambda exchange: exchange.reply("404 Not Found", "text/html", "<h1>Not Found</h1>"),
    lambda exchange: exchange.reply("405 Method Not Allowed", "text/plain", ""),
    lambda exchange: exchange.reply("429 Too Many Requests", "text/plain", ""),
    lambda exchange: exchange.reply("500 Oops", "text/plain", "oops"),
    lambda exchange: exchange.reply("200 OK", "text/html", "<html>Welcome</html>"),
    lambda exchange: exchange.reply("200 OK", "application/json", "[[["),
    lambda exchange: exchange.reply("302 Found", "text/html", ""),
]


@pytest.mark.parametrize("models", MODELS)
async def test_what_the_list_of_models_answers_decides_nothing(models: Script) -> None:
    async with serving(telling(PIECES), models) as endpoint:
        chain = AnswererChain([opened(endpoint)], HandClock())
        await chain.probe()
        assert chain.status()["degraded"] == []
        assert [draft.text async for draft in chain.answer(QUESTION)] == SAID
        await chain.close()


async def test_a_list_of_models_that_never_comes_decides_nothing_either() -> None:
    clock = HandClock()
    async with serving(telling(PIECES), lambda exchange: endpoint.stall()) as endpoint:
        chain = AnswererChain([opened(endpoint, clock)], clock)
        task = asyncio.ensure_future(chain.probe())
        await asyncio.wait_for(endpoint.stalled.wait(), 5)
        clock.advance(9)
        await asyncio.wait_for(task, 5)
        assert chain.status()["degraded"] == []
        await chain.close()


async def test_a_trial_tells_what_answers() -> None:
    def refuse(body: dict[str, Any]) -> tuple[str, Any] | None:
        return ("400 Bad Request", openai_error("no 'temperature'")) if "temperature" in body else None

    async with serving(refusing(refuse, telling(["OK"]))) as endpoint:
        answerer = opened(endpoint, model="qwen3")
        trial = await answerer.trial()
        await answerer.close()
    assert (trial.model, trial.left_out) == ("qwen3", ("temperature",))
    assert trial.place == endpoint.base_url.removeprefix("http://").removesuffix("/v1")


async def test_a_trial_fails_as_an_answer_would() -> None:
    async with serving(lambda exchange: exchange.reply("404 Not Found", "text/plain", "no such model")) as endpoint:
        answerer = opened(endpoint)
        with pytest.raises(AnswerError, match="HTTP 404"):
            await answerer.trial()
        await answerer.close()
