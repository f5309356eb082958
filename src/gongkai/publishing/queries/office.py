"""What clerks read: what waits, what was published, what stands against publishing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet

from gongkai.documents import queries as documents
from gongkai.documents import states as life
from gongkai.documents.models import Correction, Document
from gongkai.kernel.clock import LEGAL_ZONE, legal_day
from gongkai.law import rule_table
from gongkai.law.calendar import WorkCalendar
from gongkai.law.queries import calendar as present_calendar
from gongkai.law.refusal import Refusal
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import visible
from gongkai.publishing import rules
from gongkai.publishing.models import BuildStep, ErrorReport, IndexTemplate, Publication
from gongkai.review import queries as review

CODE_SIGNS = 8  # of the number of a reader's report, in two groups


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reviewed document that waits for its publication, with its last day."""

    document: Document
    due: date
    provisional: bool
    days_late: int


def waiting_for(actor: Actor, *, today: date) -> list[Waiting]:
    """What this person may publish, the last day first. A fixed number of queries, however many rows."""
    rows = (
        documents.with_openness(visible(Document, actor, "publishing.publish"))
        .filter(state=life.APPROVED)
        .select_related("unit", "author")
        .order_by("changed_at", "pk")
    )
    calendar = present_calendar()
    own = {held.unit_id for held in actor.held}
    changing = documents.changing_since([document.pk for document in rows])
    found = [
        _waiting(document, today=today, calendar=calendar, since=changing.get(document.pk))
        for document in rows
        if document.present_openness == documents.PROACTIVE  # type: ignore[attr-defined]
        and actor.person_id not in document.writers
        and (document.unit.is_small or document.unit_id in own)
    ]
    return sorted(found, key=lambda row: (row.due, row.document.pk))


def lateness_of(
    document: Document, *, today: date, calendar: WorkCalendar | None = None, formed: date | None = None
) -> rules.Lateness:
    """How the document stands to the period of art. 26; it was formed on the day written on it."""
    days = _days(today)
    formed = formed or formed_on(document)
    # A date that lies ahead is a slip that submission finds; it cannot be late.
    return rules.lateness(
        formed_on=min(formed, today),
        on=today,
        days=days,
        calendar=calendar or present_calendar(),
    )


def formed_on(document: Document) -> date:
    """The day on which the information was formed: the date of the paper, else when it was entered.

    A correction counts from the day of the change (条例第二十六条: 形成或者变更之日).
    """
    since = documents.changing_since([document.pk]).get(document.pk)
    return _formed_on(document, since)


def _is_explained(document: Document, correction: Correction | None) -> bool:
    """Whether somebody said why this is late; a reason for the first edition is none for a later change."""
    said = documents.justification_of(document, rules.LATE)
    return said is not None and (correction is None or said.at >= correction.at)


def standing_against(*, document: Document, today: date) -> list[Refusal]:
    """What stands against publishing this document, whoever asks: state, openness, review, period, number."""
    found: list[Refusal] = []
    if life.target_of(document.state, "publish") is None:
        return [
            Refusal(
                "publish.not_ready",
                "条例第十七条",
                f"这份公文现在是“{life.LABELS[document.state]}”，还不能发布。审核全部通过以后才能发布。",
            )
        ]
    openness = documents.openness_of(document)
    if openness != documents.PROACTIVE:
        found.append(
            Refusal(
                "publish.openness",
                "条例第十九条",
                f"公开属性是“{openness or '未认定'}”，不能发布。需要公开的，请先重新认定为主动公开。",
            )
        )
    correction = documents.open_correction(document)
    writers, deciders = review.people_of_round(document)
    if correction is not None and correction.light:
        # The short road: whoever publishes is the second pair of eyes, and did not write.
        found += documents.slip_findings(document, reason=correction.slip_reason)
    elif not deciders or review.issuer_of(document) is None:
        found.append(
            Refusal("publish.not_reviewed", "条例第十七条", "没有本轮的审核签发记录，不能发布。请先送审。")
        )
    if writers & deciders:
        found.append(
            Refusal("publish.mixed", "三审制", "拟稿人参加了审核，不能发布。请退回，由其他同志重新审核。")
        )
    # 条例第十一条: what touches another agency waits for its confirmation.
    found += review.coordination_refusals(document)
    found += rules.lateness_refusals(
        lateness_of(document, today=today),
        days=_days(today),
        justified=_is_explained(document, correction),
        since="变更" if correction else "形成",
    )
    found += documents.gate_refusals(document, today=today)
    return found + _number_refusals(document)


