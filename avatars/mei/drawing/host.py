"""Head, hair, neck and body as layers."""

from __future__ import annotations

import random
from collections.abc import Callable
from math import pi, sin

from .curves import Pt, between, lerp, normals, pts, sample, spline, taper

W, H, CX = 720, 1280, 360.0


def C(text: str, s: float = 1.0) -> list[Pt]:
    """Points written relative to the body's centre line."""
    return pts(text, CX, 0, s)


def shape(text: str, closed: bool = True, corners: tuple[int, ...] = (), s: float = 1.0) -> str:
    return spline(C(text, s), closed, corners)


def P(d: str, fill: str, op: float = 1.0, extra: str = "") -> str:
    return f'<path d="{d}" fill="{fill}"' + (f' fill-opacity="{op:.3g}"' if op < 1 else "") + (" " + extra if extra else "") + "/>"


def line(p: list[Pt], w: float, color: str, op: float = 1.0, ends: tuple[float, float] = (0.1, 0.1), peak: float = 0.5) -> str:
    """Tapered ink line."""

    def width(t: float) -> float:
        k = t / peak if t < peak else (1 - t) / (1 - peak)
        e = ends[0] if t < peak else ends[1]
        return w / 2 * (e + (1 - e) * max(0.0, k) ** 0.7)

    return P(taper(p, width, 15), color, op)


def blur(n: float) -> str:
    return f'filter="url(#b{n:g})"'


DEFS = "<defs>" + "".join(f'<filter id="b{n:g}" x="-80%" y="-80%" width="260%" height="260%"><feGaussianBlur stdDeviation="{n}"/></filter>' for n in (1, 1.5, 2, 3, 4, 6, 9, 14)) + "</defs>"


def lin(i: str, x1: float, y1: float, x2: float, y2: float, stops: list[tuple]) -> str:
    s = "".join(f'<stop offset="{a}" stop-color="{c}"' + (f' stop-opacity="{o[0]}"' if o else "") + "/>" for a, c, *o in stops)
    return f'<linearGradient id="{i}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" gradientUnits="userSpaceOnUse">{s}</linearGradient>'


def rad(i: str, cx: float, cy: float, rx: float, ry: float, stops: list[tuple]) -> str:
    s = "".join(f'<stop offset="{a}" stop-color="{c}"' + (f' stop-opacity="{o[0]}"' if o else "") + "/>" for a, c, *o in stops)
    return f'<radialGradient id="{i}" cx="0" cy="0" r="1" gradientTransform="translate({cx} {cy}) scale({rx} {ry})" gradientUnits="userSpaceOnUse">{s}</radialGradient>'


# ---------------------------------------------------------------- head
FACE_R = "0,126 40,136 70,176 80,210 82,246 78.5,278 70,306 55,331 37,350.5 18.5,364 0,368"


def _face_outline() -> list[Pt]:
    right = C(FACE_R)
    left = [(2 * CX - x, y) for x, y in reversed(right[1:-1])]
    return right + left


