"""The host's mouth as cells: a base (the opening with its dark cavity) and an over layer (lips, seam, shade).

Teeth and tongue move freely behind the lips, so the runtime paints them into the opening; see avatar.yaml, "mouth".
Coordinates are the host canvas (720 x 1280); the mouth's anchor is ANCHOR, the middle of the closed lip line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .shapes import Knot, fall, glow, group, line, oval, path, smooth

ANCHOR = (360.0, 411.0)

LIP_UPPER, LIP_UPPER_DARK = "#c68371", "#b06a59"
LIP_LOWER, LIP_LIGHT = "#d99a84", "#f2c2ac"
LINE, CAVITY, CAVITY_DEEP = "#6b2f2b", "#6d2226", "#33090f"
PARTED = 0.8
"""Canvas pixels of opening from which lips count as parted."""

BASE_DEFS = "<defs>" + fall("m_cavity", (0, CAVITY_DEEP), (1, CAVITY)) + "</defs>"
OVER_DEFS = (
    "<defs>"
    + fall("m_upper", (0, LIP_UPPER, 0.78), (1, LIP_UPPER_DARK))
    + fall("m_lower", (0, LIP_UPPER), (0.35, LIP_LOWER), (1, LIP_LOWER, 0.72))
    + fall("m_bitten", (0, LIP_UPPER_DARK), (0.35, LIP_LOWER), (1, LIP_LOWER, 0.72))
    + glow("m_shade", (0, "#b9714f", 0.55), (0.5, "#b9714f", 0.26), (1, "#b9714f", 0))
    + "</defs>"
)


@dataclass(frozen=True, slots=True)
class Lips:
    """The outline of a mouth, 0..1 each. Width is not drawn: the runtime stretches a cell sideways."""

    aperture: float = 0.0
    round: float = 0.0
    smile: float = 0.0
    press: float = 0.0
    lip_bite: float = 0.0


def _clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    return max(low, min(high, value))


class _Curves:
    """The four lip edges of a shape, as heights over t = -1 (left corner) .. 1 (right corner)."""

    def __init__(self, m: Lips) -> None:
        a, r, s, p, bite = m.aperture, m.round, m.smile, m.press, m.lip_bite
        self.half = 28.6 * (1 - 0.30 * r) * (1 + 0.14 * s * (1 - r)) - 1.5 * p
        self.open = 37.0 * a * (1 - 0.10 * r)
        self.top = -0.20 * self.open - 1.1 * s * min(1.0, a / 0.08)
        self.low = self.top + self.open
        self.corner = -5.4 * s + 0.20 * self.open + 0.5 * p
        self.low -= 2.2 * bite * min(1.0, self.open / 4)  # the lower lip tucks under the upper teeth
        self.upper_lip = (5.6 + 2.2 * r - 0.9 * s) * (1 - 0.42 * p) * (1 - 0.12 * a)
        self.lower_lip = (8.4 + 2.2 * r - 1.2 * s) * (1 - 0.46 * p) * (1 - 0.42 * bite) * (1 - 0.10 * a)
        self.square = 2.0 + 0.55 * r + 0.35 * a
        self.lower_square = 2.0 + 0.25 * s + 0.35 * a
        self.dip = 0.24 * (1 - 0.45 * s)
        self.soft = min(0.5, 0.5 * r * min(1.0, self.open / 5) + 0.16 * a)  # 0 pointed corners .. 0.5 an ellipse
        self.wrap = 1 + 0.40 * self.soft  # lips reach round the corners of a rounded mouth

    def _arch(self, t: float, power: float) -> float:
        return math.pow(max(0.0, 1 - math.pow(abs(t), power)), 1 - self.soft)

    def upper_in(self, t: float) -> float:
        tubercle = 1.15 * (1 - min(1.0, self.open / 7)) * max(0.0, 1 - (t / 0.34) ** 2)
        return self.corner + (self.top - self.corner) * self._arch(t, self.square) + tubercle

    def lower_in(self, t: float) -> float:
        return max(self.upper_in(t), self.corner + (self.low - self.corner) * self._arch(t, self.lower_square))

    def upper_out(self, t: float) -> float:
        dip = self.dip * max(0.0, 1 - (t / 0.20) ** 2)
        return self.upper_in(t) - self.upper_lip * self._arch(t, 1.7) * (1 - dip)

    def lower_out(self, t: float) -> float:
        return self.lower_in(t) + self.lower_lip * self._arch(t, 2.3)

    def edge(self, height: Callable[[float], float], reach: float = 1.0) -> list[Knot]:
        """Knots along an edge, dense towards the corners."""
        steps = [math.sin(k / 8 * math.pi / 2) for k in range(-8, 9)]
        return [(ANCHOR[0] + self.half * reach * t, ANCHOR[1] + height(t)) for t in steps]

    def band(self, first: Sequence[Knot], second: Sequence[Knot]) -> str:
        """The shape between two edges; corners are pointed until the lips wrap them."""
        ring = [*first, *reversed(second)]
        seams = (len(first), len(ring) - 1)
        if self.soft < 0.2:
            ends = {0, len(first) - 1, *seams}
            return smooth([(k[0], k[1], "c") if i in ends else k for i, k in enumerate(ring)])
        before = {seams[0]: ring[seams[0] - 1], seams[1]: ring[0]}
        kept = [k for i, k in enumerate(ring) if i not in before or math.dist(k[:2], before[i][:2]) > 0.2]
        return smooth(kept)


def mouth_base(m: Lips, name: str) -> str:
    """The opening, filled with its cavity; nothing where the lips are shut."""
    c = _Curves(m)
    if c.open <= PARTED:
        return group(name)
    return group(name, path(c.band(c.edge(c.upper_in), c.edge(c.lower_in)), "url(#m_cavity)"))


def mouth_over(m: Lips, name: str) -> str:
    """Shade under the lip, shadow of the upper lip, both lips, their light, the seam and the corners."""
    c = _Curves(m)
    cx, cy = ANCHOR
    upper, lower = c.edge(c.upper_in), c.edge(c.lower_in)
    parted = c.open > PARTED
    shade = path(
        oval(cx, cy + c.lower_out(0) + 2.2, c.half * 0.80, 8.5),
        "url(#m_shade)",
        opacity=round(0.72 + 0.28 * max(m.press, m.lip_bite), 2),
    )
    parts = []
    if parted:
        hole = c.band(upper, lower)
        around = f"M{cx - 80} {cy - 60}h160v120h-160Z{hole}"
        parts.append(f'<clipPath id="{name}o"><path d="{around}" clip-rule="evenodd"/></clipPath><clipPath id="{name}i"><path d="{hole}"/></clipPath>')
        parts.append(f'<g clip-path="url(#{name}o)">{shade}</g>')
        rim = c.band(upper, c.edge(lambda t: c.upper_in(t) + min(2.4, c.open * 0.16)))
        parts.append(f'<g clip-path="url(#{name}i)">' + path(rim, "#2a0508", opacity=0.30) + "</g>")
    else:
        parts.append(shade)
    parts.append(path(c.band(lower, c.edge(c.lower_out, c.wrap)), "url(#m_bitten)" if m.lip_bite > 0.5 else "url(#m_lower)"))
    parts.append(path(c.band(c.edge(c.upper_out, c.wrap), upper), "url(#m_upper)"))
    light = oval(cx - c.half * 0.10, cy + c.lower_in(0) + c.lower_lip * 0.46, c.half * 0.30, max(0.7, c.lower_lip * 0.15))
    parts.append(path(light, LIP_LIGHT, opacity=round(0.62 * (1 - 0.7 * m.press), 2)))
    parts += _seam(m, c, parted)
    parts += _corners(m, c)
    return group(name, *parts)


def _seam(m: Lips, c: _Curves, parted: bool) -> list[str]:
    """The line between the lips; just parted ones keep that of closed lips."""
    if not parted:
        seam = 1.5 + 0.5 * m.press
        return [line(c.edge(c.upper_in)[::2], [0.7, seam, 1.1, seam + 0.3, 1.1, seam, 0.7], LINE, per=2, opacity=0.92)]
    near = _clamp(1 - (c.open - PARTED) / 3.2)
    width = 1.2 + 0.3 * near
    low, bite = c.edge(c.lower_in, 0.96)[::2], m.lip_bite
    return [
        line(c.edge(c.upper_in, 0.985)[::2], [0.9, width, 1.0, width, 0.9], LINE, per=2, opacity=round(0.6 + 0.3 * near, 2)),
        line(low, [1.0, 0.7 + 0.7 * bite, 0.5 + bite, 0.7 + 0.7 * bite, 1.0], LINE, per=2, opacity=round(0.35 + 0.4 * bite, 2)),
    ]


def _corners(m: Lips, c: _Curves) -> list[str]:
    """The ticks at the corners, which a rounded or open mouth loses."""
    strength = round(0.7 * (1 - 1.7 * c.soft) * (1 - 0.45 * min(1.0, c.open / 8)), 2)
    tick = 2.4 + 2.2 * m.smile
    out = []
    for side in (-1, 1):
        x, y = ANCHOR[0] + side * c.half, ANCHOR[1] + c.corner
        knots: list[Knot] = [(x - side * 1.5, y + 0.5), (x + side * 1.6, y - 0.3 * tick), (x + side * 2.6, y - 0.62 * tick)]
        out.append(line(knots, [1.0, 1.4, 0.3], LINE, per=2, opacity=strength))
    return out
