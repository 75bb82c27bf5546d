"""The host's clothes: neck, tee, overshirt, trousers, lapel microphone, and the arms for each gesture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .face import SHADE, SHADE_DEEP, SKIN_LINE
from .hands import CONTOUR, hand_svg
from .shapes import (
    Knot,
    Point,
    both,
    group,
    limb,
    line,
    linear,
    mirror,
    oval,
    path,
    sample,
    smooth,
    soft,
)

CLOTH, CLOTH_LIGHT, CLOTH_SHADE, CLOTH_DEEP, CLOTH_LINE = "#37757a", "#5c9a9b", "#265a62", "#183f49", "#12323b"
LINING = "#1c4a52"
TEE, TEE_SHADE, TEE_DEEP = "#fbf7f0", "#ded5cb", "#bfb3a9"
CHINO, CHINO_LIGHT, CHINO_DEEP = "#4a4f5c", "#636977", "#31353f"

# clothes are drawn large and set under the head a little smaller
BODY_PLACE = "translate(360 478) scale(0.93) translate(-360 -502)"

SHIRT_HALF: list[Knot] = [
    (64, 502), (78, 511), (104, 524), (146, 536), (182, 552), (204, 584), (206, 630), (184, 690), (174, 760), (167, 840), (166, 920), (169, 1000), (175, 1076),
    (177, 1112, "c"), (150, 1120), (112, 1124), (78, 1124), (62, 1118, "c"), (61, 1040), (55, 940), (49, 830), (46, 720), (50, 640), (60, 580), (63, 540), (64, 502),
]  # fmt: skip


def neck_svg() -> str:
    """Neck and the head's cast shadow on it."""
    neck = both([(0, 400), (48, 400), (50.5, 440), (51.5, 468), (56, 486), (72, 500), (96, 512), (96, 560), (0, 590)])
    d = smooth(neck)
    cast: list[Knot] = [
        (306, 430),
        (318, 448),
        (340, 466),
        (364, 474),
        (390, 474),
        (410, 484),
        (414, 510, "c"),
        (440, 500, "c"),
        (430, 400, "c"),
        (300, 400, "c"),
    ]
    deep: list[Knot] = [(306, 428), (322, 446), (346, 460), (372, 464), (398, 458), (420, 470), (440, 440, "c"), (430, 400, "c"), (300, 400, "c")]
    defs = (
        "<defs>"
        + f'<clipPath id="c_neck"><path d="{d}"/></clipPath>'
        + linear("g_neck", (310, 440), (416, 540), (0, "#f1c6a4"), (0.5, "#eab994"), (1, "#d79a74"))
        + '<filter color-interpolation-filters="sRGB" id="f_neck" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="1.6"/></filter>'
        + "</defs>"
    )
    inside = [
        path(d, "url(#g_neck)"),
        soft(
            "f_neck",
            path(smooth(cast), "#c98660", opacity=0.75),
            path(smooth(deep), "#a8623f", opacity=0.45),
            path(smooth([(398, 440), (406, 480), (420, 520), (470, 540), (460, 420)]), SHADE_DEEP, opacity=0.45),
            line([(331, 470), (337, 492), (350, 514)], [0.4, 4, 0.5], SHADE_DEEP, opacity=0.28),
            line([(395, 474), (387, 496), (372, 514)], [0.4, 5, 0.5], SHADE_DEEP, opacity=0.35),
            path(oval(358, 494, 7, 9), "#f6d0b0", opacity=0.35),
        ),
    ]
    return group("neck", defs, path(d, "none", stroke=SKIN_LINE, stroke_width=1.8, stroke_opacity=0.4), group("neck_base", *inside, clip_path="url(#c_neck)"))


def body_back_svg() -> str:
    """What lies behind the neck: inside of the collar and of the tee."""
    back = both([(0, 468), (40, 469), (58, 476), (68, 490), (66, 540), (0, 560)])
    return group(
        "body_back",
        path(smooth(back), LINING),
        path(smooth(both([(0, 496), (36, 498), (54, 512), (50, 540), (0, 548)])), TEE_DEEP),
        transform=BODY_PLACE,
    )