def head(uid: str = "h", ears: bool = True) -> str:
    """Face base with its shading; ears optional."""
    face = spline(_face_outline(), True)
    o = "<defs>" + lin(f"{uid}skin", 330, 150, 392, 372, [(0, "#fde9dc"), (0.45, "#fbdfce"), (0.8, "#f7d2bd"), (1, "#f1c2aa")])
    o += rad(f"{uid}skinR", 420, 285, 66, 110, [(0, "#e8a78f", 0), (0.62, "#e8a78f", 0), (1, "#d98f77", 0.55)])
    o += f'<clipPath id="{uid}faceC"><path d="{face}"/></clipPath>'
    o += "</defs>"
    # ears
    for s in (1,) if ears else ():
        o += P(shape("76,250 83,241 91,239 97,244.5 98.5,255 96,268 92.5,280 88.5,291 83,296 77,290", True, (), s), "#f8d0bb")
        o += P(shape("82,252 88,245.5 93.5,248 94.5,257 92,268 88.5,277 87.5,286 83,287.5 82,274 85.5,264 84.5,257", True, (), s), "#dd9a83", 0.7)
        o += P(shape("85,262 89.5,257 90.5,263 87.5,271 84,272", True, (), s), "#c47c66", 0.6)
        o += line(C("79.5,248 85,242 91,240.6 96.4,246 97.6,256 94.6,270", s), 1.0, "#c1816b", 0.7)
    o += P(face, f"url(#{uid}skin)")
    g = ""
    # side planes
    g += P(shape("86,200 76,214 74,250 70,286 60,318 40,346 14,366 0,372 0,390 60,380 100,320 104,220"), "#dd9479", 0.50, blur(6))
    g += P(shape("-90,210 -79,222 -77,256 -73,288 -62,318 -42,344 -20,364 -10,386 -60,376 -100,320 -104,220"), "#e5a58c", 0.42, blur(6))
    # forehead shadow cast by the hair
    g += P(shape("9,142 -8,172 -36,202 -60,226 -74,262 -80,300 -100,300 -100,130 0,110 100,130 100,290 86,270 79,240 68,216 48,192 25,172"), "#c9836b", 0.42, blur(4))
    g += P(shape("9,146 -10,167 -38,194 -64,218 -80,250 -100,250 -100,130 0,110 100,130 100,250 86,238 72,211 50,187 27,167"), "#b8705a", 0.40, blur(2))
    # eye sockets
    for s in (-1, 1):
        g += P(shape("12,240 22,238 40,240 58,243 66,250 60,262 40,268 22,264 14,254", True, (), s), "#d98e78", 0.26, blur(4))
        g += P(shape("10,238 16,236 20,244 18,254 13,258 10,250", True, (), s), "#cb7f68", 0.30, blur(3))
        # cheek light
        g += P(shape("30,276 44,272 60,272 68,278 60,288 44,292 32,288", True, (), s), "#fff3ea", 0.50, blur(6))
    # forehead, chin light
    g += P(shape("-20,192 0,186 22,192 24,212 0,220 -22,212"), "#fff6ef", 0.55, blur(9))
    g += P(shape("-12,353 0,350 12,353 9,360 0,362 -9,360"), "#fff1e6", 0.55, blur(3))
    # under the lower lip, philtrum
    g += P(shape("-13,345 0,343.5 13,345 10,348.5 0,350 -10,348.5"), "#cf8d76", 0.30, blur(2))
    g += P(shape("-3.4,308 3.4,308 4.2,318 -4.2,318"), "#d59a84", 0.30, blur(1.5))
    o += f'<g clip-path="url(#{uid}faceC)">{g}</g>'
    # chin and jaw line
    o += line(C("-60,324 -39,348.5 -19,363.5 0,367.6 19,363.5 39,348.5 60,324"), 1.3, "#b9705a", 0.55)
    return o


def jaw() -> str:
    """Lower face again, faded in from the cheeks: move it with face.jaw_matrix(aperture)."""
    m = (
        "<defs>"
        + lin("jwG", 0, 260, 0, 304, [(0, "#000"), (1, "#fff")])
        + '<mask id="jwM" maskUnits="userSpaceOnUse" x="260" y="250" width="200" height="140"><rect x="260" y="250" width="200" height="140" fill="url(#jwG)"/></mask></defs>'
    )
    return m + f'<g mask="url(#jwM)">{head("j", False)}</g>'


BODY_DY = -9.0


def blush() -> str:
    o = "<defs>"
    for s, n in ((-1, "r"), (1, "l")):
        o += rad(f"bl_{n}", CX + s * 50, 286, 33, 19, [(0, "#f0796f", 0.34), (0.5, "#f0857a", 0.19), (1, "#f0857a", 0)])
    o += "</defs>"
    for s, n in ((-1, "r"), (1, "l")):
        o += f'<ellipse cx="{CX + s * 50}" cy="286" rx="33" ry="19" fill="url(#bl_{n})"/>'
    return o


def nose() -> str:
    o = ""
    # bridge light and side shadow
    o += P(shape("-3,244 0,240 3.2,246 3.6,266 4.5,284 2,290 -2.2,288 -3.2,270"), "#fff6ef", 0.62, blur(1.5))
    o += P(shape("5,250 9,252 9,268 11,284 16,294 13,301 8,298 6.5,286 5.5,268"), "#d48a72", 0.40, blur(2))
    o += P(shape("-6,252 -9,254 -8.5,268 -10.5,284 -14,294 -11,298 -8,294 -7,284"), "#dd9d87", 0.24, blur(2))
    # tip and wings
    o += P(shape("-7,296 0,292 7,296 9,301 4,304.5 0,305.5 -4,304.5 -9,301"), "#e6a690", 0.45, blur(1.5))
    o += P(shape("-4.5,293.5 -1,290.2 3,291 4.4,294.4 1.5,297.2 -2.4,297"), "#fff8f2", 0.85, blur(1))
    for s in (-1, 1):
        o += line(C("11.6,294.5 13.6,297.6 13.0,301.2 10.6,302.6", s), 1.1, "#b46c58", 0.5, (0, 0.2))
        o += P(shape("3.4,303.0 6.4,301.2 9.8,302.0 8.6,304.0 5.4,304.4", True, (), s), "#8a4438", 0.82)
    o += line(C("-4.2,304.6 -1.5,306.2 1.5,306.2 4.2,304.6"), 0.9, "#b46c58", 0.6)
    o += P(shape("-9,305 0,307.5 10,305 8,310 0,313 -7,310"), "#cf8a73", 0.28, blur(2))
    return o


