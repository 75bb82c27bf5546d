"""What is proven of scripts before they go on air, where time is free: kept beside them by hash, judged anew only where
wording, facts or policy have changed, and put to the room's judge if that is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from host.config import RoomFile
from host.core.clock import MonotonicClock
from host.core.errors import Finding
from host.core.findings import found, warned
from host.core.ports import Context, JudgeError, Judgement
from host.core.reason import Reason, reason_of
from host.core.utterance import Kind
from host.core.vetted import Vetted
from host.mind.guard.gate import Gate
from host.mind.judges.lock import SecondLock
from host.programme.held import Sentence, case_of
from host.programme.opening import context_of
from host.programme.parts import open_lock
from host.programme.vetted_file import BESIDE_SCRIPTS, append_vetted, fresh, read_vetted
from host.show.lint import sentences
from host.show.load import Show

AT_ONCE = 4
"""Sentences that a judge is asked about at the same time."""
_JUDGED = "judge "


@dataclass(frozen=True, slots=True)
class Proven:
    """A sentence of a script that the guard lets pass, with the proof."""

    sentence: Sentence
    proof: Vetted

    @property
    def file(self) -> Path:
        """Where the proof is kept."""
        return Path(self.sentence.path).parent / BESIDE_SCRIPTS


def prove(show: Show, guard: Gate, wall: datetime) -> list[Proven]:
    """Every sentence of the scripts that may be said at ``wall``."""
    return [proven for sentence in _of_scripts(show) if (proven := _proven(sentence, guard, wall))]


def _of_scripts(show: Show) -> Iterator[Sentence]:
    for product, sentence, path in sentences(show):
        yield Sentence(sentence.text, product.lang, Kind.SCRIPT, (product,), path=path, line=sentence.source_line)


def _proven(sentence: Sentence, guard: Gate, wall: datetime) -> Proven | None:
    """The sentence with its proof; none where it is held back, or said only because an operator allows it."""
    case = case_of(sentence, wall)
    guard.check(case)
    proof = guard.proof(case)
    return Proven(sentence, proof) if proof else None


def keep(proven: Iterable[Proven], wall: datetime) -> int:
    """Write the proofs that are not kept yet beside the scripts; how many. Raises `LivehostError`."""
    by_file: dict[Path, list[Vetted]] = {}
    for each in proven:
        by_file.setdefault(each.file, []).append(replace(each.proof, when=wall.isoformat()))
    count = 0
    for file, proofs in by_file.items():
        news = fresh(proofs, read_vetted(file)[0])
        if news:
            append_vetted(file, news)
        count += len(news)
    return count


def judge(
    room: RoomFile, proven: Sequence[Proven], wall: datetime, data: Path, cache: Path
) -> tuple[list[Proven], list[Finding]]:
    """Put sentences to the room's judge, but those it has judged before under the same facts: those that it carries,
    marked as judged, and findings for the others. Where it cannot be asked, what the guard has proven stands."""
    context = context_of(room, MonotonicClock(), data, cache)
    return asyncio.run(_judge(room, proven, wall, context))


async def _judge(
    room: RoomFile, proven: Sequence[Proven], wall: datetime, context: Context
) -> tuple[list[Proven], list[Finding]]:
    lock = open_lock(room, context)
    if lock is None:
        return [*proven], []
    mark = _JUDGED + lock.name
    before = {
        (each.wording, each.basis) for file in {each.file for each in proven} for each in read_vetted(file)[0]
        if each.by == mark
    }  # fmt: skip
    asked = [each for each in proven if (each.proof.wording, each.proof.basis) not in before]
    try:
        said = await _all_asked(lock, asked, wall)
    finally:
        await lock.close()
    words = dict(zip([each.proof.wording for each in asked], said, strict=True))
    kept = [_marked(each, words.get(each.proof.wording), mark, wall) for each in proven if not _against(each, words)]
    return kept, [*_findings(room, proven, words, lock.name)]


async def _all_asked(lock: SecondLock, asked: Sequence[Proven], wall: datetime) -> list[Judgement | JudgeError]:
    some = asyncio.Semaphore(AT_ONCE)

    async def ask(sentence: Sentence) -> Judgement | JudgeError:
        async with some:
            try:
                return await lock.ask(sentence.text, sentence.products, wall)
            except JudgeError as error:
                return error

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ask(each.sentence)) for each in asked]
    return [task.result() for task in tasks]


Words = Mapping[str, Judgement | JudgeError]
"""By wording, what came of asking about it."""


def _against(proven: Proven, words: Words) -> bool:
    word = words.get(proven.proof.wording)
    return isinstance(word, Judgement) and not word.carried


def _marked(proven: Proven, word: Judgement | JudgeError | None, mark: str, wall: datetime) -> Proven:
    """The proof with the judge's name and the facts it found; as the guard made it where it could not be asked."""
    if isinstance(word, JudgeError):
        return proven
    facts = dict(proven.proof.facts)
    if word is not None and word.facts:
        known = (fact for product in proven.sentence.products for fact in product.facts_in_force(wall))
        facts |= {fact.id: fact.text for fact in known if fact.id in word.facts}
    return replace(proven, proof=replace(proven.proof, by=mark, facts=facts))


def _findings(room: RoomFile, proven: Sequence[Proven], words: Words, judge: str) -> Iterator[Finding]:
    for each in proven:
        word = words.get(each.proof.wording)
        if isinstance(word, Judgement) and not word.carried:
            why: str = Reason("judge_forbids", judge=judge, why=word.reason)
            yield found("judge_against", each.sentence.path, each.sentence.line, why=why, text=each.sentence.text)
    failed = [word for word in words.values() if isinstance(word, JudgeError)]
    if failed:
        why = reason_of(failed[0])
        yield warned("judge_unasked", room.path, room.line("judge"), judge=judge, count=len(failed), why=why)
