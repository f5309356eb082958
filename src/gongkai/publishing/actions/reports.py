"""How numbers are made, and what readers find wrong."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.kernel import ids
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.publishing import queries, rules
from gongkai.publishing.models import ErrorReport, IndexTemplate
from gongkai.trail.chain import SYSTEM, record

LEAST_PROBLEM = 5
LONGEST_PROBLEM = 2000


def why_not_set_template(*, template: str, by: Actor) -> list[Refusal]:
    """Why index numbers cannot be made in this way."""
    if not can(by, "publishing.settings"):
        return [Refusal("wall.role", "", "索引号编制规则由区政务公开主管部门设定，您没有这个权限。")]
    return rules.template_refusals(template)


@transaction.atomic
def set_template(*, template: str, by: Actor, now: datetime) -> IndexTemplate:
    """Make index numbers by another template from now on; numbers given before stay as they are (A06)."""
    refuse_if(why_not_set_template(template=template, by=by))
    before = queries.template()
    row = IndexTemplate.objects.create(template=template, by_id=by.person_id, at=now)  # type: ignore[misc]
    record(
        verb="publishing.set_template", by=by, at=now, about=row, facts={"before": before, "after": template}
    )
    return row


def why_not_report_error(*, problem: str) -> list[Refusal]:
    """Why what a reader wrote cannot be taken in."""
    if LEAST_PROBLEM <= len(problem.strip()) <= LONGEST_PROBLEM:
        return []
    return [
        Refusal(
            "report.problem",
            "",
            f"请写明哪里有错，{LEAST_PROBLEM} 到 {LONGEST_PROBLEM} 个字。写出网页上的原话，我们改得更快。",
        )
    ]


@transaction.atomic
def report_error(*, address: str, problem: str, contact: str, now: datetime) -> ErrorReport:
    """Take in what a reader found wrong on the site; the reader gets a number, the trail no personal data."""
    refuse_if(why_not_report_error(problem=problem))
    row = ErrorReport.objects.create(
        code=ids.code(groups=2),
        address=address.strip()[:300],
        problem=problem.strip(),
        contact=contact.strip()[:100],
        at=now,
    )
    record(verb="publishing.report_error", by=SYSTEM, at=now, about=row, facts={"address": row.address})
    return row
