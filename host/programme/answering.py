"""From a question to drafts."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from host.core.ports import Answerer, Draft, Question


async def drafts(answerer: Answerer, question: Question) -> AsyncGenerator[Draft, None]:
    """The drafts with something in them, up to the final one; none where the answerer does not know."""
    known = False
    async with aclosing(answerer.answer(question)) as stream:  # type: ignore[type-var]
        async for draft in stream:
            if draft.text.strip() or (known and draft.final):
                known = True
                yield draft
            if draft.final:
                return
