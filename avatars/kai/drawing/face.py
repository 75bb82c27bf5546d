"""The host's face: head, ears, nose, smile, and the cells of the right eye and the right brow (the left ones mirror them).

Coordinates are the host canvas (720 x 1280); the face is centred on x = 360.
"""

from __future__ import annotations

from .shapes import (
    Knot,
    both,
    fall,
    glow,
    group,
    limb,
    line,
    linear,
    mirror,
    oval,
    path,
    smooth,
    soft,
)

AXIS = 360.0
SKIN, SKIN_LIGHT = "#f3cbaa", "#ffe3c8"
SHADE, SHADE_DEEP, SKIN_LINE = "#dfa27c", "#bd7656", "#9c5a40"
BLUSH = "#ee8f78"
HAIR_DARK, HAIR, HAIR_MID, HAIR_LIGHT = "#1b1519", "#30262a", "#4c3d3f", "#866f6a"
RIM = "#fff4e6"


def face_outline(jaw: float = 0.0) -> list[Knot]:
    """Outline of the face; jaw 0..1 drops the chin."""
    half: list[Knot] = [
        (0, 206), (40, 210), (69, 230), (84, 266), (88.5, 300), (89, 330), (87, 358), (82.5, 384), (76, 405),
        (67.5, 420), (53, 434.5), (37.5, 446.5), (23.5, 455), (10.5, 459), (0, 459.4),
    ]  # fmt: skip
    drop = [(x * (1 - 0.02 * jaw * (y > 420)), y + 8.5 * jaw * max(0.0, (y - 372) / 86) ** 1.3) for x, y in half]  # type: ignore[misc]
    return both(drop)


def ears() -> str:
    """Both ears, light on the left, shade on the right."""
    out = []
    for side in ("l", "r"):
        knots: list[Knot] = [
            (444, 334), (449, 325), (456, 322.5), (462.5, 327), (464, 339), (461.5, 354), (457, 367), (452, 377), (446.5, 379), (442, 371), (441, 350),
        ]  # fmt: skip
        inner: list[Knot] = [(449, 334), (454.5, 330.5), (459, 336), (458.5, 347), (455, 357), (451.5, 365), (450, 357), (453.5, 348), (453, 339)]
        lobe: list[Knot] = [(446, 345), (450.5, 348), (449, 355), (450.5, 361), (446, 366)]
        helix: list[Knot] = [(449, 327.5), (456, 325), (461, 331), (461.6, 343), (458.6, 357)]
        if side == "l":
            knots, inner, lobe, helix = mirror(knots), mirror(inner), mirror(lobe), mirror(helix)
        out.append(
            group(
                f"ear_{side}",
                path(smooth(knots), "url(#g_ear_l)" if side == "l" else "url(#g_ear_r)", stroke=SKIN_LINE, stroke_width=1.1, stroke_opacity=0.55),
                path(smooth(inner), SHADE_DEEP, opacity=0.55 if side == "l" else 0.7),
                path(smooth(lobe), SHADE_DEEP, opacity=0.35),
                line(helix, [0.3, 1.6, 1.8, 1.2, 0.2], "#ffe3c8", opacity=0.7 if side == "l" else 0.4),
            )
        )
    return group("ears", *out)


