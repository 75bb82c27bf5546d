"""What of a model's reply is content, and which sentences it holds: any spelling, cut anywhere."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.mind.answers.citations import Citations
from host.mind.answers.content import ContentStream, Withdrawn
from host.mind.answers.reply import Habit, Reply

ANSWER = "这款杯子现在69元。[f3]"
SAID = ["这款杯子现在69元。"]
THOUGHT = "用户问的是价格。资料 f3 写着 69 元，[f3] 可以用。\n先确认，再回答。"

REASONED = [
    "<think>\n\n</think>\n\n{answer}",
    "<think>{thought}</think>{answer}",
    "<THINK>{thought}</THINK>\n{answer}",
    "<Thinking>{thought}</Thinking>{answer}",
    '<thinking type="deep">{thought}</thinking>{answer}',
    "<thought>{thought}</thought>{answer}",
    "<reasoning>\n{thought}\n</reasoning>\n\n{answer}",
    "<analysis>{thought}</analysis>{answer}",
    "<reflection>{thought}</reflection>{answer}",
    "< think >{thought}</ think >{answer}",
    "<think\n>{thought}</think\n>{answer}",
    "[THINK]{thought}[/THINK]{answer}",
    "[think]{thought}[/think]{answer}",
    "<seed:think>{thought}</seed:think>{answer}",
    "<thinking>{thought}</thinking>{answer}",
    "<|think|>{thought}<|/think|>{answer}",
    "<|begin_of_thought|>{thought}<|end_of_thought|>{answer}",
    "<|START_THINKING|>{thought}<|END_THINKING|><|START_RESPONSE|>{answer}<|END_RESPONSE|>",
    "◁think▷{thought}◁/think▷{answer}",
    "＜think＞{thought}＜/think＞{answer}",
    "&lt;think&gt;{thought}&lt;/think&gt;{answer}",
    "<思考>{thought}</思考>{answer}",
    '<details type="reasoning" done="true">\n<summary>Thought for 2 seconds</summary>\n{thought}\n</details>\n{answer}',
    "<chain_of_thought>{thought}</chain_of_thought>{answer}",
    "<inner_monologue>{thought}</inner_monologue><final_answer>{answer}</final_answer>",
    "<|thinking|>{thought}<|/thinking|>{answer}",
    "<think>{thought}<br>{thought}</think>\n{answer}",
    "【思考】{thought}【/思考】{answer}",
    "<think>{thought}<think>{thought}</think>{thought}</think>{answer}",
    "<think>{thought}</think><answer>{answer}</answer>",
    "<think>{thought}</think>\n\n<response>\n{answer}\n</response>",
    "<think>{thought}</think><think>{thought}</think>{answer}",
    "<|channel|>analysis<|message|>{thought}<|end|><|start|>assistant<|channel|>final<|message|>{answer}<|return|>",
    "<|start|>assistant<|channel|>analysis<|message|>{thought}<|end|><|start|>assistant<|channel|>commentary<|message|>"
    "{thought}<|end|><|start|>assistant<|channel|>final<|message|>{answer}<|end|>",
    "<|channel|>final<|message|>{answer}",
    "<|channel>thought\n{thought}<channel|>{answer}",
    "<|start|>assistant<|channel|>final <|constrain|>text<|message|>{answer}",
]
ONLY_CLOSED = [
    "{thought}</think>{answer}",
    "{thought}\n</think>\n\n{answer}",
    "\n</think>\n{answer}",
    "{thought}</THINKING>{answer}",
    "{thought}</thought>{answer}",
    "{thought}[/THINK]{answer}",
    "{thought}<|end_of_thought|>{answer}",
    "{thought}◁/think▷{answer}",
    "{thought}<|end|><|start|>assistant<|channel|>final<|message|>{answer}<|return|>",
    "{thought}<|channel|>final<|message|>{answer}",
    "analysis{thought}assistantfinal{answer}",
    "{thought}</think>{thought}</think>{answer}",
]
DEBRIS = [
    "assistant\n{answer}",
    "Assistant: {answer}",
    "助手：{answer}",
    "回答： {answer}",
    "{answer}\n\n用户：能便宜点吗？",
    "{answer}\nUser: and the colour?\nAssistant: It is red. [f2]",
    "答：{answer}\n问：有货吗？",
    "{answer}<|im_end|>",
    "{answer}</s>",
    "{answer}<|eot_id|>",
    "{answer}<end_of_turn>",
    "{answer}<|endoftext|>",
    "{answer}<｜end▁of▁sentence｜>",
    "{answer}<|END_OF_TURN_TOKEN|>",
    "{answer}<eos>",
    "{answer}<|whatever_comes_next|>",
    "{answer}[/INST]",
    "<s>{answer}</s>",
    "<bos><start_of_turn>model\n{answer}<end_of_turn>\n<eos>",
    "<|im_start|>assistant\n{answer}<|im_end|>\n<|im_start|>user\n多少钱？真的吗！<|im_end|>",
    "<|start_header_id|>assistant<|end_header_id|>\n\n{answer}<|eot_id|>",
    "<|assistant|>\n{answer}<|user|>\n再便宜点吧。<|assistant|>好的，1元。",
    "<|begin_of_box|>{answer}<|end_of_box|>",
    "<answer>{answer}</answer>",
    "<p>{answer}</p><br/>",
    "<!-- reply -->{answer}",
    "{answer}<|im_end|>\n<|im_start|>assistant\n再说一遍，69元。",
]


def told(reply: str, sizes: Sequence[int] = (), habit: Habit = Habit.UNKNOWN, cut_short: bool = False) -> list[str]:
    """The sentences of a reply that comes in pieces of these sizes, over and over."""
    read = Reply(habit, Citations(20))
    found = []
    at = turn = 0
    while at < len(reply):
        size = sizes[turn % len(sizes)] if sizes else len(reply)
        found += read.feed(reply[at : at + size])
        at, turn = at + size, turn + 1
    found += read.end(cut_short=cut_short)
    return [cited.text for cited in found]


def filled(template: str) -> str:
    return template.replace("{answer}", ANSWER).replace("{thought}", THOUGHT)


@pytest.mark.parametrize("size", [1, 2, 5, 10_000])
@pytest.mark.parametrize("template", [*REASONED, *ONLY_CLOSED, *DEBRIS])
def test_only_the_content_is_said(template: str, size: int) -> None:
    assert told(filled(template), [size]) == SAID


@pytest.mark.parametrize("template", [*REASONED, *DEBRIS])
def test_so_it_is_where_an_endpoint_is_known_to_answer_plainly(template: str) -> None:
    assert told(filled(template), [3], Habit.PLAIN) == SAID


@pytest.mark.parametrize("template", [*REASONED, *ONLY_CLOSED])
def test_and_where_it_is_known_to_close_what_it_never_opens(template: str) -> None:
    if "</" in template or template in ONLY_CLOSED:
        assert told(filled(template), [3], Habit.CLOSES) == SAID


@pytest.mark.parametrize(
    "reply",
    ["<think>" + THOUGHT, THOUGHT + "<think>" + ANSWER, "<|channel|>analysis<|message|>" + THOUGHT,
     "[THINK]" + THOUGHT + ANSWER, "<think>a<think>b</think>" + ANSWER],
)  # fmt: skip
def test_what_opens_and_never_ends_is_no_content(reply: str) -> None:
    read = Reply(Habit.UNKNOWN, Citations(20))
    said = [cited.text for cited in (*read.feed(reply), *read.end())]
    assert "69" not in "".join(said)
    assert read.reasoned


def test_reasoning_cut_off_at_the_length_limit_is_not_said() -> None:
    assert told(THOUGHT, [4], cut_short=True) == []
    assert told(ANSWER + "另外还有一支杯", [4], cut_short=True) == SAID


def test_content_that_cites_is_given_out_while_it_comes() -> None:
    read = Reply(Habit.UNKNOWN, Citations(20))
    assert [cited.text for cited in read.feed(ANSWER + " 另外")] == SAID


def test_what_might_be_reasoning_waits_for_its_end() -> None:
    read = Reply(Habit.UNKNOWN, Citations(20))
    assert read.feed("用户问的是价格。现在69元。[f3] 好") == []
    assert [cited.text for cited in read.feed("的。</think>" + ANSWER + "另")] == SAID
    assert read.habit is Habit.CLOSES


def test_an_endpoint_is_known_after_one_whole_reply() -> None:
    read = Reply(Habit.UNKNOWN, Citations(20))
    assert read.feed("你好呀！现在69元。[f3]") == []
    assert [cited.text for cited in read.end()] == ["你好呀！", "现在69元。"]
    assert read.habit is Habit.PLAIN
    again = Reply(read.habit, Citations(20))
    assert [cited.text for cited in again.feed("你好呀！现在")] == ["你好呀！"]


def test_one_that_closes_no_more_is_learned_anew() -> None:
    read = Reply(Habit.CLOSES, Citations(20))
    assert [*read.feed(ANSWER), *read.end()] == []
    assert read.habit is Habit.UNKNOWN


def test_reasoning_in_a_field_of_its_own_leaves_the_content_alone() -> None:
    for habit in Habit:
        read = Reply(habit, Citations(20))
        read.reasons_apart()
        assert [cited.text for cited in read.feed("你好呀！现在")] == ["你好呀！"]


@pytest.mark.parametrize(
    "text",
    ["支持 <USB-C> 接口。", "水温<40℃就行。", "重量<5kg，容量>3升。", "a<b，b>c。", "按[A3]键。", "点[3号链接]。",
     "【新品】到货。", "I <3 it.", "x < y and y > z.",
     "【推理】小说联名款。", "[分析]图在第三页。"],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_what_only_looks_like_a_mark_is_said(text: str, size: int) -> None:
    assert "".join(told(text, [size], Habit.PLAIN)) == text


NO_ANSWERS = [
    "NO_ANSWER", "NO ANSWER", "NO-ANSWER.", "no_answer", "No_Answer。", "No answer", "no answer.", "NOANSWER",
    "“NO_ANSWER”", "**NO_ANSWER**", "`NO_ANSWER`", "NO\\_ANSWER", "[NO_ANSWER]", "【无答案】", "无答案",
    "无答案。", "没有答案", "没有答案！", "無答案", "暂无答案", "无法回答", "无法回答。", "No answers.",
    "ＮＯ＿ＡＮＳＷＥＲ", "NO_ANSWER: the facts do not say.", "Answer: NO_ANSWER", "没有答案。[f3]", "(no answer)",
    "N/A", "no answer available", "<think>hm</think>NO_ANSWER", "NO_ANSWER<|im_end|>", "NO__ANSWER",
]  # fmt: skip


@pytest.mark.parametrize("size", [1, 1000])
@pytest.mark.parametrize("reply", NO_ANSWERS)
def test_the_word_for_no_answer_is_never_said(reply: str, size: int) -> None:
    for habit in (Habit.UNKNOWN, Habit.PLAIN):
        assert told(reply, [size], habit) == []


@pytest.mark.parametrize(
    "text",
    ["There is no answer needed here, just press it.", "No answer needed: it folds flat.", "我们没有答案不能给的问题。",
     "No one answers faster than we do.", "没有电池也能用。", "无法回答的问题很少。"],
)  # fmt: skip
def test_such_words_in_prose_are_said(text: str) -> None:
    assert "".join(told(text)) == text


def test_after_the_word_nothing_more_is_said() -> None:
    assert told(ANSWER + " NO_ANSWER 现在1元。") == SAID


PARTS = st.lists(
    st.sampled_from(
        [
            ANSWER, "你好！", "净重220克[f5, f6]。", "It is $19.90 now. [f1]", " <think>", "</think>",
            "<|im_end|>", "[3]", "【3†source】", "f7", "[^f3]", "（f3）", "。", ".", "\n", "嗯", "<|channel|>",
            "final", "<|message|>", "[f", "3]", "<", "|", ">", "根据[f3]，", "NO_ANSWER", "F3键", "¹", " ",
            "[THINK]", "[/THINK]", "资料f3", "assistantfinal", "analysis", "&lt;", "f", "3",
        ]
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(parts=PARTS, sizes=st.lists(st.integers(1, 9), min_size=1, max_size=6), habit=st.sampled_from(list(Habit)))
def test_wherever_a_reply_is_cut_it_says_the_same(parts: list[str], sizes: list[int], habit: Habit) -> None:
    reply = "".join(parts)
    whole, cut = told(reply, (), habit), told(reply, sizes, habit)
    if withdraws(reply, habit):  # what had been given out by then cannot be taken back
        assert cut[len(cut) - len(whole) :] == whole
    else:
        assert cut == whole


@settings(max_examples=400, deadline=None)
@given(parts=PARTS, sizes=st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_no_tag_no_token_and_no_citation_is_left(parts: list[str], sizes: list[int]) -> None:
    said = "".join(told("".join(parts), sizes))
    marks = ("<think>", "</think>", "<|im_end|>", "<|channel|>", "<|message|>", "[THINK]", "[/THINK]", "assistantfinal")
    for left in (*marks, "[f3]", "【3†source】", "[^f3]", "（f3）", "NO_ANSWER"):
        assert left not in said


def withdraws(reply: str, habit: Habit) -> bool:
    content = ContentStream(opened=habit is Habit.CLOSES)
    return any(isinstance(part, Withdrawn) for part in (*content.feed(reply), *content.flush()))
