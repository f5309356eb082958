"""Papers on their way through review, for the tests of this station."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.documents import actions as documents
from gongkai.law.refusal import Refused
from gongkai.review import actions

CLOSED = {"openness": "不予公开", "ground": "E16a", "reason": "属于人事管理信息，公开没有必要"}
PUBLIC = {"openness": "主动公开"}


def submitted(world: Any, unit: str = "finance", author: str = "", **openness: str) -> Any:
    """An item of the unit, handed to its reviewers; proactive unless said otherwise."""
    by = world.actor(author or f"{unit}.officer")
    document = documents.draft(
        unit=world.units[unit],
        by=by,
        now=world.now,
        fields={
            "title": "关于办事窗口搬迁的公告",
            "written_on": date(2026, 10, 12),
            "body": "<p>十一月一日起搬迁。</p>",
        },
    )
    documents.determine(document=document, by=by, now=world.now, **(openness or PUBLIC))
    return documents.submit(document=document, by=by, now=world.now)


def approve(world: Any, document: Any, name: str, **more: Any) -> Any:
    actions.decide(document=document, by=world.actor(name), now=world.now, approve=True, **more)
    document.refresh_from_db()
    return document


def secrecy(world: Any, document: Any, name: str = "finance.reviewer", passed: bool = True) -> None:
    actions.review_secrecy(
        document=document, by=world.actor(name), now=world.now, passed=passed, opinion="不涉及国家秘密"
    )


def before_signer(world: Any, **openness: str) -> Any:
    """Everything is done but the final step."""
    document = submitted(world, **openness)
    secrecy(world, document)
    for name in ("finance.officer2", "finance.reviewer"):
        document = approve(world, document, name)
    return document


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {refusal.code for refusal in refused.value.refusals}