def _shirt_half(side: str) -> str:
    """One front of the overshirt with its light, folds, pocket and placket."""
    flip = side == "l"

    def at(knots: Sequence[Knot]) -> list[Knot]:
        placed: list[Knot] = [(360 + k[0], *k[1:]) for k in knots]
        return mirror(placed) if flip else placed

    d = smooth(at(SHIRT_HALF))
    n = f"shirt_{side}"
    dark, deep = (0.34, 0.30) if flip else (0.62, 0.42)
    side_shade = at([(210, 560), (196, 640), (168, 700), (152, 780), (146, 880), (150, 1000), (160, 1130, "c"), (230, 1130, "c"), (230, 560, "c")])
    side_deep = at([(214, 600), (196, 660), (176, 720), (166, 800), (160, 900), (164, 1000), (170, 1130, "c"), (230, 1130, "c"), (230, 600, "c")])
    edge_shade = at([(36, 600), (64, 640), (62, 720), (66, 830), (72, 940), (80, 1040), (84, 1130, "c"), (30, 1130, "c"), (30, 600, "c")])
    folds = [
        ([(186, 664), (150, 690), (112, 704)], [0.5, 9, 6, 0], dark),
        ([(182, 690), (146, 728), (106, 752)], [0.5, 8, 5, 0], dark * 0.9),
        ([(170, 860), (140, 884), (104, 890), (74, 880)], [0.5, 9, 7, 0], dark * 0.9),
        ([(168, 902), (136, 932), (104, 944)], [0.5, 8, 5, 0], dark),
        ([(168, 960), (150, 1010), (146, 1070)], [0.5, 8, 5, 0], dark * 0.8),
        ([(60, 900), (84, 930), (96, 968)], [0.5, 6, 4, 0], dark * 0.8),
        ([(62, 1040), (84, 1064), (92, 1106)], [0.5, 6, 4, 0], dark * 0.7),
    ]
    lights = [
        ([(176, 676), (144, 706), (108, 724)], [0, 3.4, 0]),
        ([(160, 876), (128, 904), (90, 908)], [0, 3.6, 0]),
        ([(158, 922), (130, 954), (108, 966)], [0, 2.8, 0]),
        ([(92, 560), (108, 620), (104, 690)], [0, 5.0, 0]),
    ]
    pocket = at([(84, 706, "c"), (146, 700, "c"), (147, 772), (140, 782), (116, 786), (92, 786), (86, 778)])
    flap = at([(81, 700, "c"), (149, 694, "c"), (150, 718), (116, 730), (82, 722)])
    placket = at(
        [
            (58, 580),
            (50, 640),
            (46, 720),
            (49, 830),
            (55, 940),
            (61, 1040),
            (62, 1118, "c"),
            (84, 1122, "c"),
            (82, 1040),
            (75, 940),
            (69, 830),
            (66, 720),
            (70, 640),
            (76, 590),
        ]
    )
    stitch = sample(at([(72, 640), (62, 720), (65, 830), (71, 940), (78, 1040), (80, 1118)]), 6)
    parts = [
        f'<defs><clipPath id="c_{n}"><path d="{d}"/></clipPath></defs>',
        path(d, "url(#g_cloth_l)" if flip else "url(#g_cloth_r)"),
        '<g clip-path="url(#c_' + n + ')">',
        soft("f_wide4", path(smooth(side_deep), CLOTH_DEEP, opacity=deep), path(smooth(edge_shade), CLOTH_SHADE, opacity=0.25)),
        soft(
            "f_wide",
            path(smooth(side_shade), CLOTH_SHADE, opacity=dark),
            *(path(limb(at(k), w), CLOTH_DEEP, opacity=round(o, 2)) for k, w, o in folds),
            *(path(limb(at(k), w), CLOTH_LIGHT, opacity=0.55 if flip else 0.35) for k, w in lights),
        ),
        path(smooth(placket), CLOTH_LIGHT, opacity=0.20),
        f'<path d="{smooth(stitch, closed=False)}" fill="none" stroke="{CLOTH_LIGHT}" stroke-width="1.1" stroke-dasharray="4 3" opacity="0.6"/>',
        path(smooth(pocket), CLOTH_SHADE, opacity=0.45),
        path(smooth(pocket), "none", stroke=CLOTH_DEEP, stroke_width=1.2, opacity=0.7),
        path(smooth([(k[0], k[1] + 4, *k[2:]) for k in flap]), CLOTH_DEEP, opacity=0.5, filter="url(#f_cloth)"),
        path(smooth(flap), CLOTH if flip else "#306a70"),
        path(smooth(flap), "none", stroke=CLOTH_DEEP, stroke_width=1.1, opacity=0.7),
        path(oval(*at([(116, 718)])[0][:2], 4.6), "#e9dcc6"),
        path(oval(*at([(115.2, 717.2)])[0][:2], 2.6), "#cbb99c", opacity=0.8),
        path(smooth(at([(61, 1106), (112, 1112), (178, 1100), (178, 1130, "c"), (60, 1130, "c")])), CLOTH_DEEP, opacity=0.28),
        f'<path d="{smooth(at([(62, 1106), (112, 1111), (176, 1100)]), closed=False)}" fill="none" stroke="{CLOTH_LIGHT}" stroke-width="1.1" stroke-dasharray="4 3" opacity="0.5"/>',
        "</g>",
        line(at([(60, 580), (50, 640), (46, 720), (49, 830), (55, 940), (61, 1040), (62, 1116)]), [1.4, 2.2, 2.0, 2.0, 1.6], CLOTH_LINE, opacity=0.75),
    ]
    if side == "r":
        for y, x in ((690, 57), (800, 58), (912, 64), (1022, 71)):
            px, py = at([(x, y)])[0][:2]
            parts += [path(oval(px + 0.8, py + 1.6, 5.4), CLOTH_LINE, opacity=0.5), path(oval(px, py, 5.2), "#efe4d0"), path(oval(px, py, 3.4), "none", stroke="#bfae92", stroke_width=0.9),
                      path(oval(px - 1, py, 0.7), "#8f7f66"), path(oval(px + 1.2, py, 0.7), "#8f7f66")]  # fmt: skip
    return group(n, *parts)


