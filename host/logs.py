"""Structured logs: one line an event, text for people or JSON for machines, secrets left out."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

_SECRET_KEY = re.compile(r"token|secret|password|authorization|api_key|cookie", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"(?i)\b(bearer\s+|sk-|token=)[\w.~+/=-]{6,}")

Style = Literal["text", "json"]

_NOISY = {"aioice": logging.ERROR, "aiortc": logging.ERROR, "httpx": logging.WARNING, "httpx2": logging.WARNING,
          "openai": logging.WARNING, "uvicorn": logging.WARNING, "libav": logging.ERROR,
          "watchfiles": logging.WARNING, "asyncio": logging.WARNING}  # fmt: skip


_in_force: tuple[Style, str] = ("text", "info")


def _without_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in list(event.items()):
        if _SECRET_KEY.search(key) and key != "event":
            event[key] = "***"
        elif isinstance(value, str):
            event[key] = _SECRET_VALUE.sub(r"\1***", value)
    return event


def in_force() -> tuple[Style, str]:
    """What `configure` was called with last: a process that we start logs as we do."""
    return _in_force


def configure(style: Style = "text", level: str = "info") -> None:
    """Send every log, ours and the libraries', to standard error in one style."""
    global _in_force
    _in_force = (style, level)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=style == "json"),
        _without_secrets,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=12)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, least in _NOISY.items():
        logging.getLogger(name).setLevel(least)