def publication_of(document: Document) -> Publication | None:
    """How the document stands in public, if it ever did."""
    return (
        Publication.objects.unscoped("the document was already shown to this person")
        .filter(document=document)
        .select_related("index_number", "edition")
        .first()
    )


def ledger(
    actor: Actor, *, words: str = "", unit: int | None = None, state: str = ""
) -> QuerySet[Publication]:
    """The ledger of publications that the actor sees, newest first."""
    rows = visible(Publication, actor).select_related("unit", "index_number", "edition")
    if words:
        rows = rows.filter(
            Q(title__icontains=words) | Q(index_number__number__icontains=words) | Q(receipt__iexact=words)
        )
    if unit:
        rows = rows.filter(unit=unit)
    if state in Publication.State.values:
        rows = rows.filter(state=state)
    return rows.order_by("-published_at", "-pk")


def find_public(text: str) -> Publication | None:
    """A publication by what people copy: its address (whole or path) or its index number."""
    words = text.strip()
    path = "/" + words.split("://", 1)[1].partition("/")[2] if "://" in words else words
    path = path.partition("#")[0].partition("?")[0]
    return (
        Publication.objects.unscoped("addresses and index numbers are public")
        .filter(Q(path=path) | Q(index_number__number=words))
        .first()
    )


def template() -> str:
    """The present template of index numbers."""
    found = IndexTemplate.objects.order_by("-pk").values_list("template", flat=True).first()
    return found or rules.DEFAULT_TEMPLATE


def error_reports(*, done: bool) -> QuerySet[ErrorReport]:
    """What readers found wrong: what waits, the oldest first, or what was answered, the newest first."""
    if done:
        return ErrorReport.objects.filter(handled_at__isnull=False).order_by("-handled_at", "-pk")
    return ErrorReport.objects.filter(handled_at__isnull=True).order_by("at", "pk")


def errors_reported_between(first: date, last: date) -> QuerySet[ErrorReport]:
    """What readers reported in these legal days, answered or not."""
    begins = datetime.combine(first, time.min, LEGAL_ZONE)
    ends = datetime.combine(last, time.max, LEGAL_ZONE)
    return ErrorReport.objects.filter(at__range=(begins, ends)).order_by("-at", "-pk")


def error_report(number: str) -> ErrorReport | None:
    """A report by the number that its reader has; people leave the stroke out and type small letters."""
    signs = "".join(sign for sign in number.upper() if sign.isascii() and sign.isalnum())
    if len(signs) != CODE_SIGNS:
        return None
    half = CODE_SIGNS // 2
    return ErrorReport.objects.filter(code=f"{signs[:half]}-{signs[half:]}").first()


def build_steps(part: str = "") -> tuple[int, int]:
    """How many steps of a build of the pages wait, and how many there are; of one part, or of all."""
    rows = BuildStep.objects.filter(part=part) if part else BuildStep.objects.all()
    steps = rows.aggregate(waiting=Count("pk", filter=Q(state=BuildStep.State.WAITING)), every=Count("pk"))
    return steps["waiting"], steps["every"]


def last_publication_time() -> datetime | None:
    """When the server published last; its clock may not stand before that."""
    rows = Publication.objects.unscoped("one moment of the whole installation")
    return rows.order_by("-published_at").values_list("published_at", flat=True).first()


def _days(today: date) -> int:
    return rule_table.value("publication_working_days", on=today)


def _formed_on(document: Document, since: date | None) -> date:
    return since if since else document.written_on or legal_day(document.created_at)


def _waiting(document: Document, *, today: date, calendar: WorkCalendar, since: date | None) -> Waiting:
    found = lateness_of(document, today=today, calendar=calendar, formed=_formed_on(document, since))
    return Waiting(document, found.due, found.provisional, found.days_late)


def _number_refusals(document: Document) -> list[Refusal]:
    """Two records in public under one 发文字号 would make every citation of it doubtful."""
    if not document.number:
        return []
    taken = (
        Publication.objects.unscoped("a number is unique in the district")
        .filter(document__number=document.number, state=Publication.State.LIVE)
        .exclude(document=document)
        .first()
    )
    if taken is None:
        return []
    return [
        Refusal(
            "publish.number_taken",
            "GB/T 9704—2012",
            f"{document.number} 已经用于公开的《{taken.title}》。请核对发文字号。",
        )
    ]
