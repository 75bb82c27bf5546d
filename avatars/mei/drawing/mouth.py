"""The mouth as cells: a base (the opening with its cavity) and an over layer (lips, seam, shade).

Teeth and tongue are painted into the opening by the runtime. Local origin: the centre of the lip line.
"""

from __future__ import annotations

from dataclasses import dataclass

from .curves import Pt, between, lerp, taper

ANCHOR: Pt = (360.0, 329.0)


@dataclass(frozen=True)
class Lips:
    """The outline of a mouth, 0..1 each. Width is not drawn: the runtime stretches a cell sideways."""

    aperture: float = 0.0
    round: float = 0.0
    smile: float = 0.0
    press: float = 0.0
    lip_bite: float = 0.0


def _sym(half: list[Pt]) -> list[Pt]:
    """Full curve from its centre-to-right half, left to right."""
    return [(-x, y) for x, y in reversed(half[1:])] + half


def mouth_cell(m: Lips, uid: str) -> tuple[str, str]:
    """Base and over layer around (0, 0); translate them to ANCHOR."""
    ap = max(0.0, m.aperture)
    open_ = min(1.0, ap / 0.12)
    bare = min(1.0, max(0.0, (ap - 0.05) / 0.10))  # teeth show only once the lips are clearly apart; nearly shut lips keep their dark seam
    bare = max(bare * bare * (3 - 2 * bare), m.lip_bite)
    hw = 24.0 + 5.5 * m.smile - 8.5 * m.round - 2.0 * ap * (1 - m.round)
    gap = 28.0 * ap
    up = -0.20 * gap + 2.4 * m.smile + 0.8 * m.press
    lo = up + gap - 0.7 * m.press
    cy = lerp(up, lo, 0.42) - (8.2 + 2.4 * (1 - open_)) * m.smile + 0.6
    tu = 7.4 * (1 - 0.60 * m.press) * (1 - 0.20 * m.smile) * (1 + 0.10 * m.round)
    tl = 10.2 * (1 - 0.50 * m.press) * (1 - 0.14 * m.smile) * (1 + 0.08 * m.round) * (1 - 0.25 * m.lip_bite)
    if m.lip_bite:
        lo = lerp(lo, up + 3.8, 0.85 * m.lip_bite)
    rnd = m.round

    # control curves, centre -> right corner
    out_u = [(0, up - tu + 2.0 - 0.9 * rnd), (hw * 0.17, up - tu + 0.1), (hw * 0.36, up - tu * 0.84), (hw * 0.68, lerp(up - tu * 0.60, cy - tu * 0.42, 0.52)), (hw, cy)]
    in_u = [(0, up + 0.8 * (1 - 0.6 * open_)), (hw * 0.24, lerp(up, cy, 0.05)), (hw * 0.55, lerp(up, cy, 0.30 + 0.04 * rnd)), (hw * 0.82, lerp(up, cy, 0.68)), (hw - 1.0, cy + 0.1)]
    low_c = list(in_u)
    low_o = [(0, lo), (hw * 0.28, lerp(lo, cy, 0.03)), (hw * 0.58, lerp(lo, cy, 0.20 - 0.05 * rnd)), (hw * 0.84, lerp(lo, cy, 0.52 - 0.08 * rnd)), (hw - 1.0, cy + 0.3)]
    in_l = [(lerp(a[0], b[0], open_), lerp(a[1], b[1], open_)) for a, b in zip(low_c, low_o)]
    base = lerp(in_u[0][1] - 0.6, lo, open_)
    out_l = [
        (0, base + tl),
        (hw * 0.24, base + tl * 0.985 + 0.05),
        (hw * 0.52, lerp(base + tl * 0.92, cy + tl * 0.2, 0.14 - 0.05 * rnd)),
        (hw * 0.80, lerp(base + tl * 0.78, cy + 1.4, 0.42 - 0.10 * rnd)),
        (hw * 0.95, lerp(base + tl * 0.78, cy + 1.0, 0.78 - 0.12 * rnd)),
        (hw, cy),
    ]

    OU, IU, IL, OL = map(_sym, (out_u, in_u, in_l, out_l))
    hole = between(IU, IL)
    base_svg = ""
    if ap > 0.01:
        base_svg = (
            f'<defs><linearGradient id="{uid}-d" x1="0" y1="{up:.2f}" x2="0" y2="{lo + 0.1:.2f}" gradientUnits="userSpaceOnUse">'
            '<stop offset="0" stop-color="#3d1413"/><stop offset=".6" stop-color="#6a2224"/><stop offset="1" stop-color="#8c3636"/></linearGradient></defs>'
            f'<path d="{hole}" fill="url(#{uid}-d)"/>'
        )
    o = [
        f'<defs><clipPath id="{uid}-c"><path d="{hole}"/></clipPath>'
        f'<linearGradient id="{uid}-u" x1="0" y1="{up - tu:.2f}" x2="0" y2="{max(up, cy) + 1:.2f}" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#d5736d"/>'
        '<stop offset=".55" stop-color="#c45a59"/><stop offset="1" stop-color="#a8434a"/></linearGradient>'
        f'<linearGradient id="{uid}-l" x1="0" y1="{base - 0.5:.2f}" x2="0" y2="{base + tl:.2f}" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#c65a5c"/>'
        '<stop offset=".38" stop-color="#dc7a75"/><stop offset=".75" stop-color="#d97871"/><stop offset="1" stop-color="#cd6a66"/></linearGradient>'
        f'<radialGradient id="{uid}-s" cx="0" cy="0" r="1" gradientTransform="translate(0 {base + tl + 2.6:.2f}) scale({hw * 0.62:.2f} 5.2)" gradientUnits="userSpaceOnUse">'
        '<stop offset="0" stop-color="#c27a64" stop-opacity=".62"/><stop offset="1" stop-color="#c27a64" stop-opacity="0"/></radialGradient></defs>',
        f'<ellipse cx="0" cy="{base + tl + 2.6:.2f}" rx="{hw * 0.62:.2f}" ry="5.2" fill="url(#{uid}-s)"/>',
    ]
    if ap > 0.01:
        shadow = between(IU, [(x, y + 2.2) for x, y in IU])
        o.append(f'<g clip-path="url(#{uid}-c)"><path d="{shadow}" fill="#3a0f10" fill-opacity=".32"/></g>')
    o.append(f'<path d="{between(IL, OL)}" fill="url(#{uid}-l)"/>')
    o.append(f'<path d="{between(OU, IU)}" fill="url(#{uid}-u)"/>')
    # lip line, corners, highlights
    la, lw = lerp(1.0, 0.55, bare), lerp(0.95, 0.6, bare)
    o.append(f'<path d="{taper(IU, lambda t: lw * (0.45 + 0.55 * (1 - abs(2 * t - 1)) ** 0.6), 13)}" fill="#7d2b33" fill-opacity="{la}"/>')
    for s in (-1, 1):
        o.append(
            f'<path d="{taper([(s * (hw - 4.5), lerp(cy, in_u[3][1], 0.5) + 0.2), (s * (hw - 0.5), cy + 0.1), (s * (hw + lerp(1.9, 0.2, rnd)), cy - (0.4 + 1.4 * m.smile) * (1 - rnd))], lambda t: 0.15 + 0.6 * (1 - abs(2 * t - 1)))}" fill="#8a3a3c" fill-opacity="{lerp(0.6, 0.25, rnd):.2f}"/>'
        )
    hl = max(0.0, 1 - 0.9 * m.press - 0.4 * m.lip_bite)
    hx, hy = hw * 0.34, base + tl * 0.40
    if hl > 0.05:
        o.append(f'<path d="{taper([(-hx, hy + 0.7), (-hx * 0.35, hy - 0.1), (hx * 0.2, hy)], lambda t: 1.55 * (1 - abs(2 * t - 1)) ** 0.7)}" fill="#ffe3dc" fill-opacity="{0.62 * hl:.2f}"/>')
        o.append(f'<path d="{taper([(hx * 0.5, hy + 0.2), (hx * 0.9, hy + 0.7)], lambda t: 0.8 * (1 - abs(2 * t - 1)))}" fill="#ffe3dc" fill-opacity="{0.45 * hl:.2f}"/>')
    o.append(f'<path d="{taper([(-hw * 0.20, up - tu - 0.7), (0, up - tu + 1.2 - 0.9 * rnd), (hw * 0.20, up - tu - 0.7)], lambda t: 0.5)}" fill="#fff0e6" fill-opacity=".28"/>')
    return base_svg, "".join(o)
