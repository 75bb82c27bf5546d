"""`livehost check --vet` and `--judge`: proofs are kept beside the scripts by hash, and hold on air while nothing that
they looked at has changed."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from mind_sse_server import Endpoint, Exchange, serving
from test_check import WALL, Shop, code_of

from host.check import Beyond, check
from host.config import load_room
from host.core.bundled import bundled
from host.core.findings import told
from host.core.vetted import How
from host.mind.guard.case import Case
from host.mind.guard.judge import Guard
from host.mind.guard.policy_files import jurisdictions
from host.programme.parts import beside_scripts, open_guard, open_wordings
from host.programme.vetted_file import read_vetted
from host.programme.vetting import vetted
from host.show.load import load_show

BODY = "大家好，今天讲这只杯子。现在89元。\n\n- 来看这只杯子，89元。\n\n这只杯子卖爆了。\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.script("cup.md", body=BODY)
    return shop


def beyond(shop: Shop, **options: Any) -> Beyond:
    return Beyond(shop.folder / "var", shop.folder / "cache", **options)


def kept(shop: Shop) -> dict[str, Any]:
    return {each.text: each for each in read_vetted(shop.folder / "scripts" / "vetted.jsonl")[0]}


def judged_on_air(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the guard of the room judges when its scripts are vetted."""
    asked: list[str] = []
    rulings = Guard.rulings

    def counting(self: Guard, case: Case) -> Any:
        asked.append(case.text)
        return rulings(self, case)

    room = load_room(shop.room)
    guard = open_guard(room)
    open_wordings(room, guard, shop.folder / "var")
    with monkeypatch.context() as patched:
        patched.setattr(Guard, "rulings", counting)
        for _ in vetted(load_show(room.script_files()), guard, WALL):
            pass
    return asked


def test_nothing_is_written_unless_it_is_wanted(shop: Shop) -> None:
    check([shop.folder], WALL, beyond(shop))
    assert not beside_scripts(load_room(shop.room))[0].exists()


def test_what_is_proven_is_kept_with_its_facts_and_what_is_refused_is_not(shop: Shop) -> None:
    check([shop.folder], WALL, beyond(shop, vet=True))
    proofs = kept(shop)
    assert set(proofs) == {"大家好，今天讲这只杯子。", "现在89元。", "来看这只杯子，89元。"}
    assert proofs["现在89元。"].facts == {"cup.price": "¥89"}
    assert {each.how for each in proofs.values()} == {How.PROVEN}
    file = shop.folder / "scripts" / "vetted.jsonl"
    before = file.read_bytes()
    check([shop.folder / "scripts" / "cup.md"], WALL, beyond(shop, vet=True))
    assert file.read_bytes() == before, "what is kept is not written twice"


