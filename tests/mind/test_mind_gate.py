"""The gate: proofs hold while everything they looked at does, and an operator's touch lifts what it lifted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from guard_sheets import CUP, WALL, yuan
from hypothesis import given
from hypothesis import strategies as st

from host.core.product import Product, Promotion
from host.core.utterance import Kind, Ruling
from host.core.vetted import How, Vetted, wording_of
from host.lang.normalise import normalise
from host.mind.guard.case import Case
from host.mind.guard.gate import Gate, Objected
from host.mind.guard.judge import Guard
from host.mind.guard.policy import Policy
from host.mind.guard.policy_files import read_policy
from host.mind.guard.wordlists import WordList

WORDS = WordList.load()
POLICY, _ = read_policy(["cn"])
TRUE = "这款杯子净重260克，现在79元。"
CROWD = "这款卖爆了，大家都在买。"
EVENING = Promotion(
    "今晚直播间立减", price=yuan("69"), starts=WALL - timedelta(hours=1), ends=WALL + timedelta(hours=2)
)


class Counting(Guard):
    """Counts how often it judges."""

    judged = 0

    def rulings(self, case: Case) -> Iterator[Ruling]:
        self.judged += 1
        return super().rulings(case)


def gated(policy: Policy = POLICY) -> tuple[Gate, Counting]:
    guard = Counting(WORDS)
    return Gate(guard, policy), guard


def check(gate: Gate, text: str, product: Product = CUP, wall: datetime = WALL) -> Ruling:
    return gate.check(Case(text, normalise(text, "zh"), Kind.SCRIPT, "zh", [product], wall))


def objections(gate: Gate, text: str, product: Product = CUP) -> list[Objected]:
    return gate.objections(Case(text, normalise(text, "zh"), Kind.SCRIPT, "zh", [product], WALL))


def allowed(text: str, lifted: list[Objected], product: Product = CUP, how: How = How.ALLOWED) -> Vetted:
    wording = wording_of(text, [product.id])
    return Vetted(wording, text, "zh", (product.id,), how, "", lifted=frozenset(each.key for each in lifted))


def proof_of(gate: Gate, text: str, product: Product = CUP) -> Vetted:
    found = gate.proof(Case(text, normalise(text, "zh"), Kind.SCRIPT, "zh", [product], WALL))
    assert found is not None
    return found


# --- proofs -------------------------------------------------------------------------------------------------------


def test_what_is_proven_is_not_judged_again_and_rests_on_the_same_facts() -> None:
    gate, guard = gated()
    first = check(gate, TRUE)
    assert first.allowed
    assert check(gate, TRUE) == first
    assert guard.judged == 1
    assert proof_of(gate, TRUE).facts == {"cup.facts.净重": "260克", "cup.price": "¥79"}


@pytest.mark.parametrize(
    ("changed", "passes"),
    [
        (replace(CUP, price=yuan("89")), False),
        (replace(CUP, facts={**CUP.facts, "净重": "280克"}), False),
        (replace(CUP, never_say=("净重",)), False),
        (replace(CUP, stock=3), True),
        (replace(CUP, promotions=()), True),
        (replace(CUP, returns="不退不换"), True),
        (replace(CUP, name="另一只杯子"), True),
    ],
)
def test_what_is_proven_is_judged_again_when_its_sheet_changes(changed: Product, passes: bool) -> None:
    gate, guard = gated()
    assert check(gate, TRUE).allowed
    assert check(gate, TRUE, changed).allowed is passes
    assert guard.judged == 2


@pytest.mark.parametrize("same", [replace(CUP, source="elsewhere.md"), replace(CUP, lines={"price": 4}), replace(CUP)])
def test_where_a_sheet_stands_changes_no_proof(same: Product) -> None:
    gate, guard = gated()
    check(gate, TRUE)
    assert check(gate, TRUE, same).allowed
    assert guard.judged == 1


def test_a_price_that_was_an_offers_is_judged_again_when_the_offer_is_over() -> None:
    gate, _ = gated()
    product = replace(CUP, promotions=(EVENING,))
    assert check(gate, "现在69元。", product).allowed
    assert not check(gate, "现在69元。", product, WALL + timedelta(hours=3)).allowed


def test_a_day_that_passes_over_an_offer_is_another_day() -> None:
    gate, guard = gated()
    product = replace(CUP, promotions=(replace(EVENING, ends=WALL + timedelta(days=3)),))
    check(gate, "现在69元。", product)
    check(gate, "现在69元。", product, WALL + timedelta(days=1))
    assert guard.judged == 2


def test_a_proof_of_another_policy_other_words_or_another_edition_proves_nothing() -> None:
    gate, _ = gated()
    check(gate, TRUE)
    proof = proof_of(gate, TRUE)
    for other in (
        Gate(Guard(WORDS), read_policy(["us"])[0]),
        Gate(Guard(WordList.load(with_bundled=False)), POLICY),
    ):
        other.admit([proof])
        assert other.proof(Case(TRUE, normalise(TRUE, "zh"), Kind.SCRIPT, "zh", [CUP], WALL)) is None
    kept, guard = gated()
    kept.admit([proof])
    assert check(kept, TRUE).allowed
    assert guard.judged == 0
    kept.admit([replace(proof, basis="0" * 32)])
    assert check(kept, TRUE).allowed
    assert guard.judged == 1


@pytest.mark.parametrize(("one", "other"), [("支持5G。", "支持5g。"), ("重260克。", "重260克!")])
def test_letters_and_signs_make_another_wording(one: str, other: str) -> None:
    assert wording_of(one, ["cup"]) != wording_of(other, ["cup"])


def test_however_it_is_typed_a_wording_is_the_same_but_of_another_product_another_one() -> None:
    assert wording_of("净重２６０克。", ["cup", "lamp"]) == wording_of(" 净重260克。", ["lamp", "cup"])
    assert wording_of(TRUE, ["cup"]) != wording_of(TRUE, ["lamp"])
    assert wording_of(TRUE, ["a", "b"]) != wording_of(TRUE, ["ab"])


# --- an operator's touch -------------------------------------------------------------------------------------------


def test_a_wording_that_is_allowed_may_be_said_and_no_other() -> None:
    gate, _ = gated()
    assert not check(gate, CROWD).allowed
    gate.admit([allowed(CROWD, objections(gate, CROWD))])
    assert check(gate, CROWD).allowed
    assert not check(gate, CROWD + "快抢").allowed
    assert not check(gate, CROWD, replace(CUP, id="other")).allowed
    gate.admit([allowed(CROWD, [], how=How.REVOKED)])
    assert not check(gate, CROWD).allowed


@pytest.mark.parametrize(
    "text",
    [
        "加我微信abc123，大家都在买。",
        "大家都在买，看 www.cheap.com。",
        "国家级品质，大家都在买。",
        "大家都在买，现在只要59元。",
        "我自己用了一年了，大家都在买。",
        "我是你女朋友，大家都在买。",
        "大家都在买，吃了能治病。",
        "大家都在买，你这个傻逼。",
    ],
)
def test_what_the_policy_lets_nobody_allow_stays_held_however_much_is_lifted(text: str) -> None:
    """Also where a file of vetted wordings says that everything is."""
    gate, _ = gated()
    found = objections(gate, text)
    assert not all(each.allowable for each in found)
    gate.admit([allowed(text, found)])
    assert not check(gate, text).allowed


def test_what_was_not_wrong_when_it_was_allowed_is_objected_to_all_the_same() -> None:
    gate, _ = gated()
    text = "大家都在买，现在79元。"
    gate.admit([allowed(text, objections(gate, text))])
    assert check(gate, text).allowed
    dearer = check(gate, text, replace(CUP, price=yuan("89")))
    assert not dearer.allowed
    assert dearer.code == "price"


def test_an_allowance_leaves_no_proof_behind() -> None:
    gate, _ = gated()
    gate.admit([allowed(CROWD, objections(gate, CROWD))])
    assert check(gate, CROWD).allowed
    gate.admit([allowed(CROWD, [], how=How.REVOKED)])
    assert not check(gate, CROWD).allowed


def test_a_category_that_is_allowable_no_more_takes_its_allowances_with_it() -> None:
    gate, _ = gated()
    vetted = allowed(CROWD, objections(gate, CROWD))
    stricter = Gate(Guard(WORDS), read_policy(["cn", "eu"])[0])
    stricter.admit([vetted])
    assert not check(stricter, CROWD).allowed


def test_a_category_that_warns_holds_nothing_back_and_is_pointed_out(tmp_path: Any) -> None:
    (tmp_path / "own.yaml").write_text("categories:\n  popularity: {severity: warn}\n", encoding="utf-8")
    gate, _ = gated(read_policy(["cn"], [tmp_path / "own.yaml"])[0])
    assert check(gate, CROWD).allowed
    assert not check(gate, CROWD + "加我微信abc123").allowed
    case = Case(CROWD, normalise(CROWD, "zh"), Kind.SCRIPT, "zh", [CUP], WALL)
    pieces = {each.offending for each in gate.warnings(case)}
    assert pieces == {"卖爆", "大家都在买"}


def test_a_gate_that_breaks_fails_closed() -> None:
    class Broken(Policy):
        def category_of(self, ruling: Ruling) -> Any:
            raise RuntimeError("no")

    ruling = check(Gate(Guard(WORDS), Broken()), CROWD)
    assert not ruling.allowed
    assert ruling.code == "error"


@given(st.text(max_size=60), st.booleans())
def test_it_rules_as_the_guard_does_whatever_is_asked_and_asked_twice(text: str, script: bool) -> None:
    gate, guard = gated()
    case = Case(text, normalise(text, "zh"), Kind.SCRIPT if script else Kind.ANSWER, "zh", [CUP], WALL)
    expected = guard.check(case)
    for _ in range(2):
        ruling = gate.check(case)
        assert ruling.allowed == expected.allowed
        assert ruling.code == expected.code
        assert set(ruling.evidence) == set(expected.evidence)


@given(
    st.text(min_size=1, max_size=20),
    st.lists(st.text(min_size=1, max_size=5), max_size=3),
    st.dictionaries(st.text(), st.text(), max_size=2),
)
def test_what_is_vetted_comes_back_from_its_data(text: str, products: list[str], facts: dict[str, str]) -> None:
    wording = wording_of(text, products)
    vetted = Vetted(
        wording, text, "zh", tuple(products), How.PROVEN, "v", facts, "b", frozenset({("a", "b")}), "x", "y"
    )
    assert Vetted.from_data(vetted.as_data()) == vetted


@pytest.mark.parametrize(
    "data", [{}, {"wording": 1}, [], "x", None, {"wording": "0", "text": "x", "lang": "zh", "how": "allowed"}]
)
def test_what_is_no_vetted_wording_is_an_error_of_one_kind(data: Any) -> None:
    with pytest.raises(ValueError, match=r"^(?!.*Traceback)"):
        Vetted.from_data(data)
