"""Arms and hands: joints and a hand name in, SVG markup out, drawn for the viewer's right; the left one mirrors it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, pi, radians, sin

from .curves import Pt, lerp, pts, sample, spline, taper, tube

SHOULDER: Pt = (518.0, 489.0)


@dataclass(frozen=True)
class Pose:
    """Arm pose in canvas pixels for the host's left arm (screen right)."""

    elbow: Pt
    wrist: Pt
    hand: str
    hand_angle: float  # degrees, 0 = fingers up, clockwise
    hand_scale: float = 1.0


POSES: dict[str, Pose] = {
    "relaxed": Pose((556, 738), (529, 937), "relaxed", 6),
    "present": Pose((536, 741), (592, 611), "open", 44, 0.98),
    "point": Pose((549, 735), (618, 565), "point", 24, 1.0),
    "wave": Pose((553, 731), (620, 543), "wave", 8, 1.0),
    "thanks": Pose((552, 738), (476, 622), "back", -66, 0.98),
}


def _clamp(v: float, lo: float = 0.0, hi: float = 1.0) -> float:
    return max(lo, min(hi, v))


def _smooth(v: float) -> float:
    v = _clamp(v)
    return v * v * (3 - 2 * v)


LINE = "#b3695a"


def _p(d: str, fill: str, op: float = 1.0, extra: str = "") -> str:
    return f'<path d="{d}" fill="{fill}"' + (f' fill-opacity="{op:.3g}"' if op < 1 else "") + (" " + extra if extra else "") + "/>"


def _ink(p: list[Pt], w: float, color: str = LINE, op: float = 0.75, e: float = 0.15) -> str:
    return _p(taper(p, lambda t: w / 2 * (e + (1 - e) * max(0.0, 1 - abs(2 * t - 1)) ** 0.6), 11), color, op)


def _finger(base: Pt, angle: float, length: float, w0: float, w1: float, bend: float = 0.0, crease: bool = True, nail: bool = False) -> tuple[str, str]:
    """Outline path and detail markup of one finger; angle 0 = up, clockwise; bend turns it further along its length."""
    a, joints = angle, [base]
    for part in (0.44, 0.31, 0.25):
        joints.append((joints[-1][0] + sin(radians(a)) * length * part, joints[-1][1] - cos(radians(a)) * length * part))
        a += bend / 2
    w = [w0 * k for k in (1.0, 0.93, 0.97, 0.89, 0.85)] + [w1 * 0.92]
    d = spline(tube(joints, w, 14), True)
    det = ""
    c = sample(joints, 30)
    if crease:
        for t in (0.42, 0.72):
            i = int(t * 29)
            x, y = c[i]
            dx, dy = c[i + 1][0] - c[i - 1][0], c[i + 1][1] - c[i - 1][1]
            dn = hypot(dx, dy)
            nx, ny = -dy / dn, dx / dn
            r = lerp(w0, w1, t) * 0.58
            det += _ink([(x - nx * r, y - ny * r), (x + dx / dn * 0.8, y + dy / dn * 0.8), (x + nx * r, y + ny * r)], 0.85, "#cf8d78", 0.6)
        # warm tip
        x, y = c[27]
        det += f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{w1 * 0.8:.1f}" ry="{w1 * 0.8:.1f}" fill="#ef8f82" fill-opacity=".34" filter="url(#b1.5)"/>'
    if nail:
        x, y = c[27]
        ang = degrees(atan2(c[29][0] - c[24][0], -(c[29][1] - c[24][1])))
        det += f'<g transform="translate({x:.1f} {y:.1f}) rotate({ang:.1f})"><rect x="{-w1 * 0.55:.1f}" y="-4.6" width="{w1 * 1.1:.1f}" height="8.4" rx="{w1 * 0.55:.1f}" fill="#e9a39a"/><rect x="{-w1 * 0.3:.1f}" y="-3.6" width="{w1 * 0.3:.1f}" height="4.5" rx="1" fill="#fff" fill-opacity=".55"/></g>'
    return d, det