def head_svg(jaw: float = 0.0, blush: float = 0.28) -> str:
    """Ears and the face base with its light, shade, blush and rim."""
    j = 8.5 * jaw
    outline = face_outline(jaw)
    d = smooth(outline)
    # the cel shadow of the side plane: temple, cheekbone, hollow, jaw
    plane: list[Knot] = [
        (470, 236, "c"), (429, 252, "c"), (434, 282), (431, 306), (435, 330), (431, 352), (421, 374), (413, 394), (402, 416 + j * 0.5),
        (389, 434 + j * 0.8), (372, 447 + j), (352, 452 + j), (330, 458 + j), (345, 474 + j, "c"), (480, 470, "c"),
    ]  # fmt: skip
    plane2: list[Knot] = [
        (470, 250, "c"), (445, 262, "c"), (446, 300), (447, 336), (441, 366), (432, 392), (420, 414 + j * 0.5), (404, 431 + j * 0.8),
        (384, 445 + j), (366, 452 + j), (356, 470 + j, "c"), (480, 474, "c"),
    ]  # fmt: skip
    under_brow_r: list[Knot] = [(374, 312), (392, 311), (416, 309), (434, 316), (430, 324), (412, 321), (394, 324), (381, 334), (374, 338), (371, 326)]
    under_brow_l = [(720 - k[0], *k[1:]) for k in under_brow_r]
    defs = (
        "<defs>"
        + "".join(
            [
                f'<clipPath id="c_face"><path d="{d}"/></clipPath>',
                linear("g_face", (300, 230), (430, 460), (0, SKIN_LIGHT), (0.42, SKIN), (1, "#eab992")),
                linear("g_ear_l", (268, 330), (250, 380), (0, "#f6cdae"), (1, "#e5a884")),
                linear("g_ear_r", (450, 330), (470, 380), (0, "#dda07c"), (1, "#c98560")),
                glow("g_blush_l", (0, BLUSH, blush), (1, BLUSH, 0)),
                glow("g_blush_r", (0, BLUSH, blush * 0.9), (1, BLUSH, 0)),
                glow("g_cheek_l", (0, "#fff0dc", 0.36), (1, "#fff0dc", 0)),
                glow("g_brow_light", (0, "#fff0dc", 0.5), (1, "#fff0dc", 0)),
                glow("g_chin", (0, "#fff0dc", 0.4), (1, "#fff0dc", 0)),
                linear("g_stubble", (360, 400), (360, 458 + j), (0, "#8a6a5c", 0), (1, "#8a6a5c", 0.13)),
                '<filter color-interpolation-filters="sRGB" id="f_soft1" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="1.1"/></filter>',
                '<filter color-interpolation-filters="sRGB" id="f_soft3" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="3"/></filter>',
                '<filter color-interpolation-filters="sRGB" id="f_soft6" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="6"/></filter>',
            ]
        )
        + "</defs>"
    )
    inside = [
        path(d, "url(#g_face)"),
        path(oval(345, 284, 52, 26), "url(#g_brow_light)"),
        path(oval(303, 366, 26, 15), "url(#g_cheek_l)"),
        path(oval(302, 381, 30, 19), "url(#g_blush_l)"),
        path(oval(416, 381, 28, 18), "url(#g_blush_r)"),
        path(smooth(plane), SHADE, opacity=0.62, filter="url(#f_soft1)"),
        soft(
            "f_soft3",
            path(smooth(plane2), SHADE_DEEP, opacity=0.34),
            path(smooth(under_brow_l), SHADE, opacity=0.38),
            path(smooth(under_brow_r), SHADE, opacity=0.50),
        ),
        path(oval(352, 441 + j, 19, 11), "url(#g_chin)"),
        path(smooth([(286, 398), (320, 396), (400, 396), (434, 398), (424, 430 + j), (360, 470 + j), (296, 430 + j)]), "url(#g_stubble)"),
        # bounce and rim on the far jaw, warm edge on the near one
        path(
            limb([(448, 300), (448.5, 335), (446, 364), (440, 391), (431.5, 415 + j * 0.4), (416, 432 + j * 0.7)], [0.4, 1.6, 2.0, 1.6, 0.3]),
            RIM,
            opacity=0.55,
            filter="url(#f_soft1)",
        ),
        path(
            limb([(271.5, 330), (273.5, 362), (278, 389), (287, 415 + j * 0.4), (303, 433 + j * 0.7), (322, 448 + j), (344, 458 + j)], [0.3, 1.0, 1.2, 1.0, 0.3]),
            SKIN_LINE,
            opacity=0.40,
        ),
    ]
    edge = path(d, "none", stroke=SKIN_LINE, stroke_width=2.0, stroke_opacity=0.5)
    return group("head", defs, ears(), edge, group("face_base", *inside, clip_path="url(#c_face)"))


