"""How much one visitor may look up of a list of persons in an hour; more is harvesting (个人信息保护法第六条)."""

from __future__ import annotations

from dataclasses import dataclass

LOOKS, ROWS, FILES = 60, 600, 3


@dataclass(frozen=True, slots=True)
class Used:
    """What a visitor has taken in this hour."""

    looks: int = 0
    rows: int = 0
    files: int = 0


def why_too_much(used: Used, *, as_file: bool = False) -> str:
    """Why the next look is refused; empty when it is not.

    >>> why_too_much(Used(looks=59)), why_too_much(Used(looks=60))[:12]
    ('', '这一小时内查询过于频繁')
    """
    if as_file and used.files >= FILES:
        return f"这一小时内已经下载 {FILES} 次。请过一小时再下载。"
    if used.looks >= LOOKS or used.rows >= ROWS:
        return "这一小时内查询过于频繁。为了保护名单上的人，请过一小时再查，或者拨打发布单位的电话。"
    return ""
