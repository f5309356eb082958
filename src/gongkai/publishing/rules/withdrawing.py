"""The three meanings of taking back what was published (B15)."""

from __future__ import annotations

from gongkai.law.refusal import Refusal

MISTAKE = "误发"
MERGED = "并入"
EXPIRED = "失效"
KINDS = {
    MISTAKE: "发错了：不该公开，或者发错了单位、文件。网页和附件撤下，原网址只留撤回说明。",
    MERGED: "并入另一条信息：网页撤下，原网址说明并指向并入后的信息。",
    EXPIRED: "不再有效：网页保留供查阅，加红色失效提示。",
}
# By the system, at the end of a public period; nobody chooses them by hand.
ARCHIVED = "期满归档"
HIDDEN = "期满撤下"
PERIOD_KINDS = (ARCHIVED, HIDDEN)
LEAST_REASON = 4
HOUSE_RULE = "撤回分三种情形"


def status_of(kind: str) -> int:
    """How the old address answers: what was sent by mistake, or may not be shown any longer, is gone (410); the
    others stay readable.

    >>> [status_of(kind) for kind in (*KINDS, *PERIOD_KINDS)]
    [410, 200, 200, 200, 410]
    """
    return 410 if kind in (MISTAKE, HIDDEN) else 200


def withdrawal_refusals(
    *, kind: str, reason: str, has_successor: bool, successor_live: bool, is_itself: bool, expired: bool
) -> list[Refusal]:
    """What is missing or wrong in a withdrawal."""
    found: list[Refusal] = []
    if kind not in KINDS:
        found.append(Refusal("withdraw.kind", HOUSE_RULE, "还没有选撤回情形。请在误发、并入、失效中选一种。"))
    if len(reason.strip()) < LEAST_REASON:
        found.append(
            Refusal(
                "withdraw.reason", HOUSE_RULE, f"请写明撤回原因，至少{LEAST_REASON}个字，会显示在网页上。"
            )
        )
    if kind == MERGED and not has_successor:
        found.append(
            Refusal("withdraw.successor", HOUSE_RULE, "并入要写明并入哪一条信息。请填它的索引号或者网址。")
        )
    if kind == MERGED and has_successor and (is_itself or not successor_live):
        found.append(
            Refusal(
                "withdraw.successor_gone",
                HOUSE_RULE,
                "不能并入自己或者已经撤下的信息。请另选一条正在公开的信息。",
            )
        )
    if kind == EXPIRED and expired:
        found.append(Refusal("withdraw.again", HOUSE_RULE, "这条信息已经宣布失效，不用再宣布一次。"))
    return found