def _grad(uid: str, x1: float, y1: float, x2: float, y2: float, stops: list[tuple[float, str]]) -> str:
    return (
        f'<linearGradient id="{uid}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" gradientUnits="userSpaceOnUse">'
        + "".join(f'<stop offset="{o}" stop-color="{c}"/>' for o, c in stops)
        + "</linearGradient>"
    )


def hand_svg(kind: str, uid: str) -> str:
    """One hand with the wrist at (0, 0); fingers up (relaxed: down); thumb on the -x side (back: +x)."""
    x: float
    y: float
    o = "<defs>" + _grad(f"{uid}s", -30, -60, 34, -20, [(0, "#fde3d5"), (0.55, "#fad8c6"), (1, "#efbfa9")]) + _grad(f"{uid}f", -30, -90, 34, -50, [(0, "#fde3d5"), (0.55, "#fad8c6"), (1, "#efbfa9")])
    o += _grad(f"{uid}d", -16, 0, 22, 60, [(0, "#fde0d0"), (0.5, "#f8d0bb"), (1, "#e8b29b")]) + "</defs>"

    def part(d: str, fill: str, det: str = "") -> str:
        return f'<path d="{d}" fill="{fill}" stroke="{LINE}" stroke-width="1.15" stroke-opacity=".72" stroke-linejoin="round"/>' + det

    if kind == "back":  # back of the hand, thumb on +x
        fs = [((15.5, -55), 10, 45, 6.3, 4.5, 10), ((6.0, -63), 5, 59, 7.1, 4.9, 8), ((-5.6, -65), 0, 65, 7.4, 5.0, 6), ((-16.6, -60), -5, 59, 7.2, 4.9, 5)]
        th = [(-2.0, -5.0), (-18, -24), (-28, -42), (-34, -60)]
        d = spline(tube(th, [9, 10.6, 8.2, 7.2, 5.2], 13), True)
        o += part(d, f"url(#{uid}s)") + '<g transform="translate(-33 -57.5) rotate(-20)"><rect x="-3" y="-5" width="6" height="9" rx="3" fill="#e9a39a"/></g>'
        for f in fs:
            d, det = _finger(*f, False, True)
            o += part(d, f"url(#{uid}f)", det)
        palm = pts("-15,8 -15.5,-4 -19,-16 -22.5,-30 -24.5,-44 -24.2,-56 -22,-66 -14,-68 -8,-71 0,-71 5,-70 11,-66 15,-62 21.5,-58 24.5,-46 24.5,-28 20.5,-12 15.5,-2 15,8")
        d = spline(palm, True)
        o += f'<defs><clipPath id="{uid}c"><path d="{d}"/></clipPath></defs>' + _p(d, f"url(#{uid}s)")
        g = _p(spline(pts("10,0 20,-14 26,-34 24,-52 14,-46 10,-26"), True), "#e6a892", 0.45, 'filter="url(#b4)"')
        for x, y in ((-16, -58), (-5, -62), (6, -60), (16, -52)):
            g += f'<ellipse cx="{x}" cy="{y}" rx="5.5" ry="5" fill="#ef9a8a" fill-opacity=".26" filter="url(#b2)"/>' + _ink([(x - 3, y + 2), (x, y + 3.4), (x + 3, y + 2)], 0.9, "#cf8d78", 0.5)
        for x0, x1 in ((-14, -6), (-4, -1), (6, 3)):
            g += _p(taper([(x0, -50), ((x0 + x1) / 2, -34), (x1, -14)], lambda t: 1.6 * (1 - abs(2 * t - 1))), "#dfa590", 0.45, 'filter="url(#b1)"')
        o += f'<g clip-path="url(#{uid}c)">{g}</g>' + _ink(palm[13:], 1.25, LINE, 0.75, 0.5) + _ink(palm[0:3], 1.2, LINE, 0.7, 0.4) + _ink(pts("-24.2,-44 -24.4,-54 -24,-62"), 1.1, LINE, 0.6, 0.2)
    elif kind in ("wave", "open"):
        if kind == "wave":
            fs = [((20.0, -54), 20, 48, 6.3, 4.5, -9), ((8.0, -63), 9, 62, 7.2, 4.9, -6), ((-6.2, -66), -1, 68, 7.5, 5.1, -2), ((-19.5, -61), -11, 61, 7.3, 5.0, 5)]
            th = [(-3.0, -6.0), (-20, -26), (-36, -46), (-41, -70)]
        else:
            fs = [((16.5, -56), 16, 46, 6.2, 4.4, 14), ((6.3, -64), 8, 60, 7.0, 4.9, 13), ((-5.6, -66), 1, 67, 7.3, 5.0, 11), ((-17.0, -61), -5, 61, 7.1, 4.9, 8)]
            th = [(-2.0, -5.0), (-18, -24), (-31, -42), (-45, -56)]
        for f in fs:
            d, det = _finger(*f)
            o += part(d, f"url(#{uid}f)", det)
        o += part(
            spline(tube(th, [9, 10.6, 8.2, 7.2, 5.4], 13), True), f"url(#{uid}s)", f'<circle cx="{th[-1][0] + 1}" cy="{th[-1][1] + 2}" r="4.6" fill="#ef8f82" fill-opacity=".34" filter="url(#b1.5)"/>'
        )
        palm = pts("-15,8 -15.5,-4 -21,-16 -25.5,-30 -28,-44 -27.5,-58 -25,-68 -16,-69 -9,-73 0,-73 6,-71 13,-67 18,-62 25,-58 28.5,-46 27.5,-28 21.5,-12 15.5,-2 15,8")
        if kind == "open":
            palm = pts("-15,8 -15.5,-4 -19,-16 -23,-30 -25.5,-44 -25,-58 -22,-68 -14,-69 -8,-73 0,-73 5,-71 11,-67 15,-63 21.5,-60 25,-48 25,-28 20.5,-12 15.5,-2 15,8")
        d = spline(palm, True)
        o += f'<defs><clipPath id="{uid}c"><path d="{d}"/></clipPath></defs>' + _p(d, f"url(#{uid}s)")
        g = _p(spline(pts("-12,2 -22,-16 -26,-34 -18,-44 -6,-34 -2,-16 -6,0"), True), "#fdebe0", 0.75, 'filter="url(#b4)"')
        g += _p(spline(pts("10,0 20,-14 28,-34 26,-50 14,-44 8,-26"), True), "#e6a892", 0.40, 'filter="url(#b4)"')
        g += _p(spline(pts("-8,-50 4,-54 12,-44 6,-30 -2,-36"), True), "#e09c88", 0.32, 'filter="url(#b4)"')
        for x, y in ((-18, -62), (-5, -66), (8, -63), (19, -55)):
            g += f'<ellipse cx="{x}" cy="{y + 2}" rx="6.5" ry="5.5" fill="#f29b8d" fill-opacity=".28" filter="url(#b2)"/>'
        o += f'<g clip-path="url(#{uid}c)">{g}</g>'
        # palm lines and outer contour
        o += (
            _ink(pts("-26,-44 -16,-44 -7,-35 -4,-20 -6,-6"), 1.2, "#cc8671", 0.8)
            + _ink(pts("-25,-49 -10,-47 4,-41 14,-32"), 1.05, "#cc8671", 0.7)
            + _ink(pts("26,-46 14,-51 2,-54 -6,-60"), 1.0, "#cc8671", 0.65)
        )
        o += _ink(palm[13:], 1.25, LINE, 0.75, 0.5) + _ink(palm[0:3], 1.2, LINE, 0.7, 0.4)
        o += _ink([palm[5], palm[6], (palm[6][0] + 1.5, palm[6][1] - 2)], 1.2, LINE, 0.5, 0)
    elif kind == "point":
        d, det = _finger((-16, -60), -3, 66, 7.2, 5.0, 3)
        o += part(d, f"url(#{uid}f)", det)
        palm = pts("-14,8 -15,-4 -20,-16 -24,-32 -25.5,-48 -23.5,-62 -16,-70 -6,-72 8,-74 18,-70 26,-62 28.5,-46 27,-28 21,-12 15.5,-2 15,8")
        d_palm = spline(palm, True)
        o += part(d_palm, f"url(#{uid}s)")
        o += _p(spline(pts("8,0 18,-12 27,-30 20,-34 4,-30 -6,-20 -2,-4"), True), "#e6a892", 0.4, 'filter="url(#b4)"')
        # index root blends into the palm
        o += _p(spline(pts("-22.6,-56 -22.4,-70 -16,-74 -9.2,-71 -9,-58 -15,-50"), True), "#fad9c8")
        for x, top, bot, w in ((21.5, -64.0, -33.0, 6.2), (10.5, -70.0, -31.0, 6.9), (-1.8, -73.0, -32.0, 7.3)):
            o += _p(spline(tube([(x + 2, top + w + 3), (x + 2, (top + bot) / 2 + 2), (x - 0.5, bot - w * 0.7 + 4)], [w, w, w * 0.8], 9), True), "#b97462", 0.45, 'filter="url(#b2)"')
            cap = [
                (x - w, top + w + 2),
                (x - w * 0.9, top + w * 0.55),
                (x, top),
                (x + w * 0.9, top + w * 0.55),
                (x + w, top + w + 2),
                (x + w * 1.0, (top + bot) / 2),
                (x + w * 0.65, bot - 3),
                (x - 0.8, bot + 1),
                (x - w * 0.95, bot - 3.5),
                (x - w * 1.02, (top + bot) / 2),
            ]
            o += part(spline(cap, True), f"url(#{uid}s)")
            o += _ink([(x - w * 0.7, (top + bot) / 2 - 2), (x, (top + bot) / 2 - 0.6), (x + w * 0.7, (top + bot) / 2 - 2)], 1.1, "#cf8d78", 0.8)
            o += f'<ellipse cx="{x}" cy="{top + 6}" rx="{w * 0.7}" ry="4.5" fill="#fff1e8" fill-opacity=".6" filter="url(#b2)"/>'
        th = [(-5.0, -5.0), (-16, -20), (-18.5, -40), (-3, -51)]
        o += _p(spline(tube([(x + 2, y + 4) for x, y in th], [10, 10, 7.5, 5.4], 11), True), "#b97462", 0.35, 'filter="url(#b2)"')
        o += part(spline(tube(th, [8, 10.2, 7.8, 5.4], 13), True), f"url(#{uid}s)", '<circle cx="-4" cy="-50.5" r="4.2" fill="#ef8f82" fill-opacity=".32" filter="url(#b1.5)"/>')
        # hide the thumb's root line
        o += _p(spline(pts("-14.2,6 -14.5,-4 -19.5,-14 -22,-22 -14,-22 -5,-14 -4,4"), True), "#fbdccb") + _ink(pts("-14.2,8 -15.2,-4 -20,-14 -25,-23"), 1.2, LINE, 0.72, 0.3)
        o += _ink(pts("-9,-37 -6,-26 -7,-12"), 1.1, "#cc8671", 0.7)
    else:  # relaxed: hanging, thumb side to the viewer, body on the -x side
        for f in (((9, 56), 186, 48, 6.2, 4.4, 40), ((11, 58), 180, 60, 6.8, 4.8, 32), ((9, 61), 177, 66, 7.2, 5.0, 22)):
            d, det = _finger(f[0], f[1], f[2], f[3], f[4], f[5], False)
            o += part(d, f"url(#{uid}d)") + _p(d, "#d08f7a", 0.22)
        d, det = _finger((2.5, 61), 176, 61, 7.5, 5.0, 16, False, True)
        o += part(d, f"url(#{uid}d)", det)
        back = pts("-13,-8 -14,6 -17,20 -17,34 -12,48 -7,60 -4,68 3,71 9.5,68 16,62 20,48 19.5,32 16.5,16 13.5,4 13,-8")
        db = spline(back, True)
        o += f'<defs><clipPath id="{uid}c"><path d="{db}"/></clipPath></defs>' + _p(db, f"url(#{uid}d)")
        g = _p(spline(pts("12,0 18,20 22,44 18,64 10,60 12,40 10,20"), True), "#d08f7a", 0.42, 'filter="url(#b4)"') + _p(
            spline(pts("-8,4 -4,24 0,44 4,56 -4,50 -10,30"), True), "#fff0e6", 0.55, 'filter="url(#b3)"'
        )
        o += f'<g clip-path="url(#{uid}c)">{g}</g>'
        o += _ink(back[9:], 1.2, LINE, 0.72, 0.5) + _ink(back[0:4], 1.2, LINE, 0.72, 0.4)
        o += _ink(pts("4,66 8,63 12,60"), 1.0, "#cc8671", 0.6)
        th = [(-4.0, 14.0), (-12, 34), (-14, 52), (-10.5, 74)]
        o += _p(spline(tube([(x + 3, y + 3) for x, y in th], [8, 8.6, 6.6, 4.6], 11), True), "#b97462", 0.38, 'filter="url(#b2)"')
        o += part(spline(tube(th, [7, 8.2, 6.4, 4.4], 12), True), f"url(#{uid}d)")
        o += '<g transform="translate(-11.2 71) rotate(170)"><rect x="-2.6" y="-4.8" width="5" height="8" rx="2.4" fill="#e9a39a"/></g>'
        o += _p(spline(pts("-11,6 -14,18 -12,30 -2,30 4,18 0,6"), True), "#fbdac8") + _ink(pts("-13.2,-6 -14.2,6 -15.5,18 -18.5,30"), 1.2, LINE, 0.72, 0.3)
    # wrist shading under the cuff
    sy = 1 if kind != "relaxed" else -1
    cid = f"{uid}c" if kind != "point" else f"{uid}pc"
    if kind == "point":
        o += f'<defs><clipPath id="{cid}"><path d="{d_palm}"/></clipPath></defs>'
    o += f'<g clip-path="url(#{cid})">' + _p(spline(pts(f"-16,{10 * sy} 16,{10 * sy} 15,{-4 * sy} 0,{-7 * sy} -15,{-4 * sy}"), True), "#c07f6b", 0.5, 'filter="url(#b2)"') + "</g>"
    if kind == "back":
        o = f'<g transform="scale(-1 1)">{o}</g>'
    return o


