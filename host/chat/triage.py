"""Triage: what becomes of a comment, with the reason an operator reads. Pure: the time is an argument.

The length is checked before anything else looks at a comment, then whether it was seen before, then the rates; only
what is left is read, laughter by nothing else. Comments that try to give the host instructions end here: their words
reach no language model. One question is answered whatever stands around it: whether the host is real.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from host.chat.intents import INJECTION, intent_of, names_a_topic, urgent
from host.chat.meaning import NAMED, Talk, complains, insult_of, talk_of, trouble_of
from host.chat.rates import Seen
from host.chat.spam import advert_in
from host.core.comment import MAX_FOLDED, MAX_ID, MAX_TEXT, MAX_USER, Comment, Fate, Intent, Verdict
from host.core.contacts import contacts
from host.core.fold import fold
from host.core.identity import asks_what_host_is
from host.core.mentions import mentioned
from host.core.nickname import advert_in_name
from host.core.product import Catalogue, Product
from host.core.product_names import names_of
from host.core.rates import TokenBuckets
from host.core.reason import Reason
from host.core.text import bounded

PERHAPS_WORTH = 0.3
"""Score of a comment that perhaps asks."""
SAME_TEXT_SECONDS = 60.0
SAME_ID_SECONDS = float("inf")
_REPEATED = re.compile(r"(\S)\1{9,}|(\S{2,8}?)\2{4,}")
_MEANINGLESS = re.compile(r"^[\W_\d]*$")
_LAUGHS = re.compile(r"^(?:[哈嘿呵啊嗯6h哇w呜喔噢]|ha|he|lo+l|\W)+$")

_SPOKEN_TO = re.compile(r"^@[^\s@:：]{1,24} (?=\S)")
"""Whom a comment is written to, as platforms put it before: @host is it waterproof."""
_MARKS = r"[\s.*_\-|/~·,，。]+"
_INSERTED = re.compile(
    rf"(?<=[㐀-鿿]){_MARKS}(?=[㐀-鿿a-z])|(?<=\b[a-z]){_MARKS}(?=[a-z]\b)|(?<=[a-z]){_MARKS}(?=[㐀-鿿])"
)

_BASE = {
    Intent.IDENTITY: 0.9,
    Intent.REQUEST: 0.8,
    Intent.QUESTION: 0.6,
    Intent.ORDER: 0.5,
    Intent.GREETING: 0.2,
    Intent.CHAT: 0.1,
}


class Triage:
    """Judges comments one by one.

    ``per_user_per_minute`` and ``room_per_second`` are long-run rates; a user may spend a minute's worth, the room two
    seconds' worth at once. ``remembered`` bounds every map. ``banned`` names a banned word in a text, or None.
    """

    def __init__(
        self,
        *,
        per_user_per_minute: int = 6,
        room_per_second: int = 20,
        remembered: int = 10_000,
        banned: Callable[[str], str | None] | None = None,
    ) -> None:
        self._users = TokenBuckets(per_user_per_minute / 60, float(per_user_per_minute), remembered)
        self._room = TokenBuckets(float(room_per_second), float(2 * room_per_second), 1)
        self._ids = Seen(SAME_ID_SECONDS, remembered)
        self._texts = Seen(SAME_TEXT_SECONDS, remembered)
        self._banned = banned

    def judge(self, comment: Comment, *, catalogue: Catalogue, on_air: str | None, now: float) -> Verdict:
        """The verdict on ``comment``. Total: whatever a stranger sends, there is one."""
        if len(comment.text) > MAX_TEXT or len(comment.id) > MAX_ID:
            return _out(comment, Fate.IGNORED, Reason("too_long", most=MAX_TEXT))
        text, user = bounded(comment.text, MAX_TEXT), bounded(comment.user, MAX_USER)
        folded = _SPOKEN_TO.sub("", fold(text))
        if len(folded) > MAX_FOLDED:
            return _out(comment, Fate.IGNORED, Reason("too_long", most=MAX_TEXT))
        if refused := self._repeated(comment, folded, now):
            return refused
        if not self._room.take("room", now):
            return _out(comment, Fate.DROPPED, Reason("room_rate"), Intent.CHAT)
        if not self._users.take(comment.who, now):
            reason = Reason("user_rate", user=user) if user else Reason("user_rate_unnamed")
            return _out(comment, Fate.DROPPED, reason, Intent.CHAT)
        if _LAUGHS.match(folded) and not advert_in_name(user):
            return _out(comment, Fate.IGNORED, Reason("laugh"), Intent.CHAT)
        spam = self._spam(comment, user, folded, catalogue)
        if asks_what_host_is(folded):
            return _identity(comment, spam)
        if spam is None and (trouble := trouble_of(_without_names(folded, catalogue))):
            why = Reason("trouble", trouble=trouble.value)
            return Verdict(comment.id, Intent.TROUBLE, Fate.ESCALATED, why)
        return spam or _worth(comment, folded, catalogue, on_air)

    def knows(self, comment_id: str) -> bool:
        """Whether a comment of that id was judged or remembered."""
        return bool(comment_id) and comment_id in self._ids

    def remember(self, comment: Comment, now: float) -> None:
        """Take a comment judged in an earlier life as seen, so that it is not answered twice."""
        self._ids.again(comment.id, now)

    def _repeated(self, comment: Comment, folded: str, now: float) -> Verdict | None:
        if comment.id and self._ids.again(comment.id, now):
            return _out(comment, Fate.IGNORED, Reason("seen_before"))
        if not folded:
            return _out(comment, Fate.IGNORED, Reason("unreadable"))
        if self._texts.again((comment.who, folded), now):
            return _out(comment, Fate.IGNORED, Reason("same_words"))
        return None

    def _spam(self, comment: Comment, user: str, folded: str, catalogue: Catalogue) -> Verdict | None:
        if advert := advert_in_name(user):
            return _out(comment, Fate.IGNORED, Reason("advert_in_name", found=advert[:40]))
        closed = _closed_up(folded)
        if match := INJECTION.search(folded) or INJECTION.search(closed):
            return _out(comment, Fate.IGNORED, Reason("instructions", found=match.group()[:40]))
        if contact := next((each for text in (folded, closed) for each in contacts(text) if not each.code), None):
            return _out(comment, Fate.IGNORED, Reason("contact", kind=contact.kind, found=contact.text[:40]))
        texts = dict.fromkeys(_without_names(text, catalogue) for text in (folded, closed))
        if found := next(filter(None, map(advert_in, texts)), ""):
            return _out(comment, Fate.IGNORED, Reason("advertising", found=found[:40]))
        if found := next(filter(None, map(insult_of, texts)), ""):
            fate = Fate.ESCALATED if complains(folded) else Fate.IGNORED
            return _out(comment, fate, Reason("insult", found=found[:40]))
        if match := _REPEATED.search(folded):
            return _out(comment, Fate.IGNORED, Reason("flood", found=match.group()[:20]))
        if self._banned is not None and (word := self._banned(folded)):
            return _out(comment, Fate.IGNORED, Reason("banned_word", found=word[:40]))
        return None


def _identity(comment: Comment, spam: Verdict | None) -> Verdict:
    """Whoever asks what the host is, is told; where it comes with spam, the comment itself is shown to nobody."""
    if spam is None:
        return Verdict(comment.id, Intent.IDENTITY, Fate.QUEUED, Reason("asks_identity"), score=_BASE[Intent.IDENTITY])
    why = Reason("asks_identity_in_spam", why=spam.reason)
    return Verdict(comment.id, Intent.SPAM, Fate.QUEUED, why, score=_BASE[Intent.IDENTITY])


def _worth(comment: Comment, folded: str, catalogue: Catalogue, on_air: str | None) -> Verdict:
    """The verdict on a comment that is no spam."""
    product, nowhere = mentioned(folded, catalogue)
    bare_number = re.fullmatch(r"#?(\d{1,4}|[一二三四五六七八九十])", folded)
    if product is None and nowhere is None and bare_number:
        return Verdict(comment.id, Intent.CHAT, Fate.IGNORED, Reason("bare_number"))
    if product is None and _MEANINGLESS.match(folded) and not re.search(r"[?？]", folded):
        return Verdict(comment.id, Intent.CHAT, Fate.IGNORED, Reason("no_words"))
    intent = intent_of(folded, names_product=product is not None or nowhere is not None)
    if intent is Intent.CHAT and product is not None and _asks_of(folded, product):
        intent = Intent.QUESTION
    name = product.id if product else None
    if intent is Intent.CHAT:
        talk = talk_of(folded)
        if talk is not Talk.ASKS:
            return _talk(comment, talk, name)
        intent = Intent.QUESTION
    if intent is Intent.REQUEST and product is None:
        intent = Intent.QUESTION
    score = _score(intent, folded, product, on_air)
    return Verdict(comment.id, intent, Fate.QUEUED, _because(intent, product, nowhere), name, score)


def _talk(comment: Comment, talk: Talk, product: str | None) -> Verdict:
    """The verdict on what does not plainly ask: only what is surely small talk is ignored."""
    if talk is Talk.SMALL:
        return Verdict(comment.id, Intent.CHAT, Fate.IGNORED, Reason("small_talk"), product)
    if talk is Talk.COMPLAINT:
        return Verdict(comment.id, Intent.CHAT, Fate.ESCALATED, Reason("complaint"), product)
    return Verdict(
        comment.id, Intent.QUESTION, Fate.QUEUED, Reason("perhaps_asks"), product, PERHAPS_WORTH, certain=False
    )


def _asks_of(folded: str, product: Product) -> bool:
    """Whether a comment is a product and a topic: price of the lamp, 蜂蜜产地."""
    return names_a_topic(folded, names_of(product), [fold(topic) for topic in product.facts])


def _score(intent: Intent, folded: str, product: Product | None, on_air: str | None) -> float:
    score = _BASE[intent]
    if product is not None:
        score += 0.1 if product.id == on_air else 0.05
    if intent is Intent.QUESTION and urgent(folded):
        score += 0.15
    if len(folded) < 2:
        score -= 0.3
    return round(max(0.0, min(1.0, score)), 3)


def _because(intent: Intent, product: Product | None, nowhere: int | None) -> Reason:
    if product is not None:
        return Reason("asks", intent=intent.value, product=product.name, link=product.link)
    return Reason("asks", intent=intent.value, **({} if nowhere is None else {"missing": nowhere}))


def _without_names(folded: str, catalogue: Catalogue) -> str:
    """The text without what its products are called: whoever sells a 草泥马 has it asked for by name."""
    for name in (name for product in catalogue for name in names_of(product) if name in folded):
        folded = folded.replace(name, NAMED)
    return folded


def _closed_up(folded: str) -> str:
    """The text without what is put between characters to hide a word."""
    return _INSERTED.sub("", folded)


def _out(comment: Comment, fate: Fate, reason: Reason, intent: Intent = Intent.SPAM) -> Verdict:
    return Verdict(comment.id, intent, fate, reason)
