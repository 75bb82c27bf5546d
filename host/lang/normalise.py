"""Written text to fully spoken text: no digits and no symbols are left for an engine to guess at.

The text is read once (`host.lang.reading`), each token is said as its language says it, and a sweep lets nothing else
through.
"""

from __future__ import annotations

from functools import lru_cache

from host.core.product import Lang
from host.core.simplified import simplified
from host.core.text import bounded
from host.lang.en import say as english
from host.lang.marks import PUNCTUATION, SYMBOLS, TIDY, rewrite, speakable
from host.lang.plain import plain
from host.lang.reading import read
from host.lang.zh import say as chinese

MAX_CHARACTERS = 2000
_SAYS = {"zh": chinese.said, "en": english.said}


def normalise(text: str, lang: Lang) -> str:
    """What a host says for ``text``: letters, Han characters, spaces and punctuation.

    Never raises and always gives the same for the same; may be empty, for a text of nothing but symbols. At most the
    first 2000 characters are spoken.
    """
    return _normalise(text[:MAX_CHARACTERS], lang)


def prepare(*langs: Lang) -> None:
    """Load what reading a number needs, so that no sentence on air waits for it."""
    for lang in langs:
        _normalise("1", lang)


@lru_cache(maxsize=2048)
def _normalise(text: str, lang: Lang) -> str:
    written = plain(bounded(text, MAX_CHARACTERS)).translate(simplified())  # 2個 is said like 2个
    said = "".join(_SAYS[lang](token, written) for token in read(written, lang))
    return rewrite(speakable(rewrite(said, SYMBOLS[lang]), PUNCTUATION[lang]), TIDY[lang])
