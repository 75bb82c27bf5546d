"""Viewer names, made fit to be spoken and to be shown.

A user name is the one text of a stranger's that a host says unasked, and what it says counts as its own words. So it
is spoken only where it is plainly harmless; else the host says `nobody`, which costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from host.core.comment import MAX_USER
from host.core.fold import fold, skeleton
from host.core.nickname import advert_in_name
from host.core.number_words import ZH_NUMERALS
from host.core.packs import pack
from host.core.product import Lang
from host.core.text import bounded
from host.mind import name_words as words
from host.mind.latin_names import GIVEN_NAMES, NICKNAMES

"""Whom the host addresses where the name cannot be spoken."""

MAX_HAN, MAX_LATIN, MAX_SHOWN = 5, 12, 24
"""Characters: of a spoken Han name, of a spoken Latin one, of a shown one."""

_HAN = re.compile(r"[㐀-鿿]")
_NOT_HAN = re.compile(r"[^㐀-鿿]+")
_MIXED = re.compile(r"[A-Za-z]{2,8}[㐀-鿿]{1,4}|[㐀-鿿]{1,4}[A-Za-z]{2,8}")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?: [A-Za-zÀ-ÖØ-öø-ÿ]+)?")
_DECORATION = re.compile(r"[^\w'’]+|_+")
_LAST_NUMBER = re.compile(r"(?:(?<!\s)\s++)?(?<!\d)\d++$")
_LEET = str.maketrans("013456789@$!|+€", "oieasgtbgasiite")
_RESPELT = (("ph", "f"), ("ck", "k"), ("vv", "w"), ("w", "v"), ("c", "k"), ("q", "k"), ("z", "s"), ("y", "i"))
_TWO_SCRIPTS = re.compile(r"[a-z][α-ωа-яёіѕјԁ]|[α-ωа-яёіѕјԁ][a-z]")
_PRICE = re.compile(rf"(?<![\d{ZH_NUMERALS}百千])[\d{ZH_NUMERALS}百千]++(?:[元块折]|毛钱)")
_ALONE = re.compile(r"[滚操艹肏日屌屎尿毒癌]+")
_INVISIBLE = re.compile("[\u115f\u1160\u2800\u3164\uffa0\u034f\ufe00-\ufe0f]")


def nobody(lang: Lang) -> str:
    """Said for a viewer whose name is not spoken."""
    said: str = pack(lang).table("replies.toml")["around"]["nobody"]
    return said


def speakable_name(user: str, lang: Lang = "zh") -> str:
    """What to call a viewer: their name without decoration, or `nobody`. Never empty, never long."""
    return address(user, lang) or nobody(lang)


def address(user: str, lang: Lang) -> str:
    """The speakable name, or nothing where it is better to address nobody: a Han name has no place in English."""
    name = _spoken(bounded(user, MAX_USER))
    return "" if lang == "en" and _HAN.search(name) else name


def display_name(user: str, lang: Lang) -> str:
    """The name as a page or a picture may show it: bounded, nothing invisible in it, and `nobody` where it carries a
    contact, advertising, an insult, politics, a claim about the goods or an office."""
    text = bounded(user, MAX_USER)
    shown = " ".join(_unstacked(_INVISIBLE.sub("", text)).split())
    if not shown or _hostile(text):
        return nobody(lang)
    return shown if len(shown) <= MAX_SHOWN else shown[: MAX_SHOWN - 1].rstrip() + "…"


@lru_cache(maxsize=2048)
def _hostile(text: str) -> bool:
    folded = fold(text)
    han = _NOT_HAN.sub("", folded)
    if advert_in_name(text) is not None or _PRICE.search(folded) or _TWO_SCRIPTS.search(folded):
        return True
    if _ALONE.fullmatch(han) or _HOSTILE_HAN.search(han) or _HOSTILE_HAN.search(_DECORATION.sub("", folded)):
        return True
    if _HOSTILE_SOUND.search(_heard(folded)):
        return True
    return _found(words.HOSTILE_LATIN, folded)


@lru_cache(maxsize=2048)
def _spoken(text: str) -> str:
    name = " ".join(_LAST_NUMBER.sub("", _DECORATION.sub(" ", text).strip()).split())
    if not name or _hostile(text):
        return ""
    return _spoken_han(name, fold(text)) if _HAN.search(name) else _spoken_latin(name, fold(text))


def _spoken_han(name: str, folded: str) -> str:
    """A name with Han in it, alone or beside one Latin part: 小鹿, 阿May."""
    name = name.replace(" ", "")
    han = _NOT_HAN.sub("", fold(name))
    mixed = len(han) < len(name)
    if not (_MIXED.fullmatch(name) if mixed else 2 <= len(han) <= MAX_HAN):
        return ""
    if _UNSPOKEN_HAN.search(han) or _UNSPOKEN_SOUND.search(_heard(folded)) or not _harmless(_without_kin(han)):
        return ""
    latin = re.sub(r"[^A-Za-z]+", "", name)
    return "" if mixed and (_unspoken_latin(fold(latin)) or not _is_known(latin)) else name


def _spoken_latin(name: str, folded: str) -> str:
    """Both words where both are known (Anna Maria), the first where the second is harmless (Sam W), or nothing."""
    if not _LATIN_NAME.fullmatch(name) or _unspoken_latin(folded):
        return ""
    known = []
    for word in name.split():
        if not _is_known(word):
            break
        known.append(word)
    spoken = " ".join(known)
    if not 2 <= len(spoken) <= MAX_LATIN:
        return ""
    return spoken.title() if spoken.islower() else spoken


def _is_known(word: str) -> bool:
    bare = skeleton(fold(word))
    if bare in GIVEN_NAMES or bare in NICKNAMES:
        return True
    return any(bare[:cut] in NICKNAMES and bare[cut:] in NICKNAMES | GIVEN_NAMES for cut in range(2, len(bare) - 1))


def _harmless(han: str) -> bool:
    return all(character in words.CHARACTERS for character in _WORDS.sub("", han))


def _without_kin(han: str) -> str:
    """豆豆妈 is 豆豆 and a mother; 妈妈 alone, 小妈 or 老爸 is nobody's name and stays as it is."""
    match = _KIN.search(han)
    return han[: match.start()] if match else han


