"""`livehost bench`: the figures of a machine and a build. Medians and ratios of one run; nothing here is a test."""

from __future__ import annotations

from host.bench.commands import bench_app

__all__ = ["bench_app"]
