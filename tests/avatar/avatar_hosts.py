"""A host as a performer sees one, for tests: mouth shapes in the range the bundled hosts have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from host.avatar.pose import Mouth

_SHAPES = {
    #      aperture width round smile press upper lower tongue bite
    "sil": (0.00, 0.06, 0.00, 0.4, 0.0, 0.5, 0.0, 0.0, 0.0),
    "PP": (0.00, -0.10, 0.10, 0.1, 1.0, 0.6, 0.0, 0.0, 0.0),
    "FF": (0.19, -0.12, 0.00, 0.1, 0.0, 0.9, 0.0, 0.0, 1.0),
    "TH": (0.27, 0.08, 0.00, 0.2, 0.0, 0.7, 0.0, 0.9, 0.0),
    "DD": (0.26, 0.12, 0.00, 0.2, 0.0, 0.8, 0.1, 0.6, 0.0),
    "kk": (0.34, 0.06, 0.00, 0.2, 0.0, 0.5, 0.0, 0.3, 0.0),
    "CH": (0.26, -0.32, 0.55, 0.1, 0.0, 0.8, 0.5, 0.0, 0.0),
    "SS": (0.18, 0.34, 0.00, 0.3, 0.0, 1.0, 0.9, 0.0, 0.0),
    "nn": (0.20, 0.06, 0.00, 0.2, 0.0, 0.7, 0.0, 0.7, 0.0),
    "RR": (0.27, -0.26, 0.48, 0.1, 0.0, 0.4, 0.0, 0.4, 0.0),
    "aa": (0.82, 0.10, 0.10, 0.2, 0.0, 0.6, 0.0, 0.2, 0.0),
    "E": (0.52, 0.34, 0.00, 0.3, 0.0, 0.7, 0.1, 0.3, 0.0),
    "ih": (0.30, 0.46, 0.00, 0.3, 0.0, 0.9, 0.3, 0.3, 0.0),
    "oh": (0.62, -0.30, 0.72, 0.1, 0.0, 0.3, 0.0, 0.2, 0.0),
    "ou": (0.28, -0.60, 1.00, 0.0, 0.0, 0.1, 0.0, 0.1, 0.0),
}

MOUTHS: dict[str, Mouth] = {name: Mouth(*shape) for name, shape in _SHAPES.items()}


@dataclass(frozen=True)
class Host:
    """Meets `host.avatar.performance.Manifest`."""

    visemes: Mapping[str, Mouth] = field(default_factory=lambda: MOUTHS)
    gestures: Sequence[str] = ("relaxed", "clasp", "present", "point", "thumb", "ok", "wave")
    rest: str = "clasp"
