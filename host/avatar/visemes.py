"""Speech sounds as mouth shapes: phones in IPA, as espeak-ng writes them, to the fifteen Oculus visemes.

The fifteen are those of the Oculus lip-sync reference (sil PP FF TH DD kk CH SS nn RR aa E ih oh ou); `SPREAD_CH` is
a sixteenth for Mandarin j, q and x, which are said with spread lips. Pinyin syllables with a tone digit and ARPAbet are
understood too, so that an aligner's labels need no translation.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

SPREAD_CH = "CHs"
VISEMES = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou")
VOWELS = frozenset({"aa", "E", "ih", "oh", "ou"})
CLOSURES = frozenset({"PP"})
ROUNDED = frozenset({"oh", "ou", "CH", "RR"})

DEFAULT = "ih"
"""The shape of a sound that is not known: a little open, neither spread nor round, so a mistake does not show."""

# Longest match first. An empty tuple is a sound without a shape of its own: it takes its neighbours'.
_IPA: dict[str, tuple[str, ...]] = {
    # Mandarin as espeak-ng writes it: a dot marks retroflexes and the vowels of zhi and zi
    "ts.": ("CH",), "s.": ("CH",), "i.": ("CH",), "tɕ": (SPREAD_CH,), "ɕ": (SPREAD_CH,), "ʑ": (SPREAD_CH,),
    "i̪": ("SS",), "o-": ("E",), "ŋ-": ("nn",), "ər": ("E", "RR"), "onɡ": ("oh", "kk"), "ong": ("oh", "kk"),
    "ɑu": ("aa", "oh"), "au": ("aa", "oh"), "yæ": ("ou", "E"), "iɛ": ("ih", "E"),
    "ʈʂ": ("CH",), "tʂ": ("CH",), "ʂ": ("CH",), "ʐ": ("CH",), "ɻ": ("CH",), "ɹ̩": ("CH",), "ɿ": ("SS",), "ʅ": ("CH",),
    # English clusters
    "tʃ": ("CH",), "dʒ": ("CH",), "ts": ("SS",), "dz": ("SS",), "əl": ("E", "nn"), "ɜː": ("RR",), "ɚ": ("RR",),
    "ɝ": ("RR",), "aʊ": ("aa", "oh"),
    # consonants
    "p": ("PP",), "b": ("PP",), "m": ("PP",), "ɓ": ("PP",), "f": ("FF",), "v": ("FF",), "ʋ": ("FF",), "ɱ": ("FF",),
    "ɸ": ("FF",), "β": ("FF",), "θ": ("TH",), "ð": ("TH",), "t": ("DD",), "d": ("DD",), "ɾ": ("DD",), "ʈ": ("DD",),
    "ɖ": ("DD",), "ɗ": ("DD",), "k": ("kk",), "g": ("kk",), "ɡ": ("kk",), "x": ("kk",), "χ": ("kk",), "ɣ": ("kk",),
    "q": ("kk",), "ŋ": ("kk",), "ɴ": ("kk",), "ç": ("kk",), "c": ("kk",), "ɟ": ("kk",), "ʁ": ("kk",), "ʃ": ("CH",),
    "ʒ": ("CH",), "s": ("SS",), "z": ("SS",), "n": ("nn",), "l": ("nn",), "ɫ": ("nn",), "ɬ": ("nn",), "ɭ": ("nn",),
    "ɲ": ("nn",), "ɳ": ("nn",), "ʎ": ("nn",), "r": ("RR",), "ɹ": ("RR",), "ɽ": ("RR",), "ʀ": ("RR",), "h": (),
    "ɦ": (), "ħ": (), "ʔ": (), "ʕ": (), "w": ("ou",), "ʍ": ("ou",), "ɥ": ("ou",), "j": ("ih",), "ɰ": ("ih",),
    # vowels
    "a": ("aa",), "ɑ": ("aa",), "æ": ("aa",), "ʌ": ("aa",), "ɒ": ("oh",), "ɔ": ("oh",), "o": ("oh",), "ɵ": ("oh",),
    "œ": ("oh",), "ɶ": ("oh",), "ɞ": ("oh",), "e": ("E",), "ɛ": ("E",), "ə": ("E",), "ɘ": ("E",), "ɜ": ("E",),
    "ɐ": ("E",), "ɤ": ("E",), "i": ("ih",), "ɪ": ("ih",), "ᵻ": ("ih",), "ɨ": ("ih",), "ɯ": ("ih",), "u": ("ou",),
    "ʊ": ("ou",), "ʉ": ("ou",), "ᵿ": ("ou",), "y": ("ou",), "ʏ": ("ou",), "ø": ("ou",),
}  # fmt: skip

_ARPABET: dict[str, tuple[str, ...]] = {
    "AA": ("aa",), "AE": ("aa",), "AH": ("aa",), "AO": ("oh",), "AW": ("aa", "oh"), "AX": ("E",), "AY": ("aa", "ih"),
    "EH": ("E",), "ER": ("RR",), "EY": ("E", "ih"), "IH": ("ih",), "IY": ("ih",), "OW": ("oh", "ou"),
    "OY": ("oh", "ih"), "UH": ("ou",), "UW": ("ou",), "B": ("PP",), "P": ("PP",), "M": ("PP",), "F": ("FF",),
    "V": ("FF",), "TH": ("TH",), "DH": ("TH",), "T": ("DD",), "D": ("DD",), "DX": ("DD",), "K": ("kk",), "G": ("kk",),
    "NG": ("kk",), "CH": ("CH",), "JH": ("CH",), "SH": ("CH",), "ZH": ("CH",), "S": ("SS",), "Z": ("SS",),
    "N": ("nn",), "L": ("nn",), "R": ("RR",), "W": ("ou",), "Y": ("ih",), "HH": (), "SIL": ("sil",), "PAU": ("sil",),
    "SP": ("sil",),
}  # fmt: skip

_INITIALS: dict[str, tuple[str, ...]] = {
    "zh": ("CH",), "ch": ("CH",), "sh": ("CH",), "b": ("PP",), "p": ("PP",), "m": ("PP",), "f": ("FF",), "d": ("DD",),
    "t": ("DD",), "n": ("nn",), "l": ("nn",), "g": ("kk",), "k": ("kk",), "h": ("kk",), "j": (SPREAD_CH,),
    "q": (SPREAD_CH,), "x": (SPREAD_CH,), "r": ("CH",), "z": ("SS",), "c": ("SS",), "s": ("SS",), "y": ("ih",),
    "w": ("ou",),
}  # fmt: skip

_FINALS: dict[str, tuple[str, ...]] = {
    "a": ("aa",), "o": ("oh",), "e": ("E",), "i": ("ih",), "u": ("ou",), "v": ("ou",), "ai": ("aa", "ih"),
    "ei": ("E", "ih"), "ao": ("aa", "oh"), "ou": ("oh", "ou"), "an": ("aa", "nn"), "en": ("E", "nn"),
    "ang": ("aa", "kk"), "eng": ("E", "kk"), "ong": ("oh", "kk"), "er": ("E", "RR"), "ia": ("ih", "aa"),
    "ie": ("ih", "E"), "iao": ("ih", "aa", "oh"), "iu": ("ih", "oh", "ou"), "ian": ("ih", "E", "nn"),
    "in": ("ih", "nn"), "iang": ("ih", "aa", "kk"), "ing": ("ih", "kk"), "iong": ("ou", "oh", "kk"),
    "ua": ("ou", "aa"), "uo": ("ou", "oh"), "uai": ("ou", "aa", "ih"), "ui": ("ou", "E", "ih"),
    "uan": ("ou", "aa", "nn"), "un": ("ou", "E", "nn"), "uang": ("ou", "aa", "kk"), "ue": ("ou", "E"),
    "ve": ("ou", "E"), "van": ("ou", "E", "nn"), "vn": ("ou", "nn"), "ng": ("kk",),
}  # fmt: skip

_LONGEST = max(map(len, _IPA))
_IGNORED = frozenset("ˈˌːˑ'ʰʲʷˠˤ̩.-_|‿~^*")
_PAUSES = frozenset({"", "sil", "pau", "sp", "spn", "_", "_:", "|", "‖"})


def visemes_of(label: str, unknown: Counter[str] | None = None) -> tuple[str, ...]:
    """The visemes of one phone, in order; a diphthong has two or three, a sound without a shape of its own none.

    Never raises. A label nobody can read becomes `DEFAULT` and is counted in ``unknown``.
    """
    shapes, known = _read(label)
    if not known and unknown is not None:
        unknown[label] += 1
    return shapes


def shares(visemes: tuple[str, ...]) -> tuple[float, ...]:
    """How much of a phone's length each of its visemes takes; adds up to 1.

    A glide before an open vowel is short (ia, uo), an off-glide takes what is left (ai, ou).
    """
    if len(visemes) < 2:
        return (1.0,) * len(visemes)
    if len(visemes) == 2:
        return (0.3, 0.7) if visemes[0] in ("ih", "ou") else (0.6, 0.4)
    middle = (0.5,) if len(visemes) == 3 else (0.5 / (len(visemes) - 2),) * (len(visemes) - 2)
    return (0.22, *middle, 0.28)


@lru_cache(maxsize=4096)
def _read(label: str) -> tuple[tuple[str, ...], bool]:
    text = unicodedata.normalize("NFC", label[:32]).strip()
    if text in _PAUSES or (text.startswith("(") and text.endswith(")")):
        return ("sil",), True
    bare = text.rstrip("0123456789").replace("ü", "v")
    if bare.isascii() and bare.isalpha():
        if bare in _ARPABET:
            return _ARPABET[bare], True
        syllable = _pinyin(bare) if bare != text and bare.islower() else None
        if syllable is not None:
            return syllable, True
    return _ipa(text)


def _pinyin(syllable: str) -> tuple[str, ...] | None:
    """Visemes of a pinyin syllable without its tone, or None where it is not one; ü is written v."""
    for spelled, said in (("yu", "v"), ("yi", "i"), ("wu", "u")):
        if syllable.startswith(spelled):
            syllable = said + syllable[2:]
    if syllable in _FINALS:
        return _FINALS[syllable]
    for size in (2, 1):
        initial, final = syllable[:size], syllable[size:]
        if initial in _INITIALS and final in _FINALS:
            if final == "i" and _INITIALS[initial] in (("CH",), ("SS",)):
                return _INITIALS[initial]
            return _merge((*_INITIALS[initial], *_FINALS[final]))
    return None


def _ipa(text: str) -> tuple[tuple[str, ...], bool]:
    """Longest match over the label; marks of stress, length, tone and aspiration have no shape."""
    shapes: list[str] = []
    known = True
    at = 0
    while at < len(text):
        for size in range(min(_LONGEST, len(text) - at), 0, -1):
            if text[at : at + size] in _IPA:
                shapes += _IPA[text[at : at + size]]
                at += size
                break
        else:
            known = known and _is_mark(text[at])
            at += 1
    if not shapes and not known:
        return (DEFAULT,), False
    return _merge(tuple(shapes)), known


def _is_mark(character: str) -> bool:
    return (
        character in _IGNORED or character.isdigit() or "˥" <= character <= "˩" or unicodedata.combining(character) > 0
    )


def _merge(shapes: tuple[str, ...]) -> tuple[str, ...]:
    """Without immediate repetitions."""
    return tuple(shape for index, shape in enumerate(shapes) if index == 0 or shapes[index - 1] != shape)
