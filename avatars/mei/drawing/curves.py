"""Small path toolkit: smooth splines, tapered strokes and tubes as SVG path data."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from math import atan2, cos, hypot, pi, sin

Pt = tuple[float, float]


def pts(text: str, ox: float = 0.0, oy: float = 0.0, sx: float = 1.0) -> list[Pt]:
    """Parse 'x,y x,y ...' into points, mirrored by sx and moved by (ox, oy)."""
    out = []
    for pair in text.split():
        x, y = pair.split(",")
        out.append((ox + sx * float(x), oy + float(y)))
    return out


def lerp(a: float, b: float, t: float) -> float:
    """Linear blend of two numbers."""
    return a + (b - a) * t


def mix(a: Sequence[Pt], b: Sequence[Pt], t: float) -> list[Pt]:
    """Linear blend of two equally long point lists."""
    return [(lerp(p[0], q[0], t), lerp(p[1], q[1], t)) for p, q in zip(a, b)]


def _f(v: float) -> str:
    s = f"{v:.1f}".rstrip("0").rstrip(".")
    return "0" if s in ("-0", "") else s


def _pair(values: Iterable[float]) -> Pt:
    x, y = values
    return x, y


def _segments(p: Sequence[Pt], closed: bool, corners: frozenset[int]) -> list[tuple[Pt, Pt, Pt, Pt]]:
    n = len(p)
    segs = []
    for i in range(n if closed else n - 1):
        p0, p1 = p[i], p[(i + 1) % n]
        has_a = (closed or i > 0) and i not in corners
        has_b = (closed or i + 2 < n) and (i + 1) % n not in corners
        pm, p2 = p[(i - 1) % n], p[(i + 2) % n]
        d2 = hypot(p1[0] - p0[0], p1[1] - p0[1]) ** 0.5 or 1e-6
        b1: Pt | None = None
        b2: Pt | None = None
        if has_a:
            d1 = hypot(p0[0] - pm[0], p0[1] - pm[1]) ** 0.5 or 1e-6
            k = 3 * d1 * (d1 + d2)
            b1 = _pair((d1 * d1 * p1[j] - d2 * d2 * pm[j] + (2 * d1 * d1 + 3 * d1 * d2 + d2 * d2) * p0[j]) / k for j in (0, 1))
        if has_b:
            d3 = hypot(p2[0] - p1[0], p2[1] - p1[1]) ** 0.5 or 1e-6
            k = 3 * d3 * (d3 + d2)
            b2 = _pair((d3 * d3 * p0[j] - d2 * d2 * p2[j] + (2 * d3 * d3 + 3 * d3 * d2 + d2 * d2) * p1[j]) / k for j in (0, 1))
        if b1 is None:
            q = b2 or p1
            b1 = (p0[0] + (q[0] - p0[0]) * 0.4, p0[1] + (q[1] - p0[1]) * 0.4)
        if b2 is None:
            b2 = (p1[0] + (b1[0] - p1[0]) * 0.4, p1[1] + (b1[1] - p1[1]) * 0.4)
        segs.append((p0, b1, b2, p1))
    return segs


def spline(p: Sequence[Pt], closed: bool = False, corners: Sequence[int] = (), move: bool = True) -> str:
    """Path data of a smooth curve through the points; indices in corners stay sharp."""
    n = len(p)
    segs = _segments(p, closed, frozenset(c % n for c in corners))
    d = [f"M{_f(p[0][0])} {_f(p[0][1])}"] if move else [f"L{_f(p[0][0])} {_f(p[0][1])}"]
    for _, b1, b2, p1 in segs:
        d.append("C" + " ".join(_f(v) for q in (b1, b2, p1) for v in q))
    return "".join(d) + ("Z" if closed else "")


def between(a: Sequence[Pt], b: Sequence[Pt]) -> str:
    """Closed path of the area between two curves that run the same way."""
    return spline(a) + spline(list(reversed(b)), move=False) + "Z"


def sample(p: Sequence[Pt], n: int, corners: Sequence[int] = ()) -> list[Pt]:
    """n points evenly spaced by length along the smooth curve through p."""
    fine: list[Pt] = []
    for p0, b1, b2, p1 in _segments(p, False, frozenset(corners)):
        for k in range(16):
            t = k / 16
            u = 1 - t
            fine.append(_pair(u**3 * p0[j] + 3 * u * u * t * b1[j] + 3 * u * t * t * b2[j] + t**3 * p1[j] for j in (0, 1)))
    fine.append(p[-1])
    acc = [0.0]
    for q, r in itertools.pairwise(fine):
        acc.append(acc[-1] + hypot(r[0] - q[0], r[1] - q[1]))
    out, k = [], 0
    for i in range(n):
        s = acc[-1] * i / (n - 1)
        while k < len(acc) - 2 and acc[k + 1] < s:
            k += 1
        span = acc[k + 1] - acc[k] or 1e-9
        t = (s - acc[k]) / span
        out.append((lerp(fine[k][0], fine[k + 1][0], t), lerp(fine[k][1], fine[k + 1][1], t)))
    return out


def normals(p: Sequence[Pt]) -> list[Pt]:
    """Unit normals (left of travel, y down) at each point of a polyline."""
    out = []
    for i in range(len(p)):
        a, b = p[max(i - 1, 0)], p[min(i + 1, len(p) - 1)]
        dx, dy = b[0] - a[0], b[1] - a[1]
        k = hypot(dx, dy) or 1e-9
        out.append((dy / k, -dx / k))
    return out


def taper(p: Sequence[Pt], width: Callable[[float], float], n: int = 9) -> str:
    """Closed path of a stroke along p with half-width width(t), t in 0..1."""
    c = sample(p, n)
    nn = normals(c)
    left = [(q[0] + m[0] * width(i / (n - 1)), q[1] + m[1] * width(i / (n - 1))) for i, (q, m) in enumerate(zip(c, nn))]
    right = [(q[0] - m[0] * width(i / (n - 1)), q[1] - m[1] * width(i / (n - 1))) for i, (q, m) in enumerate(zip(c, nn))]
    return between(left, right)


def tube(joints: Sequence[Pt], half: Sequence[float], n: int = 14, cap: bool = True) -> list[Pt]:
    """Outline points of a tapered limb along joints, rounded at the far end."""
    c = sample(joints, n)
    nn = normals(c)
    hs = sample([(float(i), h) for i, h in enumerate(half)], n)
    left = [(q[0] + m[0] * h[1], q[1] + m[1] * h[1]) for q, m, h in zip(c, nn, hs)]
    right = [(q[0] - m[0] * h[1], q[1] - m[1] * h[1]) for q, m, h in zip(c, nn, hs)]
    tip = []
    if cap:
        r = hs[-1][1]
        (x, y), m = c[-1], nn[-1]
        a0 = atan2(m[1], m[0])
        for k in (1, 2, 3, 4, 5):
            a = a0 + pi * k / 6
            tip.append((x + r * cos(a), y + r * sin(a)))
    return left + tip + list(reversed(right))
