"""One reading of what a sentence means by what it says, and what each kind of claim makes of it."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import pytest
from guard_corpus import GUARD, lines
from guard_sheets import CUP, MUG, WALL
from hypothesis import given, settings
from hypothesis import strategies as st
from polarity_corpus import CLAIMS, polite, rows, said

from host.core.fold import fold
from host.core.packs import pack
from host.core.product import Faq, Product
from host.core.utterance import Kind
from host.lang.stance.clauses import clauses_of
from host.lang.stance.marks import marks
from host.lang.stance.polarity import Polarity, Reading, read
from host.mind.guard.case import Case
from host.mind.guard.claims import _PATTERNS
from host.mind.guard.judge import MAX_TEXT
from host.mind.guard.kinds import PASSES, ClaimKind

PLAIN = {"zh": "比隔壁便宜", "en": "it is cheaper than amazon"}
STATES = {Polarity.ASSERTED, Polarity.CONDITIONAL}
CUP_, MUG_ = replace(CUP, never_say=("祛味",)), replace(MUG, never_say=("unsinkable",))

TABLE = [
    (kind, construction.format(claim), polarity)
    for kind, pair in CLAIMS.items()
    for claim, lang in zip(pair, ("zh", "en"), strict=True)
    for construction, polarity in rows(lang)
]


def allowed(text: str, *products: Product) -> bool:
    on_air = products or (MUG_ if text.isascii() else CUP_,)
    ruling = GUARD.check(Case(text, text, Kind.ANSWER, on_air[0].lang, on_air, WALL))
    assert ruling.code != "error", ruling
    return ruling.allowed


@pytest.mark.parametrize("kind", CLAIMS)
def test_every_kind_of_claim_reads_a_construction_alike(kind: ClaimKind) -> None:
    of_kind = [(text, polarity) for each, text, polarity in TABLE if each is kind]
    wrong = [text for text, polarity in of_kind if allowed(text) is not (polarity in PASSES[kind].polarities)]
    assert of_kind
    assert not wrong, "\n".join(wrong)


def test_kinds_that_differ_say_why() -> None:
    for one, other in combinations(PASSES.values(), 2):
        assert (one.polarities == other.polarities) or one.why != other.why
        assert len(one.why) > 40
    assert PASSES.keys() == set(ClaimKind) == CLAIMS.keys()
    assert not any(STATES & passes.polarities for passes in PASSES.values()), "stated, each needs its fact"


@pytest.mark.parametrize(
    ("construction", "claim", "polarity"),
    [(construction, claim, polarity) for lang, claim in PLAIN.items() for construction, polarity in rows(lang)],
)
def test_a_construction_is_read_as_what_it_is(construction: str, claim: str, polarity: Polarity) -> None:
    text = fold(construction.format(claim))
    start = text.index(claim)
    assert read(text).stance(start, start + len(claim)).polarity is polarity


@pytest.mark.parametrize(
    ("text", "claim", "condition"),
    [
        ("如果你现在拍就比隔壁便宜", "比隔壁便宜", "你现在拍"), ("你拍的话,比隔壁便宜", "比隔壁便宜", "你拍"),
        ("要是喜欢,今天比隔壁便宜", "比隔壁便宜", "喜欢"), ("比隔壁便宜", "比隔壁便宜", ""),
        ("if you order now, it is cheaper", "cheaper", "you order now"),
        ("it is cheaper if you order now", "cheaper", "you order now"),
        ("they ask if it is cheaper", "cheaper", ""),
    ],
)  # fmt: skip
def test_the_condition_is_told(text: str, claim: str, condition: str) -> None:
    start = text.index(claim)
    assert read(text).stance(start, start + len(claim)).condition == condition


@pytest.mark.parametrize(("line", "polarity"), rows("reach"))
def test_a_denial_reaches_as_far_as_it_does(line: str, polarity: Polarity) -> None:
    start, end = line.index("{"), line.index("}") - 1
    assert read(fold(line.replace("{", "").replace("}", ""))).stance(start, end).polarity is polarity


@pytest.mark.parametrize("text", said("refused"))
def test_a_claim_in_other_words_around_it_is_refused(text: str) -> None:
    assert not allowed(text)


@pytest.mark.parametrize("text", said("passes"))
def test_what_claims_nothing_passes(text: str) -> None:
    assert allowed(text)


def out_of_role(text: str) -> bool:
    """Whether what is wrong with a text is no claim, but how it begins or ends: ``assistant: …``, …喵."""
    return any(match for _, _, pattern in _PATTERNS[:3] for match in pattern.finditer(fold(text)))


@cache
def refused() -> list[str]:
    """Attacks on the guard, and claims of every kind in every construction that states them."""
    attacks = [text for section, text in lines("guard_attacks.txt") if "beyond" not in section]
    stated = [text for _, text, polarity in TABLE if polarity in STATES]
    return [text for text in dict.fromkeys((*attacks, *stated)) if not out_of_role(text) and not allowed(text)]


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_polite_words_around_it_excuse_nothing(drawn: st.DataObject) -> None:
    text = drawn.draw(st.sampled_from(refused()))
    lang = "en" if text.isascii() else "zh"
    before = drawn.draw(st.lists(st.sampled_from(polite("before", lang)), max_size=2))
    after = drawn.draw(st.lists(st.sampled_from(polite("after", lang)), max_size=2))
    asks = text.endswith(("?", "？"))
    assert not allowed("".join([*before, text if asks else text.rstrip("。.！!"), *([] if asks else after)]))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 40), st.booleans())
def test_it_is_total(text: str, start: int, length: int, own: bool) -> None:
    folded = fold(text)
    end = min(len(folded), start + length)
    assert isinstance(Reading(folded).stance(min(start, end), end, own_denial=own).polarity, Polarity)


WORDS = (
    "不|没|不是|如果|就|吗|？|，|。|说|知道|不敢|比隔壁便宜|担心|有人问|是不是|的话|、|if |not |, |? |is |asks |but "
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split("|")), max_size=60))
def test_clauses_and_marks_cover_the_text_in_order(words: list[str]) -> None:
    text = fold("".join(words))
    clauses = clauses_of(text)
    assert (clauses[0].start, clauses[-1].end) == (0, len(text))
    assert all(one.end <= other.start for one, other in pairwise(clauses))
    found = marks(text)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("piece", ["不", "不是不", "如果就", "if not ", "有人问是不是", "，", "吗？", "会不会"])
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        began = time.thread_time()
        Reading(text).stance(length // 2, length // 2 + 1)
        return time.thread_time() - began

    seconds(MAX_TEXT)
    assert min(seconds(4 * MAX_TEXT) for _ in range(3)) < 12 * max(min(seconds(MAX_TEXT) for _ in range(3)), 0.0005)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_of_the_lexicon_is_found(lang: str) -> None:
    written = pack(lang).text("marks.txt").splitlines()
    rows = [line.split() if lang == "zh" else [line] for line in written if line and line[0] not in "#["]
    for word in (word for row in rows for word in row):
        assert [(mark.start, mark.end) for mark in marks(word)] == [(0, len(word))]
        assert fold(word) == word


DENIAL = "这不是祛痘祛斑美白产品"
DENYING = replace(CUP, never_say=("美白", "祛痘"), faq=(Faq(("能祛痘吗",), DENIAL),))


@pytest.mark.parametrize(
    "text", [DENIAL, "它不能祛痘", "不是美白产品", "它不祛痘", "能祛痘是不可能的", "我们从没说过能祛痘"]
)
def test_what_the_sheet_forbids_may_be_denied_where_its_fact_denies_it(text: str) -> None:
    """The seller's own fact says that the product does not do it; without one, never means never."""
    assert allowed(text, DENYING)
    for fact in ("手感柔软", "能祛痘也能美白", "能祛痘美白吗？"):
        assert not allowed(text, replace(DENYING, faq=(Faq(("祛痘",), fact),)))


@pytest.mark.parametrize(
    "text",
    [
        "它能祛痘", "能祛痘吗？", "不是祛痘就退钱", "难道不能祛痘吗？", "要是不能祛痘，我赔您", "有人问能不能祛痘",
        "不知道能不能祛痘", "谁说不能祛痘",
    ],
)  # fmt: skip
def test_what_the_sheet_forbids_is_said_in_no_other_way(text: str) -> None:
    assert not allowed(text, DENYING)
