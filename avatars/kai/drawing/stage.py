"""The set behind the host: a warm daylight studio, sharp nowhere, so that the host reads in front of it."""

from __future__ import annotations

import math

from .shapes import Point, glow, group, limb, linear, oval, path, radial, smooth


def _rect(x: float, y: float, w: float, h: float, fill: str, rx: float = 0, extra: str = "") -> str:
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{rx}" fill="{fill}" {extra}/>'


def _leaf(root: Point, tip: Point, width: float, fill: str, bend: float = 0.18) -> str:
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    mid = (root[0] + dx * 0.5 - dy * bend, root[1] + dy * 0.5 + dx * bend)
    blade = path(limb([root, mid, tip], [1.5, width, width * 0.8, 0]), fill)
    return blade + path(limb([root, mid, tip], [1.0, 1.4, 0.8, 0]), "#eef3df", opacity=0.35)


def background_svg() -> str:
    """A warm daylight studio: plaster wall, slatted wood panel, shelf, plants; depth by blur."""
    defs = (
        "<defs>"
        + "".join(
            [
                linear("b_wall", (0, 0), (720, 1280), (0, "#f7f1e8"), (0.5, "#efe5d8"), (1, "#dccdbd")),
                linear("b_panel", (470, 0), (720, 0), (0, "#d9bd99"), (1, "#c7a47c")),
                linear("b_slat", (-5, 0), (26, 0), (0, "#a37c55"), (0.12, "#b59069"), (0.3, "#e2c6a2"), (0.6, "#d8b88f"), (0.76, "#bd9971"), (0.9, "#a98259"), (1, "#a37c55")),
                linear("b_panel_fall", (0, 0), (0, 1280), (0, "#fff3dd", 0.55), (0.35, "#fff3dd", 0), (1, "#5d4028", 0.38)),
                linear(
                    "b_low",
                    (0, 914),
                    (0, 1280),
                    (0, "#f4eadd", 0),
                    (0.03, "#f4eadd", 0.6),
                    (0.05, "#efe3d5"),
                    (0.075, "#cdbba8"),
                    (0.095, "#cbb9a6"),
                    (0.13, "#d5c5b3"),
                    (1, "#b9a591"),
                ),
                linear("b_shelf", (0, 0), (0, 22), (0, "#e2c39c"), (1, "#b68f66")),
                radial("b_glow", (330, 430), 470, (0, "#fffdf8", 0.72), (0.5, "#fffaf0", 0.30), (1, "#fffaf0", 0)),
                radial("b_lamp", (64, 120), 300, (0, "#fff6df", 0.75), (1, "#fff6df", 0)),
                radial("b_vignette", (360, 560), 860, (0, "#3b2c22", 0), (0.7, "#3b2c22", 0), (1, "#3b2c22", 0.30)),
                linear("b_pot", (560, 0), (690, 0), (0, "#f1e6d8"), (0.5, "#e0d0bd"), (1, "#bca68f")),
                linear("b_vase", (40, 0), (100, 0), (0, "#e58a6d"), (0.5, "#d97757"), (1, "#b4573b")),
                linear("b_ray", (110, 60), (560, 298), (0, "#fffdf3", 0.3), (0.5, "#fffdf3", 0.2), (0.8, "#fffdf3", 0.07), (1, "#fffdf3", 0)),
                linear("b_strip", (444, 0), (534, 0), (0, "#fff0c9", 0), (0.25, "#fff0c9", 0.14), (0.5, "#fff0c9", 0.52), (0.75, "#fff0c9", 0.14), (1, "#fff0c9", 0)),
                linear("b_edge", (482, 0), (500, 0), (0, "#fff4da", 0), (0.4, "#fff4da", 0.95), (0.62, "#fff4da", 0.9), (1, "#fff4da", 0)),
                glow("b_pool", (0, "#fff8e2", 0.85), (0.5, "#fff8e2", 0.5), (1, "#fff8e2", 0)),
                *(
                    f'<filter color-interpolation-filters="sRGB" id="b_f{n}" x="-{m}%" y="-{m}%" width="{100 + 2 * m}%" height="{100 + 2 * m}%"><feGaussianBlur stdDeviation="{v}"/></filter>'
                    for n, v, m in ((4, 4.0, 8), (16, 15, 25))
                ),
            ]
        )
        + "</defs>"
    )
    slats = "".join(f'<g transform="translate({x} 0)">' + _rect(-5, -20, 31, 1320, "url(#b_slat)") + "</g>" for x in range(506, 730, 30))
    wall = group(
        "wall",
        _rect(0, 0, 720, 1280, "url(#b_wall)"),
        _rect(0, 0, 720, 1000, "url(#b_ray)"),
        _rect(0, 914, 720, 366, "url(#b_low)"),
    )
    panel = group(
        "panel",
        _rect(494, -20, 260, 1320, "#a37c55"),
        slats,
        _rect(494, -20, 260, 1320, "url(#b_panel_fall)"),
        _rect(482, -20, 18, 1320, "url(#b_edge)"),
        _rect(444, -20, 90, 1320, "url(#b_strip)"),
    )
    # the shelf on the left: few things, big shapes
    shelf = group(
        "shelf",
        '<g filter="url(#b_f4)">',
        _rect(-20, 452, 236, 20, "#8a6a4d", 4, 'opacity="0.35" transform="translate(4 16)"'),
        _rect(-20, 440, 236, 18, "#d9b78d", 4), _rect(-20, 440, 236, 5, "#f0d9b8", 2),
        _rect(-20, 700, 196, 20, "#8a6a4d", 4, 'opacity="0.35" transform="translate(4 16)"'),
        _rect(-20, 690, 196, 18, "#d9b78d", 4), _rect(-20, 690, 196, 5, "#f0d9b8", 2),
        # vase with dry stems
        *(path(limb([(74, 360), (74 + dx * 0.4, 300), (74 + dx, 240 + abs(dx) * 0.5)], [1.6, 1.3, 0.8]), "#b08a5c") for dx in (-34, -12, 12, 34)),
        *(path(oval(74 + dx, 236 + abs(dx) * 0.5, 8, 17), c) for dx, c in ((-34, "#e9cfa4"), (-12, "#dfbf8e"), (12, "#f0dab4"), (34, "#dcb987"))),
        path(smooth([(60, 354), (88, 354), (92, 372), (106, 398), (100, 440, "c"), (48, 440, "c"), (42, 398), (56, 372)]), "url(#b_vase)"),
        path(smooth([(58, 380), (52, 404), (56, 432), (62, 432), (60, 404)]), "#f6b79f", opacity=0.7),
        # books and a bowl
        _rect(126, 372, 16, 68, "#6e8f86", 2), _rect(143, 364, 19, 76, "#efe4d2", 2), _rect(163, 378, 14, 62, "#c9825f", 2), _rect(143, 378, 19, 5, "#c9b596"),
        # gift boxes below
        _rect(30, 624, 78, 66, "#f2e3cf", 5), _rect(62, 624, 12, 66, "#ff8a6d"), _rect(30, 648, 78, 10, "#ff8a6d"), _rect(92, 624, 16, 66, "#8a6a4d", 4, 'opacity="0.14"'),
        path(oval(68, 620, 11, 7), "#ff8a6d"), _rect(116, 646, 44, 44, "#9db7ac", 5), _rect(134, 646, 8, 44, "#f4eadd"),
        "</g>",
    )  # fmt: skip
    lamp = group(
        "lamp",
        path(oval(64, 120, 300), "url(#b_lamp)"),
        '<g filter="url(#b_f4)">',
        _rect(116, -20, 4, 130, "#8a7563"),
        path(smooth([(86, 108, "c"), (150, 108, "c"), (176, 164), (178, 176, "c"), (58, 176, "c"), (60, 164)]), "#fbf1df"),
        path(oval(118, 177, 58, 9), "#fffdf4"),
        "</g>",
        path(oval(118, 186, 126, 68), "url(#b_pool)"),
    )
    greens = ["#6f9a72", "#5c8a66", "#84ab7c", "#4d7a5c", "#79a27a"]
    leaves = []
    for i, (ang, ln, w) in enumerate(((-150, 190, 30), (-128, 240, 34), (-108, 290, 36), (-88, 300, 36), (-70, 270, 34), (-50, 220, 32), (-32, 170, 28), (-118, 170, 28), (-74, 180, 28))):
        a = math.radians(ang)
        leaves.append(_leaf((636, 1010), (636 + math.cos(a) * ln * 0.62, 1010 + math.sin(a) * ln), w, greens[i % 5], 0.10 if ang < -90 else -0.10))
    plant = group(
        "plant",
        '<g filter="url(#b_f4)">',
        path(oval(640, 1262, 110, 20), "#5d4836", opacity=0.35),
        *leaves,
        path(smooth([(576, 1000, "c"), (700, 1000, "c"), (694, 1120), (676, 1240), (670, 1262, "c"), (606, 1262, "c"), (598, 1236), (582, 1120)]), "url(#b_pot)"),
        path(oval(638, 1002, 62, 13), "#8d765f"),
        path(oval(638, 1005, 54, 9), "#5f4c3b"),
        *leaves[4:6],
        "</g>",
    )
    front = group(
        "foreground",
        '<g filter="url(#b_f16)">',
        *(_leaf((-30, 1300), tip, 44, c, b) for tip, c, b in (((96, 1010), "#557f5f", -0.16), ((160, 1110), "#6c966d", -0.2), ((10, 960), "#48705a", 0.1))),
        "</g>",
    )
    halo = group("glow", path(oval(330, 430, 470), "url(#b_glow)"))
    vign = group("vignette", _rect(0, 0, 720, 1280, "url(#b_vignette)"))
    return defs + wall + panel + lamp + shelf + plant + halo + vign + front
