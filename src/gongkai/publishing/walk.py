"""A demo or training installation walks a paper from its file to its page with its invented people.

Every step is the real action with its real reasons; where the office would ask a person for a reason, the
invented person gives one that says what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from gongkai.documents import actions as drafting
from gongkai.documents import queries as documents
from gongkai.documents.models import Document
from gongkai.files.actions import take_in
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import find_unit, nearest, who_may
from gongkai.publishing import actions, queries, rules
from gongkai.publishing.models import Publication
from gongkai.review import actions as reviewing
from gongkai.review import queries as review
from gongkai.trail import installation

CHUNK = 64 * 1024
EXEMPT = "演示：文件内容简单，不需要另附解读"
LATE = "演示：补录以前形成的文件，公开时间晚于法定期限"
OPINION = "演示：同意"
SECRECY = "演示：不涉及国家秘密和个人隐私"


def why_not_walk() -> list[Refusal]:
    """Outside a playground papers go their way by hand, each person for himself."""
    if installation.is_playground():
        return []
    return [
        Refusal(
            "walk.live",
            "三审制",
            "这是正式环境，不能用命令代人审核和发布、撤回。请在工作台办理；要试用，请换一个空的 DATA_DIR 建演示环境。",
        )
    ]


def unit_named(name: str) -> Unit:
    """The unit by any of its names; otherwise says which ones may be meant."""
    unit = find_unit(name)
    if unit is None:
        likely = "、".join(nearest(name))
        hint = f"是不是：{likely}？" if likely else "请写单位的全称或者简称。"
        refuse_if([Refusal("unit.unknown", "", f"没有叫“{name}”的单位。{hint}")])
    assert unit is not None
    return unit


@transaction.atomic
def publish_file(
    *, path: Path, unit: Unit, openness: str, now: datetime, fields: Mapping[str, Any] | None = None
) -> Publication:
    """From a file to a page: all of it or nothing. ``fields`` are what a clerk would fill in by hand."""
    refuse_if(why_not_walk())
    if openness != documents.PROACTIVE:
        refuse_if(
            [
                Refusal(
                    "publish.openness",
                    "条例第十九条",
                    f"公开属性是“{openness}”，不能发布。只有主动公开的文件可以发布，请核对 --openness。",
                )
            ]
        )
    today = legal_day(now)
    author = _somebody("documents.write", unit, today, lambda by: drafting.why_not_draft(unit=unit, by=by))
    with path.open("rb") as opened:
        file = take_in(
            content=iter(lambda: opened.read(CHUNK), b""), name=path.name, unit=unit, by=author, now=now
        )
    document = drafting.draft_from_file(file=file, unit=unit, by=author, now=now)
    if fields:
        document = drafting.change(document=document, by=author, now=now, fields=fields)
    drafting.determine(document=document, by=author, now=now, openness=openness)
    if documents.interpretation_refusals(document):
        _justify(document, author, now, documents.INTERPRETATION_EXEMPT, EXEMPT)
    if queries.lateness_of(document, today=today).is_late:
        _justify(document, author, now, rules.LATE, LATE)
    drafting.submit(document=document, by=author, now=now)
    _review(document, now)
    document = _present(document)
    issuer = _somebody(
        "publishing.publish",
        unit,
        today,
        lambda by: actions.why_not_publish(document=document, by=by, now=now),
    )
    return actions.publish(document=document, by=issuer, now=now)


@transaction.atomic
def correct(
    *, publication: Publication, fields: Mapping[str, str], note: str, now: datetime, closes_before: str = ""
) -> Publication:
    """A second edition of what stands in public, through all its reviews."""
    refuse_if(why_not_walk())
    unit, today = publication.unit, legal_day(now)
    document = _present(publication.document)
    author = _somebody(
        "documents.write",
        unit,
        today,
        lambda by: drafting.why_not_correct(document=document, by=by),
    )
    drafting.correct(document=document, by=author, now=now)
    drafting.change(document=_present(document), by=author, now=now, fields=fields)
    drafting.describe(document=_present(document), by=author, now=now, note=note, closes_before=closes_before)
    drafting.submit(document=_present(document), by=author, now=now)
    _review(_present(document), now)
    document = _present(document)
    issuer = _somebody(
        "publishing.publish",
        unit,
        today,
        lambda by: actions.why_not_publish(document=document, by=by, now=now),
    )
    return actions.publish(document=document, by=issuer, now=now)


@transaction.atomic
def withdraw(*, text: str, kind: str, reason: str, successor: str, now: datetime) -> Publication:
    """Take back what stands at an address."""
    refuse_if(why_not_walk())
    publication = _public(text)
    other = _public(successor) if successor else None
    by = _somebody(
        "publishing.withdraw",
        publication.unit,
        legal_day(now),
        lambda who: actions.why_not_withdraw(
            publication=publication, by=who, kind=kind, reason=reason, successor=other
        ),
    )
    actions.withdraw(publication=publication, kind=kind, reason=reason, by=by, now=now, successor=other)
    publication.refresh_from_db()
    return publication


def _review(document: Document, now: datetime) -> None:
    unit, today = document.unit, legal_day(now)
    reader = _somebody(
        "review.secrecy",
        unit,
        today,
        lambda by: reviewing.why_not_review_secrecy(document=_present(document), by=by, opinion=SECRECY),
    )
    reviewing.review_secrecy(document=_present(document), by=reader, now=now, passed=True, opinion=SECRECY)
    while step := review.step_due(_present(document)):
        by = _somebody(
            review.action_of(step),
            unit,
            today,
            lambda who: reviewing.why_not_decide(
                document=_present(document), by=who, approve=True, today=today
            ),
        )
        reviewing.decide(document=_present(document), by=by, now=now, approve=True, opinion=OPINION)


def _justify(document: Document, by: Actor, now: datetime, code: str, reason: str) -> None:
    drafting.justify(document=document, by=by, now=now, code=code, reason=reason)


def _somebody(action: str, unit: Unit, today: date, why_not: Callable[[Actor], list[Refusal]]) -> Actor:
    """The first person who may do it; where nobody may, the reasons of the one who is nearest to it."""
    fewest: list[Refusal] | None = None
    for person in who_may(action, unit, today):
        actor = actor_of(person, today=today)
        reasons = why_not(actor)
        if not reasons:
            return actor
        if fewest is None or len(reasons) < len(fewest):
            fewest = reasons
    refuse_if(
        fewest
        or [
            Refusal(
                "walk.nobody",
                "",
                f"{unit.short_name}没有人能做这一步（{action}）。请先给这个单位配人员和角色。",
            )
        ]
    )
    raise AssertionError("refuse_if has raised")


def _present(document: Document) -> Document:
    rows = Document.objects.unscoped("the walk stands in for the people of the unit")
    return rows.select_related("unit").get(pk=document.pk)


def _public(text: str) -> Publication:
    publication = queries.find_public(text)
    if publication is None:
        refuse_if(
            [
                Refusal(
                    "publication.unknown",
                    "",
                    f"没有找到“{text}”对应的公开信息。请填完整网址、路径（/doc/…html）或者索引号。",
                )
            ]
        )
    assert publication is not None
    return publication