TEAL = ("#5fa19c", "#43827f", "#356d6e", "#234d53")
WU = (41.0, 39.5, 36.5, 32.5, 29.5)  # half widths, shoulder to elbow
WF = (29.5, 30.5, 29.5, 27.5, 26.0)  # half widths, elbow to cuff


def _arc(r: float) -> list[Pt]:
    """Half circle over the top of a sleeve segment, from -r to +r."""
    return [(r * cos(pi + pi * k / 6), r * sin(pi + pi * k / 6)) for k in (1, 2, 3, 4, 5)]


def _fold(text: str, w: float, sx: float = 1.0, op: float = 0.5) -> str:
    p = pts(text, 0, 0, sx)
    return (
        _p(taper(p, lambda t: w * (1 - abs(2 * t - 1)) ** 0.8, 11), "#15393f", op * 0.5, 'filter="url(#b2)"')
        + _p(taper(p, lambda t: w * 0.42 * (1 - abs(2 * t - 1)) ** 0.7, 11), "#173d42", op)
        + _p(taper([(x, y - w * 0.8) for x, y in p], lambda t: w * 0.34 * (1 - abs(2 * t - 1)), 11), "#8cc4bc", op * 0.8)
    )


def _hex(a: str, b: str, t: float) -> str:
    return "#" + "".join(f"{round(lerp(int(a[k : k + 2], 16), int(b[k : k + 2], 16), t)):02x}" for k in (1, 3, 5))


