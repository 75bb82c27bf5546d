"""What advertises wherever it stands, in a comment or in a nickname: trades of spammers and calls to go elsewhere."""

from __future__ import annotations

ADVERTS = (
    r"兼职|日结|刷单|代购|网贷|贷款|套现|返利|博彩|棋牌|裸聊|约炮|私[信聊加]|互[关粉赞]|关注我|"
    r"[看戳点]我?(?:主页|头像|简介)|onlyfans|f4f|casino"
)
"""Alternatives of a pattern over folded text. What tells of advertising only in one of the two places is written there:
代理 in a nickname offers, in a comment it may ask."""
