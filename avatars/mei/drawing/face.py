"""Eyes and brows: parameters in, SVG markup out."""

from __future__ import annotations

from .curves import Pt, between, lerp, mix, pts, sample, spline, taper

# anchor of each drawn-from-parameters part, in canvas pixels (l = the host's own left = screen right)
EYE: dict[str, Pt] = {"l": (402.0, 256.0), "r": (318.0, 256.0)}
BROW: dict[str, Pt] = {"l": (402.5, 228.0), "r": (317.5, 228.0)}

_UP_OPEN = pts("-20.5,4.4 -16.8,-0.4 -10,-7.0 -1,-9.9 8.5,-9.0 16,-5.2 21.5,-0.8")
_UP_SHUT = pts("-20.5,4.6 -15.5,6.6 -8.5,8.4 -0.5,9.0 8,7.8 15.5,4.6 21.5,0.2")
_LOW = pts("-20.5,4.6 -15.5,6.2 -8.5,8.1 -0.5,8.9 8,7.6 15.5,4.0 21.5,-1.2")
_CREASE = pts("-18,-3.5 -12,-11.2 -2,-15.4 9,-14.4 17.5,-9.6 23.5,-5.2")


_K = 1.1  # eye size against the curves above


def _side(p: list[Pt], s: int) -> list[Pt]:
    return [(_K * s * x, _K * y) for x, y in p]


