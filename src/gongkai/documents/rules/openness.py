"""Openness of a document: what may be kept back, on which ground, and what must be told.

《政府信息公开条例》 arts. 13 to 16 and 36: what falls under no ground is published.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.refusal import Refusal

PROACTIVE = "主动公开"
ON_REQUEST = "依申请公开"
CLOSED = "不予公开"
OPENNESS = (PROACTIVE, ON_REQUEST, CLOSED)
LEAST_REASON = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """One lawful ground for not publishing. ``must`` tells 不得公开 from 可以不予公开."""

    code: str
    article: str
    text: str
    must: bool


GROUNDS: tuple[Ground, ...] = (
    Ground("E14a", "条例第十四条", "依法确定为国家秘密", True),
    Ground("E14b", "条例第十四条", "法律、行政法规禁止公开", True),
    Ground("E14c", "条例第十四条", "公开后可能危及国家安全、公共安全、经济安全、社会稳定", True),
    Ground("E15", "条例第十五条", "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害", True),
    Ground("E16a", "条例第十六条第一款", "人事管理、后勤管理、内部工作流程等内部事务信息", False),
    Ground("E16b", "条例第十六条第二款", "讨论记录、过程稿、磋商信函、请示报告等过程性信息", False),
    Ground("E16c", "条例第十六条第二款", "行政执法案卷信息", False),
)
BY_CODE = {ground.code: ground for ground in GROUNDS}


def openness_refusals(*, openness: str, ground: str, reason: str) -> list[Refusal]:
    """Why this determination cannot be recorded as it stands; empty when it can.

    不予公开 needs one ground of arts. 14 to 16 and a reason in words; 依申请公开 needs a reason, because what
    concerns the public widely is published without being asked (art. 19).

    >>> [r.code for r in openness_refusals(openness="不予公开", ground="", reason="")]
    ['openness.ground', 'openness.reason']
    """
    if openness not in OPENNESS:
        return [
            Refusal(
                "openness.missing",
                "条例第十七条",
                "还没有认定公开属性。请选择主动公开、依申请公开或者不予公开。",
            )
        ]
    found = []
    if openness == CLOSED and ground not in BY_CODE:
        found.append(
            Refusal(
                "openness.ground",
                "条例第十四条至第十六条",
                "不予公开必须有法定情形。请从列表中选择一项；都不符合的，应当主动公开或者依申请公开。",
            )
        )
    if openness != CLOSED and ground:
        found.append(
            Refusal("openness.ground", "条例第十三条", f"{openness}不需要不予公开的情形，请清除已选的情形。")
        )
    if openness != PROACTIVE and len(reason.strip()) < LEAST_REASON:
        found.append(
            Refusal(
                "openness.reason",
                "条例第十九条" if openness == ON_REQUEST else "条例第三十六条",
                f"{openness}要写明理由，至少{LEAST_REASON}个字，说明公开会有什么影响。",
            )
        )
    return found
