"""How numbers are made, and what readers find wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongkai.kernel import ids
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.publishing import queries, rules
from gongkai.publishing.models import ErrorReport, IndexTemplate
from gongkai.trail.chain import SYSTEM, record

LEAST_PROBLEM = 5
LONGEST_PROBLEM = 2000
LEAST_ANSWER = 5
LONGEST_ANSWER = 1000
# In an hour; a reader who walks through a page with many faults puts them into one report.
MOST_BY_ONE = 5
MOST_BY_ALL = 200


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


def why_not_report_error(*, problem: str, sender: str, now: datetime) -> list[Refusal]:
    """Why what a reader wrote cannot be taken in: too short, too long, or too much in an hour."""
    if not LEAST_PROBLEM <= len(problem.strip()) <= LONGEST_PROBLEM:
        return [
            Refusal(
                "report.problem",
                "",
                f"请写明哪里有错，{LEAST_PROBLEM} 到 {LONGEST_PROBLEM} 个字。写出网页上的原话，我们改得更快。",
            )
        ]
    recent = ErrorReport.objects.filter(at__gt=now - timedelta(hours=1))
    if (
        recent.filter(sender=sender).exclude(sender="").count() >= MOST_BY_ONE
        or recent.count() >= MOST_BY_ALL
    ):
        return [
            Refusal(
                "report.too_many",
                "",
                "这一小时收到的问题太多，现在不能再提交。请一小时以后再提交，或者打电话。",
            )
        ]
    return []


@transaction.atomic
def report_error(
    *, address: str, problem: str, contact: str, now: datetime, sender_address: str = ""
) -> ErrorReport:
    """Take in what a reader found wrong on the site; the reader gets a number, the trail no personal data."""
    sender = sender_digest(sender_address, now)
    refuse_if(why_not_report_error(problem=problem, sender=sender, now=now))
    row = ErrorReport.objects.create(
        code=ids.code(groups=2),
        address=address.strip()[:300],
        problem=problem.strip(),
        contact=contact.strip()[:100],
        sender=sender,
        at=now,
    )
    record(verb="publishing.report_error", by=SYSTEM, at=now, about=row, facts={"address": row.address})
    return row


def why_not_answer_error(*, report: ErrorReport, outcome: str, answer: str, by: Actor) -> list[Refusal]:
    """Why this report cannot be closed with these words."""
    if not can(by, "publishing.settings"):
        return [Refusal("wall.role", "", "网站找错由区政务公开主管部门答复，您没有这个权限。")]
    if report.handled_at is not None:
        return [
            Refusal(
                "report.closed", "", f"{report.code} 已经办结，答复读者看得到，不能再改。有新情况请另行处理。"
            )
        ]
    found = []
    if outcome not in ErrorReport.Outcome.values:
        found.append(Refusal("report.outcome", "", "请选处理结果：已改正、经核对无误、不属于本网站。"))
    if not LEAST_ANSWER <= len(answer.strip()) <= LONGEST_ANSWER:
        found.append(
            Refusal(
                "report.answer",
                "",
                f"请写明怎样处理的，{LEAST_ANSWER} 到 {LONGEST_ANSWER} 个字，读者看得到。",
            )
        )
    return found


@transaction.atomic
def answer_error(*, report: ErrorReport, outcome: str, answer: str, by: Actor, now: datetime) -> ErrorReport:
    """Close a report with an answer that the reader finds under its number; what told where it came from is cleared."""
    row = ErrorReport.objects.select_for_update().get(pk=report.pk)
    refuse_if(why_not_answer_error(report=row, outcome=outcome, answer=answer, by=by))
    row.outcome, row.answer, row.handled_at, row.sender = outcome, answer.strip(), now, ""
    row.by_id = by.person_id
    row.save(update_fields=["outcome", "answer", "handled_at", "sender", "by"])
    record(verb="publishing.answer_error", by=by, at=now, about=row, facts={"outcome": outcome})
    return row


def sender_digest(address: str, now: datetime) -> str:
    """The same for one address on one day, another one on the next; empty where there is no address."""
    if not address:
        return ""
    return salted_hmac("publishing.reports", f"{legal_day(now)} {address}").hexdigest()[:24]
