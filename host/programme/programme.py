"""One room's programme from end to end, on whichever clock it is given.

Every task is owned by `Programme.run`; each is restarted with backoff when it crashes, except that the programme
ends when the pump does. Behind the pump anything may fail: the picture and the sound go on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from host.config import RoomConfig
from host.core import journal_events as kinds
from host.core.acts.model import model
from host.core.clock import Clock, sleep
from host.core.comment import Comment
from host.core.control import Event
from host.core.errors import Finding, InvalidFile
from host.core.findings import as_data, found
from host.core.livefacts.change import Change, ChangeRefused
from host.core.livefacts.ledger import WHOLE_EVERY, LiveFacts, Outcome
from host.core.ports import BoundedSource, Cloned, CommentSource
from host.core.product import Catalogue
from host.core.reason import all_data
from host.core.supervise import keep_running
from host.core.utterance import Kind, Played, Ruling, Utterance
from host.journal import Journal
from host.lang.normalise import normalise, prepare
from host.programme import entries
from host.programme.bus import EventBus
from host.programme.conversation import Conversation
from host.programme.health import degraded
from host.programme.held import Held
from host.programme.in_force import InForce
from host.programme.locks import Locks
from host.programme.look import Look
from host.programme.pace import Pace, Ticks
from host.programme.parts import Parts
from host.programme.presenter import Presenter
from host.programme.price_corrections import PriceCorrections
from host.programme.recall import recall
from host.programme.repertoire import repertoire
from host.programme.speaker import Speaker
from host.programme.vetting import unhurried, vetted
from host.show.book import Reload
from host.show.director import Director, DirectorMemory, DirectorSettings
from host.show.load import Show
from host.stage.encoder import Encoder
from host.stage.on_air import Started
from host.stage.pictures import WhenFull
from host.stage.playout import Playout
from host.stage.pump import Pump

COMMENT_MEMORY = timedelta(minutes=2)
"""Comments older than this when the room comes back are not answered any more."""

HEALTH_EVERY = 2.0
"""Seconds between two looks at what does not work: a period of `host.programme.pace`."""
ALIVE_EVERY = 60.0
"""Seconds of nothing to record after which it is recorded that the room lives: else nobody could tell afterwards when
one that was silent was killed."""

Fields = entries.Fields
Listener = Callable[[Started | Played], None]


class Programme:
    """Director, guard, voice, playout, avatar, encoder and conversation of one room, wired together."""

    def __init__(
        self,
        config: RoomConfig,
        parts: Parts,
        *,
        clock: Clock,
        journal: Journal,
        encoder: Encoder | None,
        when_full: WhenFull,
        listeners: Sequence[Listener] = (),
    ) -> None:
        self.config = config
        self.parts = parts
        self.clock = clock
        self.journal = journal
        self.bus = EventBus()
        self.watchers: list[Callable[[Event], None]] = []
        """Told of every event recorded, at once."""
        self._listeners = listeners
        self._recorded_at = clock.now()
        self.faults = 0
        self.pace = Pace()
        """Whether this computer keeps up."""
        self._stopping = False
        self.running = False
        """Whether `run` is under way."""
        self.vetted: tuple[Finding, ...] = ()
        """What the guard will refuse of the scripts when its turn comes."""
        self._unvetted = asyncio.Event()
        self._unvetted.set()
        self.facts = LiveFacts(journal.recent(2 * WHOLE_EVERY, (kinds.FACTS,)))
        """What is in force of what changes on air."""
        self.show, self.findings, self._first_facts = self._first_show()
        said = journal.recent(5_000, (kinds.ROOM_STARTED, kinds.SPEAKING, kinds.PLAYED))
        self.resumed = any(event["kind"] == kinds.SPEAKING for event in said)
        self.director = self._make_director(said)
        self.playout = Playout(bed=parts.bed)
        self.locks = self._make_locks()
        self.conversation = self._make_conversation()
        for source in parts.sources:
            if isinstance(source, BoundedSource):
                source.when_full(self.conversation.turn_away)
        self._recall(journal.recent())
        self.presenter = self._make_presenter()
        corrections = PriceCorrections(self.director, self.catalogue, config.seed)
        self.in_force = InForce(clock, self.catalogue, self.presenter, self.conversation, corrections)
        self.look = Look(
            config.lang,
            self.catalogue,
            lambda: self.director.on_air,
            clock.wall,
            lambda: self.conversation.listening,
            self.conversation.question_of,
        )
        self.feeds = [opened(catalogue=self.catalogue, change=self.change) for opened in parts.feeds]
        self.pump = Pump(
            clock,
            self.playout,
            pictures=parts.renderer,
            encoder=encoder,
            outputs=parts.outputs,
            look=self.look,
            on_events=self._on_events,
            when_full=when_full,
            report=self.fault,
        )

    def _first_show(self) -> tuple[Show, tuple[Finding, ...], Fields]:
        """The scripts there are to begin with, and the facts in force. Raises `InvalidFile` where none is fit for the
        air."""
        loaded = self.parts.book.reload(self.clock.wall())
        if not len(loaded.show.catalogue):
            raise InvalidFile(list(loaded.findings) or [found("nothing_to_air", "")])
        facts = self.facts.take_up(loaded.show.catalogue) or {}
        return replace(loaded.show, catalogue=self.facts.catalogue), loaded.findings, facts

    def _make_director(self, said: Sequence[Event]) -> Director:
        config = self.config
        settings = DirectorSettings(
            lang=config.lang, greet=config.greet, remind_ai=config.remind_ai, seed=config.seed, title=config.title
        )
        memory = DirectorMemory.from_events(said) if self.resumed else None
        return Director(self.show, [turn.entry() for turn in config.rundown], settings, memory)

    def _make_conversation(self) -> Conversation:
        parts, config = self.parts, self.config
        return Conversation(
            clock=self.clock,
            lang=config.lang,
            triage=parts.triage,
            waiting=parts.waiting,
            answerer=parts.answerer,
            director=self.director,
            seed=config.seed,
            viewers=parts.viewers,
            catalogue=self.catalogue,
            record=self.record,
            greet=config.greet,
            answer_deadline=config.answer_deadline,
            locks=self.locks.hold,
        )

    def _make_locks(self) -> Locks:
        parts = self.parts
        return Locks(
            parts.guard,
            parts.lock,
            parts.wordings,
            clock=self.clock,
            lang=self.config.lang,
            catalogue=self.catalogue,
            record=self.record,
        )

    def _make_presenter(self) -> Presenter:
        return Presenter(
            clock=self.clock,
            director=self.director,
            guard=self.parts.guard,
            normalise=normalise,
            speaker=Speaker(
                clock=self.clock,
                voice=self.parts.voice,
                renderer=self.parts.renderer,
                playout=self.playout,
                on_fault=self.fault,
                breath=self.config.breath,
            ),
            playout=self.playout,
            catalogue=self.catalogue,
            on_refused=self._refused,
            on_fault=self.fault,
        )

    def catalogue(self) -> Catalogue:
        """The products in force now."""
        return self.show.catalogue

    # --- running -------------------------------------------------------------------------------------------------

    async def run(self, until_tick: int | None = None) -> None:
        """Be on air until stopped or until a tick; then close everything."""
        self.running = True
        prepare("zh", "en")  # a viewer may ask in the language that is not the room's
        model()  # loaded before the first comment, which would hold the interpreter on air
        voice = self.parts.voice
        consents = list(voice.consents) if isinstance(voice, Cloned) else []
        room = entries.of_room(self.config, self.show.catalogue, consents, resumed=self.resumed)
        self.record(kinds.ROOM_STARTED, **room)
        self._record_facts(self._first_facts)
        try:
            await self._run_tasks(until_tick)
        except asyncio.CancelledError:
            self._off_air("stopped" if self._stopping else "cancelled")
            raise
        self._off_air("stopped" if self._stopping else "ended")

    async def _run_tasks(self, until_tick: int | None) -> None:
        async with asyncio.TaskGroup() as group:
            outputs = [group.create_task(self._supervised(output.name, output.run)) for output in self.parts.outputs]
            behind = [
                group.create_task(self._supervised("presenter", self.presenter.run)),
                group.create_task(self._supervised("conversation", self.conversation.run)),
                group.create_task(self._supervised("answerer", self.parts.answerer.probe)),
                group.create_task(self._supervised("health", self._watch_health)),
                *(
                    group.create_task(self._supervised(source.name, self._read(source)))
                    for source in self.parts.sources
                ),
            ]
            try:
                await self._supervised("pump", lambda: self.pump.run(until_tick))
            finally:
                for task in (*behind, *outputs):
                    task.cancel()

    def _off_air(self, reason: str) -> None:
        """On record also where it is left in the middle of a sentence: only a killed room ends without a word."""
        self.running = False
        self.record(kinds.ROOM_STOPPED, reason=reason)

    async def close(self) -> None:
        """Close the backends. Call once, after `run`."""
        await self.parts.answerer.close()
        await self.parts.voice.close()
        if self.parts.lock is not None:
            await self.parts.lock.close()
        if self.parts.renderer is not None:
            self.parts.renderer.close()

    def stop(self) -> None:
        """Finish the sentence, then leave."""
        if not self._stopping:
            self._stopping = True
            self.director.pause()
            self.presenter.withdraw()
            self.pump.stop_when_silent()

    @property
    def stopping(self) -> bool:
        """Whether the programme is on its way out."""
        return self._stopping

    async def _supervised(self, name: str, work: Callable[[], Any]) -> None:
        await keep_running(name, work, self.clock, self.fault)

    def _read(self, source: CommentSource) -> Callable[[], Any]:
        async def read() -> None:
            async for comment in source.comments():
                self.conversation.take(comment)

        return read

    def degraded(self) -> list[str]:
        """What does not work as configured at present; empty while all is well."""
        fed = [reason for feed in self.feeds for reason in feed.reasons()]
        beside = [*self.pace.reasons(self.config.video.preset), *self.conversation.troubles(), *fed]
        beside += self.parts.lock.troubles() if self.parts.lock else []
        return degraded(self.parts, self.journal, self.findings, beside)

    async def _watch_health(self) -> None:
        """Put on record when what does not work changes, and that the room lives where nothing else is."""
        known: list[str] = []
        while True:
            self.journal.look_after()
            self.pace = self.pace.after(self._ticks())
            reasons = self.degraded()
            if reasons != known:
                known = reasons
                self.record(kinds.DEGRADED, reasons=reasons, why=all_data(reasons))
            if self.clock.now() - self._recorded_at >= ALIVE_EVERY:
                self.record(kinds.ALIVE)
            await sleep(self.clock, HEALTH_EVERY)

    def _ticks(self) -> Ticks:
        made, left = self.playout.status(), self.pump.status()
        due = made.ticks + made.skipped_ticks
        failures = self.pump.faults.get("renderer", 0)
        return Ticks(due, left.late_pictures, left.dropped_pictures, made.skipped_ticks, failures)

    async def vet_scripts(self) -> None:
        """Put every line of new scripts to the guard, beside everything else, until cancelled: an operator is told what
        will be refused before its turn comes. Nobody is waiting for that in a rehearsal."""
        while True:
            await self._unvetted.wait()
            self._unvetted.clear()
            self.parts.wordings.begin_vetting()
            lines = vetted(self.show, self.parts.guard, self.clock.wall(), on_held=self._held)
            self.vetted = tuple(
                [replace(line, severity="warning") async for line in unhurried(lines, self.clock) if line]
            )

    def _held(self, held: Held) -> None:
        self.parts.wordings.hold(held, self.clock.wall())

    def reconsider(self) -> None:
        """What may be said has changed: scripts are vetted again, and what is prepared is put to the guard again."""
        self._unvetted.set()
        self.presenter.facts_changed()

    async def say_ahead(self) -> None:
        """Have the voice say what the room can say before it is asked for, where that is worth its while, until
        cancelled; what comes next goes first. A rehearsal says what it needs and no more."""
        while True:
            known = self.show
            self.presenter.repertoire = await repertoire(known, self.config.lang, self.config.seed, self.clock)
            while self.show is known:
                await sleep(self.clock, HEALTH_EVERY)

    async def read_feeds(self) -> None:
        """Read the feeds, until cancelled: what is new in them is changed. A rehearsal goes by the sheets."""
        async with asyncio.TaskGroup() as group:
            for feed in self.feeds:
                group.create_task(self._supervised("feed", feed.run))

    async def watch_scripts(self) -> None:
        """Take up scripts as they are edited, until cancelled."""
        async for reload in self.parts.book.watch(self.clock):
            self.take_up(reload)

    def take_up(self, reload: Reload) -> None:
        """Go on with scripts as they are now; what is prepared is put to the guard again."""
        self.findings = reload.findings
        if reload.changed:
            self._record_facts(self.facts.take_up(reload.show.catalogue))
            self._go_on_with(reload.show)
        self.record(
            kinds.RELOADED,
            products=[product.id for product in self.show.catalogue],
            findings=[str(finding) for finding in reload.findings],
            found=[as_data(finding) for finding in reload.findings],
        )

    def change(self, changes: Sequence[Change]) -> list[Outcome | ChangeRefused]:
        """Change facts on air, each whole or not at all: in force at the next sentence."""
        wall, altered, results = self.clock.wall(), False, list[Outcome | ChangeRefused]()
        for change in changes:
            try:
                outcome = self.facts.change(change, wall)
            except ChangeRefused as refused:
                results.append(refused)
                continue
            self._record_facts(outcome.event)
            altered = altered or outcome.altered
            results.append(outcome)
        if altered:
            self._go_on_with(self.show)
        return results

    def _go_on_with(self, show: Show) -> None:
        """A show with the facts in force now."""
        self.show = replace(show, catalogue=self.facts.catalogue)
        self.director.reload(self.show, self.clock.now())
        self.in_force.altered()
        self._unvetted.set()

    def _record_facts(self, event: Fields | None) -> None:
        if event:
            self.facts.recorded(self.record(kinds.FACTS, **event))

    # --- what happened ---------------------------------------------------------------------------------------------

    def record(self, kind: str, **fields: object) -> Event:
        """Write an event to the journal and tell every watcher."""
        event = self.journal.append(kind, **fields)
        self._recorded_at = self.clock.now()
        for watcher in self.watchers:
            watcher(event)
        self.bus.publish(event)
        return event

    def fault(self, where: str, error: BaseException, retry_in: float) -> None:
        """Something broke behind the programme."""
        self.faults += 1
        self.record(kinds.FAULT, **entries.of_fault(where, error, retry_in))

    def _on_events(self, events: Sequence[Started | Played], tick: int) -> None:
        """Between pull and release of a tick: what begins is on record before its first sample leaves."""
        for event in events:
            if isinstance(event, Played):
                self._played(event)
            elif event.item.first:
                self._started(event)
            for listener in self._listeners:
                listener(event)
        self.presenter.on_events(events)
        self.in_force.on_tick()
        item = self.playout.current
        self.conversation.on_tick(tick, self.pump.left, item.utterance if item else None, self.playout.heard)
        self.presenter.on_tick()

    def _started(self, event: Started) -> None:
        utterance, speech = event.item.utterance, event.item.speech
        prepared = self.presenter.prepared.get(utterance.id)
        spoken = prepared.spoken if prepared else speech.spoken
        timing = self.conversation.started(utterance)
        if prepared and timing:
            first_word = speech.words[0].start if speech.words else 0.0
            timing |= {"began": prepared.began, "ready": prepared.ready, "voice_at": self.clock.now() + first_word}
        self.record(kinds.SPEAKING, **entries.of_speaking(event, spoken, timing))
        self.in_force.corrections.started(utterance, self.clock.wall())

    def _played(self, event: Played) -> None:
        if event.heard:
            self.record(kinds.PLAYED, **entries.of_played(event))
            self.in_force.corrections.played(event.utterance, self.clock.now())
        self.conversation.played(event)

    def _refused(self, utterance: Utterance, spoken: str, ruling: Ruling) -> None:
        sentence = self.presenter.sentence(utterance)
        self.parts.wordings.hear(sentence, self.clock.wall())
        self.record(kinds.REFUSAL, **entries.of_refusal(utterance, spoken, ruling), wording=sentence.wording)
        if utterance.kind in (Kind.ANSWER, Kind.GREETING):
            self.conversation.refused(utterance, ruling)

    def _recall(self, past: Sequence[Event]) -> None:
        """Take up the comments of the run before: known ones are duplicates, waiting ones still wait."""
        now = self.clock.now()
        memory = recall(past, self.clock.wall(), now, COMMENT_MEMORY)
        for comment_id in memory.known:
            self.parts.triage.remember(Comment(comment_id, "", "", now), now)
        self.parts.viewers.rebuild(past)
        self.conversation.recall(memory)