# ---------------------------------------------------------------- hair
HAIR = ("#2c1a18", "#3b2421", "#4a2f28", "#5f3d31", "#1d1010")


def sheet(
    a: list[Pt],
    b: list[Pt],
    fill: str,
    seed: int,
    n: int = 26,
    gloss: tuple[float, float] | None = None,
    n_gloss: int = 14,
    wmax: float = 2.4,
    gloss_s: tuple[float, float] = (0.05, 0.95),
    gloss_op: float = 0.5,
) -> str:
    """A sheet of hair between two guide curves: base, dark and light strands, a gloss band."""
    rnd = random.Random(seed)
    A, B = sample(a, 28), sample(b, 28)
    o = P(between(a, b), fill)

    def strand(s0: float, s1: float, t0: float, t1: float, w: float, col: str, op: float) -> str:
        c = []
        for i in range(6):
            t = lerp(t0, t1, i / 5)
            k = t * 27
            i0 = min(26, int(k))
            f = k - i0
            s = lerp(s0, s1, i / 5)
            pa = (lerp(A[i0][0], A[i0 + 1][0], f), lerp(A[i0][1], A[i0 + 1][1], f))
            pb = (lerp(B[i0][0], B[i0 + 1][0], f), lerp(B[i0][1], B[i0 + 1][1], f))
            c.append((lerp(pa[0], pb[0], s), lerp(pa[1], pb[1], s)))
        return P(taper(c, lambda t: w * sin(pi * min(1, max(0, t))) ** 0.8 + 0.05, 6), col, op)

    for i in range(n):
        s = (i + rnd.random()) / n
        t0 = rnd.uniform(0, 0.35)
        t1 = min(1, t0 + rnd.uniform(0.35, 0.75))
        dark = rnd.random() < 0.5
        o += strand(
            s,
            s + rnd.uniform(-0.08, 0.08),
            t0,
            t1,
            rnd.uniform(0.5, wmax),
            "#190d0c" if dark else rnd.choice(("#6b4436", "#593829", "#7a4f3c")),
            rnd.uniform(0.25, 0.55) if dark else rnd.uniform(0.22, 0.5),
        )
    if gloss:
        for i in range(n_gloss):
            s = lerp(*gloss_s, (i + rnd.random()) / n_gloss)
            ln = rnd.uniform(0.5, 1.0) * (gloss[1] - gloss[0])
            mid = (gloss[0] + gloss[1]) / 2 + rnd.uniform(-0.02, 0.02)
            o += strand(
                s, s + rnd.uniform(-0.03, 0.03), max(0, mid - ln / 2), min(1, mid + ln / 2), rnd.uniform(0.6, wmax * 0.9), rnd.choice(("#b07e61", "#9a6a50", "#c99a7c")), rnd.uniform(0.5, 1) * gloss_op
            )
    return o


def lock(spine: list[Pt], width: Callable[[float], float], fill: str, seed: int, n: int = 16, gloss=None, n_gloss: int = 8, wmax: float = 2.2, gloss_op: float = 0.45, shadow: bool = True) -> str:
    """One ribbon of hair along a spine, tapering to its tip."""
    c = sample(spine, 12)
    m = normals(c)
    a = [(p[0] + q[0] * width(i / 11), p[1] + q[1] * width(i / 11)) for i, (p, q) in enumerate(zip(c, m))]
    b = [(p[0] - q[0] * width(i / 11), p[1] - q[1] * width(i / 11)) for i, (p, q) in enumerate(zip(c, m))]
    o = P(between([(x + 2, y + 3) for x, y in a], [(x + 2, y + 3) for x, y in b]), "#120908", 0.30, blur(2)) if shadow else ""
    bands = gloss if isinstance(gloss, list) else [gloss]
    o += sheet(a, b, fill, seed, n, bands[0], n_gloss, wmax, (0.08, 0.92), gloss_op)
    for k, g in enumerate(bands[1:]):
        o += sheet(a, b, "none", seed + 50 + k, 0, g, n_gloss, wmax, (0.08, 0.92), gloss_op)
    return o


def leaf(w: float, root: float = 0.25, peak: float = 0.45) -> Callable[[float], float]:
    """Width profile of a lock: root share, widest point, pointed tip."""

    def f(t: float) -> float:
        if t < peak:
            return w * lerp(root, 1, sin(pi / 2 * t / peak))
        return w * max(0.0, sin(pi / 2 * (1 - t) / (1 - peak))) ** 0.85

    return f


