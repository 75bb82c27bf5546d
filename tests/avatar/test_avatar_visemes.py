"""Phones to visemes: everything espeak-ng really says has a shape, and so does whatever else may come."""

from __future__ import annotations

import argparse
import collections
import decimal
import json
import logging
import re
import statistics
import unittest
from collections import Counter

import espeak_speech
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.avatar.visemes import SPREAD_CH, VISEMES, shares, visemes_of
from host.voice.timing.phones import label as voice_label

KNOWN = {*VISEMES, SPREAD_CH}


def common_hanzi() -> list[str]:
    """The 3755 characters of GB 2312's first level, which is in order of sound."""
    return [
        bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312", "ignore") for row in range(16, 56) for cell in range(1, 95)
    ]


def english_words() -> list[str]:
    modules = (argparse, collections, decimal, json, logging, re, statistics, unittest)
    docs = [getattr(module, name).__doc__ for module in modules for name in dir(module)]
    texts = " ".join(doc for doc in docs if isinstance(doc, str))
    return sorted(set(re.findall(r"[A-Za-z]{3,}", texts)))


@pytest.mark.parametrize("lang", ["cmn", "en-us"])
def test_every_phone_espeak_emits_is_known(lang: str) -> None:
    tokens = common_hanzi()[::2] if lang == "cmn" else english_words()
    joint = "" if lang == "cmn" else " "
    sentences = [(joint.join(tokens[k : k + 6]), lang) for k in range(0, len(tokens), 6)]
    assert len(sentences) > 200
    emitted = Counter(espeak_speech.labels(sentences))
    unknown: Counter[str] = Counter()
    shapes = {shape for label in emitted for shape in visemes_of(label, unknown)}
    shapes |= {shape for raw in emitted for shape in visemes_of(voice_label(raw, lang == "cmn"), unknown)}
    assert len(emitted) > 50
    assert not unknown
    assert shapes <= KNOWN


@pytest.mark.parametrize(
    ("label", "shapes"),
    [
        ("p", ("PP",)), ("ph", ("PP",)), ("m", ("PP",)), ("f", ("FF",)), ("v", ("FF",)), ("θ", ("TH",)), ("ð", ("TH",)),
        ("th", ("DD",)), ("tɕh", (SPREAD_CH,)), ("ɕ", (SPREAD_CH,)), ("ts.h", ("CH",)), ("s.", ("CH",)), ("ʐ", ("CH",)),
        ("ts", ("SS",)), ("ˈi.", ("CH",)), ("ˈi̪", ("SS",)), ("ˈai", ("aa", "ih")), ("ˈei", ("E", "ih")),
        ("ˈɑu", ("aa", "oh")), ("ˈou", ("oh", "ou")), ("ˈiou", ("ih", "oh", "ou")), ("ˈy", ("ou",)), ("χ", ("kk",)),
        ("ˈaɪɚ", ("aa", "ih", "RR")), ("ˈɔːɹ", ("oh", "RR")), ("oʊ", ("oh", "ou")), ("n̩", ("nn",)), ("ˈɑː", ("aa",)),
        ("h", ()), ("ʔ", ()), ("", ("sil",)), ("(en)", ("sil",)), ("ɑ5", ("aa",)), ("ma˥˩", ("PP", "aa")),
        ("zhong1", ("CH", "oh", "kk")), ("shi4", ("CH",)), ("zi3", ("SS",)), ("xue2", (SPREAD_CH, "ou", "E")),
        ("lü4", ("nn", "ou")), ("yuan2", ("ou", "E", "nn")), ("wo3", ("ou", "oh")), ("AY1", ("aa", "ih")),
        ("P", ("PP",)), ("HH", ()), ("SIL", ("sil",)),
    ],
)  # fmt: skip
def test_shapes(label: str, shapes: tuple[str, ...]) -> None:
    unknown: Counter[str] = Counter()
    assert visemes_of(label, unknown) == shapes
    assert not unknown


def test_an_unknown_phone_gets_a_safe_shape_and_is_counted() -> None:
    unknown: Counter[str] = Counter()
    assert visemes_of("☃", unknown) == ("ih",)
    assert visemes_of("☃", unknown) == ("ih",)
    assert unknown == {"☃": 2}


@given(st.text(max_size=60))
def test_any_label_has_a_shape(label: str) -> None:
    shapes = visemes_of(label)
    assert set(shapes) <= KNOWN
    if shapes:
        assert sum(shares(shapes)) == pytest.approx(1)
        assert min(shares(shapes)) > 0
