"""The set behind Mei: a warm plaster wall with an arch, a shelf and a plant, out of focus."""

from __future__ import annotations

from .curves import pts, spline
from .host import P, lin, rad


def background() -> str:
    """The whole set, 720 x 1280."""
    defs = (
        "<defs>"
        + lin("s_wall", 0, 0, 0, 1280, [(0, "#fdf7ee"), (0.55, "#f6e9dc"), (1, "#e5cfbe")])
        + lin("s_arch", 0, 160, 0, 1280, [(0, "#f7e3d3"), (0.5, "#ecccb6"), (1, "#d3a78f")])
        + lin("s_shelf", 0, 838, 0, 852, [(0, "#c79373"), (1, "#a67355")])
        + lin("s_ray", 90, 0, 520, 640, [(0, "#fffdf6", 0.7), (0.5, "#fffdf6", 0.25), (1, "#fffdf6", 0)])
        + rad("s_glow", 360, 380, 330, 420, [(0, "#fffaf2", 0.75), (0.55, "#fffaf2", 0.28), (1, "#fffaf2", 0)])
        + rad("s_dim", 360, 560, 620, 900, [(0, "#3b2c22", 0), (0.6, "#3b2c22", 0), (1, "#3b2c22", 0.2)])
        + "".join(f'<filter color-interpolation-filters="sRGB" id="s_b{n}" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="{n}"/></filter>' for n in (3, 6, 12))
        + "</defs>"
    )
    wall = '<rect width="720" height="1280" fill="url(#s_wall)"/><rect width="720" height="1280" fill="url(#s_ray)"/>'
    arch = "M118 1300V400A242 242 0 0 1 602 400V1300Z"
    niche = P(arch, "url(#s_arch)", 1, 'filter="url(#s_b3)"')
    bottles = (
        ((626, 772, 28, 66), "#f3e3d6", 6), ((630, 752, 18, 20), "#d7a85a", 3), ((668, 786, 28, 52), "#a9d2c6", 6), ((673, 770, 18, 17), "#eef3ef", 3),
    )  # fmt: skip
    shelf = '<g filter="url(#s_b3)"><rect x="600" y="850" width="140" height="12" fill="#9c6f57" opacity=".35"/><rect x="600" y="838" width="140" height="14" fill="url(#s_shelf)"/>'
    shelf += "".join(f'<rect x="{b[0]}" y="{b[1]}" width="{b[2]}" height="{b[3]}" rx="{r}" fill="{c}"/>' for b, c, r in bottles) + "</g>"
    blades = (
        ("52,1110 -20,1010 -34,900 -10,830 30,900 56,1000", "#5f8f6c"), ("56,1110 40,1000 56,900 90,842 112,930 100,1030", "#76a47f"),
        ("64,1110 90,1040 120,970 156,912 152,1000 118,1070", "#6a9a75"), ("66,1112 110,1060 150,1010 178,990 160,1050 118,1098", "#86b08a"),
        ("46,1112 -10,1080 -40,1030 -60,980 -70,1060 -20,1110", "#7ba983"),
    )  # fmt: skip
    plant = "".join(P(spline(pts(text), True, (0,)), colour) for text, colour in blades)
    pot = P(spline(pts("-20,1104 112,1104 100,1200 90,1290 -10,1290 -18,1200"), True, (0, 1, 3, 4)), "#efe2d6")
    return (
        defs + wall + niche + shelf + '<rect width="720" height="1280" fill="url(#s_glow)"/>' + f'<g filter="url(#s_b6)">{pot}{plant}</g>'
        + '<rect width="720" height="1280" fill="url(#s_dim)"/>'
    )  # fmt: skip
