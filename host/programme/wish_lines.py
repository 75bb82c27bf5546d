"""What the host says to a viewer whose wish for a product is not met at once."""

from __future__ import annotations

from host.core.ports import Draft
from host.core.product import Catalogue, Lang, Product
from host.mind.names import speakable_name
from host.show.phrases import Occasion, fill, phrase
from host.show.wishes import Wish, Wished


def wish_line(wished: Wished, product: Product, catalogue: Catalogue, user: str, lang: Lang, seed: str) -> Draft:
    """When the product comes, as far as that is known."""
    after = catalogue.get(wished.after)
    occasion: Occasion = "wish_on_air" if wished.wish is Wish.ON_AIR else "wish_later" if after else "wish_unplanned"
    template = phrase(lang, occasion, (), (), seed) or ""
    text = fill(
        template, lang, name=product.name, link=product.link, after=after.name if after else "",
        user=speakable_name(user, lang),
    )  # fmt: skip
    about = tuple(each.id for each in (product, after) if each)
    return Draft(text[:1].upper() + text[1:], about=about, final=True, free=False)
