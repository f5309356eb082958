"""The life of a topic as a table: proposed, decided, made public, told to those who asked (条例第四十四条)."""

from __future__ import annotations

PROPOSED, ACCEPTED, DECLINED, PUBLISHED, TOLD = "proposed", "accepted", "declined", "published", "told"
LABELS = {
    PROPOSED: "待研究",
    ACCEPTED: "决定公开，待发布",
    DECLINED: "不转主动公开",
    PUBLISHED: "已公开，待告知",
    TOLD: "已告知申请人",
}
VERBS = {
    "accept": "转为主动公开",
    "decline": "不转主动公开",
    "reopen": "重新研究",
    "draft": "起草公开内容",
    "publish": "公开",
    "tell": "告知申请人",
    "withdraw": "公开内容撤回",
}
_TABLE = {
    (PROPOSED, "accept"): ACCEPTED,
    (PROPOSED, "decline"): DECLINED,
    (DECLINED, "reopen"): PROPOSED,
    (ACCEPTED, "draft"): ACCEPTED,
    (ACCEPTED, "publish"): PUBLISHED,
    (PUBLISHED, "tell"): TOLD,
    (PUBLISHED, "withdraw"): ACCEPTED,
    (TOLD, "withdraw"): ACCEPTED,
}


def target_of(state: str, verb: str) -> str | None:
    """Where a verb leads from a state; ``None`` where it is not possible.

    >>> target_of("proposed", "accept"), target_of("declined", "tell")
    ('accepted', None)
    """
    return _TABLE.get((state, verb))
