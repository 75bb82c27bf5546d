"""The director under everything that can happen to it, in any order: a small room with a lookahead drives it."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from show_builders import WALL, Shape, cut, heard, replaced, show, withdrawn

from host.core.journal_events import PLAYED, ROOM_STARTED, SPEAKING
from host.core.product import Catalogue
from host.core.rundown import RundownEntry
from host.core.utterance import Kind, Place, Played, Utterance
from host.show.director import Director, DirectorMemory, DirectorSettings, Reply
from host.show.lint import sentences
from host.show.load import Show
from host.show.phrases import PHRASES
from host.show.replies import PATIENCE
from host.show.script import Line, Script, Segment, Sentence, Wording
from host.show.track import REST
from host.show.wishes import Wish

SHAPES: list[list[Shape]] = [
    [[[[1]]]],
    [[[[2, 1]]]],
    [[[[1, 1, 2], [3]], [[2, 2]]], [[[1], [1, 1]]]],
    [[[[2, 1], [1]]], [[[1, 1, 1]], [[2]]], [[[1]], [[1], [2, 2]], [[1, 1]]]],
]
RUNDOWNS = [(), (("p1", None), ("p1", 30.0)), (("p2", 20.0), ("p1", None), ("p3", None), ("p1", 5.0))]
BACK = set(PHRASES["zh"]["back"])
LOOKAHEAD = 2


class Room(RuleBasedStateMachine):
    """Plays what the director says, two utterances ahead, and keeps a model of what was heard."""

    @initialize(
        shapes=st.sampled_from(SHAPES),
        rundown=st.sampled_from(RUNDOWNS),
        remind=st.sampled_from([15.0, 600.0]),
        seed=st.integers(0, 3),
    )
    def open(self, shapes: list[Shape], rundown: Any, remind: float, seed: int) -> None:
        self.show = show(*shapes)
        self.original = self.show
        self.rundown = [RundownEntry(product, lasts) for product, lasts in rundown]
        self.settings = DirectorSettings("zh", remind_ai=remind, seed=seed)
        self.director = Director(self.show, self.rundown, self.settings)
        self.now = 0.0
        self.ids: set[str] = set()
        self.queued: list[Utterance] = []
        self.playing: Utterance | None = None
        self.events: list[dict[str, Any]] = []
        self.banned: set[str] = set()
        self.replies: dict[str, list[Reply]] = {}  # accepted, by id, not settled, in order
        self.open_streams: dict[str, Reply] = {}
        self.serial = 0
        self.last: Place | None = None  # last script sentence heard to its end
        self.free = True  # something happened after which the next place is not determined
        self.moved_after = 0
        self.uncertain = 0
        self.stood: Place | None = None  # where the order goes on after a wish, if that is known
        self.wished = False  # whether what was heard last was told for one
        self.old_places = 0  # ids up to here name places in scripts that have been edited since
        self.line_heard: dict[tuple[str, int, int], tuple[int, bool]] = {}
        self.streak = 0
        self.excused: set[str] = set()  # begun while there was no script to say: those do not starve it
        self.last_bridge = ""
        self.refused_at = -1000.0
        self.talked = False

    # What the room does by itself

    def wall(self) -> Any:
        return WALL + timedelta(seconds=self.now)

    def withdraw(self, utterance: Utterance) -> None:
        self.queued.remove(utterance)
        self.director.played(withdrawn(utterance), self.now)
        self.log(PLAYED, withdrawn(utterance))

    def withdraw_urgent(self) -> None:
        for utterance in list(reversed(self.queued)):
            if self.director.urgent(utterance):
                self.withdraw(utterance)

    def log(self, kind: str, played: Played) -> None:
        u = played.utterance
        place = (
            [u.place.product, u.place.segment, u.place.line, u.place.alternative, u.place.sentence] if u.place else None
        )
        self.events.append({
            "kind": kind, "at": self.now, "wall": self.wall().isoformat(), "utterance": u.id,
            "utterance_kind": u.kind.value, "text": u.text, "product": u.product, "place": place,
            "heard": played.heard, "total": played.total, "interrupted": played.interrupted, "wished": u.wished,
        })  # fmt: skip

    def waiting(self) -> list[Reply]:
        """Accepted replies that are neither settled nor committed nor stale."""
        committed = [u.text for u in [*self.queued, self.playing] if u]
        return [
            reply
            for stream in self.replies.values()
            for reply in stream
            if reply.text not in committed and (reply.expires is None or reply.expires >= self.now)
        ]

    def drain_expired(self) -> None:
        for reply in self.director.expired():
            self.replies[reply.id].remove(reply)

    @rule()
    def fetch(self) -> None:
        """Ask for the next utterance, as the room does whenever it may prepare another."""
        self.withdraw_urgent()
        if len(self.queued) >= LOOKAHEAD:
            return
        utterance = self.director.next(self.now, self.wall())
        self.drain_expired()
        if utterance is None:
            self.check_silence()
            return
        assert utterance.id not in self.ids, "an id twice"
        assert utterance.text.strip()
        assert not self.director.urgent(utterance), "it would be withdrawn at once, for ever"
        self.ids.add(utterance.id)
        self.check_urgency(utterance)
        if utterance.text in BACK:
            assert utterance.text != self.last_bridge, "the same bridge twice running"
            self.last_bridge = utterance.text
            assert self.talk_before(), "a bridge after nothing"
        if self.now - self.refused_at <= REST or not self.show.scripts:
            self.excused.add(utterance.text)
        if utterance.text in self.banned:
            self.refuse(utterance)
        else:
            self.queued.append(utterance)

    def refuse(self, utterance: Utterance) -> None:
        self.director.refused(utterance, self.now)
        if utterance.kind is Kind.SCRIPT:
            self.moved()
        self.refused_at = self.now
        self.settle_reply(utterance)

    def talk_before(self) -> bool:
        for u in reversed(([self.playing] if self.playing else []) + self.queued):
            if u.kind in (Kind.SCRIPT, Kind.BRIDGE):
                return False
            if u.kind in (Kind.ANSWER, Kind.OPERATOR):
                return True
        return self.talked

    def check_silence(self) -> None:
        if self.director.paused or self.open_streams or self.now - self.refused_at <= REST:
            return
        assert not self.show.scripts, "silent without a reason"

    def check_urgency(self, utterance: Utterance) -> None:
        waiting = {reply.kind for reply in self.waiting()}
        if utterance.kind is not Kind.OPERATOR:
            assert Kind.OPERATOR not in waiting, "an operator waits"
            assert not self.director.paused
        if utterance.kind is Kind.SCRIPT and not self.open_streams and self.director._outstanding.streak() == 0:
            assert not waiting or self.protected(), "the script goes before a reply"

    def protected(self) -> bool:
        """Whether the script was due: three replies in a row are heard or on their way."""
        count = self.streak
        for u in [self.playing, *self.queued]:
            if u and u.kind in (Kind.ANSWER, Kind.GREETING):
                count += 1
        return count >= 3

    @precondition(lambda self: self.playing is None and self.queued)
    @rule()
    def begin(self) -> None:
        self.withdraw_urgent()
        if not self.queued:
            return
        utterance = self.queued[0]
        if utterance.expires is not None and utterance.expires < self.now:
            self.withdraw(utterance)
            return
        self.playing = self.queued.pop(0)
        self.log(SPEAKING, heard(self.playing))
        self.check_place(self.playing)

    def check_place(self, u: Utterance) -> None:
        place = u.place
        if place is None or u.kind is not Kind.SCRIPT:
            return
        if self.wished and not u.wished:
            again = self.stood is None or self.follows(place, self.stood)
            assert again or (place.segment, place.line, place.sentence) == (0, 0, 0), f"{place} after a wish"
        elif not self.free:
            assert self.follows(place, self.last), f"{place} after {self.last}"
        self.wished = u.wished
        key = (place.product, place.segment, place.line)
        if place.sentence == 0 and int(u.id[1:]) > self.old_places:
            line = self.show.scripts[place.product].segments[place.segment].lines[place.line]
            before = self.line_heard.get(key)
            if before and before[1] and len(line.wordings) > 1 and not self.banned:
                assert before[0] != place.alternative, f"{place} twice running"
            self.line_heard[key] = (place.alternative, False)

    def follows(self, place: Place, last: Place | None) -> bool:
        """Whether ``place`` is where the show goes on after the ``last`` sentence heard."""
        if last is None:
            return (place.segment, place.line, place.sentence) == (0, 0, 0)
        script = self.show.scripts[last.product]
        segment = script.segments[last.segment]
        if last.sentence + 1 < len(segment.lines[last.line].wordings[last.alternative].sentences):
            return place == replace(last, sentence=last.sentence + 1)
        if place.sentence != 0:
            return False
        if last.line + 1 < len(segment.lines):
            return (place.product, place.segment, place.line) == (last.product, last.segment, last.line + 1)
        if last.segment + 1 < len(script.segments) and place.segment:
            return (place.product, place.segment, place.line) == (last.product, last.segment + 1, 0)
        timed = any(entry.lasts for entry in self.rundown)
        ended = last.segment + 1 == len(script.segments)
        return (place.segment, place.line) == (0, 0) and (timed or ended)

    @precondition(lambda self: self.playing is not None)
    @rule()
    def finish(self) -> None:
        assert self.playing
        utterance, self.playing = self.playing, None
        self.now += 2.0
        self.log(PLAYED, heard(utterance))
        self.director.played(heard(utterance), self.now)
        self.note_heard(utterance)
        self.settle_reply(utterance)
        if utterance.kind is Kind.SCRIPT and utterance.place:
            self.last = utterance.place
            if self.stood and not utterance.wished:
                self.stood = utterance.place
            self.uncertain = max(0, self.uncertain - 1)
            self.free = int(utterance.id[1:]) <= self.moved_after or self.uncertain > 0
            key = (utterance.place.product, utterance.place.segment, utterance.place.line)
            if int(utterance.id[1:]) > self.old_places:
                self.line_heard[key] = (utterance.place.alternative, True)
            self.streak = 0
        elif utterance.kind in (Kind.ANSWER, Kind.GREETING) and utterance.text.endswith(" 1"):
            self.streak += 1
            assert self.streak <= 3 or utterance.text in self.excused, "the script starves"

    def note_heard(self, utterance: Utterance) -> None:
        if utterance.kind in (Kind.ANSWER, Kind.OPERATOR):
            self.talked = True
        elif utterance.kind in (Kind.SCRIPT, Kind.BRIDGE):
            self.talked = False

    def settle_reply(self, utterance: Utterance) -> None:
        for stream in self.replies.values():
            for reply in stream:
                if reply.text == utterance.text:
                    assert reply is stream[0], "an answer out of order"
                    stream.remove(reply)
                    return
        assert utterance.kind in (Kind.SCRIPT, Kind.BRIDGE, Kind.NOTICE), "a reply twice"

    @rule(count=st.integers(1, 12))
    def play_on(self, count: int) -> None:
        for _ in range(count):
            self.fetch()
            self.fetch()
            if self.playing is None and self.queued:
                self.begin()
            if self.playing is not None:
                self.finish()

    # What happens to it

    @rule(seconds=st.sampled_from([0.1, 1.0, PATIENCE, 6.0, 40.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(
        kind=st.sampled_from([Kind.ANSWER, Kind.ANSWER, Kind.GREETING, Kind.OPERATOR]),
        count=st.integers(1, 3),
        lasts=st.sampled_from([None, None, 3.0, 30.0]),
        interrupts=st.booleans(),
    )
    def say(self, kind: Kind, count: int, lasts: float | None, interrupts: bool) -> None:
        self.serial += 1
        key = f"r{self.serial}"
        cutting = "clause" if kind is Kind.OPERATOR and interrupts else None
        for number in range(1, count + 1):
            expires = None if lasts is None else self.now + lasts
            final = number == count
            self.offer(Reply(key, kind, f"{key} {number}", "zh", expires=expires, final=final, interrupts=cutting))

    @rule()
    def look_ahead(self) -> None:
        before = pickle.dumps(self.director)
        coming = self.director.upcoming(4, self.now, self.wall())
        assert len({u.id for u in coming} | self.ids) == len(coming) + len(self.ids)
        assert pickle.dumps(self.director) == before

    @rule(kind=st.sampled_from([Kind.ANSWER, Kind.GREETING]))
    def start_streaming(self, kind: Kind) -> None:
        self.serial += 1
        reply = Reply(f"r{self.serial}", kind, f"r{self.serial} 1", "zh", final=False)
        if self.offer(reply):
            self.open_streams[reply.id] = reply

    @precondition(lambda self: self.open_streams)
    @rule(final=st.booleans(), empty=st.booleans(), data=st.data())
    def stream_on(self, final: bool, empty: bool, data: st.DataObject) -> None:
        last = self.open_streams.pop(data.draw(st.sampled_from(sorted(self.open_streams))))
        number = int(last.text.split()[1]) + 1
        reply = replace(last, text="" if final and empty else f"{last.id} {number}", final=final)
        if self.offer(reply) and not final:
            self.open_streams[reply.id] = reply

    def offer(self, reply: Reply) -> bool:
        dropped = self.director.status().dropped
        accepted = self.director.reply(reply, self.now)
        self.replies.setdefault(reply.id, [])
        self.drain_expired()
        assert self.director.status().dropped == dropped + (not accepted)
        if accepted and reply.text:
            self.replies[reply.id].append(reply)
        return accepted

    @precondition(lambda self: self.playing is not None)
    @rule()
    def cut_for_operator(self) -> None:
        assert self.playing
        where = self.director.cut()
        if self.playing.kind is Kind.OPERATOR:
            assert where is None
        if where is not None:
            queued = [reply for stream in self.replies.values() for reply in stream]
            assert any(reply.interrupts for reply in queued)
            self.interrupt()

    def interrupt(self) -> None:
        assert self.playing
        utterance, self.playing = self.playing, None
        self.log(PLAYED, cut(utterance))
        self.director.played(cut(utterance), self.now)
        self.note_heard(utterance)
        if utterance.kind in (Kind.GREETING, Kind.OPERATOR):
            self.settle_reply(utterance)

    def moved(self) -> None:
        """What was issued so far does not tell what comes after it."""
        self.free, self.stood = True, None
        self.moved_after = max((int(key[1:]) for key in self.ids), default=0)

    @rule()
    def hush(self) -> None:
        """Stop at once and pause; an answer that was being said is not taken up again."""
        self.director.pause()
        for utterance in list(reversed(self.queued)):
            self.withdraw(utterance)
        if self.playing:
            utterance = self.playing
            self.interrupt()
            if utterance.kind not in (Kind.SCRIPT, Kind.BRIDGE, Kind.NOTICE):
                key = utterance.text.split()[0]
                self.replies[key].clear()
                self.open_streams.pop(key, None)

    @rule()
    def pause(self) -> None:
        self.director.pause()
        assert self.director.paused

    @rule()
    def resume(self) -> None:
        self.director.resume()

    @rule()
    def withdraw_last(self) -> None:
        if self.queued:
            self.withdraw(self.queued[-1])

    @rule()
    def withdraw_first(self) -> None:
        if self.queued:
            self.withdraw(self.queued[0])

    @rule(number=st.integers(0, 4))
    def goto(self, number: int) -> None:
        known = f"p{number}" in self.show.scripts
        assert self.director.goto(f"p{number}", self.now) == known
        if known:
            self.moved()

    @rule(number=st.integers(0, 4), viewer=st.integers(0, 2))
    def wish(self, number: int, viewer: int) -> None:
        wished = self.director.wish(f"p{number}", viewer, self.now, self.wall())
        assert (wished is not None) == (f"p{number}" in self.show.scripts)
        if wished and wished.wish is Wish.MET:
            stood = None if self.free or self.last is None else self.last
            self.moved()
            self.stood = stood

    @rule()
    def skip(self) -> None:
        self.director.skip(self.now)
        self.moved()

    @rule(ban=st.booleans())
    def change_the_rules(self, ban: bool) -> None:
        """The guard refuses some sentences of the scripts from now on, or none."""
        texts = [sentence.text for _, sentence, _ in sentences(self.show)]
        self.banned = set(texts[::2]) if ban else set()
        self.line_heard.clear()

    @rule(how=st.sampled_from(["same", "edit", "insert", "remove", "back", "empty"]))
    def reload(self, how: str) -> None:
        self.show = edited(self.show, self.original, how)
        self.director.reload(self.show, self.now)
        self.withdraw_urgent()
        if how != "same":
            self.moved()
            self.old_places = self.moved_after
            self.uncertain = LOOKAHEAD + 2  # those issued from the old scripts may yet be said
            self.last = None
            self.line_heard.clear()

    @rule()
    def restart(self) -> None:
        """Killed, and started again from the journal."""
        memory = DirectorMemory.from_events(self.events)
        self.ids = {key for key in self.ids if int(key[1:]) < memory.next_id}
        self.moved_after = min(self.moved_after, memory.next_id - 1)
        self.old_places = min(self.old_places, memory.next_id - 1)
        for stream in self.replies.values():
            stream.clear()
        self.open_streams.clear()
        self.queued.clear()
        self.playing = None
        self.streak, self.talked = 0, False
        self.last_bridge = memory.bridge  # one that was queued and not begun is forgotten
        self.events.append({"kind": ROOM_STARTED, "at": 0.0, "wall": self.wall().isoformat()})
        self.director = Director(self.show, self.rundown, self.settings, memory)

    @invariant()
    def on_air_is_known(self) -> None:
        if hasattr(self, "director") and self.playing and self.playing.product:
            assert self.director.on_air == self.playing.product

    def teardown(self) -> None:
        """In the end every reply that was accepted is heard, unless it was reported otherwise."""
        if not hasattr(self, "director"):
            return
        self.change_the_rules(ban=False)
        self.director.resume()
        for _ in range(400):
            if not any(self.replies.values()) and not self.playing and not self.queued:
                return
            self.fetch()
            self.now += 1.0
            if self.playing:
                self.finish()
            elif self.queued:
                self.begin()
            if not any(self.replies.values()):
                return
        raise AssertionError(f"never said: {self.replies}")


def edited(now: Show, original: Show, how: str) -> Show:
    """A show as a writer might leave it."""
    if how == "same":
        return now
    if how == "back":
        return original
    if how == "empty":
        return Show(Catalogue(()), {})
    scripts = list(now.scripts.values()) or list(original.scripts.values())
    if how == "remove":
        return replaced(original, scripts[1:])
    first = scripts[0].segments[0]
    if how == "insert":
        line = Line((Wording((Sentence("新的一句。"),)),))
        segment = replace(first, lines=(line, *first.lines[:5]))
    else:
        segment = Segment(first.name, (_edited_line(first.lines[0]), *first.lines[1:]))
    script = Script(scripts[0].product, "zh", (segment, *scripts[0].segments[1:]))
    return replaced(original, [script, *scripts[1:]])


def _edited_line(line: Line) -> Line:
    wording = line.wordings[0]
    sentence = Sentence("改过的" + wording.sentences[0].text[-30:])
    return Line((Wording((sentence, *wording.sentences[1:])), *line.wordings[1:]))


TestRoom = Room.TestCase
TestRoom.settings = settings(
    max_examples=int(os.environ.get("LIVEHOST_TEST_EXAMPLES", "50")), stateful_step_count=50, deadline=None
)
