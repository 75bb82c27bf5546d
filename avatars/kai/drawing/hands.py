"""Hands, drawn at a wrist on (0, 0) with the fingers up; the thumb of the viewer's-left hand points right.

Fills share one gradient in hand space, so fingers melt into the palm; contours start above the root.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .face import SHADE, SHADE_DEEP
from .shapes import Knot, Point, limb, line, linear, oval, path, sample, smooth

NAIL, NAIL_LIGHT, CONTOUR, GLOW = "#f3c3b0", "#fde4d8", "#a9664a", "#ffeedd"
SKIN_FILL, BACK_FILL = "url(#h_skin)", "url(#h_back)"

DEFS = (
    "<defs>"
    + linear("h_skin", (-34, -140), (30, 10), (0, "#fbdcc4"), (0.55, "#f4cdaf"), (1, "#eab994"))
    + linear("h_back", (-26, -130), (26, 10), (0, "#f6d2b5"), (0.55, "#f0c4a2"), (1, "#e4b08a"))
    + linear("h_fade", (0, -6), (0, 14), (0, "#ffffff"), (1, "#000000"))
    + '<filter color-interpolation-filters="sRGB" id="h_soft" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="2.4"/></filter>'
    + '<filter color-interpolation-filters="sRGB" id="h_soft1" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="0.9"/></filter>'
    + "</defs>"
)


Finger = tuple[Sequence[Knot], Sequence[float]]


class _Pen:
    """Draws one hand; hands out clip ids under a prefix."""

    def __init__(self, prefix: str) -> None:
        self.prefix, self.count = prefix, 0

    def clip(self, d: str, *parts: str) -> str:
        self.count += 1
        name = f"{self.prefix}{self.count}"
        return f'<clipPath id="{name}"><path d="{d}"/></clipPath><g clip-path="url(#{name})">' + "".join(parts) + "</g>"

    def edges(self, *fingers: Finger) -> str:
        """Contours that lie under the palm and close the silhouette."""
        return "".join(path(limb(k, r), "none", stroke=CONTOUR, stroke_width=1.6, stroke_opacity=0.8) for k, r in fingers)

    def mass(self, knots: Sequence[Knot], *inside: str, fill: str = SKIN_FILL, contour: float = 1.6) -> str:
        """The palm or the back of the hand, and what is painted inside it; its root fades into the forearm."""
        d = smooth(knots)
        edge = path(smooth(knots, closed=False), "none", stroke=CONTOUR, stroke_width=contour, stroke_opacity=0.8, stroke_linejoin="round")
        name = f"{self.prefix}fade"
        mask = f'<mask id="{name}" maskUnits="userSpaceOnUse" x="-90" y="-170" width="180" height="210"><rect x="-90" y="-170" width="180" height="210" fill="url(#h_fade)"/></mask>'
        return mask + f'<g mask="url(#{name})">' + path(d, fill) + edge + self.clip(d, *inside) + "</g>"

    def finger(self, knots: Sequence[Knot], radii: Sequence[float], fill: str = SKIN_FILL, root: float = 0.28, shade: float = 1.0,
               base: float = 0.0, tip: float = 1.0) -> str:  # fmt: skip
        """A finger: contour above the root, body, shade on the right, light on the left."""
        d = limb(knots, radii, base=base, tip=tip)
        pts = sample(knots, 8)
        cut = int(len(pts) * root)
        tail: list[Knot] = list(pts[cut:])
        n = len(radii) - 1

        def radius(s: float) -> float:
            k = min(int(s * n), n - 1)
            f = s * n - k
            f = f * f * (3 - 2 * f)
            return radii[k] * (1 - f) + radii[k + 1] * f

        tail_r = [radius(root + (1 - root) * i / 8) for i in range(9)]
        edge = limb(tail if len(tail) > 2 else list(knots), tail_r, tip=tip, per=2)

        def move(ks: Sequence[Knot], dx: float, dy: float) -> list[Knot]:
            return [(k[0] + dx, k[1] + dy) for k in ks]

        r = radii[0]
        return (
            path(edge, "none", stroke=CONTOUR, stroke_width=1.6, stroke_opacity=0.8, stroke_linejoin="round")
            + path(d, fill)
            + self.clip(
                d,
                path(limb(move(tail, r * 0.86, r * 0.16), [0, *[v * 0.62 for v in tail_r[1:]]], per=2), SHADE, opacity=round(0.62 * shade, 2), filter="url(#h_soft1)"),
                path(limb(move(tail, -r * 0.40, -r * 0.02), [0, *[v * 0.20 for v in tail_r[1:-1]], 0], per=2), GLOW, opacity=0.55, filter="url(#h_soft1)"),
            )
        )  # fmt: skip


def _crease(x: float, y: float, w: float, tilt: float = 0.0, strength: float = 0.55) -> str:
    return line([(x - w, y + tilt), (x, y + 0.9), (x + w, y - tilt)], [0.2, 1.0, 0.2], SHADE_DEEP, opacity=strength)


def _nail(x: float, y: float, w: float, h: float, turn: float = 0.0) -> str:
    return (
        f'<g transform="translate({x} {y}) rotate({turn})">'
        + path(smooth([(-w, h * 0.2), (-w * 0.9, -h * 0.7), (0, -h), (w * 0.9, -h * 0.7), (w, h * 0.2), (w * 0.7, h * 0.9), (0, h), (-w * 0.7, h * 0.9)]),
               NAIL, stroke="#cf957b", stroke_width=0.5, stroke_opacity=0.8)
        + path(oval(-w * 0.25, -h * 0.1, w * 0.35, h * 0.55), NAIL_LIGHT, opacity=0.8)
        + "</g>"
    )  # fmt: skip


def _blob(knots: Sequence[Knot], fill: str, opacity: float) -> str:
    return path(smooth(knots), fill, opacity=opacity, filter="url(#h_soft)")


def _palm_shading() -> tuple[str, ...]:
    return (
        _blob([(-34, -62), (-20, -50), (-15, -28), (-17, 8), (-28, -8), (-36, -40)], SHADE, 0.5),
        _blob([(-8, -58), (6, -60), (10, -50), (2, -36), (-8, -40)], SHADE, 0.4),
    )


def _thenar() -> str:
    return _blob([(5, -8), (9, -26), (18, -38), (27, -40), (22, -24), (13, -8)], GLOW, 0.6)


def open_palm(pen: _Pen) -> str:
    """Open palm to the viewer, fingers relaxed, thumb free."""
    palm: list[Knot] = [
        (-20, 18, "c"), (-20, -4), (-25, -18), (-31, -38), (-32.5, -58), (-30, -74), (-16, -79), (8, -80), (27, -76), (31.5, -64), (31, -50), (34, -38), (33, -24),
        (25, -8), (20, 0), (20, 18, "c"),
    ]  # fmt: skip
    thumb: Finger = ([(11, -8), (32, -35), (46, -58), (54, -83)], [7, 13.6, 9.8, 6.6])
    little: Finger = ([(-23.5, -62), (-31, -90), (-39, -114)], [8.9, 7.8, 5.9])
    return (
        pen.edges(thumb, little)
        + pen.mass(palm, *_palm_shading())
        + pen.finger([(-23.5, -62), (-31, -90), (-39, -114)], [8.9, 7.8, 5.9])
        + pen.finger([(4.5, -68), (6, -108), (5, -144)], [9.9, 9.0, 6.8])
        + pen.finger([(-10, -66), (-14, -102), (-18.5, -135)], [9.7, 8.8, 6.5])
        + pen.finger([(22, -64), (27, -100), (29, -133)], [9.7, 8.7, 6.5])
        + pen.finger([(11, -8), (32, -35), (46, -58), (54, -83)], [7, 13.6, 9.8, 6.6], root=0.42)
        + _thenar()
        + line([(28, -52), (14, -55), (3, -42), (0, -22), (2, -7)], [0.3, 1.2, 1.6, 1.3, 0.2], SHADE_DEEP, opacity=0.55)
        + line([(27, -54), (10, -55), (-8, -46), (-19, -37)], [0.2, 1.1, 1.1, 0.2], SHADE_DEEP, opacity=0.42)
        + line([(-29, -60), (-14, -63), (2, -68), (11, -75)], [0.2, 1.2, 1.1, 0.2], SHADE_DEEP, opacity=0.45)
        + "".join(_crease(x, y, w, t, o) for x, y, w, t, o in (
            (-26, -77, 5.5, 2, 0.5), (-11.5, -82, 6.5, 1, 0.5), (5.4, -84, 6.8, 0, 0.5), (24.4, -80, 6.4, -0.5, 0.5),
            (-32, -93, 4.5, 1.6, 0.5), (-14.5, -106, 5.2, 0.8, 0.5), (6, -111, 5.4, 0, 0.5), (27.4, -104, 5.2, -0.2, 0.5),
            (-17, -121, 4.2, 0.8, 0.35), (5.6, -128, 4.6, 0, 0.35), (28.4, -119, 4.2, 0, 0.35), (46.5, -60, 5.2, 3, 0.5)))
    )  # fmt: skip


def point(pen: _Pen) -> str:
    """Index up, three fingers folded, thumb across them."""
    palm: list[Knot] = [
        (-20, 18, "c"), (-20.5, -6), (-26, -22), (-31, -44), (-31, -64), (-24, -78), (0, -83), (24, -80), (32, -70), (32, -50), (32, -32), (26, -10), (20, 0), (20, 18, "c"),
    ]  # fmt: skip
    out = pen.edges(([(15, -4), (24, -31), (15, -49)], [5, 12.2, 9.9]), ([(21.5, -62), (25, -102), (25, -140)], [10.4, 9.2, 6.7]))
    out += pen.mass(
        palm,
        _blob([(-32, -44), (-10, -38), (10, -34), (4, 8), (-22, 10), (-30, -18)], SHADE, 0.6),
    )
    out += pen.finger([(21.5, -62), (25, -102), (25, -140)], [10.4, 9.2, 6.7])
    for x, top, low, r in ((-22.6, -67, -42, 8.0), (-7.0, -71, -40, 9.0), (9.4, -72, -42, 9.2)):
        out += pen.finger([(x, top), (x - 0.4, (top + low) / 2), (x + 0.8, low)], [r * 0.96, r, r * 0.86], root=0.04, base=1.0)
        out += _crease(x - 0.3, top + 10, r * 0.5, 0, 0.4)
        out += _nail(x + 0.6, low + 0.2, r * 0.44, r * 0.5, 180)
    out += pen.finger([(15, -4), (24, -31), (15, -49), (-3, -55)], [5, 12.2, 9.9, 7.3], root=0.36)
    out += _blob([(9, -6), (13, -22), (22, -30), (20, -10)], GLOW, 0.55)
    out += _nail(-2.6, -56, 4.2, 5.2, -78)
    out += _crease(14.5, -49.5, 4.6, -2.5) + _crease(25.2, -106, 5.2) + _crease(25.2, -122, 4.6, 0, 0.35) + _crease(22.5, -80, 6.5)
    return out


def thumb_up(pen: _Pen) -> str:
    """A fist seen from the front, thumb up; the finger rolls run left to right."""
    back: list[Knot] = [
        (-20, 30, "c"), (-31, 10), (-37, -12), (-37, -36), (-33, -54), (-22, -64), (-4, -66), (16, -66), (26, -56), (28, -20), (22, 8), (16, 30, "c"),
    ]  # fmt: skip
    out = pen.mass(
        back,
        _blob([(-22, 32), (-34, 4), (-40, -20), (-38, -48), (-27, -56), (-25, -30), (-17, -4), (-2, 6), (16, 6), (18, 30)], SHADE, 0.55),
        _blob([(-34, -30), (-30, -48), (-24, -50), (-24, -34)], GLOW, 0.4),
        fill=BACK_FILL,
    )
    out += pen.finger([(-9, -48), (-5, -74), (-7, -97), (-14, -118)], [15.5, 12.4, 11.2, 8.0], BACK_FILL, root=0.30)
    out += _crease(-6, -85, 7.0, 0.6, 0.45) + _crease(-6, -81.5, 6.0, 0.6, 0.4)
    out += _nail(-12.0, -110.5, 5.2, 6.8, -14)
    rolls = ((-9, -12, 20.5, 8.8), (-23.5, -15, 25.5, 9.4), (-39, -16, 28, 9.8), (-54.5, -13, 26.5, 9.6))
    for y, x1, x2, r in rolls:
        spine: list[Knot] = [(x1, y), ((x1 + x2) / 2, y - 1.2), (x2, y)]
        d = limb(spine, [r * 0.92, r, r * 0.94], base=0.8)
        out += path(d, SKIN_FILL, stroke=CONTOUR, stroke_width=1.7, stroke_opacity=0.8)
        out += path(d, BACK_FILL) + pen.clip(
            d,
            path(limb([(x1 - 8, y + r * 0.86), ((x1 + x2) / 2, y + r * 0.80), (x2 + 12, y + r * 0.60)], [r * 0.2, r * 0.48, r * 0.5]), SHADE, opacity=0.7, filter="url(#h_soft1)"),
            path(limb([(x1 + 1, y - r * 0.46), (x2 - 2, y - r * 0.52)], [0.6, 2.1, 0.6]), GLOW, opacity=0.75, filter="url(#h_soft1)"),
            path(limb([(x2 + 10, y - 12), (x2 + 8.5, y), (x2 + 10, y + 12)], [2, 4.6, 2]), SHADE, opacity=0.6, filter="url(#h_soft1)"),
        )  # fmt: skip
    return out


def ok_sign(pen: _Pen) -> str:
    """Thumb and index in a ring, three fingers fanned, palm to the viewer."""
    palm: list[Knot] = [
        (-20, 18, "c"), (-20, -4), (-26, -20), (-32, -40), (-33, -60), (-30, -74), (-16, -79), (6, -80), (22, -77), (28, -66), (27, -50), (31, -36), (29, -20),
        (24, -8), (20, 0), (20, 18, "c"),
    ]  # fmt: skip
    thumb: Finger = ([(10, -8), (33, -27), (47, -42), (54, -60)], [7, 13.2, 10, 6.8])
    little: Finger = ([(-23, -62), (-35, -88), (-46, -109)], [8.8, 7.7, 5.8])
    return (
        pen.edges(thumb, little)
        + pen.mass(palm, *_palm_shading())
        + pen.finger([(-23, -62), (-35, -88), (-46, -109)], [8.8, 7.7, 5.8])
        + pen.finger([(3, -66), (3, -107), (0, -142)], [9.9, 9.0, 6.8])
        + pen.finger([(-11, -66), (-19, -102), (-27, -133)], [9.6, 8.7, 6.4])
        + pen.finger([(16, -64), (29, -92), (47, -98), (57, -82), (54, -64)], [10.4, 9.4, 8.8, 7.6, 6.0], root=0.2)
        + pen.finger([(10, -8), (33, -27), (47, -42), (54, -60)], [7, 13.2, 10, 6.8], root=0.40)
        + _thenar()
        + line([(24, -54), (13, -54), (3, -42), (0, -22), (2, -7)], [0.3, 1.2, 1.6, 1.3, 0.2], SHADE_DEEP, opacity=0.55)
        + line([(-29, -60), (-14, -63), (2, -68), (11, -75)], [0.2, 1.2, 1.1, 0.2], SHADE_DEEP, opacity=0.45)
        + "".join(_crease(x, y, w, t, o) for x, y, w, t, o in (
            (-26, -77, 5.5, 2.5, 0.5), (-12.5, -82, 6.5, 1.2, 0.5), (3.6, -84, 6.8, 0, 0.5), (-36, -91, 4.5, 2.4, 0.5), (-20, -106, 5.2, 1.2, 0.5),
            (3, -111, 5.4, 0.2, 0.5), (-24, -121, 4.2, 1.2, 0.35), (1.4, -128, 4.6, 0.2, 0.35), (47.5, -44, 4.6, 3, 0.45)))
    )  # fmt: skip


def relaxed(pen: _Pen) -> str:
    """A hanging hand from the back, fingers loosely curled; rotate it by 180 degrees."""
    back: list[Knot] = [
        (-18, 18, "c"), (-18, -8), (-21, -26), (-22.5, -50), (-20, -66), (-4, -74), (12, -70), (22, -58), (23, -38), (19, -14), (17, 18, "c"),
    ]  # fmt: skip
    f = BACK_FILL
    thumb: Finger = ([(-8, -6), (-24, -32), (-29, -56), (-26, -78)], [8, 11, 8.8, 6.2])
    little: Finger = ([(15, -52), (20, -80), (15, -101)], [8.2, 7.6, 5.6])
    return (
        pen.edges(thumb, little)
        + pen.mass(back, _blob([(6, 12), (12, -20), (13, -54), (24, -64), (27, -36), (22, -8), (18, 12)], SHADE, 0.6), fill=f)
        + pen.finger([(15, -52), (20, -80), (15, -101)], [8.2, 7.6, 5.6], f)
        + pen.finger([(7, -56), (10, -93), (4, -118)], [9.2, 8.6, 6.3], f)
        + pen.finger([(-4, -58), (-3, -97), (-7, -124)], [9.6, 8.8, 6.5], f)
        + pen.finger([(-14, -54), (-17, -88), (-16, -114)], [9.4, 8.5, 6.3], f)
        + "".join(line([(x - 4.5, y + 1.5), (x, y - 1.5), (x + 4.5, y + 1.5)], [0.2, 1.0, 0.2], SHADE_DEEP, opacity=0.28) for x, y in ((-13.5, -66), (-3.5, -71), (7.5, -69)))
        + "".join(_crease(x, y, 4.6, 0, 0.4) for x, y in ((-17, -89), (-3, -97), (9.8, -93), (19.6, -80)))
        + pen.finger([(-8, -6), (-24, -32), (-29, -56), (-26, -78)], [8, 11, 8.8, 6.2], f, root=0.34)
        + _nail(-15.8, -111, 3.4, 4.2, 3) + _nail(-6.8, -120, 3.6, 4.4, -6)
    )  # fmt: skip


HANDS: dict[str, Callable[[_Pen], str]] = {"relaxed": relaxed, "present": open_palm, "point": point, "thumb": thumb_up, "ok": ok_sign}


def hand_svg(kind: str, at: Point, turn: float = 0.0, size: float = 1.0, flip: bool = False, prefix: str = "h") -> str:
    """A hand placed by its wrist."""
    pen = _Pen(f"{prefix}_{kind}_")
    place = f"translate({at[0]} {at[1]}) rotate({turn}) scale({-size if flip else size} {size})"
    return f'<g transform="{place}">' + HANDS[kind](pen) + "</g>"
