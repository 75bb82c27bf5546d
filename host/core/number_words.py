"""Digits and small numbers as they are written in words: the one table for whoever reads numbers out of text."""

from __future__ import annotations

_ZH = ("零", "一壹幺", "二贰两俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
ZH_DIGITS = {character: value for value, characters in enumerate(_ZH) for character in characters}
"""Every character for a digit, folded, with its value."""
ZH_NUMERALS = "零一二两三四五六七八九十"
"""The characters people type for small numbers: without those of banks, which are surnames too (陆, 伍)."""

_CARDINALS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
EN_CARDINALS = {word: value for value, word in enumerate(_CARDINALS.split())}
"""The words for 0 to 19."""

_ORDINALS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth
"""
EN_ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), 1)}
"""The words for 1st to 19th."""