def smile_svg(smile: float = 1.0) -> str:
    """What a smile does to the cheeks: folds and light on the lifted apples. Its opacity is linear, so one raster serves all smiles."""
    parts = []
    for side in (-1, 1):
        fold: list[Knot] = [(360 + side * x, y) for x, y in ((25, 383.5), (34.5, 389.5), (42.5, 398.5), (46.5, 408.5))]
        parts.append(line(fold, [0.4, 3.0, 2.6, 0.3], SHADE_DEEP, opacity=0.30))
        parts.append(path(oval(360 + side * 52, 376, 25, 13), "url(#g_apple)", opacity=0.7 if side < 0 else 0.4))
    defs = "<defs>" + glow("g_apple", (0, "#ffe9d6", 0.6), (0.5, "#ffd9c4", 0.28), (1, "#ffd9c4", 0)) + "</defs>"
    return group("smile", defs, soft("f_soft1", *parts), opacity=None if smile >= 1 else round(max(0.0, smile), 2))


def nose_svg() -> str:
    """The nose by its shadow shapes: bridge plane, tip light, wings, nostrils, cast shadow."""
    side: list[Knot] = [
        (369, 322, "c"),
        (374, 332),
        (371.5, 348),
        (374.5, 364),
        (379, 374),
        (380.5, 383),
        (375, 388.5),
        (366, 390),
        (369.5, 380),
        (367.5, 362),
        (366.5, 342),
    ]
    under: list[Knot] = [
        (343, 384.5, "c"),
        (350, 387),
        (360, 389.5),
        (371, 387),
        (379.5, 382, "c"),
        (381, 388),
        (375, 394),
        (363, 398),
        (351, 394.5),
        (345, 389.5),
    ]
    wing_l: list[Knot] = [(343.5, 375), (340.4, 380), (341.2, 385.6), (345.5, 388)]
    wing_r: list[Knot] = [(377, 374), (380.6, 379.5), (379.8, 385.6), (375.0, 388.4)]
    nostril_l: list[Knot] = [(347.2, 387.2), (350.4, 385.2), (354.0, 386.6), (352.4, 388.7), (349.2, 389.0)]
    nostril_r: list[Knot] = [(373.0, 387.2), (369.8, 385.2), (366.0, 386.6), (367.6, 388.7), (370.8, 389.0)]
    return group(
        "nose",
        "<defs>"
        + fall("g_nose", (0, SHADE, 0.1), (0.45, SHADE, 0.75), (1, SHADE_DEEP, 0.8))
        + fall("g_under", (0, SHADE_DEEP, 0.75), (1, SHADE, 0.15))
        + glow("g_tip", (0, "#fff6ea", 0.75), (1, "#fff6ea", 0))
        + "</defs>",
        path(smooth(side), "url(#g_nose)", filter="url(#f_soft1)"),
        path(smooth(under), "url(#g_under)", filter="url(#f_soft1)"),
        path(limb([(357.5, 326), (358, 348), (358, 372)], [0.4, 2.0, 2.4, 0.6]), "#fff2e0", opacity=0.5, filter="url(#f_soft1)"),
        path(oval(357.5, 377, 7, 5.5), "url(#g_tip)"),
        line(wing_l, [0.4, 1.4, 1.5, 0.5], SHADE_DEEP, opacity=0.7),
        line(wing_r, [0.4, 1.6, 1.8, 0.6], SKIN_LINE, opacity=0.7),
        path(smooth(nostril_l), "#7d4030", opacity=0.82),
        path(smooth(nostril_r), "#6f3729", opacity=0.88),
    )


def _cornered(knots: list[Knot]) -> list[Knot]:
    """The same open line with corners at both ends."""
    return [(knots[0][0], knots[0][1], "c"), *knots[1:-1], (knots[-1][0], knots[-1][1], "c")]