def _collar(side: str) -> str:
    """One leaf of the open camp collar."""
    flip = side == "l"
    leaf: list[Knot] = [
        (416, 481, "c"), (431, 488), (453, 504), (476, 530), (494, 564), (501, 592, "c"), (476, 606), (450, 623), (430, 645, "c"), (426, 612), (425, 580), (425, 548), (421, 512),
    ]  # fmt: skip
    inner: list[Knot] = [(416, 481, "c"), (421, 512), (425, 548), (425, 580), (426, 612), (430, 645, "c"), (417, 620), (410, 580), (412, 540), (415, 510)]
    shadow = [(k[0] + (-5 if flip else 6), k[1] + 9, *k[2:]) for k in (mirror(leaf) if flip else leaf)]
    if flip:
        leaf, inner = mirror(leaf), mirror(inner)
    sx = -1 if flip else 1
    edge = [(360 + sx * x, y) for x, y in ((134, 588), (112, 601), (88, 615), (69, 632))]
    st = [(360 + sx * x, y) for x, y in ((84, 512), (106, 536), (124, 566), (130, 585), (110, 596), (88, 609), (70, 622))]
    return group(
        f"collar_{side}",
        f'<g clip-path="url(#c_shirt_{side})">' + path(smooth(shadow), CLOTH_LINE, opacity=0.5, filter="url(#f_cloth4)") + "</g>",
        path(smooth(inner), LINING),
        path(smooth(leaf), "url(#g_collar_l)" if flip else "url(#g_collar_r)"),
        path(
            limb([(360 + sx * x, y) for x, y in ((58, 483), (73, 492), (95, 509), (117, 535), (133, 567))], [0.4, 2.6, 3.0, 2.2, 0.3]),
            "#8fc0bf" if flip else CLOTH_LIGHT,
            opacity=0.55,
        ),
        path(limb(edge, [0.4, 1.6, 1.6, 0.4]), CLOTH_LINE, opacity=0.6),
        f'<path d="{smooth(st, closed=False)}" fill="none" stroke="#8fc0bf" stroke-width="1" stroke-dasharray="4 3" opacity="0.5"/>',
    )


def _mic() -> str:
    """A wireless clip microphone on the viewer's-left placket."""
    return group(
        "mic",
        '<rect x="303" y="654" width="24" height="34" rx="6" fill="#0d252c" opacity="0.45" filter="url(#f_cloth)"/>',
        path(oval(313, 645, 8.2, 7.6), "#25282e"),
        path(oval(310.6, 642.4, 4.2, 3.4), "#6c737d", opacity=0.7),
        '<rect x="302" y="649" width="22" height="33" rx="5" fill="url(#g_mic)"/>',
        '<rect x="303.2" y="650.4" width="3" height="30" rx="1.5" fill="#8c939c" opacity="0.6"/>',
        '<rect x="308" y="656" width="11" height="2.4" rx="1.2" fill="#9aa1ab" opacity="0.9"/>',
        path(oval(313.5, 673, 4.4), "#64e0a2", opacity=0.28),
        path(oval(313.5, 673, 2.0), "#7bf0b4"),
    )