def eye_cell(openness: float, smile: float, uid: str) -> tuple[str, str]:
    """Base (what lies behind the iris) and over layer of the eye on the viewer's right, around its anchor.

    openness 0 shut .. 1 open (1.15 surprised); smile lifts the lower lid.
    """
    s, u = 1, uid
    op = max(0.0, min(1.2, openness)) * (1 - 0.16 * smile)
    up = _side(mix(_UP_SHUT, _UP_OPEN, op), s)
    lift = [0.0, 0.8, 2.3, 3.2, 2.8, 1.3, 0.0]
    low = _side([(x, y - k * smile) for (x, y), k in zip(_LOW, lift, strict=True)], s)
    # the upper lid never crosses the lower one
    up = [(a[0], min(a[1], b[1] + 0.4)) for a, b in zip(up, low, strict=True)]
    hole = between(up, low)
    clip = f'<clipPath id="{u}-c"><path d="{hole}"/></clipPath>'
    base = (
        f'<defs>{clip}<radialGradient id="{u}-w" cx="-1.5" cy="2" r="22" gradientUnits="userSpaceOnUse"><stop offset=".35" stop-color="#fffdfb"/>'
        '<stop offset=".8" stop-color="#f1e4e1"/><stop offset="1" stop-color="#dcc4c0"/></radialGradient></defs>'
        f'<path d="{hole}" fill="url(#{u}-w)"/><g clip-path="url(#{u}-c)"><ellipse cx="-22" cy="5.2" rx="5.2" ry="2.6" fill="#e7b2a6" fill-opacity=".75"/></g>'
    )
    shade = between(up, [(x, y + 5.2) for x, y in up])
    over = (
        f'<defs>{clip}<linearGradient id="{u}-h" x1="0" y1="-12" x2="0" y2="2" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#2b1512" stop-opacity=".75"/>'
        f'<stop offset="1" stop-color="#2b1512" stop-opacity="0"/></linearGradient></defs><g clip-path="url(#{u}-c)"><path d="{shade}" fill="url(#{u}-h)"/></g>'
    )
    # lid: soft shadow colour between crease and lash line, crease line, lower lid
    k = 1 - min(1.0, op)
    crease = _side([(x, y + 5.6 * k * (1 - abs(x) / 30)) for x, y in _CREASE], s)
    lid_top = _side([(x * 1.02, y + 5.6 * k * (1 - abs(x) / 30) + 1.0) for x, y in _CREASE], s)
    lid = (
        f'<defs><linearGradient id="{u}-l" x1="0" y1="{lerp(-2, 7, k):.2f}" x2="0" y2="{lerp(-18, -11, k):.2f}" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#b4695a" stop-opacity="{lerp(0.62, 0.46, k):.2f}"/><stop offset=".6" stop-color="#d08f7a" stop-opacity="{lerp(0.34, 0.18, k):.2f}"/><stop offset="1" stop-color="#d9a08c" stop-opacity="0"/></linearGradient></defs>'
        f'<path d="{between(lid_top, up[0:1] + up[1:])}" fill="url(#{u}-l)"/>'
        f'<path d="{taper(crease, lambda t: 0.25 + 0.62 * (1 - abs(2 * t - 1.1)) if t < 1 else 0.2, 13)}" fill="#8f4e40" fill-opacity="{lerp(0.82, 0.38, k):.2f}"/>'
    )
    under = _side([(x * 0.86, y - kk * smile + 3.4) for (x, y), kk in zip(_LOW, lift)], s)
    lid += (
        f'<path d="{taper(under, lambda t: 0.15 + 0.8 * (1 - abs(2 * t - 1)), 11)}" fill="#c98571" fill-opacity="{0.30 + 0.3 * smile:.2f}"/>'
        f'<path d="{taper([(x * 0.9, y - 1.7) for x, y in under], lambda t: 1.0 * (1 - abs(2 * t - 1)), 11)}" fill="#fff1e8" fill-opacity=".55"/>'
    )
    # lashes: one clean line with a wing, a few long tapered lashes on the outer half
    e = up[-1]
    line = [*up[1:-2], (up[-2][0] - 1.0 * s, up[-2][1] - 0.5), (e[0] + 0.8 * s, e[1] - lerp(2.4, 0.2, k)), (e[0] + 6.0 * s, e[1] - lerp(5.4, 0.4, k))]
    la = f'<path d="{taper(up[:4], lambda t: 0.25 + 0.75 * t, 9)}" fill="#3a211b" fill-opacity=".9"/>'
    la += f'<path d="{taper(line, lambda t: 0.3 + 1.75 * min(1.0, t * 1.6) ** 0.9 * (1 if t < 0.74 else max(0.0, (1 - t) / 0.26) ** 0.9), 23)}" fill="#27160f"/>'
    la += f'<path d="{spline([up[-2], (e[0] + 2.2 * s, e[1] - lerp(2.6, 0.2, k)), (e[0], e[1] + 0.3)], True)}" fill="#27160f"/>'
    spine = sample(up, 40)
    for i, ln in ((14, 2.6), (19, 3.2), (24, 3.9), (29, 4.6), (33, 5.2)):
        x, y = spine[i]
        f = i / 39
        ox, oy = s * lerp(-0.1, 0.75, f) * ln, lerp(-ln, ln * 0.75, k) * lerp(1.0, 0.72, f)
        p = [(x, y), (x + ox * 0.30, y + oy * 0.60), (x + ox, y + oy)]
        la += f'<path d="{taper(p, lambda t: 0.72 * (1 - t) + 0.05)}" fill="#27160f" fill-opacity=".9"/>'
    la += f'<path d="{taper(low[2:], lambda t: 0.12 + 0.42 * t, 11)}" fill="#6b3d31" fill-opacity=".62"/>'
    return base, over + lid + la


