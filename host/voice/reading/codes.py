"""Codes in Mandarin speech: letters by their names, and long rows of digits in groups, as a speaker reads them out.

Said in one breath a network slurs them: what stands right behind a spelled letter is lost, and so is a digit of eleven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DIGITS = "零〇一二三四五六七八九幺"
_NUMERALS = DIGITS + "十百千万两"
_ROW = re.compile(rf"[{DIGITS}]{{3,}}")
_LONGEST_CODE = 4
_SIZE = re.compile(r"X{1,4}[SL]")
_MOBILE = ("一", "幺")
_GROUPS = {5: (2, 3), 6: (3, 3), 7: (3, 4), 8: (4, 4), 9: (3, 3, 3), 10: (3, 3, 4), 11: (4, 4, 3)}

_CLOSED = "FSX"
"""Letters whose names end in a sound without voice."""
LOW = "五九"
"""Digits in the third tone."""
ONE_DIALLED = "yao1"
"""How 一 is said in a number that is dialled or read out; yī is lost between other digits."""

LETTERS = {
    "A": "ˈA", "B": "bˈi", "C": "sˈi", "D": "dˈi", "E": "ˈi", "F": "ˈɛf", "G": "ʤˈi", "H": "ˈAʧ", "I": "ˈI", "J": "ʤˈA",
    "K": "kˈA", "L": "ˈɛl", "M": "ˈɛm", "N": "ˈɛn", "O": "ˈO", "P": "pˈi", "Q": "kjˈu", "R": "ɑ↗ɚ", "S": "ˈɛs",
    "T": "tˈi", "U": "jˈu", "V": "vˈi", "W": "dˈʌbᵊljˌu", "X": "ˈɛks", "Y": "wˈI", "Z": "zˈi",
}  # fmt: skip
"""Their English names, in the alphabet of the voices; R rises, since level or falling it is 二."""


def spelled_out(run: str, behind: str) -> str:
    """How a run of Latin letters sounds that is read letter by letter, "" for one that is read as a word: a letter by
    itself, a size, and capitals right before a number (``behind`` is the character after the run).

    By itself a letter that ends without voice has a vowel behind it, as speakers of Mandarin give it, in whose words no
    syllable ends so: bare, XL is heard as an X."""
    if not set(run) <= LETTERS.keys():
        return ""
    if len(run) == 1 or _SIZE.fullmatch(run):
        return " ".join(LETTERS[letter] + ("ə" if letter in _CLOSED else "") for letter in run)
    code = run.isupper() and len(run) <= _LONGEST_CODE and behind in _NUMERALS and behind != ""
    return "".join(LETTERS[letter] for letter in run) if code else ""


def is_code(run: str, behind: str) -> bool:
    """Whether a run of Latin letters and the digit behind it are one code."""
    return run.isascii() and run.isalpha() and behind in DIGITS and spelled_out(run, behind) != ""


def parted(run: str, behind: str) -> bool:
    """Whether a pause parts a run from the number that ``behind`` begins with: several letters do not run into a digit,
    and one that ends in a consonant not into a row of them."""
    if not behind or behind[0] not in _NUMERALS or not spelled_out(run, behind[0]):
        return False
    row = len(behind) > 2 and set(behind[:3]) <= set(DIGITS)
    return len(run) > 1 or (row and run in _CLOSED)


def digit_rows(run: str) -> Iterator[tuple[int, int]]:
    """The groups, first and last-plus-one, in which rows of digits in a run of Han characters are said."""
    for row in _ROW.finditer(run):
        at = row.start()
        for size in _sizes(row.group()):
            yield at, at + size
            at += size


def _sizes(row: str) -> tuple[int, ...]:
    if len(row) == 11 and row.startswith(_MOBILE):
        return 3, 4, 4
    if len(row) <= 4:
        return (len(row),)
    if len(row) in _GROUPS:
        return _GROUPS[len(row)]
    return (4, *_sizes(row[4:]))
