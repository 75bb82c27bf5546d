"""What every route of the console works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from host.console.auth import Auth
from host.console.hub import Hub
from host.console.limits import Buckets, Limits
from host.console.visitors import Visitors
from host.console.webhook import Webhook
from host.core.control import RoomControl


@dataclass(frozen=True)
class Desk:
    """A room, who may operate it, and the bounds on everyone else."""

    room: RoomControl
    auth: Auth
    visitors: Visitors
    hub: Hub
    limits: Limits
    comments: Buckets
    viewers: Buckets
    webhook: Webhook
    metrics: Callable[[], bytes]