def body_svg() -> str:
    """Trousers, tee, overshirt, collar and microphone."""
    trousers = both([(0, 1080), (168, 1080), (176, 1150), (180, 1240), (178, 1400, "c"), (0, 1400, "c")])
    tee = both(
        [
            (0, 557),
            (18, 555),
            (38, 544),
            (51, 522),
            (56, 498, "c"),
            (70, 496, "c"),
            (80, 540),
            (82, 700),
            (84, 900),
            (86, 1070),
            (80, 1092),
            (40, 1098),
            (0, 1098),
        ]
    )
    rib_out = [(302, 496), (308, 520), (321, 542), (341, 555), (360, 558), (379, 555), (399, 542), (412, 520), (418, 496)]
    rib = line(rib_out, [11, 11, 11, 11], TEE)
    defs = (
        "<defs>"
        + "".join(
            [
                linear("g_cloth_l", (170, 540), (330, 1100), (0, CLOTH_LIGHT), (0.28, "#41838a"), (0.7, CLOTH), (1, "#2d666d")),
                linear("g_cloth_r", (400, 540), (560, 1100), (0, "#3c7d83"), (0.4, CLOTH), (1, "#28606a")),
                linear("g_collar_l", (240, 500), (310, 640), (0, "#6aa7a7"), (1, "#3b7b80")),
                linear("g_collar_r", (420, 500), (490, 620), (0, "#4a8b8e"), (1, "#2b646b")),
                linear("g_tee", (320, 540), (410, 1090), (0, TEE), (0.6, "#f3ece3"), (1, "#dcd1c6")),
                linear("g_chino", (200, 1080), (540, 1280), (0, CHINO_LIGHT), (0.4, CHINO), (1, CHINO_DEEP)),
                linear("g_mic", (300, 650), (324, 690), (0, "#4a4f57"), (1, "#1c1e22")),
                '<filter color-interpolation-filters="sRGB" id="f_wide" x="-4%" y="-4%" width="108%" height="108%"><feGaussianBlur stdDeviation="2.2"/></filter>',
                '<filter color-interpolation-filters="sRGB" id="f_wide4" x="-10%" y="-10%" width="120%" height="120%"><feGaussianBlur stdDeviation="5"/></filter>',
                '<filter color-interpolation-filters="sRGB" id="f_cloth" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="1.3"/></filter>',
                '<filter color-interpolation-filters="sRGB" id="f_cloth4" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="5"/></filter>',
                f'<clipPath id="c_tee"><path d="{smooth(tee)}"/></clipPath>',
                f'<clipPath id="c_chino"><path d="{smooth(trousers)}"/></clipPath>',
            ]
        )
        + "</defs>"
    )
    legs = group(
        "trousers",
        path(smooth(trousers), "url(#g_chino)"),
        '<g clip-path="url(#c_chino)">',
        soft(
            "f_wide4",
            path(smooth([(352, 1090), (372, 1090), (378, 1200), (372, 1400), (348, 1400), (342, 1200)]), CHINO_DEEP, opacity=0.8),
            path(smooth([(180, 1090), (540, 1090), (542, 1136), (360, 1142), (178, 1136)]), "#1f222a", opacity=0.55),
            path(limb([(258, 1130), (252, 1210), (250, 1400)], [0, 9, 6]), CHINO_LIGHT, opacity=0.45),
            path(smooth([(470, 1100), (500, 1200), (496, 1400), (560, 1400), (560, 1100)]), CHINO_DEEP, opacity=0.7),
        ),
        line([(360, 1100), (361, 1160), (359, 1216), (360, 1400)], [1.6, 1.8, 2.4, 5.0], "#1c1f26", opacity=0.85),
        soft(
            "f_wide",
            path(limb([(352, 1190), (310, 1206), (270, 1206)], [3, 7, 0]), CHINO_DEEP, opacity=0.6),
            path(limb([(368, 1190), (410, 1206), (450, 1206)], [3, 7, 0]), CHINO_DEEP, opacity=0.7),
            path(limb([(346, 1216), (312, 1240), (280, 1246)], [2, 6, 0]), CHINO_DEEP, opacity=0.5),
        ),
        "</g>",
    )
    tee_folds = [
        ([(318, 640), (340, 700), (352, 790)], [0, 7, 5, 0]), ([(404, 620), (386, 700), (380, 800)], [0, 8, 6, 0]), ([(312, 860), (342, 900), (380, 910)], [0, 8, 6, 0]),
        ([(410, 880), (384, 920), (350, 936)], [0, 7, 5, 0]), ([(318, 980), (346, 1020), (362, 1080)], [0, 7, 5, 0]), ([(404, 1000), (388, 1040), (384, 1090)], [0, 7, 5, 0]),
    ]  # fmt: skip
    tee_group = group(
        "tee",
        path(smooth(tee), "url(#g_tee)"),
        '<g clip-path="url(#c_tee)">',
        soft(
            "f_wide4",
            path(smooth([(392, 520), (386, 620), (382, 760), (388, 900), (384, 1100), (470, 1100), (470, 520)]), TEE_SHADE, opacity=0.75),
            path(smooth([(310, 552), (340, 570), (380, 570), (410, 552), (400, 582), (360, 590), (320, 580)]), TEE_SHADE, opacity=0.6),
        ),
        soft(
            "f_wide",
            path(smooth([(290, 560), (318, 640), (312, 720), (314, 900), (306, 1100), (270, 1100), (270, 560)]), TEE_SHADE, opacity=0.9),
            path(smooth([(430, 560), (400, 650), (402, 740), (402, 900), (408, 1100), (460, 1100), (460, 560)]), TEE_DEEP, opacity=0.8),
            *(path(limb(k, w), TEE_DEEP, opacity=0.42) for k, w in tee_folds),
        ),
        "</g>",
        rib,
        line([(k[0], k[1] + 5.5) for k in rib_out], [0.8, 1.4, 1.4, 0.8], TEE_DEEP, opacity=0.9),
        line([(360 + (k[0] - 360) * 0.93, k[1] - 4.6) for k in rib_out], [0.8, 1.6, 1.8, 0.8], "#8d6249", opacity=0.45),
        line([(376, 556), (398, 543), (411, 522), (416, 500)], [0.5, 8, 10, 10], TEE_SHADE, opacity=0.75, filter="url(#f_cloth)"),
    )
    return group("body", defs, legs, tee_group, _shirt_half("l"), _shirt_half("r"), _collar("l"), _collar("r"), _mic(), transform=BODY_PLACE)


