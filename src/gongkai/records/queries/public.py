"""Rows as readers see them: masked, in their public period, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from gongkai.kernel.clock import today as present_day
from gongkai.records import states
from gongkai.records.models import DeclaredType, LookupUse, RecordRow
from gongkai.records.queries.kinds import Periods, kind_of, kinds
from gongkai.records.queries.rows import documents_at
from gongkai.records.rules.declared import After, Link, RecordType
from gongkai.records.rules.harvest import Used
from gongkai.records.rules.lifetime import stale_on
from gongkai.records.rules.masking import masked_row
from gongkai.records.rules.steps import StepStanding, standings

PER_PAGE = 50
LOOKED_AT_ONCE = 20
_PUBLIC = "rows in their public period are public"


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One row: ``values`` are masked by field name; ``documents`` are the titles behind its addresses."""

    pk: int
    unit: str
    unit_code: str
    title: str
    values: Mapping[str, str]
    published_at: datetime | None
    changed_at: datetime
    public_until: date | None
    version: int
    anonymised: bool
    stale: bool
    steps: tuple[StepStanding, ...]
    documents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PublicType:
    """A type with what is public of it now."""

    kind: RecordType
    count: int
    changed_at: datetime | None


def public_rows(kind: RecordType, *, today: date) -> QuerySet[RecordRow]:
    """What may be seen on a day; a row past its public period is gone even before the clock has come by."""
    rows = RecordRow.objects.unscoped(_PUBLIC).filter(code=kind.code, state=states.LIVE)
    if kind.after is After.LEAVE:
        rows = rows.filter(Q(public_until=None) | Q(public_until__gte=today))
    return rows.select_related("unit")


def in_order(rows: QuerySet[RecordRow]) -> QuerySet[RecordRow]:
    """From the oldest end, as the pages are counted."""
    return rows.order_by("sort_on", "pk")


def drawn(kind: RecordType, rows: Iterable[RecordRow], *, today: date) -> list[PublicRow]:
    """The rows with their masks; two queries beyond the rows', however many there are."""
    found = list(rows)
    linked = [field.name for field in kind.fields if field.link is Link.DOCUMENT]
    paths = {row.values[name] for row in found for name in linked if row.values.get(name)}
    titles = {path: one.title for path, one in documents_at(paths).items()} if paths else {}
    periods = Periods() if kind.steps else None
    return [_public(kind, row, titles, periods, today=today) for row in found]


def _public(
    kind: RecordType, row: RecordRow, titles: Mapping[str, str], periods: Periods | None, *, today: date
) -> PublicRow:
    fresh = stale_on(kind, checked_on=row.checked_on)
    values = masked_row(kind, row.values)
    steps = standings(kind, row.values, today=today, due_of=periods.due) if periods else ()
    return PublicRow(
        pk=row.pk,
        unit=row.unit.short_name,
        unit_code=row.unit.code,
        title=row.title,
        values=values,
        published_at=row.published_at,
        changed_at=row.changed_at,
        public_until=row.public_until,
        version=row.version,
        anonymised=row.anonymised_at is not None,
        stale=bool(fresh and today > fresh),
        steps=steps,
        documents={path: title for path, title in titles.items() if path in values.values()},
    )


def public_types(*, today: date) -> list[PublicType]:
    """Every type that has something to show, in the order of the catalogue."""
    found = []
    counted = {
        one["code"]: one
        for one in RecordRow.objects.unscoped(_PUBLIC)
        .filter(state=states.LIVE)
        .values("code")
        .annotate(n=Count("pk"), at=Max("changed_at"))
        .order_by()
    }
    for code, kind in kinds(retired=True).items():
        one = counted.get(code)
        if one is None:
            continue
        count = public_rows(kind, today=today).count() if kind.ends else one["n"]
        found.append(PublicType(kind, count, one["at"]))
    return found


def types_of_item(item: str, types: Sequence[PublicType]) -> list[PublicType]:
    """The types that stand under an item of the catalogue and hold something."""
    return [one for one in types if (one.kind.item or "20-15") == item and one.count]