def test_it_is_not_judged_again_on_air_until_a_fact_or_the_policy_changes(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = {"大家好，今天讲这只杯子。", "现在89元。", "来看这只杯子，89元。"}
    assert lines <= {*judged_on_air(shop, monkeypatch)}
    check([shop.folder], WALL, beyond(shop, vet=True))
    assert not lines & {*judged_on_air(shop, monkeypatch)}
    shop.script("cup.md", body=BODY + "\n\n新的一句。\n")
    assert not lines & {*judged_on_air(shop, monkeypatch)}, "another line is no other fact"
    shop.script("cup.md", "stock: 5\n", BODY)
    assert lines <= {*judged_on_air(shop, monkeypatch)}
    shop.script("cup.md", body=BODY)
    shop.write("room.yaml", shop.room.read_text(encoding="utf-8") + "jurisdictions: [cn]\n")
    assert lines <= {*judged_on_air(shop, monkeypatch)}


def test_scripts_of_no_room_are_proven_too(tmp_path: Path) -> None:
    file = tmp_path / "cup.md"
    file.write_text(f"---\nid: cup\nname: 保温杯\nlink: 1\nprice: 89元\n---\n{BODY}", encoding="utf-8")
    check([file], WALL, Beyond(tmp_path / "var", tmp_path / "cache", vet=True))
    assert len(read_vetted(tmp_path / "vetted.jsonl")[0]) == 3


# The judge


@contextmanager
def judge_server(forbids: str = "", status: int = 200) -> Iterator[Endpoint]:
    """A judge on a loop of its own, as `check` runs one too: it forbids what holds a word."""

    async def script(exchange: Exchange) -> None:
        if status != 200:
            await exchange.reply(f"{status} No", "text/plain", "no")
            return
        sentence = json.loads(exchange.body["messages"][1]["content"])["sentence"]
        carried = not (forbids and forbids in sentence)
        await exchange.head()
        await exchange.event(json.dumps({"carried": carried, "facts": ["f3"] if carried else [], "reason": "none"}))
        await exchange.event(finish="stop")
        await exchange.done()

    ready, found = threading.Event(), list[Endpoint]()
    loop = asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        async with serving(script) as endpoint:
            found.append(endpoint)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait(10)
    try:
        yield found[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


def judging(shop: Shop, endpoint: Endpoint) -> None:
    text = shop.room.read_text(encoding="utf-8")
    shop.write("room.yaml", f"{text}judge: {{openai: {{model: m, base_url: '{endpoint.base_url}', deadline: 5}}}}\n")


def test_scripts_are_put_to_the_judge_which_may_forbid_and_is_asked_once(shop: Shop) -> None:
    with judge_server("来看") as endpoint:
        judging(shop, endpoint)
        for expected in (3, 1):  # what it has forbidden is not kept, and asked about again
            endpoint.requests.clear()
            checked = check([shop.folder], WALL, beyond(shop, vet=True, judge=True))
            against = [each for each in checked.findings if code_of(each) == "judge_against"]
            assert [each.line for each in against] == [13]
            assert against[0].severity == "error"
            assert "来看这只杯子" in told(against[0], "zh")
            assert len(endpoint.requests) == expected
    assert set(kept(shop)) == {"大家好，今天讲这只杯子。", "现在89元。"}
    assert kept(shop)["大家好，今天讲这只杯子。"].by == "judge openai"
    assert kept(shop)["大家好，今天讲这只杯子。"].facts == {"cup.price": "¥89"}


def test_where_the_judge_cannot_be_asked_what_the_guard_has_proven_stands(shop: Shop) -> None:
    with judge_server(status=503) as endpoint:
        judging(shop, endpoint)
        checked = check([shop.folder], WALL, beyond(shop, vet=True, judge=True))
    (unasked,) = [each for each in checked.findings if code_of(each) == "judge_unasked"]
    assert unasked.severity == "warning"
    assert (Path(unasked.path).name, unasked.line) == ("room.yaml", 4)
    assert len(kept(shop)) == 3


def test_without_a_judge_in_the_room_nothing_is_asked(shop: Shop) -> None:
    checked = check([shop.folder], WALL, beyond(shop, judge=True))
    assert not [each for each in checked.findings if code_of(each).startswith("judge")]


@pytest.mark.parametrize(
    ("rows", "line", "code"),
    [
        ("judge: oracle\n", 4, "backend_unknown"),
        ("judge: openai\n", 4, "backend_option"),
        ("judge: {openai: {model: m, speed: 1}}\n", 4, "backend_option"),
        ("jurisdictions: [cn, atlantis]\n", 4, "jurisdiction_unknown"),
        ("policy: [gone.yaml]\n", 0, "file_unreadable"),
    ],
)
def test_what_is_wrong_of_judge_and_policy_is_named_with_its_line(shop: Shop, rows: str, line: int, code: str) -> None:
    shop.write("room.yaml", shop.room.read_text(encoding="utf-8") + rows)
    found = [each for each in check([shop.folder], WALL).findings if code_of(each) == code]
    assert [each.line for each in found] == [line]


WRONG = "categories:\n  gifts: {severity: sometimes}\n  made-up: {severity: never}\n"


@pytest.mark.parametrize("named", ["policy/mine.yaml", "policy", "."])
def test_a_policy_file_is_looked_over_wherever_it_is_named(shop: Shop, named: str) -> None:
    (shop.folder / "policy").mkdir()
    shop.write("policy/mine.yaml", WRONG)
    found = [each for each in check([shop.folder / named], WALL).findings if each.path.endswith("mine.yaml")]
    assert [(each.line, code_of(each)) for each in found] == [(2, "at_key"), (3, "policy_empty_category")]


def test_one_that_the_room_names_is_told_once_with_the_rooms_own_lists(shop: Shop) -> None:
    shop.write("words.txt", "[our taboos: never]\n死贵\n")
    shop.write("mine.yaml", f"{WRONG}  taboos: {{lists: [our taboos], allowable: yes}}\n")
    text = shop.room.read_text(encoding="utf-8")
    shop.write("room.yaml", f"{text}banned: [words.txt]\npolicy: [mine.yaml]\n")
    found = [each for each in check([shop.folder], WALL).findings if each.path.endswith("mine.yaml")]
    assert [each.line for each in found] == [2, 3]


def test_the_bundled_files_are_looked_over_too() -> None:
    folder = bundled("config", "policy")
    checked = check([folder], WALL)
    assert not checked.findings
    assert {file.stem for file in checked.files} == {"common", *jurisdictions()}