@dataclass(frozen=True, slots=True)
class Arm:
    """A gesture of the viewer's-left arm; the other arm is its mirror image."""

    elbow: Point
    wrist: Point
    turn: float
    hand: str
    size: float = 1.10
    cuff: float = 0.42
    flip: bool = False
    fore: tuple[float, float, float] = (35.0, 31.0, 22.0)
    raised: bool = True
    heel: float = 1.0  # how far the elbow stands out behind the forearm


SHOULDER: Point = (190.0, 596.0)
ARMS: dict[str, Arm] = {
    "relaxed": Arm((142, 828), (150, 1032), 184, "relaxed", cuff=0.36, raised=False),
    "present": Arm((162, 832), (132, 690), -39, "present", size=1.14),
    "point": Arm((150, 830), (112, 672), -17, "point", size=1.14),
    "thumb": Arm((146, 836), (232, 742), 10, "thumb", size=1.20, fore=(37, 34, 25)),
    "ok": Arm((148, 832), (134, 676), -7, "ok", size=1.14),
    "wave": Arm((150, 830), (120, 676), -9, "present", size=1.14),
    "clasp": Arm((144, 836), (264, 912), 96, "relaxed", size=1.12, fore=(36, 32, 22.5), heel=0.35),
}


def _at(p: Point, q: Point, t: float) -> Point:
    return (p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t)


