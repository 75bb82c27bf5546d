"""A catalogue, comments and a context for the tests of the chat department."""

from decimal import Decimal
from itertools import count
from pathlib import Path

from host.core.comment import Comment
from host.core.product import Catalogue, Lang, Money, Product

_IDS = count()


def product(product_id: str, name: str, link: int, lang: Lang, *aliases: str) -> Product:
    return Product(product_id, name, lang, link, Money(Decimal(79), "CNY"), aliases=aliases)


ZH = Catalogue(
    [
        product("cup", "随行保温杯 500ml", 1, "zh", "保温杯", "杯子"),
        product("lamp", "护眼台灯", 2, "zh", "台灯"),
        product("coffee", "冻干黑咖啡 24颗", 3, "zh", "咖啡", "黑咖啡"),
    ]
)
EN = Catalogue(
    [
        product("bottle", "Tarnwell Bottle 600 ml", 1, "en", "bottle", "water bottle"),
        product("desk", "Glowmere Desk Lamp", 2, "en", "desk lamp", "lamp"),
    ]
)


def comment(text: str, user: str = "", at: float = 0.0, comment_id: str = "") -> Comment:
    number = next(_IDS)
    return Comment(comment_id or f"c{number}", user or f"user{number}", text, at)


def labelled() -> list[tuple[Catalogue, str, str | None, str]]:
    """``(catalogue, intent, product, text)`` of every labelled comment."""
    found: list[tuple[Catalogue, str, str | None, str]] = []
    catalogue = ZH
    for line in (Path(__file__).parent / "chat_comments.txt").read_text(encoding="utf-8").split("\n"):
        if line in ("[zh]", "[en]"):
            catalogue = ZH if line == "[zh]" else EN
        elif line and not line.startswith("#"):
            intent, name, text = line.split("|", 2)
            found.append((catalogue, intent, None if name == "-" else name, text))
    return found
