"""Which Word template serves a kind of letter: the unit's own, else the district's, else the one we build."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.foi.models import LetterTemplate
from gongkai.kernel.remembering import remembered

WHY = "the district's templates serve every unit"


@remembered
def template_for(kind: str, *, unit_id: int) -> LetterTemplate | None:
    """The newest template in use for a unit; ``None`` means the default that the program builds."""
    rows = _in_use(unit_id).filter(kind=kind).select_related("file")
    found = sorted(rows, key=lambda row: (row.district_wide, -row.version))
    return found[0] if found else None


def templates_for(unit_id: int) -> dict[str, LetterTemplate]:
    """The template in force of every kind that has one, for the list of the settings page. One query."""
    found: dict[str, LetterTemplate] = {}
    for row in sorted(_in_use(unit_id), key=lambda one: (one.district_wide, -one.version)):
        found.setdefault(row.kind, row)
    return found


def versions_of(kind: str, *, unit_id: int) -> list[LetterTemplate]:
    """Every version that the unit or the district ever had, newest first."""
    rows = LetterTemplate.objects.unscoped(WHY).filter(_of(unit_id), kind=kind)
    return list(rows.select_related("file", "by").order_by("-at", "-pk"))


def _in_use(unit_id: int) -> QuerySet[LetterTemplate]:
    rows: QuerySet[LetterTemplate] = LetterTemplate.objects.unscoped(WHY)
    return rows.filter(_of(unit_id), in_use=True)


def _of(unit_id: int) -> Q:
    return Q(unit_id=unit_id, district_wide=False) | Q(district_wide=True)
