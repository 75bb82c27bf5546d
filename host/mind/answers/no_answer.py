"""The word a model writes where the facts do not carry an answer, in whatever spelling it comes."""

from __future__ import annotations

import re

from host.core.fold import cased, fold

NO_ANSWER = "NO_ANSWER"
"""What the prompt asks for."""

_AS_CODE = re.compile(
    r"(?<![A-Za-z])(?:NO\\?[_\-\s]{0,3}ANSWER|[Nn][Oo]\\?[_\-]{1,3}[Aa][Nn][Ss][Ww][Ee][Rr])(?![A-Za-z])"
)
_ALONE = re.compile(
    r"(?:暂|暂时|目前|资料)?(?:没有?|无)(?:答案|回答|答复|解答|相关(?:资料|信息|答案))"
    r"|(?:我)?(?:无法|不能|未能)(?:回答|作答|答复|解答)"
    r"|(?:there(?:is|s))?noanswers?(?:available|found|given|possible)?"
    r"|(?:cannot|cant|unableto)answer(?:this)?|unanswerable|na"
)


def is_no_answer(text: str) -> bool:
    """Whether a sentence is that word. Prose in which such words occur (“no answer needed”) is not."""
    if _AS_CODE.search(cased(text)):
        return True
    letters = "".join(character for character in fold(text) if character.isalnum())
    return _ALONE.fullmatch(letters) is not None