def _cloth(outline: str, uid: str, angle: float, half: Sequence[float], length: float, folds: str) -> str:
    """One filled sleeve segment: gradient across, folds and a rim light on the side away from the key light."""
    toward = cos(radians(angle)) * -0.55 + sin(radians(angle)) * -0.85  # how far +x faces the key light, upper left
    k = _smooth(0.5 + toward / 0.7)  # the light wanders across the sleeve while it turns
    c = [_hex(q, p, k) for p, q in zip(TEAL, TEAL[::-1])]
    m = max(half)
    rim = ""
    for side, op in ((-1, k), (1, 1 - k)):
        if op > 0.02:
            edge = [(side * (w - 1.3), length * (0.08 + 0.86 * i / (len(half) - 1))) for i, w in enumerate(half)]
            rim += _p(taper(edge, lambda t: 1.25 * (1 - abs(2 * t - 1)) ** 0.5, 13), "#a5dcd2", 0.5 * op)
    return (
        f'<defs>{_grad(uid + "g", m, 0, -m, 0, [(0, c[0]), (0.36, c[1]), (0.68, c[2]), (1, c[3])])}<clipPath id="{uid}k"><path d="{outline}"/></clipPath></defs>'
        f'<path d="{outline}" fill="url(#{uid}g)"/><g clip-path="url(#{uid}k)">{folds}{rim}</g>'
    )


