"""The contract with wetext: grammars are read as they are needed, and what they say is what wetext says by itself."""

from __future__ import annotations

import subprocess
import sys

_HOOKED = """
from host.voice.wetext_hooks import Grammar, open_normalizer

zh = open_normalizer(lang="zh", operator="tn")
from wetext.constants import FSTS

def grammars(entry):
    return [entry] if not isinstance(entry, dict) else [leaf for value in entry.values() for leaf in grammars(value)]

assert all(isinstance(leaf, Grammar) for leaf in grammars(FSTS)), "wetext holds its grammars in another way"
assert not any(leaf.read for leaf in grammars(FSTS))
print(zh.normalize("1"))
assert [leaf.read for leaf in grammars(FSTS)].count(True) == 2
print(open_normalizer(lang="en", operator="tn").normalize("1"))
assert [leaf.read for leaf in grammars(FSTS)].count(True) == 4, "one number is all it takes to have a language ready"
"""
_SAYINGS = """
zh, en = (open_normalizer(lang=lang, operator="tn") for lang in ("zh", "en"))
print(*map(zh.normalize, ["1", "2023年3月5日", "-5.5度", "220克", "3/4"]))
print(*map(en.normalize, ["1", "March 5, 2023", "-5.5 kg"]))
"""


def said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_grammar_is_read_when_it_is_needed() -> None:
    assert said(_HOOKED).split() == ["一", "one"]


def test_the_hook_changes_nothing_that_is_said() -> None:
    hooked = said("from host.voice.wetext_hooks import open_normalizer\n" + _SAYINGS)
    assert hooked == said("from wetext import Normalizer as open_normalizer\n" + _SAYINGS)