def arm_svg(side: str, gesture: str) -> tuple[dict[str, str], str]:
    """The parts of an arm (upper, fore, hand: each its own layer) and the definitions they share."""
    a = ARMS[gesture]
    n = f"arm_{side}_{gesture}"
    s, e, w = SHOULDER, a.elbow, a.wrist
    length = math.dist(e, w)
    u = ((w[0] - e[0]) / length, (w[1] - e[1]) / length)  # along the forearm
    v = (-u[1], u[0])  # across it
    if (v[1] if abs(u[0]) > abs(u[1]) else v[0]) < 0:
        v = (-v[0], -v[1])  # towards the body; down where the forearm lies across it
    c = _at(e, w, a.cuff)

    def off(p: Point, along: float, across: float) -> Point:
        return (p[0] + u[0] * along + v[0] * across, p[1] + u[1] * along + v[1] * across)

    mid = _at(s, e, 0.5)
    bow = (mid[0] - 8, mid[1])
    rc = 44.0 if a.raised else 42.0
    if a.raised:
        upper_k: list[Knot] = [s, bow, _at(mid, e, 0.62), off(e, 4, -4)]
        upper = limb(upper_k, [47, 47, 46, 42], base=0.95, tip=0.8)
        lower: str | None = limb([off(e, -14 * a.heel, 0), off(e, length * a.cuff * 0.5, 0), c], [40, 43, rc - 1.5], tip=0.10, base=0.9 * a.heel)
    else:
        upper_k = [s, bow, e, c]
        upper, lower = limb(upper_k, [47, 47.5, 44, rc - 2], base=0.95, tip=0.1), None
    band = limb([off(c, -30, 0), off(c, 3, 0)], [rc + 0.5, rc + 2], tip=0.10)
    root = off(c, -12 if a.raised else 7, 0)
    wrist_in = off(w, 8, 0)
    fore = limb([root, _at(root, wrist_in, 0.5), wrist_in], list(a.fore), base=0.16)
    # the cuff as a ring seen from a little above: far rim, opening, forearm, near lip
    ks = [math.sin(i / 8 * math.pi / 2) for i in range(-8, 9)]

    def arc(along: float, deep: float, r: float) -> list[Knot]:
        return [off(c, along - deep * math.sqrt(1 - k * k), k * r) for k in ks]

    def corners(ps: list[Knot]) -> list[Knot]:
        return [(ps[0][0], ps[0][1], "c"), *ps[1:-1], (ps[-1][0], ps[-1][1], "c")]

    lip_top, lip_low = arc(2, 9.5, rc + 1), arc(-27, 8.0, rc - 0.5)
    far = arc(2, -7.0, rc + 1)
    lip = smooth([*corners(lip_top), *corners(lip_low[::-1])])
    ring = smooth([*corners(far), *corners(lip_top[::-1])])
    opening = smooth([*corners(arc(0.5, -4.0, rc - 4)), *corners(arc(0.5, 9.5, rc - 4)[::-1])])
    low = 1.0
    fshade = limb(
        [off(root, 0, low * a.fore[0] * 0.66), off(_at(root, wrist_in, 0.5), 0, low * a.fore[1] * 0.62), off(wrist_in, 0, low * a.fore[2] * 0.62)],
        [r * 0.66 for r in a.fore],
    )

    seam: list[Knot] = [(s[0] + 39, s[1] - 24), (s[0] + 43, s[1] - 4), (s[0] + 42, s[1] + 30), (s[0] + 34, s[1] + 74)]
    inner: list[Knot] = [(s[0] + 46, s[1] + 40), (bow[0] + 40, bow[1]), (_at(mid, e, 0.62)[0] + 38, _at(mid, e, 0.62)[1]), (e[0] + 36, e[1] + 10)]
    crook = (e[0] + 40, e[1] - 34) if a.raised else (e[0] + 40, e[1] - 6)
    folds: list[tuple[list[Knot], list[float], float]] = [
        ([crook, (e[0] + 8, e[1] - 34), (e[0] - 26, e[1] - 42)], [4, 6.5, 0], 0.60),
        ([(crook[0] + 2, crook[1] - 28), (e[0] + 12, e[1] - 62), (e[0] - 14, e[1] - 80)], [3, 5.5, 0], 0.48),
        ([(s[0] + 42, s[1] + 66), (s[0] + 14, s[1] + 86), (s[0] - 18, s[1] + 90)], [2, 5.5, 0], 0.42),
        ([(s[0] + 42, s[1] + 98), (s[0] + 14, s[1] + 124), (s[0] - 12, s[1] + 134)], [2, 5, 0], 0.38),
    ]
    if not a.raised:
        folds.append(([(crook[0] + 2, crook[1] + 18), (e[0] + 6, e[1] + 22), (e[0] - 20, e[1] + 18)], [3, 5.5, 0], 0.5))
    lower_folds: list[tuple[list[Knot], list[float], float]] = [
        ([off(e, -6, 42), off(e, 8, 10), off(e, 4, -26)], [4, 7, 0], 0.55),
        ([off(e, 24, 44), off(e, 30, 14), off(e, 22, -16)], [3, 5, 0], 0.45),
    ]
    lights: list[tuple[list[Knot], list[float]]] = [
        ([(s[0] - 30, s[1] - 16), (bow[0] - 30, bow[1] - 20), (bow[0] - 30, bow[1] + 60)], [0, 7, 4, 0]),
        ([(e[0] - 6, e[1] - 52), (e[0] - 20, e[1] - 58), (e[0] - 32, e[1] - 56)], [0, 2.6, 0]),
    ]
    rim: list[Knot] = [(s[0] - 45, s[1] - 6), (bow[0] - 45.5, bow[1] - 6), (_at(mid, e, 0.62)[0] - 44.5, _at(mid, e, 0.62)[1]), (e[0] - 41, e[1])]
    outer: list[Knot] = [(s[0] - 47, s[1]), (bow[0] - 47, bow[1]), (_at(mid, e, 0.62)[0] - 46, _at(mid, e, 0.62)[1])]
    clips = {"s": upper, "f": fore, "b": band, "l": lip} | ({"e": lower} if lower else {})
    defs = (
        "<defs>"
        + "".join(f'<clipPath id="c_{n}_{k}"><path d="{d}"/></clipPath>' for k, d in clips.items())
        + linear(
            f"g_{n}_s",
            (s[0] - 50, s[1] - 20),
            (s[0] + 46, s[1] + 20),
            *(((0, "#5f9d9e"), (0.5, "#43868b"), (1, "#34757b")) if side == "l" else ((0, "#498b8f"), (0.5, "#3b7d82"), (1, "#38787e"))),
        )
        + linear(f"g_{n}_e", off(c, 0, -44), off(c, 0, 44), (0, "#519395"), (0.5, "#3c7e84"), (1, "#265a62"))
        + linear(f"g_{n}_f", off(c, 0, -30), off(c, 0, 30), (0, "#f8d5b8"), (0.5, "#f1c6a5"), (1, "#e2ac87"))
        + linear(f"g_{n}_b", off(c, 0, -44), off(c, 0, 44), (0, "#74afae"), (0.5, "#4a8c90"), (1, "#2b646b"))
        + "</defs>"
    )

    def clip(key: str, *parts: str) -> str:
        return f'<g clip-path="url(#c_{n}_{key})">' + "".join(parts) + "</g>"

    def fold_svg(fs: Sequence[tuple[list[Knot], list[float], float]]) -> str:
        return "".join(path(limb(k, r), CLOTH_DEEP, opacity=o) for k, r, o in fs)

    sleeve = (
        path(upper, f"url(#g_{n}_s)")
        + clip(
            "s",
            path(limb([(k[0] + 12, k[1]) for k in inner], [4, 18, 18, 20]), CLOTH_DEEP, opacity=0.5, filter="url(#f_cloth4)"),
            soft(
                "f_wide",
                path(limb(inner, [4, 24, 22, 24]), CLOTH_SHADE, opacity=0.62),
                fold_svg(folds),
                *(path(limb(k, r), "#8fc3c0", opacity=0.45) for k, r in lights),
            ),
            path(limb(rim, [0.6, 2.6, 2.2, 0.4]), "#d3ece6", opacity=0.7),
            path(limb([off(c, -36, -44), off(c, -33, 0), off(c, -36, 44)], [3, 7, 3]), CLOTH_DEEP, opacity=0.0 if a.raised else 0.5, filter="url(#f_cloth)"),
        )
        + line(seam, [0.6, 1.6, 1.8, 2.0, 0.8], CLOTH_DEEP, opacity=0.65)
        + line([(k[0] + 4.5, k[1]) for k in seam], [0.3, 0.9, 0.9, 0.3], "#8fc0bf", opacity=0.45)
        + line(
            [(s[0] + 34, s[1] + 74), (bow[0] + 46.5, bow[1] + 4), (_at(mid, e, 0.62)[0] + 45.5, _at(mid, e, 0.62)[1])],
            [0.4, 2.0, 2.0, 0.8],
            CLOTH_LINE,
            opacity=0.6,
        )
        + line(outer, [0.4, 1.0, 0.8, 0.3], CLOTH_LINE, opacity=0.35)
    )
    sleeve_low = ""
    if lower:
        sleeve_low = path(lower, f"url(#g_{n}_e)") + clip(
            "e",
            soft("f_cloth", fold_svg(lower_folds), path(limb([off(c, -36, -44), off(c, -33, 0), off(c, -36, 44)], [3, 6, 3]), CLOTH_DEEP, opacity=0.55)),
            path(limb([off(e, -40, 34), off(c, -10, 36)], [20, 16]), CLOTH_DEEP, opacity=0.45, filter="url(#f_cloth4)"),
            path(limb([off(e, -40, -38), off(c, 0, -40)], [2.2, 2.0]), "#d3ece6", opacity=0.55),
        )
    cuff = (
        path(band, f"url(#g_{n}_b)")
        + clip(
            "b",
            path(limb([off(c, -29, -44), off(c, -26, 0), off(c, -29, 44)], [0.8, 1.6, 0.8]), CLOTH_DEEP, opacity=0.7),
            path(limb([off(c, -5, -44), off(c, -2.5, 0), off(c, -5, 44)], [0.5, 0.7, 0.5]), "#a8d2cf", opacity=0.6),
            path(limb([off(c, -14, 40), off(c, -12, 16)], [8, 2]), CLOTH_DEEP, opacity=0.4, filter="url(#f_cloth)"),
        )
        + path(band, "none", stroke=CLOTH_LINE, stroke_width=1.0, stroke_opacity=0.5)
    )
    forearm = (
        path(fore, "none", stroke=CONTOUR, stroke_width=1.5, stroke_opacity=0.7)
        + path(fore, f"url(#g_{n}_f)")
        + clip(
            "f",
            soft(
                "f_cloth",
                path(fshade, SHADE, opacity=0.62),
                path(limb([off(root, 0, -a.fore[0] * 0.6), off(wrist_in, 0, -a.fore[2] * 0.5)], [3.5, 2]), "#ffeedd", opacity=0.5),
                path(limb([off(c, -6, -44), off(c, -4 if a.raised else 6, 0), off(c, -6, 44)], [8, 9, 8]), "#9a5a3d", opacity=0.6),
            ),
        )
    )
    near_lip = (
        path(lip, f"url(#g_{n}_b)")
        + clip(
            "l",
            path(limb(arc(-9, 9.2, rc + 4)[::2], [0.5, 0.7, 0.7, 0.5]), "#a8d2cf", opacity=0.6),
            soft(
                "f_cloth",
                path(limb([off(c, -14, 44), off(c, -20, 18)], [13, 3]), CLOTH_DEEP, opacity=0.42),
                path(limb([off(c, -12, -20), off(c, -20, -6)], [1.5, 3, 0.5]), CLOTH_DEEP, opacity=0.25),
                path(limb(arc(-24, 8.2, rc + 2)[::2], [1.2, 2.2, 2.2, 1.2]), CLOTH_DEEP, opacity=0.45),
            ),
        )
        + path(lip, "none", stroke=CLOTH_LINE, stroke_width=1.0, stroke_opacity=0.5)
        + path(limb(lip_top, [0.5, 1.0, 1.0, 0.5]), "#bfe0dc", opacity=0.75)
    )
    hand = hand_svg(a.hand, w, a.turn, a.size, a.flip, prefix=f"h{side}")
    if a.raised:  # the cuff faces the viewer: its opening shows, the forearm comes out of it
        shade = ""
        if gesture in ("thumb", "clasp"):  # this hand is over the body and shades it
            drop = limb([off(c, 44, 14), off(w, -10, 14), off(w, 34, 10)], [20, 32, 34], base=0.3)
            shade = path(drop, CLOTH_LINE, opacity=0.38, filter="url(#f_cloth4)")
        lower_part = shade + sleeve_low + path(ring, CLOTH_SHADE) + path(opening, "#0f3038") + forearm + near_lip
        parts = {"upper": sleeve, "fore": lower_part, "hand": hand}
    else:
        parts = {"upper": sleeve + cuff, "fore": forearm, "hand": hand}
    flip = ("<g transform='translate(720 0) scale(-1 1)'>", "</g>") if side == "r" else ("", "")
    return {part: group(f"{n}_{part}", flip[0], svg, flip[1], transform=BODY_PLACE) for part, svg in parts.items()}, defs