def iris_svg() -> tuple[str, str]:
    """The iris looking at the camera, and its catchlights, around the anchor of the eye on the viewer's right."""
    ix, iy, r = -0.3, -1.6, 11.2
    iris = (
        f'<defs><linearGradient id="i-i" x1="0" y1="{iy - r}" x2="0" y2="{iy + r}" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#241310"/>'
        '<stop offset=".42" stop-color="#4b2a1d"/><stop offset=".78" stop-color="#8d5836"/><stop offset="1" stop-color="#a87045"/></linearGradient>'
        f'<radialGradient id="i-g" cx="{ix}" cy="{iy + 5.6}" r="7.5" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#e2a667" stop-opacity=".75"/>'
        '<stop offset="1" stop-color="#e2a667" stop-opacity="0"/></radialGradient></defs>'
        f'<circle cx="{ix}" cy="{iy}" r="{r}" fill="#1d0f0d"/><circle cx="{ix}" cy="{iy}" r="{r - 1.0}" fill="url(#i-i)"/>'
        f'<circle cx="{ix}" cy="{iy}" r="{r - 1.0}" fill="url(#i-g)"/><circle cx="{ix}" cy="{iy}" r="4.5" fill="#150a09"/>'
    )
    glint = (
        f'<ellipse cx="{ix - 3.6}" cy="{iy - 3.9}" rx="2.7" ry="2.9" fill="#fff"/><circle cx="{ix + 4.0}" cy="{iy + 3.9}" r="1.35" fill="#fff" fill-opacity=".85"/>'
        f'<ellipse cx="{ix + 3.0}" cy="{iy - 5.2}" rx="1.6" ry="1.0" fill="#fff" fill-opacity=".35"/>'
    )
    return iris, glint


_BROW_TOP = pts("-21,-2.9 -12,-4.9 0,-6.3 9,-6.5 18,-4.2 27,1.6")
_BROW_BOT = pts("-21.5,2.1 -12,0.7 0,-0.9 9,-1.6 18,-0.8 27,2.1")


def brow_svg(side: str, raise_: float = 0.0, furrow: float = 0.0, worry: float = 0.0, uid: str = "") -> str:
    """One brow around its anchor; raise_ -1..1, furrow 0..1 (inner end down), worry 0..1 (inner end up)."""
    s = 1 if side == "l" else -1
    u = uid or f"brow_{side}"

    def move(p: list[Pt]) -> list[Pt]:
        out = []
        for x, y in p:
            inner = max(0.0, min(1.0, (6 - x) / 26))
            arch = 1 - min(1.0, abs(x - 6) / 22)
            out.append((s * (x - 4.2 * furrow * inner), y - raise_ * (5.2 + 2.2 * arch - 1.7 * inner) + furrow * (4.4 * inner - 0.8 * arch) + worry * (1.2 - 5.6 * inner)))
        return out

    top, bot = move(_BROW_TOP), move(_BROW_BOT)
    x0, x1 = top[0][0], top[-1][0]
    o = (
        f'<defs><linearGradient id="{u}-g" x1="{x0:.2f}" y1="0" x2="{x1:.2f}" y2="0" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#6b4a3d" stop-opacity=".05"/><stop offset=".16" stop-color="#634438" stop-opacity=".58"/><stop offset=".4" stop-color="#583b31" stop-opacity=".82"/><stop offset=".75" stop-color="#4c3129" stop-opacity=".9"/><stop offset="1" stop-color="#4c3129" stop-opacity=".55"/></linearGradient></defs>'
        f'<path d="{between(top, bot)}" fill="url(#{u}-g)"/>'
    )
    # a few short hairs, upright at the inner end, lying flat further out
    a, b = sample(top, 32), sample(bot, 32)
    for i in range(0, 25, 2):
        f = i / 31
        j = min(31, i + 4)
        h0, h1 = 0.25 + 0.2 * (i % 3), lerp(0.95, 0.7, f)
        p0 = (lerp(b[i][0], a[i][0], h0), lerp(b[i][1], a[i][1], h0))
        p1 = (lerp(b[j][0], a[j][0], h1), lerp(b[j][1], a[j][1], h1))
        o += f'<path d="{taper([p0, (lerp(p0[0], p1[0], 0.5), lerp(p0[1], p1[1], 0.6)), p1], lambda t: 0.45 * (1 - t) + 0.05)}" fill="#442a22" fill-opacity="{lerp(0.26, 0.18, f):.2f}"/>'
    return o
