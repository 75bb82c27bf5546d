"""What comments want, as the model tells it: acts, and what the house does alike for several of them."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What a comment is labelled with, one each."""

    ASK = "ask"
    GOTO = "goto"
    """Wants another product, or something of this one, to be shown."""
    HAGGLE = "haggle"
    ORDER_SAID = "order_said"
    GREET = "greet"
    LEAVE = "leave"
    PRAISE = "praise"
    COMPLAIN = "complain"
    CHAT = "chat"
    NOISE = "noise"
    IS_AI = "is_ai"
    TROUBLE = "trouble"
    INJECT = "inject"
    SPAM = "spam"
    ABUSE = "abuse"


class Want(StrEnum):
    """What a comment can surely want. Orders to the machine and spam are told by precise patterns alone."""

    IDENTITY = "identity"
    TROUBLE = "trouble"
    ABUSE = "abuse"
    GOODS = "goods"
    COMPLAINT = "complaint"
    SMALL_TALK = "small_talk"


ACTS = {
    Want.IDENTITY: (Act.IS_AI,),
    Want.TROUBLE: (Act.TROUBLE,),
    Want.ABUSE: (Act.ABUSE,),
    Want.GOODS: (Act.ASK, Act.GOTO, Act.HAGGLE),
    Want.COMPLAINT: (Act.COMPLAIN,),
    Want.SMALL_TALK: (Act.CHAT, Act.PRAISE, Act.GREET, Act.LEAVE, Act.NOISE),
}


class Trouble(StrEnum):
    """What is wrong with a show that cannot be heard or seen as it should."""

    SOUND = "sound"
    PICTURE = "picture"
    STUCK = "stuck"
    SYNC = "sync"
    BLURRY = "blurry"
    OTHER = "other"