def arm_svg(gesture: str, uid: str) -> dict[str, str]:
    """The parts of the arm on the viewer's right: upper, hand, fore, back to front (the cuff lies over the hand)."""
    ps = POSES[gesture]
    S, E, Wr = SHOULDER, ps.elbow, ps.wrist
    la, lb = hypot(E[0] - S[0], E[1] - S[1]), hypot(Wr[0] - E[0], Wr[1] - E[1])
    aa, ab = degrees(atan2(-(E[0] - S[0]), E[1] - S[1])), degrees(atan2(-(Wr[0] - E[0]), Wr[1] - E[1]))
    # side of the elbow crease (1 / -1, passing through 0 when the arm is straight or folded) and how bent the elbow is;
    # both are continuous, so nothing jumps while the arm moves
    inner = _clamp(sin(radians(aa - ab)) / 0.27, -1.0, 1.0)
    bent = _smooth((abs((aa - ab + 180) % 360 - 180) - 14) / 34)
    sides = [(s, w) for s, w in ((1, (1 + inner) / 2), (-1, (1 - inner) / 2)) if w > 0.02]

    def creases(on_bend: Sequence[tuple[str, float, float]], straight: Sequence[tuple[str, float, float]]) -> str:
        """Folds of a bent elbow on its inner side, cross-faded with those of a straight one."""
        o = "".join(_fold(d, w, -s, op * bent * k) for s, k in sides for d, w, op in on_bend) if bent > 0.02 else ""
        return o + ("".join(_fold(d, w, 1, op * (1 - bent)) for d, w, op in straight) if bent < 0.98 else "")

    # upper arm
    ou = spline(tube([(0.0, la * i / 4) for i in range(5)], WU, 16) + _arc(WU[0]), True)
    f = _fold("40,34 24,70 16,116", 5, -1, 0.45) + _fold("36,58 24,88 20,120", 4, -1, 0.35)
    f += creases(
        ((f"-38,{la - 12:.0f} -10,{la - 26:.0f} 14,{la - 58:.0f}", 6, 0.55), (f"-36,{la - 40:.0f} -16,{la - 60:.0f} 0,{la - 92:.0f}", 4.5, 0.45)),
        ((f"-34,{la - 44:.0f} -12,{la - 30:.0f} 12,{la - 36:.0f}", 4.5, 0.4), (f"34,{la - 18:.0f} 14,{la - 6:.0f} -8,{la - 10:.0f}", 4, 0.4)),
    )
    at_s, at_e = f"translate({S[0]} {S[1]}) rotate({aa:.2f})", f"translate({E[0]} {E[1]}) rotate({ab:.2f})"
    upper = f'<g id="{uid}_upper" transform="{at_s}">{_cloth(ou, uid + "u", aa, WU, la, f)}</g>'

    # forearm sleeve with an open mouth at the cuff
    ml, we = lb - 6.0, WF[-1]
    left = [(-w, ml * i / 4) for i, w in enumerate(WF)]
    right = [(w, y) for (_, y), w in zip(left, WF)]
    mouth = [(-we, ml), (-we * 0.6, ml + 6), (0, ml + 8.5), (we * 0.6, ml + 6), (we, ml)]
    of = spline(left) + spline(mouth, move=False) + spline(right[::-1], move=False) + spline([right[0], *_arc(WF[0])[::-1], left[0]], move=False) + "Z"
    f = creases((("-34,10 -8,24 18,58", 6, 0.5), ("-34,36 -16,52 -4,82", 4.5, 0.4), ("30,8 20,26 18,50", 3.5, 0.3)), (("-34,14 -8,24 14,20", 4.5, 0.4), ("32,44 14,54 -6,54", 3.5, 0.35)))
    f += _fold(f"-28,{lb * 0.58:.0f} -12,{lb * 0.70:.0f} -8,{lb * 0.86:.0f}", 3, 1, 0.28)
    f += _p(taper([(x, y - 4) for x, y in mouth], lambda t: 0.7, 11), "#a5d3ca", 0.45) + _p(taper([(x, y - 1.2) for x, y in mouth], lambda t: 1.2, 11), "#a5d3ca", 0.55)
    sleeve = _cloth(of, uid + "f", ab, WF, ml, f)
    shadow = ""
    if bent > 0.02:
        shadow = f'<defs><clipPath id="{uid}sc"><path d="{ou}" transform="{at_s}"/></clipPath></defs><g clip-path="url(#{uid}sc)"><g transform="{at_e}"><path d="{of}" fill="#0f2c32" fill-opacity="{0.4 * bent:.3f}" transform="translate(0 4)" filter="url(#b6)"/></g></g>'
    if bent < 0.98:  # a straight arm is one tube: fade the forearm's upper end into the upper arm
        g0 = round(255 * bent)
        sleeve = f'<defs><linearGradient id="{uid}fg2" x1="0" y1="-27" x2="0" y2="1" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#{g0:02x}{g0:02x}{g0:02x}"/><stop offset="1" stop-color="#fff"/></linearGradient><mask id="{uid}fm" maskUnits="userSpaceOnUse" x="-60" y="-60" width="120" height="{lb + 120:.0f}"><rect x="-60" y="-60" width="120" height="{lb + 120:.0f}" fill="url(#{uid}fg2)"/></mask></defs><g mask="url(#{uid}fm)">{sleeve}</g>'
    buttons = "".join(
        f'<circle cx="{inner * -15:.2f}" cy="{ml - 16 - 10 * k:.1f}" r="2.7" fill="#6b4530"/><circle cx="{inner * -15 - 0.5:.2f}" cy="{ml - 16.6 - 10 * k:.1f}" r="1.6" fill="#a3745a"/>'
        for k in range(3)
    )
    hand = f'<g id="{uid}_hand" transform="translate(0 {lb:.1f}) rotate({ps.hand_angle - ab:.2f}) scale({ps.hand_scale:.4f})">{hand_svg(ps.hand, uid + "h")}</g>'
    return {
        "upper": upper + shadow,
        "hand": f'<g transform="{at_e}">{hand}</g>',
        "fore": f'<g transform="{at_e}">{sleeve}{buttons}</g>',
    }
