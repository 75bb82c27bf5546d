"""What the host says to a viewer in fixed words, in the language of his comment."""

from __future__ import annotations

from host.core.comment import Comment
from host.core.ports import Draft
from host.core.product import Catalogue, Lang, Product
from host.core.text import guess_lang
from host.mind.answers.compose import stock_piece
from host.mind.answers.replies import Situation, reply
from host.programme.corrections import correction
from host.programme.wish_lines import wish_line
from host.show.wishes import Wished


class FixedWords:
    """The words of one room, whose ``lang`` holds where a comment does not tell its own. Which of several wordings is
    taken follows from the ``seed`` and the comment."""

    def __init__(self, lang: Lang, seed: int) -> None:
        self._lang: Lang = lang
        self._seed = seed

    def lang_of(self, comment: Comment) -> Lang:
        """The language a comment is answered in."""
        return guess_lang(comment.text, self._lang)

    def reply(self, situation: Situation, comment: Comment, user: str | None = None) -> str:
        """What is said in a situation; ``user`` in place of the name that the comment gives."""
        name = comment.user if user is None else user
        return reply(situation, self.lang_of(comment), name, seed=self._seed, key=comment.id)

    def sold_out(self, product: Product | None, comment: Comment) -> str:
        """What is said of a product that is sold out; nothing of any other."""
        piece = stock_piece(product, self.lang_of(comment)) if product and product.sold_out else None
        return piece.text if piece else ""

    def wish(self, wished: Wished, product: Product, catalogue: Catalogue, comment: Comment) -> Draft:
        """When the product comes that a viewer wishes for."""
        lang, seed = self.lang_of(comment), f"{self._seed}:{comment.id}"
        return wish_line(wished, product, catalogue, comment.user, lang, seed)

    def correction(self, text: str, comment_id: str, stream: str) -> str:
        """The operator's text, marked as a correction of what was said to a comment."""
        return correction(text, guess_lang(text, self._lang), f"{self._seed}:{comment_id}:{stream}")
