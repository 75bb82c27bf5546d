"""One reply of a model as it comes in: content told from reasoning, sentences, and which of them may be given out.

A sentence that is given out cannot be taken back, and some endpoints close a reasoning that they never open (its
opening mark stands in the prompt): what comes before the closing mark looks like content until then. So a sentence is
given out at once only where that cannot be, or hardly: the endpoint has given a whole reply without such a mark, or
the sentences so far all end with their citation, as the prompt asks of an answer and as nobody thinks aloud. Anything
else waits for the mark, or for the end of the reply, and after that one reply the endpoint is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum

from host.core.ports import AnswerError
from host.core.reason import Reason
from host.mind.answers.citations import Citations
from host.mind.answers.content import ContentStream, Withdrawn
from host.mind.answers.no_answer import is_no_answer
from host.mind.answers.streamed import Cited, SentenceStream
from host.mind.answers.turns import of_turn

MAX_CHARACTERS = 4000
"""Of the content of a reply, citations and all, after which it counts as garbage."""
_TORN = re.compile(r"[\[(（【]\^?f\d{0,3}\s{0,3}$|^\s{0,3}\d{1,3}[\])）】]")
"""Half of a citation that a line break has torn: ``[f`` at the end of a sentence, ``3]`` at the beginning of one."""
_SENTENCE_ENDS = '。！？!?.…"”’」』）)】]>'


class Habit(Enum):
    """What an endpoint does with reasoning."""

    UNKNOWN = "not known yet"
    PLAIN = "it sends none as content, or marks where it begins"
    CLOSES = "it marks only where it ends"


class Reply:
    """Pieces of text in, sentences out. Pure: the caller keeps the time, and the habit from one reply to the next."""

    def __init__(self, habit: Habit, citations: Citations) -> None:
        self.habit = habit
        self._citations = citations
        self._content = ContentStream(opened=habit is Habit.CLOSES)
        self._sentences = SentenceStream(citations)
        self._held: list[Cited] = []
        self._text = ""
        self._apart = False
        self._over = False
        """Whether the model has gone on with somebody else's turn."""
        self.half = False
        """Whether it ended in the middle: of a sentence, or of reasoning."""
        self.knows_nothing = False
        """Whether the model wrote that the facts carry no answer. Nothing behind that is content."""

    @property
    def reasoned(self) -> bool:
        """Whether there was reasoning."""
        return self._apart or self._content.reasoned

    @property
    def holds(self) -> bool:
        """Whether whole sentences wait until it is certain that they are none of a reasoning."""
        return bool(self._held)

    def reasons_apart(self) -> None:
        """Reasoning has come in a field of its own: the text is content."""
        self._apart = True
        self._content.open()

    def feed(self, text: str) -> list[Cited]:
        """Take more text; the sentences that may be given out now. Raises `AnswerError` for a text without end."""
        for part in self._content.feed(text):
            self._take(part)
        if len(self._text) > MAX_CHARACTERS:
            raise AnswerError(Reason("reply_endless"))
        return self._released()

    def end(self, *, cut_short: bool = False, proper: bool = True) -> list[Cited]:
        """The end of the reply; the sentences that are left. ``cut_short``: it hit its length limit, and what follows
        the last full stop is half a sentence. Not ``proper``: nothing said that this was the end."""
        for part in self._content.flush():
            self._take(part)
        if self._content.implied:
            self.habit = Habit.UNKNOWN
            return []
        ends = proper or self._text.rstrip()[-1:] in _SENTENCE_ENDS
        self.half = cut_short or self._content.reasons or not ends
        if not self.half:
            self._hold(self._sentences.flush())
            if proper and self._text.strip() and self.habit is Habit.UNKNOWN:
                self.habit = Habit.PLAIN
        return self._released(whole=not self.half)

    def _take(self, part: str | Withdrawn) -> None:
        if isinstance(part, Withdrawn):
            self.habit = Habit.CLOSES
            self._sentences, self._held, self._text = SentenceStream(self._citations), [], ""
            self.knows_nothing = self._over = False
        else:
            self._text += part
            self._hold(self._sentences.feed(part))

    def _hold(self, found: Iterable[Cited]) -> None:
        for cited in found:
            text = of_turn(_TORN.sub("", cited.text))
            self._over = self._over or text is None
            self.knows_nothing = self.knows_nothing or (not self._over and is_no_answer(text or ""))
            if text and not (self._over or self.knows_nothing):
                self._held.append(replace(cited, text=text))

    def _released(self, *, whole: bool = False) -> list[Cited]:
        free = whole or self._apart or self.habit is Habit.PLAIN
        count = next((at for at, cited in enumerate(self._held) if not (free or cited.cites_last)), len(self._held))
        released, self._held = self._held[:count], self._held[count:]
        return released
