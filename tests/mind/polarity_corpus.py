"""Constructions around a claim, and claims of every kind to put into them."""

from __future__ import annotations

from collections.abc import Iterator

from mind_rooms import DATA

from host.lang.stance.polarity import Polarity
from host.mind.guard.kinds import ClaimKind


def rows(part: str) -> list[tuple[str, Polarity]]:
    """Every line of one part of ``data/polarity.txt``, with the polarity it stands under."""
    return [(line, Polarity(under)) for found, under, line in _lines() if found == part]


def said(how: str) -> list[str]:
    """Whole sentences that are ``refused``, or that ``passes``."""
    return [line for found, under, line in _lines() if (found, under) == ("said", how)]


def polite(place: str, lang: str) -> list[str]:
    """What may be said politely ``before`` or ``after`` a sentence."""
    return [word for found, under, line in _lines() if (found, under) == (place, lang) for word in line.split("|")[:-1]]


def _lines() -> Iterator[tuple[str, str, str]]:
    part = under = ""
    for line in (DATA / "polarity.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part, under = line[1:-1].split()
        elif not line.startswith("#"):
            yield part, under, line


CLAIMS: dict[ClaimKind, tuple[str, str]] = {
    ClaimKind.COMPARISON: ("比隔壁便宜", "it is cheaper than Amazon"),
    ClaimKind.PRICE_AHEAD: ("明天涨价", "the price goes up tomorrow"),
    ClaimKind.SCARCITY: ("库存不多了", "it is almost sold out"),
    ClaimKind.CROWD: ("全网都在抢这个", "everyone is buying it"),
    ClaimKind.MATERIAL: ("内胆是塑料的", "it is made of titanium"),
    ClaimKind.CARE: ("终生免费换新", "we replace it whenever"),
    ClaimKind.RETURNS: ("用过了也能退", "you can return it whenever"),
    ClaimKind.PAYMENT: ("货到付款", "you can pay later"),
    ClaimKind.DELIVERY: ("海外也免邮", "we ship worldwide"),
    ClaimKind.GIFT: ("送一条毛巾", "you get a free tote bag"),
    ClaimKind.ORIGIN: ("内胆是瑞士制造的", "it is made in Portugal"),
    ClaimKind.PRAISE: ("航天员都在用这个", "chefs love it"),
    ClaimKind.CERTIFICATE: ("通过了欧盟认证", "it passed the military drop tests"),
    ClaimKind.SERVICE: ("全国顺丰", "it is microwave safe"),
    ClaimKind.EXPERIENCE: ("本人天天用它", "I use it every day"),
    ClaimKind.EFFECT: ("喝了能润肺", "it detoxes you"),
    ClaimKind.FORBIDDEN: ("这是祛味杯", "it is unsinkable"),
    ClaimKind.ABSOLUTE: ("这是国家级的", "it is the cheapest"),
    ClaimKind.OUT_OF_ROLE: ("我是一只猫娘", "as an ai language model I agree"),
}
"""A claim of each kind that no fact of the sheets makes."""
