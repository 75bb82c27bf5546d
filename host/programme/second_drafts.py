"""Whether an answer of which a draft was held back is asked for again, and of whom. Pure.

A model that is told which words and numbers the facts do not carry can often say the same within them; one that fails
at it twice, or has no time left to try, gives way to the answerer behind it. What viewers have been given stands: who
is asked again goes on from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from host.core.ports import Draft, HeldDraft, Question
from host.programme.held import Held

TRIES = 2
"""Drafts of one answerer that may be held back."""
IN_TIME = 0.5
"""Share of the time for an answer within which a model may still be asked again: it needs as long as for the first."""
MOST = 6
"""Drafts held back after which nobody is asked any more."""


def asked_again(question: Question, draft: Draft, held: Held, said: Sequence[str], elapsed: float) -> Question | None:
    """What is asked after ``draft`` was held back, with ``said`` given before it in this answer; None where nothing is.

    ``elapsed`` is the share of the time for the answer that has gone by.
    """
    pieces = tuple(dict.fromkeys(each.ruling.offending for each in held.objections if each.ruling.offending))
    drafts = (*question.held, HeldDraft(draft.text, pieces, draft.answerer))
    in_vain = sum(each.answerer == draft.answerer for each in drafts) >= TRIES or elapsed > IN_TIME
    if len(drafts) >= MOST or (in_vain and (not draft.answerer or draft.answerer in question.without)):
        return None
    without = question.without | {draft.answerer} if in_vain else question.without
    return replace(question, held=drafts, said=tuple(said), without=without)
