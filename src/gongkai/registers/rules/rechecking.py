"""What was kept from the public is looked at again. 《政府信息公开条例》第十八条: 情势变化可以公开的，应当公开."""

from __future__ import annotations

from gongkai.law.refusal import Refusal
from gongkai.registers import states

ARTICLE = "条例第十八条"
LEAST_REASON = 6
# A state secret is opened by the rules of secrecy only, never by this campaign.
SECRET = "E14a"
ON_REQUEST, CLOSED = "依申请公开", "不予公开"


def decision_refusals(*, decision: str, openness: str, ground: str, reason: str) -> list[Refusal]:
    """Why a decision about a paper cannot be recorded.

    >>> [one.code for one in decision_refusals(decision="public", openness="不予公开", ground="E14a", reason="已过密期可公开")]
    ['recheck.secret']
    """
    found = []
    if decision not in (states.STAYS, states.ON_REQUEST, states.TO_PUBLIC):
        text = "没有选评估结果。请选维持原属性、改为依申请公开或者改为主动公开。"
        found.append(Refusal("recheck.decision", ARTICLE, text))
    if decision == states.ON_REQUEST and openness == ON_REQUEST:
        found.append(Refusal("recheck.same", ARTICLE, "这件本来就是依申请公开。不变的，请选维持原属性。"))
    if decision in (states.ON_REQUEST, states.TO_PUBLIC) and ground == SECRET:
        text = "这件依法确定为国家秘密。请先按保密规定解密，再改公开属性。"
        found.append(Refusal("recheck.secret", "条例第十四条", text))
    if len(reason.strip()) < LEAST_REASON:
        text = f"理由没有写清，至少{LEAST_REASON}个字：情形还在不在，为什么。"
        found.append(Refusal("recheck.reason", ARTICLE, text))
    return found
