"""English words without their usual endings: enough to join ``leaks`` and ``leaking``."""

from __future__ import annotations

_ENDINGS = ("iness", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly")


def stem(word: str) -> str:
    """A word in lower case without its usual endings."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)]
            return root[:-1] if len(root) > 3 and root[-1] == root[-2] and ending in ("ing", "ings", "ed") else root
    return word


def root(word: str) -> str:
    """A stem that also joins ``fold`` and ``folder``, ``use`` and ``using``, ``large`` and ``largest``."""
    found = stem(word)
    for ending in ("est", "er", "able", "ment"):
        if found.endswith(ending) and len(found) - len(ending) >= 4:
            found = found[: -len(ending)]
            break
    return found.rstrip("e") if len(found) > 3 else found