def _lid(openness: float) -> tuple[list[Knot], list[Knot], list[Knot]]:
    """Upper lid line, lower lid line and crease of the right eye at an openness."""
    o = max(0.0, min(1.2, openness))
    us = [0, 5, 11, 18, 25, 31, 36, 40.2]
    shut = [3.6, 6.2, 8.6, 10.0, 9.9, 8.2, 5.2, 1.4]
    wide = [3.0, -2.2, -7.4, -10.5, -11.0, -9.6, -6.2, -1.0]
    low = [3.6, 6.2, 8.7, 10.2, 10.0, 8.2, 5.0, 1.2]
    lift = -1.4 * (1 - o) if o < 1 else 0.0
    crease = [-1.6, -6.6, -11.2, -14.2, -15.0, -13.8, -10.6, -5.6]
    crease_shut = [-0.5, -2.5, -4.2, -5.2, -5.4, -4.6, -3.4, -2.2]
    x0, y0 = 383.2, 338.0
    top: list[Knot] = [(x0 + u, y0 + s + (w - s) * o) for u, s, w in zip(us, shut, wide, strict=True)]
    bottom: list[Knot] = [(x0 + u, y0 + v + lift) for u, v in zip(us, low, strict=True)]
    fold: list[Knot] = [(x0 + u - 0.6 + (i == 7) * 2.2, y0 + s + (w - s) * min(1.1, o)) for i, (u, s, w) in enumerate(zip(us, crease_shut, crease, strict=True))]
    return top, bottom, fold


IRIS_AT = (402.8, 336.8)
"""Centre of the right iris when it looks at the camera."""

EYE_DEFS = "<defs>" + fall("e_sclera", (0, "#b9a5a2"), (0.42, "#f1e7e2"), (1, "#fffaf5")) + fall("e_lid", (0, SHADE, 0.12), (1, "#cf8c67", 0.62)) + "</defs>"


def _opening(openness: float, squint: float) -> tuple[list[Knot], list[Knot], list[Knot]]:
    """Upper lid, lower lid and crease of the right eye; a squint lifts the lower lid."""
    top, bottom, fold = _lid(openness)
    if squint:
        bottom = [(k[0], k[1] - 3.4 * squint * (1 - ((i - 3.5) / 4.2) ** 2)) for i, k in enumerate(bottom)]
        top = [(t[0], min(t[1], b[1])) for t, b in zip(top, bottom, strict=True)]
    return top, bottom, fold


def eye_base(openness: float, squint: float, name: str) -> str:
    """What lies behind the iris: the white of the right eye and the tear duct, cut to the opening."""
    top, bottom, _ = _opening(openness, squint)
    hole = smooth([*_cornered(top), *reversed(_cornered(bottom))][:-1])
    duct = path(oval(403.4 - 18.5, 338.0 + 3.6, 4.2, 2.8), "#e59a88", opacity=0.75)
    clip = f'<clipPath id="c{name}"><path d="{hole}"/></clipPath>'
    return group(name, clip, f'<g clip-path="url(#c{name})">', path(hole, "url(#e_sclera)"), duct, "</g>")


def eye_over(openness: float, squint: float, name: str) -> str:
    """What lies in front of the iris: the lid's shadow, the lid, the lashes and the roll under the eye."""
    top, bottom, fold = _opening(openness, squint)
    o = openness
    hole = smooth([*_cornered(top), *reversed(_cornered(bottom))][:-1])
    depth = [(k[0], k[1] + 4.2 * min(1, o) * (1 - abs(i - 3.5) / 6)) for i, k in reversed(list(enumerate(top)))]
    shadow = path(smooth([*_cornered(top), *depth]), "#241216", opacity=0.42)
    lid = path(smooth([*_cornered(fold), *reversed(_cornered(top))]), "url(#e_lid)")
    crease = line(fold, [0.3, 1.0, 1.3, 1.3, 1.2, 0.4], SKIN_LINE, per=3, opacity=0.75)
    # the lash line: thin at the tear duct, heavy over the outer third, a short flick
    flick = (top[-1][0] + 2.6, top[-1][1] - 0.6 * min(1, o) + 1.2 * (1 - min(1, o)))
    lift = [(k[0], k[1] - d) for k, d in zip([*top, flick], [0.1, 0.5, 0.9, 1.2, 1.4, 1.5, 1.4, 1.0, 0.2], strict=True)]
    lashes = line(lift, [0.6, 1.5, 2.3, 2.8, 3.2, 3.5, 3.4, 2.4, 0.3], "#1d1213", per=3)
    lower = line([(bottom[i][0], bottom[i][1] + 0.7) for i in (2, 4, 5, 6, 7)], [0.3, 0.9, 1.2, 1.4, 1.2], "#6d3f31", opacity=round(0.75 * min(1.0, o / 0.15), 2))
    bag = [(k[0], k[1] + 5.4 + 0.6 * squint) for k in bottom[1:7]]
    roll = line(bag, [0.3, 1.1, 1.5, 1.1, 0.3], SHADE_DEEP, opacity=round(0.28 + 0.3 * squint, 2))
    clip = f'<clipPath id="c{name}"><path d="{hole}"/></clipPath>'
    return group(name, clip, f'<g clip-path="url(#c{name})">{shadow}</g>', roll, lid, crease, lashes, lower)