def hair_back() -> str:
    o = "<defs>" + lin("hb", 360, 110, 360, 540, [(0, "#2a1917"), (0.45, "#1c100f"), (1, "#2f1c19")]) + "</defs>"
    o += P(shape("0,120 56,126 94,162 111,222 114,290 116,350 120,404 116,450 98,486 50,500 -40,506 -92,500 -118,470 -124,410 -118,350 -114,290 -110,222 -94,162 -56,126"), "url(#hb)")
    for s in (-1, 1):
        for t, w in (("62,330 66,380 60,430 66,480", 5), ("84,330 92,390 90,450 92,486", 6), ("46,400 44,440 52,480", 4)):
            o += line(C(t, s), w, "#38231e", 0.6)
    return o


def hair_side(side: str) -> str:
    """Waved lengths beside the neck, behind the face: r falls on the chest, l is tucked behind the ear."""
    i = f"hs_{side}"
    o = "<defs>" + lin(i, 360, 240, 360, 560, [(0, "#241514"), (0.3, "#35211c"), (0.6, "#482b21"), (1, "#704936")])
    o += lin(i + "b", 360, 240, 360, 560, [(0, "#1c100f"), (0.4, "#2a1917"), (1, "#523428")]) + "</defs>"
    if side == "r":
        s = -1
        o += P(shape("56,420 70,460 64,510 78,560 110,566 136,510 134,450 120,410", True, (), s), "#0f2c2f", 0.22, blur(6))
        o += lock(C("86,250 100,312 112,366 126,408 126,446 112,482 112,516 128,540", s), leaf(21, 0.4, 0.35), f"url(#{i}b)", 47, 20, [(0.30, 0.42), (0.66, 0.78)], 8, 2.2, 0.38, False)
        o += lock(C("82,240 86,304 82,352 76,394 88,434 98,470 88,508 84,536 94,558", s), leaf(25, 0.7, 0.45), f"url(#{i})", 48, 26, [(0.36, 0.48), (0.64, 0.76)], 10, 2.3, 0.45)
        o += lock(C("88,240 104,304 112,352 116,392 106,430 98,466 108,502 122,516", s), leaf(20, 0.35, 0.45), f"url(#{i})", 49, 22, [(0.34, 0.46), (0.66, 0.80)], 10, 2.2, 0.55)
        o += lock(C("76,250 74,316 66,360 60,396 68,430 78,460 70,494 58,514", s), leaf(12, 0.6, 0.5), f"url(#{i})", 50, 14, [(0.44, 0.56)], 6, 1.8, 0.45)
        o += line(C("64,374 55,408 60,440 68,470 64,492", s), 1.5, "#35211c", 0.9)
        o += line(C("112,340 130,392 136,424 130,456 122,484", s), 1.8, "#482b21", 0.9)
    else:
        o += P(shape("62,410 72,440 70,480 84,516 110,520 128,470 124,430 116,400"), "#0f2c2f", 0.20, blur(6))
        o += lock(C("94,240 106,290 112,340 116,384 122,420 116,456 104,484 108,512"), leaf(17, 0.35, 0.4), f"url(#{i}b)", 60, 18, [(0.3, 0.42), (0.66, 0.78)], 8, 2.2, 0.42, False)
        o += lock(C("96,250 98,310 94,356 88,394 92,430 102,462 96,492 84,510"), leaf(19, 0.8, 0.45), f"url(#{i})", 61, 22, [(0.36, 0.48), (0.64, 0.76)], 9, 2.2, 0.45)
        o += lock(C("86,270 84,320 78,360 72,394 74,424 82,450 78,476 66,494"), leaf(11, 0.7, 0.5), f"url(#{i})", 62, 14, [(0.44, 0.56)], 6, 1.8, 0.42)
        o += line(C("112,330 122,380 128,416 124,448 116,474"), 1.6, "#482b21", 0.9)
    return o


