"""What a comment means: the rules of words where they find something, the trained model where they find nothing.

Rules are precise and come first; the model knows what is like the comments it was trained on, and counts only where it
is sure (`host.core.acts`). Once it overrules them: a short Latin word that insults is often a unit or a grade beside
goods (``cNm``, 2B). Pure, for folded text.
"""

from __future__ import annotations

from enum import StrEnum

from host.chat.spam import insult_in
from host.chat.trouble import trouble_in
from host.core.acts.model import reading
from host.core.acts.wants import Trouble, Want

NAMED = "\0"
"""What stands in a text for the name of a product: whoever calls it speaks of goods, and the model is not asked."""
_SHORT = 3
"""Letters of a word that may be a unit."""
_DOUBT = 0.1
"""What asks with a higher probability is put to the answerer, whatever else it is: a question too many is better than
one lost."""


class Talk(StrEnum):
    """What a comment is that does not plainly ask."""

    SMALL = "small talk"
    COMPLAINT = "complaint"
    ASKS = "asks"
    PERHAPS_ASKS = "perhaps asks"


def trouble_of(text: str) -> Trouble | None:
    """What trouble with the show is reported, if any. Names of products on sale are taken out of the text."""
    if found := trouble_in(text):
        return found
    return reading(text).trouble if _surely(Want.TROUBLE, text) else None


def likely_trouble_of(text: str) -> Trouble | None:
    """The trouble that is the likeliest thing to be meant by a folded text to which nobody knows an answer, if any."""
    read = reading(text)
    return read.trouble if read.likeliest is Want.TROUBLE else None


def insult_of(text: str) -> str:
    """The insult found, or nothing; all of the text where no word of it tells. Names of products are taken out."""
    found = insult_in(text)
    if found:
        unit = found.isascii() and len(found) <= _SHORT and Want.GOODS in reading(text.replace(NAMED, " ")).sure
        return "" if unit else found
    return text if _surely(Want.ABUSE, text) else ""


def complains(text: str) -> bool:
    """Whether a folded text likeliest complains of goods or service: so does who insults over what he was sold."""
    return reading(text).likeliest is Want.COMPLAINT


def talk_of(folded: str) -> Talk:
    """What a comment is of which no rule knows what it wants; names of products may stand in it."""
    read = reading(folded)
    if Want.GOODS in read.sure:
        return Talk.ASKS
    if read.probable[Want.GOODS] > _DOUBT:
        return Talk.PERHAPS_ASKS
    if Want.SMALL_TALK in read.sure:
        return Talk.SMALL
    return Talk.COMPLAINT if Want.COMPLAINT in read.sure else Talk.PERHAPS_ASKS


def _surely(want: Want, text: str) -> bool:
    """Whether the model is sure, of a text that names no goods on sale."""
    return NAMED not in text and want in reading(text).sure
