"""Reads of a campaign: which papers of a year were kept from the public, what was decided, the result by unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.documents import states as life
from gongkai.documents.models import Document
from gongkai.documents.queries import PROACTIVE, determination_of, with_openness
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import visible
from gongkai.publishing.models import Publication
from gongkai.registers import states
from gongkai.registers.models import IssuedPaper, Recheck, RecheckItem
from gongkai.registers.rules.register import CLOSED, ON_REQUEST

_WHOLE = "a campaign of the whole district"


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that was kept from the public, of the house or from a unit's register."""

    unit: Unit
    document: Document | None
    number: str
    title: str
    written_on: date | None
    openness: str
    ground: str


@dataclass(frozen=True, slots=True)
class RecheckLine:
    """A unit in a campaign: how many papers, how many decided and how."""

    unit: Unit
    total: int
    undecided: int
    stays: int
    on_request: int
    to_public: int


@dataclass(frozen=True, slots=True)
class Turned:
    """A paper that was turned public: what the result list names, and where it stands if it stands already."""

    unit: str
    number: str
    title: str
    path: str


def kept_papers(year: int) -> list[Kept]:
    """Every paper of a year that was not published: filed documents first, then lines of the registers."""
    filed = with_openness(Document.objects.unscoped(_WHOLE)).filter(state=life.FILED)
    of_year = Q(written_on__year=year) | Q(written_on__isnull=True, created_at__year=year)
    found = [
        _of_document(document)
        for document in filed.filter(of_year).select_related("unit").order_by("unit", "written_on", "pk")
        if document.present_openness not in (None, "", PROACTIVE)  # type: ignore[attr-defined]
    ]
    known = {(kept.unit.pk, kept.number) for kept in found if kept.number}
    lines = IssuedPaper.objects.unscoped(_WHOLE).filter(year=year, openness__in=(ON_REQUEST, CLOSED))
    public = set(_public_paths(lines.values_list("number", flat=True)))
    found += [
        Kept(line.unit, None, line.number, line.title, line.written_on, line.openness, line.ground)
        for line in lines.select_related("unit").order_by("unit", "row")
        if (line.unit_id, line.number) not in known
        and line.number not in public
        and not any(word in line.secrecy for word in ("秘密", "机密", "绝密"))
    ]
    return found


def rechecks() -> Sequence[Recheck]:
    """All campaigns, the newest year first."""
    return list(Recheck.objects.select_related("by", "published_by"))


def published_rechecks() -> list[Recheck]:
    """Campaigns of which the result is public, the newest year first."""
    return [one for one in rechecks() if one.state == states.RESULT]


def items_of(actor: Actor, recheck: Recheck, *, state: str = "") -> QuerySet[RecheckItem]:
    """The papers of a campaign that the actor sees."""
    rows = visible(RecheckItem, actor).filter(recheck=recheck).select_related("unit", "decided_by")
    return rows.filter(state=state) if state in states.RECHECK_DECISIONS else rows


def to_recheck(actor: Actor) -> list[RecheckItem]:
    """Papers of running campaigns that this person's unit has not decided yet."""
    rows = visible(RecheckItem, actor, "registers.recheck").filter(
        state=states.UNDECIDED, recheck__state=states.COLLECTING
    )
    return list(rows.select_related("recheck", "unit").order_by("recheck__until", "pk"))


def recheck_lines(recheck: Recheck) -> list[RecheckLine]:
    """The result by unit; one query."""
    rows = RecheckItem.objects.unscoped(_WHOLE).filter(recheck=recheck).select_related("unit")
    found: dict[Unit, list[str]] = {}
    for item in rows.order_by("unit__order", "unit", "pk"):
        found.setdefault(item.unit, []).append(item.state)
    order = (states.UNDECIDED, states.STAYS, states.ON_REQUEST, states.TO_PUBLIC)
    return [
        RecheckLine(unit, len(all_of), *(all_of.count(state) for state in order))
        for unit, all_of in found.items()
    ]


def turned_public(recheck: Recheck) -> list[Turned]:
    """The papers that a campaign turned public; titles of all others stay inside."""
    rows = RecheckItem.objects.unscoped("the result list is public").filter(
        recheck=recheck, state=states.TO_PUBLIC
    )
    items = list(rows.select_related("unit").order_by("unit__order", "written_on", "pk"))
    by_number = _public_paths([item.number for item in items if item.number])
    live = Publication.objects.unscoped("the result list is public").filter(state=Publication.State.LIVE)
    by_document = dict(
        live.filter(document__in=[item.document_id for item in items if item.document_id]).values_list(
            "document", "path"
        )
    )
    return [
        Turned(
            item.unit.short_name,
            item.number,
            item.title,
            by_document.get(item.document_id or 0, "") or by_number.get(item.number, ""),
        )
        for item in items
    ]


def _of_document(document: Document) -> Kept:
    found = determination_of(document)
    return Kept(
        document.unit,
        document,
        document.number,
        document.title,
        document.written_on,
        found.openness if found else "",
        found.ground if found else "",
    )


def _public_paths(numbers: object) -> dict[str, str]:
    live = Publication.objects.unscoped("what is public is public").filter(state=Publication.State.LIVE)
    return dict(live.filter(document__number__in=list(numbers)).values_list("document__number", "path"))  # type: ignore[call-overload]