def _unspoken_latin(folded: str) -> bool:
    whole = {form for part in re.split(r"[^a-z]+", skeleton(folded)) for form in _forms(part)}
    whole |= set(_forms(_letters(folded)))
    return bool(whole & _UNSPOKEN_WORDS) or _found(words.UNSPOKEN_LATIN, folded)


def _found(listed: Iterable[str], folded: str) -> bool:
    """Whether a listed word is in the letters of the text, leet and respelt, with its Han read out."""
    texts = {form for text in (folded, _heard(folded)) for form in _forms(_letters(text))}
    texts |= set(_forms(re.sub(r"[^a-z]", "", skeleton(folded))))
    return any(
        word in text or (len(heard := _respelt(word)) > 4 and heard in text) for word in listed for text in texts
    )


def _heard(folded: str) -> str:
    """The text in syllables without tones, a blank around each: 操Ni妈 is `` cao ni ma ``."""
    from pypinyin import lazy_pinyin  # its tables take 0.2 s: a room has them for its voice, other commands never ask

    parts = (re.sub(r"[^a-z]+", " ", part) for part in lazy_pinyin(re.sub(r"[^a-z㐀-鿿]+", "", folded), v_to_u=False))
    return f" {' '.join(' '.join(parts).split())} "


def _letters(folded: str) -> str:
    return re.sub(r"[^a-z]", "", skeleton(folded).translate(_LEET))


def _forms(letters: str) -> Iterator[str]:
    for text in (letters, _respelt(letters), letters.replace("ph", "f").replace("vv", "w")):
        yield text
        yield re.sub(r"(.)\1{2,}", r"\1\1", text)
        yield re.sub(r"(.)\1+", r"\1", text)


@lru_cache(maxsize=4096)
def _respelt(letters: str) -> str:
    for written, heard in _RESPELT:
        letters = letters.replace(written, heard)
    return letters


def _unstacked(text: str) -> str:
    """At most two combining marks on a character: more climb over the lines above."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= 2:
            kept.append(character)
    return "".join(kept)


def _any_of(listed: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(set(listed), key=lambda word: (-len(word), word))))


_HOSTILE_HAN = _any_of(words.HOSTILE_HAN)
_UNSPOKEN_HAN = _any_of(words.UNSPOKEN_HAN)
_HOSTILE_SOUND = _any_of(f" {sound} " for sound in words.HOSTILE_SOUNDS)
_UNSPOKEN_SOUND = _any_of(f" {sound} " for sound in words.UNSPOKEN_SOUNDS)
_WORDS = _any_of(words.WORDS)
_UNSPOKEN_WORDS = frozenset(words.UNSPOKEN_LATIN_WORDS)
_KIN = re.compile(rf"(?<=[^老大小亲干后他你我的])(?:{'|'.join(sorted(words.KIN, key=len, reverse=True))})$")
