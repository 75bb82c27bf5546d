"""Pinyin in the alphabet of Kokoro v1.0: IPA with one character for each affricate, tones as arrows.

The alphabet is that of the G2P the model was trained with (misaki, Apache-2.0); tests hold this table against it.
"""

from __future__ import annotations

from functools import lru_cache

from pypinyin.contrib.tone_convert import to_finals, to_initials

_INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l", "g": "k", "k": "kʰ", "h": "x",
    "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s",
}  # fmt: skip
# A tone stands behind the nucleus, before a nasal: at the hyphen.
_FINALS = {
    "a": "a-", "ai": "ai-", "an": "a-n", "ang": "a-ŋ", "ao": "au-", "e": "ɤ-", "ei": "ei-", "en": "ə-n", "eng": "ə-ŋ",
    "i": "i-", "ia": "ja-", "ian": "jɛ-n", "iang": "ja-ŋ", "iao": "jau-", "ie": "je-", "in": "i-n", "iou": "jou-",
    "ing": "i-ŋ", "iong": "jʊ-ŋ", "ong": "ʊ-ŋ", "ou": "ou-", "u": "u-", "uei": "wei-", "ua": "wa-", "uai": "wai-",
    "uan": "wa-n", "uen": "wə-n", "uang": "wa-ŋ", "ueng": "wə-ŋ", "uo": "wo-", "o": "wo-", "ü": "y-", "üe": "ɥe-",
    "üan": "ɥɛ-n", "ün": "y-n",
}  # fmt: skip
_WHOLE = {
    "er": "ɚ-", "o": "ɔ-", "io": "jɔ-", "ê": "ɛ-", "hm": "hm-", "hng": "hŋ-", "m": "m-", "n": "n-", "ng": "ŋ-",
}  # fmt: skip
_APICAL = ("zh", "ch", "sh", "r", "z", "c", "s")
"""Initials after which i is not [i] but their own vowel."""
_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}


@lru_cache(maxsize=2048)
def ipa(syllable: str) -> str:
    """A pinyin syllable with its tone digit in the model's alphabet; "" for what is none."""
    bare, tone = syllable[:-1], syllable[-1:]
    if tone not in _TONES:
        return ""
    if bare in _WHOLE:
        return _WHOLE[bare].replace("-", _TONES[tone])
    initial, final = to_initials(bare, strict=True), to_finals(bare, strict=True, v_to_u=True)
    body = "ɨ-" if final == "i" and initial in _APICAL else _FINALS.get(final, "")
    return _INITIALS.get(initial, "") + body.replace("-", _TONES[tone])
