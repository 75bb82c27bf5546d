"""The host's hair: a side-swept textured quiff over short sides, built lock by lock."""

from __future__ import annotations

from .face import HAIR, HAIR_DARK, HAIR_LIGHT, HAIR_MID
from .shapes import Knot, Point, group, limb, linear, path, smooth

SHEEN = "#a58d86"

Lock = tuple[list[Knot], list[float], str]

# front locks, back to front: centre line from root to tip, half widths, tone
LOCKS: list[Lock] = [
    # crown, sweeping up from the parting and over to the left
    ([(408, 216), (404, 188), (374, 168), (326, 169)], [12, 20, 17, 0], "dark"),
    ([(410, 222), (424, 200), (442, 200), (457, 230)], [8, 14, 11, 0], "dark"),
    ([(402, 212), (380, 186), (330, 175), (276, 204)], [12, 22, 20, 0], "base"),
    ([(402, 220), (360, 198), (304, 196), (261, 246)], [12, 22, 20, 0], "base"),
    ([(402, 228), (350, 210), (292, 222), (263, 288)], [12, 23, 18, 0], "dark"),
    ([(402, 236), (354, 219), (300, 238), (276, 310)], [11, 22, 17, 0], "base"),
    # fringe
    ([(404, 240), (362, 228), (318, 247), (297, 297)], [10, 19, 15, 0], "mid"),
    ([(406, 246), (380, 236), (348, 254), (338, 293)], [6, 15, 12, 0], "base"),
    ([(402, 238), (368, 225), (328, 239), (314, 291)], [9, 16, 13, 0], "mid"),
    ([(408, 248), (388, 238), (368, 252), (362, 284)], [4, 10.5, 8, 0], "base"),
    # the near side of the parting
    ([(404, 244), (428, 236), (446, 256), (450, 304)], [7, 13, 12, 0], "dark"),
    ([(405, 246), (420, 244), (437, 260), (444, 297)], [5, 9, 8, 0], "base"),
    ([(406, 228), (430, 214), (451, 236), (458, 280)], [8, 12, 11, 0], "base"),
    ([(404, 236), (426, 226), (444, 244), (452, 290)], [6, 8, 7, 0], "mid"),
]

STRANDS: list[tuple[list[Point], float, float]] = [
    # thin lights along the flow: centre line, width, opacity
    ([(398, 232), (362, 196), (316, 188), (280, 206)], 4.2, 0.55),
    ([(392, 236), (350, 208), (304, 210), (274, 240)], 5.0, 0.60),
    ([(388, 236), (348, 216), (304, 228), (282, 268)], 3.6, 0.55),
    ([(396, 226), (378, 190), (346, 174), (312, 176)], 3.2, 0.40),
    ([(392, 240), (360, 230), (328, 246), (314, 276)], 3.4, 0.60),
    ([(396, 241), (374, 236), (352, 254), (345, 278)], 2.4, 0.55),
    ([(390, 238), (352, 226), (316, 242), (298, 282)], 2.0, 0.45),
    ([(414, 232), (432, 226), (448, 244), (453, 268)], 2.6, 0.40),
    ([(412, 241), (426, 246), (438, 264), (442, 284)], 1.8, 0.40),
    ([(410, 226), (414, 200), (402, 182), (386, 174)], 2.2, 0.30),
]


def _lock(i: int, lock: Lock) -> tuple[str, str]:
    """Definition and shapes of one lock: an under-edge for separation, the body, its gradient."""
    knots, radii, tone = lock
    a, b = knots[0], knots[-1]
    mids = {"dark": (HAIR_DARK, HAIR, HAIR_DARK), "base": (HAIR_DARK, HAIR_MID, HAIR), "mid": (HAIR, "#5d4c4b", HAIR)}[tone]
    g = f"g_lock{i}"
    defs = linear(g, (a[0], a[1]), (b[0], b[1]), (0, mids[0]), (0.45, mids[1]), (1, mids[2]))
    under = [(k[0] + 1.2, k[1] + 2.2) for k in knots]
    return defs, path(limb(under, radii), HAIR_DARK, opacity=0.75) + path(limb(knots, radii), f"url(#{g})")


