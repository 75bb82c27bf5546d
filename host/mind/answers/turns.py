"""Who speaks, where a model writes it in words: ``Assistant: …``, 助手：…, and the turn it invents next: ``User: …``"""

from __future__ import annotations

import re

_OWN = "assistant|chatbot|model|bot|ai|host|answer|reply|response|a|助手|助理|主播|小助手|客服|回答|回复|答案|答"
_OTHERS = "user|human|viewer|customer|system|question|q|用户|观众|顾客|客户|买家|系统|提问|问题|问"
_LABEL = re.compile(rf"(?i)(?:(?P<own>{_OWN})|(?P<others>{_OTHERS}))(?:\s?[:：]\s{{0,3}}|$)")


def of_turn(sentence: str) -> str | None:
    """A sentence without the name of who speaks before it; None where somebody else does, and the reply is over."""
    label = _LABEL.match(sentence)
    if label is None:
        return sentence
    return None if label["others"] else sentence[label.end() :]