def iris_svg() -> str:
    """The iris, looking at the camera, with the glow that travels with it."""
    x, y = IRIS_AT
    defs = "<defs>" + fall("e_iris", (0, "#1d110d"), (0.45, "#43271a"), (1, "#8f5a33")) + glow("e_glow", (0, "#cf8f52", 0.8), (1, "#cf8f52", 0)) + "</defs>"
    return group(
        "iris",
        defs,
        path(oval(x, y, 11.2), "#170d0a"),
        path(oval(x, y, 10.3), "url(#e_iris)"),
        path(oval(x, y + 5.2, 8.0, 5.6), "url(#e_glow)"),
        path(oval(x, y - 0.2, 4.6), "#0c0605"),
        path(oval(x + 1.0, y + 7.2, 3.6, 1.3), "#ffdcae", opacity=0.5),
    )


def glint_svg() -> str:
    """The catchlights: they lag behind the iris, because the lamp does not move."""
    x, y = IRIS_AT
    return group("glint", path(oval(x - 4.0, y - 4.2, 3.3, 3.0), "#ffffff"), path(oval(x + 4.4, y + 4.3, 1.6), "#ffffff", opacity=0.85))


BROW_DEFS = (
    '<defs><linearGradient id="b_hair" x1="0" x2="1" y1="0" y2="0">'
    + "".join(f'<stop offset="{o}" stop-color="{c}" stop-opacity="{q}"/>' for o, c, q in ((0, "#3a2b2b", 0.9), (0.22, "#2a1f21", 0.97), (0.8, "#2a1f21", 1), (1, "#3b2c2b", 0.8)))
    + "</linearGradient></defs>"
)


def brow_svg(rise: float, furrow: float, tilt: float, name: str) -> str:
    """The right brow: a mass with a hairy front and a tapered tail. Rise -1..1, furrow 0..1, tilt -1..1 (inner end up)."""
    f = furrow

    def move(x: float, y: float) -> tuple[float, float]:
        s = max(0.0, min(1.0, (x - 379) / 58))  # 0 inner .. 1 tail
        y2 = y - 7.5 * rise * (0.75 + 0.5 * s * (1 - s) * 2 - 0.25 * s) + f * 5.2 * (1 - s) ** 1.6 - tilt * 4.5 * (1 - s) + tilt * 1.2 * s
        x2 = x - 3.4 * f * (1 - s)
        return x2, y2

    mass: list[Knot] = [
        (378.8, 312.6, "c"), (379.4, 308.0), (383.0, 303.8, "c"), (392, 301.2), (404, 299.2), (417, 299.0), (428.5, 302.8), (439, 312.4, "c"),
        (428, 308.6), (416, 307.4), (403, 308.4), (391, 310.8),
    ]  # fmt: skip
    d = smooth([(*move(k[0], k[1]), *k[2:]) for k in mass])
    hairs = []
    for x, y, dx, dy, w in (
        (378.8, 312.2, -0.2, -6.2, 1.4), (381.0, 312.4, 0.8, -8.6, 1.7), (384, 311.9, 2.4, -9.6, 1.7), (389, 311.0, 4.6, -10.0, 1.5), (396, 309.4, 6.5, -9.6, 1.4),
    ):  # fmt: skip
        hairs.append(line([move(x, y), move(x + dx * 0.5, y + dy * 0.62), move(x + dx, y + dy)], [0.4, w, 0.2], "#2a1f21", opacity=0.5))
    return group(name, path(d, "url(#b_hair)"), *hairs)