def hair_shadow_svg() -> str:
    """The fringe's shadow on the forehead, clipped to the face; moves a little less than the fringe."""
    fringe = [lock for lock in LOCKS if lock[0][-1][1] > 280]
    shapes = "".join(path(limb([(k[0] + 3.5, k[1] + 8.0) for k in lock[0]], lock[1]), "#c58a66") for lock in fringe)
    temple = path(
        smooth(
            [
                (405, 244),
                (430, 256),
                (444, 280),
                (450, 312),
                (441, 318),
                (436, 296),
                (424, 274),
                (404, 262),
                (370, 268),
                (330, 276),
                (296, 296),
                (284, 322),
                (274, 326),
                (276, 290),
                (320, 250),
            ]
        ),
        "#c58a66",
    )
    return group("hair_shadow", f'<g clip-path="url(#c_face)"><g opacity="0.62" filter="url(#f_soft1)">{shapes}{temple}</g></g>')


def hair_back_svg() -> str:
    """The dark mass behind the head."""
    mass: list[Knot] = [
        (269, 352), (262, 322), (256, 284), (253, 246), (261, 212), (284, 184), (318, 168), (356, 161), (396, 164), (430, 179),
        (454, 206), (464, 242), (463, 284), (457, 322), (451, 352), (420, 366), (360, 372), (300, 366),
    ]  # fmt: skip
    return group(
        "hair_back",
        "<defs>" + linear("g_hair_back", (290, 170), (440, 340), (0, HAIR), (0.5, HAIR_DARK), (1, HAIR_DARK)) + "</defs>",
        path(smooth(mass), "url(#g_hair_back)"),
    )


def hair_front_svg() -> str:
    """Sides, mass, locks, lights and a few loose strands."""
    side_l: list[Knot] = [
        (300, 262), (276, 262), (260, 276), (260, 304), (263, 326, "c"), (269, 331), (271.5, 344), (274.0, 362, "c"), (279.5, 346), (280, 330), (279, 316), (282, 300), (292, 284),
    ]  # fmt: skip
    side_r: list[Knot] = [
        (424, 258), (446, 262), (461, 276), (460, 304), (457, 326, "c"), (451, 331), (448.5, 344), (446.0, 362, "c"), (440.5, 346), (440, 330), (441, 316), (438, 300), (430, 280),
    ]  # fmt: skip
    mass: list[Knot] = [
        (268, 306), (257, 284), (253, 248), (260, 214), (282, 186), (316, 169), (356, 161), (396, 164), (430, 179), (454, 206), (463, 242), (462, 280),
        (455, 306, "c"), (447, 288), (438, 268), (424, 252), (405, 240, "c"), (384, 246), (350, 256), (318, 264), (292, 282), (278, 308, "c"),
    ]  # fmt: skip
    parts: list[str] = []
    defs = [
        linear("g_hair_mass", (300, 170), (430, 300), (0, HAIR_MID), (0.5, HAIR), (1, HAIR_DARK)),
        linear("g_side_l", (270, 270), (272, 358), (0, HAIR_DARK), (0.6, HAIR), (1, HAIR, 0.55)),
        linear("g_side_r", (450, 270), (448, 358), (0, HAIR_DARK), (0.6, HAIR_DARK), (1, HAIR_DARK, 0.6)),
        linear("g_strand", (280, 180), (440, 280), (0, SHEEN), (0.6, HAIR_LIGHT), (1, HAIR_LIGHT)),
    ]
    parts += [path(smooth(side_l), "url(#g_side_l)"), path(smooth(side_r), "url(#g_side_r)"), path(smooth(mass), "url(#g_hair_mass)")]
    locks = []
    for i, lock in enumerate(LOCKS):
        d, shape = _lock(i, lock)
        defs.append(d)
        locks.append(shape)
    lights = [path(limb(k, [0, w / 2, w / 2.4, 0]), "url(#g_strand)", opacity=o) for k, w, o in STRANDS]
    rim = [
        path(limb([(454, 312), (460.5, 280), (460.8, 242), (451, 210), (432, 188)], [0.3, 1.6, 2.0, 1.4, 0.2]), "#b59f98", opacity=0.42),
        path(limb([(257, 262), (259, 229), (271, 204), (292, 185), (322, 173)], [0.2, 1.2, 1.6, 1.4, 0.2]), "#a08a84", opacity=0.45),
    ]
    loose = [
        path(limb(k, [0.9, 0.8, 0]), HAIR)
        for k in (
            [(300, 178), (284, 180), (270, 192)], [(262, 226), (253, 240), (247, 258)], [(340, 164), (322, 160), (304, 165)],
            [(440, 192), (456, 204), (466, 222)], [(380, 252), (372, 270), (374, 292)], [(300, 268), (284, 288), (283, 304)],
        )
    ]  # fmt: skip
    return group(
        "hair_front",
        "<defs>" + "".join(defs) + "</defs>",
        group("hair_mass", *parts),
        group("hair_locks", *locks),
        group("hair_lights", *lights, *rim),
        group("hair_loose", *loose),
    )