def facet_values(kind: RecordType, name: str, *, today: date) -> list[tuple[str, int]]:
    """The values of a facet with their counts, the most frequent first; parts of a field of many count each."""
    field = kind.field(name)
    counted: dict[str, int] = {}
    path = f"values__{name}"
    for one in public_rows(kind, today=today).values(path).annotate(n=Count("pk")).order_by():
        words = one[path] or ""
        for part in words.split("、") if field.many else [words]:
            if part:
                counted[part] = counted.get(part, 0) + one["n"]
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:200]


def with_facet(kind: RecordType, rows: QuerySet[RecordRow], name: str, value: str) -> QuerySet[RecordRow]:
    """Narrow to a value of a facet."""
    if kind.field(name).many:
        # 全区 touches every street.
        return rows.filter(Q(**{f"values__{name}__icontains": value}) | Q(**{f"values__{name}": "全区"}))
    return rows.filter(**{f"values__{name}": value})


def found_rows(kind: RecordType, *, text: str, facets: Mapping[str, str], today: date) -> QuerySet[RecordRow]:
    """What a reader looks for: every word stands in the row. A person is found by the whole name only."""
    rows = public_rows(kind, today=today)
    for name, value in facets.items():
        if name in kind.facets and value:
            rows = with_facet(kind, rows, name, value)
    own_names = [field.name for field in kind.fields if field.personal and not field.mask]
    for word in text.split()[:6]:
        if kind.is_guarded and own_names:
            match = Q()
            for name in own_names:
                match |= Q(**{f"values__{name}": word})
            rows = rows.filter(match)
        else:
            rows = rows.filter(words__icontains=word)
    return rows.order_by("-sort_on", "-pk")


def successor_of(kind: RecordType, row: PublicRow, *, today: date) -> dict[str, int]:
    """The rows of the same type that a row names, by field."""
    found = {}
    for field in kind.fields:
        name = row.values.get(field.name, "") if field.link is Link.ROW else ""
        if name:
            other = public_rows(kind, today=today).filter(title=name).values_list("pk", flat=True).first()
            if other:
                found[field.name] = other
    return found


def changes_of(row_pk: int) -> list[tuple[datetime, str]]:
    """When and why a public row was changed; what it said before stays with the office."""
    row = RecordRow.objects.unscoped(_PUBLIC).filter(pk=row_pk, state=states.LIVE).first()
    return list(row.editions.unscoped(_PUBLIC).values_list("at", "reason")) if row else []


def used_by(code: str, *, hour: datetime, visitor: str) -> Used:
    """What a visitor has taken of a list of persons in this hour."""
    row = LookupUse.objects.filter(code=code, hour=hour, visitor=visitor).first()
    return Used(row.looks, row.rows, row.files) if row else Used()


def uses(limit: int = 100) -> list[dict[str, Any]]:
    """Look-ups by day and type for the disclosure office: sums, and how often somebody was stopped."""
    rows = LookupUse.objects.order_by("-hour", "-refused")[:limit]
    return [dict(one) for one in rows.values("code", "hour", "visitor", "looks", "rows", "files", "refused")]


def index_list(type_id: int) -> dict[str, Any] | None:
    """A list as the search finds it; ``None`` when nothing of it is public any more."""
    declared = DeclaredType.objects.filter(pk=type_id).first()
    kind = kind_of(declared.code) if declared else None
    if declared is None or kind is None:
        return None
    today = present_day()
    count = public_rows(kind, today=today).count()
    if not count:
        return None
    words = [kind.description, *(field.label for field in kind.fields)]
    for name in kind.facets:
        words += [value for value, _ in facet_values(kind, name, today=today)]
    return {
        "path": f"/records/{kind.code}/",
        "title": kind.title,
        "body": "　".join(words),
        "kind": "清单",
        "published_at": declared.changed_at,
    }


def index_row(row_id: int) -> dict[str, Any] | None:
    """A row with its own page as the search finds it; ``None`` when it is not, or no longer, public."""
    row = RecordRow.objects.unscoped(_PUBLIC).filter(pk=row_id).first()
    kind = kind_of(row.code) if row else None
    if row is None or kind is None or not kind.item_page:
        return None
    if not public_rows(kind, today=present_day()).filter(pk=row_id).exists():
        return None
    return {
        "path": f"/records/{kind.code}/{row.pk}/",
        "title": row.title or kind.title,
        "body": row.words,
        "unit": row.unit.short_name,
        "unit_id": row.unit_id,
        "kind": "清单",
        "published_at": row.published_at,
        "valid_until": row.public_until,
    }