def hair_front() -> str:
    o = "<defs>" + rad("hf", 335, 150, 130, 210, [(0, "#5f3d30"), (0.45, "#432b24"), (1, "#2a1917")])
    o += rad("hfr", 412, 160, 110, 190, [(0, "#543529"), (0.45, "#3c2520"), (1, "#261615")])
    o += lin("bangL", 370, 120, 270, 320, [(0, "#38231e"), (0.35, "#5f3c2e"), (0.62, "#482d23"), (1, "#3b241e")])
    o += lin("bangR", 370, 120, 450, 320, [(0, "#38231e"), (0.35, "#553629"), (0.62, "#402820"), (1, "#2f1c19")])
    o += "</defs>"
    # screen-right: swept back over the temple, tucked behind the ear
    inR = C("8,146 29,159 53,179 71,201 81,219 89,232 97,243 103,262 107,296")
    outR = C("8,100 48,99 86,117 109,158 117,212 117,250 116,280 114,300 111,322")
    o += sheet(outR, inR, "url(#hfr)", 5, 46, (0.24, 0.44), 26, 2.4, (0.02, 0.8), 0.45)
    # screen-left: falls past the cheek
    inL = C("8,146 -10,160 -36,181 -60,207 -76,238 -83,272 -90,314 -104,362 -128,410")
    outL = C("8,100 -32,98 -74,116 -104,158 -115,216 -118,274 -119,328 -123,372 -128,410")
    o += sheet(outL, inL, "url(#hf)", 3, 50, (0.19, 0.37), 34, 2.5, (0.02, 0.8), 0.55)
    # fringe, screen-left: two locks curving out at the cheekbone
    o += lock(C("8,130 -18,156 -50,182 -77,213 -92,248 -97,281 -104,306 -113,324"), leaf(16, 0.2, 0.45), "url(#bangL)", 8, 22, (0.30, 0.50), 14, 1.9, 0.6, False)
    o += lock(C("8,136 -13,160 -43,187 -69,216 -83,248 -87,280 -93,308 -102,332"), leaf(10.5, 0.2, 0.45), "url(#bangL)", 18, 16, (0.34, 0.54), 10, 1.7, 0.65)
    # fringe, screen-right: swept to the temple, one loose strand before the ear
    o += lock(C("9,130 36,150 65,175 88,203 100,229 108,256 113,290"), leaf(13, 0.2, 0.45), "url(#bangR)", 9, 20, (0.32, 0.52), 12, 1.9, 0.5, False)
    o += lock(C("9,136 32,156 59,179 76,203 81,228 80,254 75.5,280 76,302 82,318"), leaf(2.5, 0.6, 0.35), "url(#bangR)", 19, 7, (0.34, 0.50), 5, 1.1, 0.55)
    for t, w in (("6,142 -10,165 -37,191 -60,216 -74,243", 1.5), ("-72,236 -80,266 -83,298 -90,322", 1.0)):
        o += line(C(t), w, "#38231e", 0.85)
    # parting: a soft line of scalp, not a notch
    o += line(C("8,101 9,118 8.2,147"), 2.0, "#1f1110", 0.75, (0.4, 0.6)) + line(C("8.2,106 9,122 8.5,143"), 1.2, "#c08e76", 0.8, (0.1, 1))
    # airy wisps over the forehead edge
    for t, w, op in (
        ("2,146 -16,167 -41,190 -63,211 -77,236 -82,262", 1.9, 0.95),
        ("3,146 -12,168 -34,189 -55,208 -70,230", 1.2, 0.7),
        ("-70,224 -80,252 -82,282 -78,306 -70,322", 1.3, 0.85),
        ("12,144 32,160 56,182 73,203 81,226", 1.5, 0.9),
    ):
        o += line(C(t), w, "#38231e", op, (0.5, 0), 0.3)
    # rim light along the silhouette
    o += line(C("50,106 80,119 100,152 109.5,198 112,240"), 1.8, "#d6a888", 0.6)
    o += line(C("-48,105 -77,122 -99,162 -110,214 -113,250"), 1.4, "#d6a888", 0.35)
    return o


def neck() -> str:
    """Neck and upper chest; lies under the clothes, so its lower edge never shows."""
    o = "<defs>" + lin("nk", 360, 340, 360, 500, [(0, "#eab69f"), (0.45, "#f6cfba"), (1, "#fadccb")])
    n = shape("-33,320 -33,370 -34,396 -42,412 -70,426 -120,440 -110,520 0,600 110,520 120,440 70,426 42,412 34,396 33,370 33,320")
    o += f'<clipPath id="nkC"><path d="{n}"/></clipPath></defs>'
    o += P(n, "url(#nk)")
    g = P(shape("-50,320 50,320 44,368 36,388 16,404 -6,402 -28,388 -44,366"), "#c77e66", 0.60, blur(2))
    g += P(shape("34,360 25,392 30,414 60,436 60,360"), "#c98068", 0.38, blur(4))
    g += P(shape("-36,370 -29,396 -36,416 -60,436 -60,360"), "#d89a82", 0.36, blur(4))
    g += P(shape("-4,428 0,420 4,428 5,440 0,446 -5,440"), "#d2937c", 0.42, blur(2))
    for s in (-1, 1):
        g += line(C("30,388 22,410 11,428 6,436", s), 2.4, "#d2937c", 0.45, (0.0, 0.3))
        g += line(C("10,440 28,434 52,434 84,442", s), 2.6, "#cf8f78", 0.5, (0.3, 0.0), 0.3)
        g += P(shape("14,438 32,430 60,431 40,437", True, (), s), "#fff3ea", 0.6, blur(1.5))
    o += f'<g clip-path="url(#nkC)">{g}</g>'
    return o


