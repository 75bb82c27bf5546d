"""Small curve kit: smooth outlines, tapered limbs and SVG elements, nothing else."""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]
Knot = tuple[float, float] | tuple[float, float, str]  # a third item "c" makes a corner


def fmt(value: float) -> str:
    """Shortest decimal that keeps a twentieth of a pixel."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text in ("-0", "") else text


def _segments(knots: Sequence[Knot], closed: bool) -> list[tuple[Point, Point, Point, Point]]:
    """Cubic segments through the knots; tangents weighted by distance, so no overshoot."""
    pts = [(k[0], k[1]) for k in knots]
    corner = [len(k) > 2 for k in knots]
    n = len(pts)

    def tangent(i: int) -> Point:
        a, b, c = pts[(i - 1) % n], pts[i], pts[(i + 1) % n]
        d1, d2 = math.dist(a, b) or 1e-6, math.dist(b, c) or 1e-6
        return tuple(  # type: ignore[return-value]
            ((b[k] - a[k]) / d1 * d2 + (c[k] - b[k]) / d2 * d1) / (d1 + d2) for k in (0, 1)
        )

    out = []
    for i in range(n if closed else n - 1):
        j = (i + 1) % n
        p, q = pts[i], pts[j]
        d = math.dist(p, q)
        chord = ((q[0] - p[0]) / (d or 1), (q[1] - p[1]) / (d or 1))
        end_i = corner[i] or (not closed and i == 0)
        end_j = corner[j] or (not closed and j == n - 1)
        t0 = chord if end_i else tangent(i)
        t1 = chord if end_j else tangent(j)
        out.append((p, (p[0] + t0[0] * d / 3, p[1] + t0[1] * d / 3), (q[0] - t1[0] * d / 3, q[1] - t1[1] * d / 3), q))
    return out


def smooth(knots: Sequence[Knot], closed: bool = True) -> str:
    """SVG path through the knots; a knot with a third item is a corner."""
    segs = _segments(knots, closed)
    head = f"M{fmt(segs[0][0][0])} {fmt(segs[0][0][1])}"
    body = "".join("C" + " ".join(f"{fmt(x)} {fmt(y)}" for x, y in s[1:]) for s in segs)
    return head + body + ("Z" if closed else "")


def sample(knots: Sequence[Knot], per: int = 8) -> list[Point]:
    """Points along the open curve through the knots."""
    out: list[Point] = []
    segs = _segments(knots, closed=False)
    for s, seg in enumerate(segs):
        for i in range(per + (s == len(segs) - 1)):
            t = i / per
            a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
            out.append(tuple(a * seg[0][k] + b * seg[1][k] + c * seg[2][k] + d * seg[3][k] for k in (0, 1)))  # type: ignore[arg-type]
    return out


def mirror(knots: Sequence[Knot], axis: float = 360.0) -> list[Knot]:
    """The same knots reflected in a vertical axis."""
    return [(2 * axis - k[0], *k[1:]) for k in knots]


def both(half: Sequence[Knot], axis: float = 360.0) -> list[Knot]:
    """A symmetric closed outline from its right half, top to bottom, given as offsets from the axis."""
    right = [(axis + k[0], *k[1:]) for k in half]
    left = [(2 * axis - k[0], *k[1:]) for k in reversed(right) if abs(k[0] - axis) > 1e-6]
    return [*right, *left]


def limb(knots: Sequence[Knot], radii: Sequence[float], tip: float = 1.0, per: int = 6, base: float = 0.0) -> str:
    """Outline of a tapered tube along the knots; tip 1 is a round end, 0 a point."""
    mid = sample(knots, per)
    n = len(mid) - 1
    left: list[Knot] = []
    right: list[Knot] = []
    for i, (x, y) in enumerate(mid):
        a, b = mid[max(0, i - 1)], mid[min(n, i + 1)]
        d = math.dist(a, b) or 1
        nx, ny = -(b[1] - a[1]) / d, (b[0] - a[0]) / d
        s = i / n * (len(radii) - 1)
        k = min(int(s), len(radii) - 2)
        f = s - k
        f = f * f * (3 - 2 * f)
        r = radii[k] * (1 - f) + radii[k + 1] * f
        left.append((x + nx * r, y + ny * r))
        right.append((x - nx * r, y - ny * r))
    (px, py), (ex, ey) = mid[-2], mid[-1]
    d = math.dist((px, py), (ex, ey)) or 1
    ux, uy = (ex - px) / d, (ey - py) / d
    r = radii[-1]
    cap: list[Knot]
    if r < 0.3:
        left.pop(), right.pop()
        cap = [(ex, ey, "c")]
    else:
        kr = 0.72 * r
        cap = [
            (ex - uy * kr + ux * r * 0.68 * tip, ey + ux * kr + uy * r * 0.68 * tip),
            (ex + ux * r * tip, ey + uy * r * tip),
            (ex + uy * kr + ux * r * 0.68 * tip, ey - ux * kr + uy * r * 0.68 * tip),
        ]
    start: list[Knot] = []
    if base:
        (sx, sy), (qx, qy) = mid[0], mid[1]
        d = math.dist((sx, sy), (qx, qy)) or 1
        start = [(sx - (qx - sx) / d * base * radii[0], sy - (qy - sy) / d * base * radii[0])]
    elif radii[0] >= 0.3:
        left[0] = (*left[0][:2], "c")
        right[0] = (*right[0][:2], "c")
    else:
        left.pop(0), right.pop(0)
        start = [(*mid[0], "c")]
    return smooth([*left, *cap, *reversed(right), *start])


def path(d: str, fill: str = "none", **attrs: object) -> str:
    """A <path>; underscores in attribute names become dashes. Opacity goes into the paint: no layer of its own to allocate."""
    if "opacity" in attrs and (fill == "none" or "stroke" not in attrs):
        attrs = {("stroke_opacity" if fill == "none" else "fill_opacity") if k == "opacity" else k: v for k, v in attrs.items()}
    extra = "".join(f' {k.rstrip("_").replace("_", "-")}="{v}"' for k, v in attrs.items() if v is not None)
    return f'<path d="{d}" fill="{fill}"{extra}/>'


def line(knots: Sequence[Knot], width: Sequence[float], fill: str, per: int = 6, **attrs: object) -> str:
    """A pen stroke with varying width; per is the samples between two knots, few where the knots lie close."""
    return path(limb(knots, [w / 2 for w in width], tip=1.0, per=per), fill, **attrs)


def oval(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """An ellipse as a path, so that warps can move it."""
    ry = rx if ry is None else ry
    k = 0.5523
    pts = [
        (cx, cy - ry), (cx + k * rx, cy - ry), (cx + rx, cy - k * ry), (cx + rx, cy), (cx + rx, cy + k * ry),
        (cx + k * rx, cy + ry), (cx, cy + ry), (cx - k * rx, cy + ry), (cx - rx, cy + k * ry), (cx - rx, cy),
        (cx - rx, cy - k * ry), (cx - k * rx, cy - ry), (cx, cy - ry),
    ]  # fmt: skip
    f = [f"{fmt(x)} {fmt(y)}" for x, y in pts]
    return f"M{f[0]}C{' '.join(f[1:4])}C{' '.join(f[4:7])}C{' '.join(f[7:10])}C{' '.join(f[10:13])}Z"


def group(name: str, *parts: str, **attrs: object) -> str:
    """A named layer."""
    extra = "".join(f' {k.rstrip("_").replace("_", "-")}="{v}"' for k, v in attrs.items() if v is not None)
    return f'<g id="{name}"{extra}>' + "".join(parts) + "</g>"


def soft(blur: str, *parts: str) -> str:
    """Shapes under one blur: a single filter pass instead of one for each."""
    return f'<g filter="url(#{blur})">' + "".join(parts) + "</g>" if parts else ""


def linear(name: str, p: Point, q: Point, *stops: tuple[float, str] | tuple[float, str, float]) -> str:
    """A linear gradient in user space."""
    return f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="{fmt(p[0])}" y1="{fmt(p[1])}" x2="{fmt(q[0])}" y2="{fmt(q[1])}">{_stops(stops)}</linearGradient>'


def radial(name: str, c: Point, r: float, *stops: tuple[float, str] | tuple[float, str, float], squash: float = 1.0) -> str:
    """A radial gradient in user space; squash < 1 flattens it."""
    move = f' gradientTransform="translate(0 {fmt(c[1] * (1 - squash))}) scale(1 {fmt(squash)})"' if squash != 1 else ""
    return f'<radialGradient id="{name}" gradientUnits="userSpaceOnUse" cx="{fmt(c[0])}" cy="{fmt(c[1])}" r="{fmt(r)}"{move}>{_stops(stops)}</radialGradient>'


def fall(name: str, *stops: tuple[float, str] | tuple[float, str, float]) -> str:
    """A top-to-bottom gradient that follows its shape when the shape moves."""
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1">{_stops(stops)}</linearGradient>'


def glow(name: str, *stops: tuple[float, str] | tuple[float, str, float]) -> str:
    """A round gradient that fills its shape's box and follows it."""
    return f'<radialGradient id="{name}" cx="0.5" cy="0.5" r="0.5">{_stops(stops)}</radialGradient>'


def _stops(stops: Sequence[tuple[float, str] | tuple[float, str, float]]) -> str:
    return "".join(f'<stop offset="{s[0]:g}" stop-color="{s[1]}"' + (f' stop-opacity="{s[2]}"' if len(s) > 2 else "") + "/>" for s in stops)
