"""Everything that is read about documents before they are published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from gongkai.documents import states
from gongkai.documents.models import (
    Correction,
    Determination,
    Document,
    InterpretationLink,
    Justification,
)
from gongkai.documents.rules.header import Header, header_findings
from gongkai.documents.rules.openness import BY_CODE
from gongkai.documents.rules.openness import PROACTIVE as PROACTIVE
from gongkai.law.clock import Clock
from gongkai.law.clock import Unit as ClockUnit
from gongkai.law.open_dates import OpenDate
from gongkai.law.refusal import Refusal
from gongkai.law.rule_table import NoRule, value
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import IssuingCode, Unit
from gongkai.orgs.wall import units_for, visible

INTERPRETATION_EXEMPT = "interpretation.exempt"


def documents_for(
    actor: Actor, *, state: str = "", words: str = "", unit: int | None = None
) -> QuerySet[Document]:
    """The documents that the actor sees, newest change first, with their openness."""
    rows = with_openness(visible(Document, actor)).select_related("unit", "author")
    if state in states.LABELS:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(title__icontains=words) | rows.filter(number__icontains=words)
    if unit:
        rows = rows.filter(unit=unit)
    return rows.order_by("-changed_at", "-pk")


def with_openness(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Add the present determination to each row as ``present_openness``."""
    newest = Determination.objects.filter(document=OuterRef("pk")).order_by("-at", "-pk")
    return rows.annotate(present_openness=Subquery(newest.values("openness")[:1]))


def determination_of(document: Document) -> Determination | None:
    """The determination that counts: the newest one. The one home of a document's openness."""
    return document.determinations.select_related("by").order_by("-at", "-pk").first()


def openness_of(document: Document) -> str:
    """The present openness, empty when nobody has determined it."""
    found = determination_of(document)
    return found.openness if found else ""


def justification_of(document: Document, code: str) -> Justification | None:
    """The reason that a named person recorded for one rule."""
    return document.justifications.select_related("by").filter(code=code).first()


def units_to_write_for(actor: Actor) -> QuerySet[Unit]:
    """The units in whose name the actor may draft."""
    units = units_for(actor, "documents.write")
    rows = Unit.objects.filter(active=True)
    return rows if units is None else rows.filter(pk__in=units)


def issuing_codes_of(unit: Unit) -> dict[str, str]:
    """The 机关代字 of a unit and in whose name each of them is issued."""
    return dict(IssuingCode.objects.filter(unit=unit).values_list("code", "issuer"))


def issuers_of(unit: Unit) -> list[str]:
    """In whose names a unit may issue: its own, and the government's that it serves."""
    names = [unit.name, *issuing_codes_of(unit).values()]
    return list(dict.fromkeys(names))


def header_of(document: Document) -> Header:
    """The header fields of a document for the rules."""
    return Header(
        title=document.title,
        issuer=document.issuer,
        number=document.number,
        written_on=document.written_on,
        effective_on=document.effective_on,
        valid_until=document.valid_until,
        kind=document.kind,
    )


def header_refusals(document: Document, *, today: date) -> list[Refusal]:
    """What is wrong in the header of a document, measured against its unit and the other documents."""
    taken = bool(document.number) and (
        Document.objects.unscoped("a number is unique in the district")
        .filter(number=document.number)
        .exclude(pk=document.pk)
        .exists()
    )
    return header_findings(
        header_of(document), today=today, own_codes=issuing_codes_of(document.unit), taken=taken
    )


def needs_interpretation(document: Document) -> bool:
    """Papers with a number and normative documents are interpreted (80号〔2016〕; first form of B02).

    An interpretation is not interpreted in its turn.
    """
    if InterpretationLink.objects.filter(interpretation=document).exists():
        return False
    return bool(document.number) or document.is_normative


def interpretation_refusals(document: Document) -> list[Refusal]:
    """Why the paper may not go on without its interpretation; an exemption with a reason settles it."""
    if openness_of(document) != PROACTIVE or not needs_interpretation(document):
        return []
    if InterpretationLink.objects.filter(document=document).exists():
        return []
    if justification_of(document, INTERPRETATION_EXEMPT):
        return []
    return [
        Refusal(
            INTERPRETATION_EXEMPT,
            "国办发〔2016〕80号",
            "还没有附上解读材料。政策文件与解读方案一并报送；确实不需要解读的，请说明理由，由审核人审定。",
        )
    ]


def determination_history(document: Document) -> Sequence[Determination]:
    """All determinations of a document, newest first, for its page."""
    return list(document.determinations.select_related("by").order_by("-at", "-pk"))


def ground_text(code: str) -> str:
    """The words of a ground of arts. 14 to 16 with its article."""
    ground = BY_CODE.get(code)
    return f"{ground.text}（{ground.article}）" if ground else ""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft and the last day on which its publication would be in time; none without a 成文日期."""

    document: Document
    due: date | None
    correcting: bool = False


def drafts_to_finish(actor: Actor, *, limit: int = 100) -> list[Unfinished]:
    """Drafts of the units for which the actor writes, the soonest due first. 条例第二十六条."""
    rows = list(
        visible(Document, actor, "documents.write")
        .filter(state=states.DRAFT)
        .select_related("unit")
        .order_by(F("due_on").asc(nulls_last=True), "pk")[:limit]
    )
    # A correction has its own day: art. 26 counts it from the change.
    changes = dict(
        Correction.objects.filter(
            document__in=[row.pk for row in rows], outcome=Correction.Outcome.OPEN
        ).values_list("document_id", "due_on")
    )
    return [Unfinished(row, changes.get(row.pk, row.due_on), row.pk in changes) for row in rows]


def publication_clock(written_on: date | None) -> Clock | None:
    """The period for publishing a paper formed on that day, by the law of that day. 条例第二十六条."""
    if written_on is None:
        return None
    try:
        days = value("publication_working_days", on=written_on)
    except NoRule:  # formed before there was such a duty
        return None
    return Clock(ClockUnit.WORKING_DAYS, days, written_on)


def open_publication_dates() -> list[OpenDate]:
    """The publication dates that still run: papers with a 成文日期 that are not public yet."""
    rows = Document.objects.unscoped("a calendar notice concerns every unit").filter(
        state__in=(states.DRAFT, states.SUBMITTED, states.APPROVED), due_on__isnull=False, editions=None
    )
    return [
        OpenDate(pk, clock, due, provisional)
        for pk, written_on, due, provisional in rows.values_list(
            "pk", "written_on", "due_on", "due_provisional"
        )
        if due and (clock := publication_clock(written_on))
    ]


def sent_on(actor: Actor, *, limit: int = 10) -> list[Document]:
    """What the actor wrote and is now with others, newest first."""
    return list(
        visible(Document, actor)
        .filter(author_id=actor.person_id)
        .exclude(state=states.DRAFT)
        .order_by("-changed_at")[:limit]
    )
