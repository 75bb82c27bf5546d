"""HTML that cannot be broken by what strangers wrote: text is escaped unless it was made here."""

from __future__ import annotations

from html import escape


class Markup(str):
    """HTML, as opposed to text."""


def tag(name: str, *children: str, **attributes: str) -> Markup:
    """An element. A child that is no `Markup` is text; ``class_`` stands for ``class``; an attribute without a value
    is given as ``""`` and written alone."""
    written = "".join(
        f' {key.rstrip("_")}="{escape(value)}"' if value else f" {key.rstrip('_')}" for key, value in attributes.items()
    )
    return Markup(f"<{name}{written}>{joined(*children)}</{name}>")


def joined(*children: str) -> Markup:
    """Several one after the other."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child) for child in children))