def fold(p: list[Pt], w: float, dark: str = "#173d42", op: float = 0.5, light: str = "#8cc4bc", lo: float = 0.3, peak: float = 0.35) -> str:
    """A cloth fold: a soft dark wedge, its sharper core, a thin light above it."""
    return (
        P(taper(p, lambda t: w * (t / peak if t < peak else (1 - t) / (1 - peak)) ** 0.8, 13), dark, op * 0.5, blur(3))
        + line(p, w * 0.7, dark, op * 0.8, (0, 0), peak)
        + line([(x - 1.6, y - 1.4) for x, y in p], w * 0.4, light, lo, (0, 0), peak)
    )


def _torso(text: str, s: float = 1.0) -> list[Pt]:
    """Body points; the drawing below 470 is compressed to a natural waist."""
    return [(x, y if y < 470 else 470 + (y - 470) * 0.894) for x, y in C(text, s)]


def body() -> str:
    """Skirt, knit top and open blazer (no sleeves)."""
    C_ = _torso

    def sh(t: str, corners: tuple[int, ...] = (), s: float = 1.0) -> str:
        return spline(C_(t, s), True, corners)

    sk = sh("-92,792 -108,850 -136,950 -150,1060 -150,1200 -143,1400 143,1400 150,1200 150,1060 136,950 108,850 92,792", (0, 5, 6, 11))
    kn = sh("-58,426 -54,440 -40,458 -18,470 0,473 18,470 40,458 54,440 58,426 120,470 128,620 98,800 -98,800 -128,620 -120,470", (0, 8))
    o = "<defs>" + lin("tr", 300, 760, 440, 1280, [(0, "#d8bd98"), (0.4, "#e6d0b0"), (1, "#d3b58f")])
    o += lin("kn", 300, 440, 430, 780, [(0, "#fffaf3"), (0.6, "#f6ecdf"), (1, "#e8d8c6")])
    o += lin("bzR", 190, 450, 330, 1040, [(0, "#4c8d8a"), (0.4, "#3b7675"), (1, "#2b5c60")])
    o += lin("bzL", 550, 450, 400, 1040, [(0, "#417d7c"), (0.4, "#336b6d"), (1, "#265257")])
    o += lin("lpR", 270, 430, 320, 720, [(0, "#589895"), (1, "#3d7978")]) + lin("lpL", 450, 430, 400, 720, [(0, "#4b8a87"), (1, "#326a6b")])
    o += f'<clipPath id="knC"><path d="{kn}"/></clipPath><clipPath id="skC"><path d="{sk}"/></clipPath></defs>'
    # skirt
    o += P(sk, "url(#tr)")
    g = ""
    for s in (-1, 1):
        g += P(sh("96,860 128,950 138,1060 136,1200 130,1400 190,1400 190,860", (), s), "#9a774f", 0.42, blur(9))
        g += P(sh("50,820 64,850 78,960 84,1100 88,1400 30,1400 36,1100 40,960", (), s), "#fff3dc", 0.26 if s < 0 else 0.12, blur(14))
        g += fold(C_("44,826 54,870 62,940", s), 6, "#94703f", 0.38, "#fff3dc", 0.5, 0.2) + fold(C_("26,826 30,862 34,910", s), 5, "#94703f", 0.3, "#fff3dc", 0.4, 0.2)
    g += P(sh("-10,1040 4,1120 0,1400 -40,1400 -36,1120"), "#94703f", 0.16, blur(14)) + P(sh("60,1010 88,1100 92,1400 60,1400 56,1120"), "#94703f", 0.2, blur(14))
    g += P(sh("-170,1096 -84,1100 -70,1110 -84,1124 -124,1126 -170,1114"), "#7d5c36", 0.42, blur(6)) + P(sh("170,1096 84,1100 70,1110 84,1124 124,1126 170,1114"), "#7d5c36", 0.46, blur(6))
    g += P(sh("-100,812 100,812 100,850 0,858 -100,850"), "#8a6844", 0.42, blur(6))
    o += f'<g clip-path="url(#skC)">{g}</g>'
    # knit top
    o += P(kn, "url(#kn)")
    g = ""
    for k in range(-26, 27):
        x = k * 4.6
        g += line(C_(f"{x * 0.92:.1f},440 {x * 1.05:.1f},590 {x * 0.98:.1f},680 {x * 0.76:.1f},800"), 1.0, "#d2bfac", 0.5, (1, 1))
    g += P(sh("-34,560 -60,600 -62,650 -42,690 -12,680 -6,640 -12,590"), "#fffdf8", 0.6, blur(14))
    g += P(sh("6,640 24,680 56,694 90,676 100,620 110,700 60,736 16,716"), "#bfa38c", 0.34, blur(9))
    g += P(sh("-84,680 -44,708 -12,694 -20,722 -60,734 -100,712"), "#bfa38c", 0.30, blur(9))
    g += P(sh("0,590 7,650 0,712 -7,650"), "#c9b09a", 0.32, blur(6))
    for s in (-1, 1):
        g += P(sh("70,430 100,520 78,640 60,740 74,800 130,800 130,430", (), s), "#a3846e", 0.50, blur(6))
    g += P(sh("-100,776 100,776 100,802 -100,802"), "#b59a82", 0.4, blur(6))
    for t in ("-58,756 -26,766 6,764", "-50,778 -20,786 16,784", "56,762 30,776 4,780"):
        g += fold(C_(t), 4.5, "#a98c74", 0.34, "#ffffff", 0.6)
    o += f'<g clip-path="url(#knC)">{g}</g>'
    # belt over the top's hem
    o += (
        P(sh("-97,790 0,798 97,790 98,817 0,825 -98,817", (0, 2, 3, 5)), "#7a4f38")
        + line(C_("-97,792.5 0,800.5 97,792.5"), 2.0, "#b98a6a", 0.8, (1, 1))
        + line(C_("-98,816 0,824 98,816"), 2.0, "#4a2d1f", 0.7, (1, 1))
    )
    by = 470 + (799 - 470) * 0.894
    o += f'<rect x="{CX - 15}" y="{by - 3:.1f}" width="30" height="27" rx="7" fill="none" stroke="#d3a553" stroke-width="4.4"/><rect x="{CX - 15}" y="{by - 4:.1f}" width="30" height="27" rx="7" fill="none" stroke="#fbe7b4" stroke-width="1.3"/><path d="M{CX - 3} {by + 10.5:.1f}h20" stroke="#e0b667" stroke-width="3" stroke-linecap="round"/>'
    # neckband
    inner, outer = C("-59,424 -54,440 -40,458 -18,470 0,473 18,470 40,458 54,440 59,424"), C("-66,432 -60,450 -45,468 -21,481 0,484.5 21,481 45,468 60,450 66,432")
    o += P(between(inner, outer), "#fffaf2")
    for a, b in zip(sample(inner, 35), sample(outer, 35)):
        o += f'<path d="M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}" stroke="#dccab8" stroke-width="1.1" stroke-opacity=".75"/>'
    o += line(outer, 1.5, "#c9b29c", 0.8, (1, 1)) + line(inner, 1.0, "#d9c4b0", 0.9, (1, 1))
    # blazer halves
    for s, n in ((-1, "R"), (1, "L")):
        lit = s < 0
        front = C_(
            "58,424 96,432 136,444 164,456 176,470 172,540 150,600 142,640 126,720 118,790 128,870 148,960 160,1040 164,1088 124,1102 86,1096 82,1040 72,940 62,830 55,745 58,700 78,620 86,540 74,470",
            s,
        )
        cor = (0, 13, 15, 19)
        o += P(spline([(x - 5 * s, y + 4) for x, y in front], True, cor), "#3a2418", 0.30, blur(6))
        d = spline(front, True, cor)
        o += f'<defs><clipPath id="bz{n}C"><path d="{d}"/></clipPath></defs>' + P(d, f"url(#bz{n})")
        g = P(sh("156,470 138,560 130,640 116,740 110,800 124,900 152,980 172,1100 210,1100 210,470", (), s), "#143a40", 0.58, blur(9))
        g += P(sh("92,600 112,620 118,650 106,690 88,690 78,650", (), s), "#6ba8a2", 0.40 if lit else 0.28, blur(9))
        g += P(sh("88,850 106,900 122,990 126,1090 104,1090 94,980", (), s), "#5c9994", 0.36 if lit else 0.22, blur(9))
        g += P(sh("110,770 84,778 60,774 60,800 90,806 116,800", (), s), "#173d42", 0.30, blur(6))
        g += fold(C_("126,770 98,782 64,772", s), 6, op=0.5) + fold(C_("122,806 98,806 72,790", s), 5, op=0.42) + fold(C_("120,742 100,758 80,760", s), 4.5, op=0.35)
        g += fold(C_("150,560 132,612 110,660", s), 7, op=0.45, peak=0.25) + fold(C_("142,610 126,648 112,676", s), 5, op=0.35, peak=0.25)
        g += fold(C_("118,826 132,900 142,1000", s), 6, op=0.3, peak=0.3) + fold(C_("96,960 104,1020 106,1090", s), 6, op=0.3, peak=0.75)
        # flap pocket
        fl = C_("82,898 134,886 139,910 86,924", s)
        g += P(spline([(x, y + 4) for x, y in fl], True, (0, 1, 2, 3)), "#0f2c32", 0.4, blur(2)) + P(spline(fl, True, (0, 1, 2, 3)), "#357070" if lit else "#2b5e61")
        g += line(fl[0:2], 1.8, "#8fc2ba", 0.6, (1, 1)) + line([fl[3], fl[2]], 1.6, "#12343a", 0.55, (1, 1))
        # front edge
        g += line(C_("56,748 63,830 73,940 83,1040 87,1096", s), 2.4, "#9fd0c7", 0.6 if lit else 0.42, (1, 1)) + line(C_("63,752 70,830 80,940 90,1040 94,1096", s), 1.0, "#173d42", 0.4, (1, 1))
        g += line(C_("86,1093 124,1099 164,1085", s), 1.6, "#9fd0c7", 0.4, (1, 1))
        # shoulder light
        g += P(sh("96,436 136,446 160,458 166,470 130,462 100,452", (), s), "#86bdb6", 0.5 if lit else 0.34, blur(4))
        o += f'<g clip-path="url(#bz{n}C)">{g}</g>'
        # notched lapel, then collar
        lap = C_("66,440 84,486 92,510 126,512 118,560 98,632 74,700 55,748 51,700 55,620 58,540 56,470", s)
        lc = (0, 2, 3, 7)
        o += P(spline([(x + 2 * s, y + 6) for x, y in lap], True, lc), "#0c272c", 0.5, blur(4))
        o += P(spline(lap, True, lc), f"url(#lp{n})")
        o += P(between(C_("58,500 62,560 60,640 56,720", s), C_("76,500 78,560 70,640 56,720", s)), "#1f4d52", 0.35, blur(3))
        o += line(C_("126,512 118,560 98,632 74,700 55,748", s), 2.2, "#aedad1", 0.8 if lit else 0.6, (0.6, 0.2), 0.2) + line(C_("92,510 126,512", s), 1.6, "#aedad1", 0.6, (0.5, 0.9))
        o += line(C_("56,478 58,540 55,620 51,700 55,748", s), 1.6, "#1b454a", 0.7, (0.5, 0.5))
        col = C_("46,408 62,412 90,444 110,482 115,496 92,510 76,474 60,440 48,420", s)
        o += P(spline([(x, y + 4) for x, y in col], True, (0, 4, 5)), "#0c272c", 0.42, blur(3))
        o += (
            P(spline(col, True, (0, 4, 5)), "#54968f" if lit else "#468481")
            + line(C_("60,411 90,444 110,482 115,496", s), 2.0, "#aedad1", 0.6, (0.3, 0.8), 0.7)
            + line(C_("48,420 60,440 76,474 92,510", s), 1.4, "#1b454a", 0.7)
        )
        o += line(C_("115,496 92,510", s), 1.5, "#12343a", 0.6, (0.6, 0.6))
    x, y = _torso("68,772")[0]
    o += f'<circle cx="{x}" cy="{y + 1.5:.1f}" r="7.4" fill="#12343a" fill-opacity=".5"/><circle cx="{x}" cy="{y:.1f}" r="7" fill="#7a4f38"/><circle cx="{x - 0.6}" cy="{y - 0.6:.1f}" r="5" fill="#a3745a"/><circle cx="{x - 2.2}" cy="{y - 0.4:.1f}" r=".9" fill="#4a2d1f"/><circle cx="{x + 1}" cy="{y - 0.4:.1f}" r=".9" fill="#4a2d1f"/>'
    return o


def accessories() -> str:
    """Earrings; they hang from the lobes and may swing."""
    return f'<g id="earring_l" transform="translate({CX + 87} 292)"><circle r="1.7" fill="#f3d48a"/><path d="M0 1.5V9" stroke="#d9a94f" stroke-width="1.3"/><circle cy="13.6" r="5" fill="#f3e7dc"/><circle cx=".8" cy="14.6" r="3.6" fill="#dcc7b8" fill-opacity=".55"/><circle cx="-1.5" cy="12" r="1.6" fill="#fff"/></g>'


def necklace() -> str:
    o = line(C("-47,428 -34,444 -16,455 0,458 16,455 34,444 47,428"), 1.5, "#d9a94f", 0.95, (1, 1)) + line(C("-34,443 -16,454 0,457"), 0.8, "#fff0c4", 0.9)
    o += f'<circle cx="{CX}" cy="461.5" r="3.6" fill="#e0b667"/><circle cx="{CX - 1}" cy="460.4" r="1.4" fill="#fff6dc"/>'
    return o
