"""Every way to write a key of a sheet, and the key: read from ``keys.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from importlib.resources import files


def canonical(key: object) -> str:
    """A key as it is compared: without width, case, quotation marks and the kind of its joints."""
    plain = unicodedata.normalize("NFKC", str(key)).strip().strip("“”\"'").casefold()
    return re.sub(r"[\s_-]+", "_", plain)


def _table(rows: Mapping[str, str]) -> dict[str, str]:
    return {form: key for key, forms in rows.items() for form in (key, *forms.split())}


TABLES = {
    group: _table(rows)
    for group, rows in tomllib.loads(files("host.show").joinpath("keys.toml").read_text(encoding="utf-8")).items()
}
"""By group: every form of a key to the key."""
KEYS, SHOP_KEYS, FAQ_KEYS, OFFER_KEYS = (TABLES[group] for group in ("sheet", "shop", "faq", "promotions"))
ENTRY_GROUPS = ("faq", "promotions", "variants", "batches", "sold_separately", "exceptions")
"""Keys whose value is a list of entries, each of which has keys of its own."""
SINGLE_GROUPS = ("warranty", "audience")
"""Keys whose value is one such entry."""
LISTS = frozenset({"aliases", "never_say"})
"""The keys whose entries are texts and hold no keys."""
