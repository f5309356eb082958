"""A year of a unit's register as a table: out, corrected, in again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.kernel import clock
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import acts, units_for
from gongkai.registers import actions, queries
from gongkai.registers.models import IssuedPaper
from gongkai.sheets.pages import Exchange, exchange_page, hand_out
from gongkai.sheets.queries import RowReport, SheetRow


@acts("registers.view")
def export(request: HttpRequest, unit: int, year: int) -> HttpResponse:
    """The register of a year, ready to be corrected."""
    return hand_out(request, _exchange(request, _unit(request, "registers.view", unit), year))


@acts("registers.work")
def table(request: HttpRequest, unit: int, year: int) -> HttpResponse:
    """Take the corrected table, show its differences, correct each changed line."""
    return exchange_page(request, _exchange(request, _unit(request, "registers.work", unit), year))


def _unit(request: HttpRequest, action: str, pk: int) -> Unit:
    units = units_for(request.actor, action)
    if units is not None and pk not in units:
        raise Http404
    return get_object_or_404(Unit, pk=pk)


def _exchange(request: HttpRequest, unit: Unit, year: int) -> Exchange:
    papers: dict[str, IssuedPaper] = {}

    def rows(lock: bool) -> Sequence[SheetRow]:
        found = IssuedPaper.objects.unscoped("the view has checked the unit").filter(unit=unit, year=year)
        papers.update({str(one.pk): one for one in found.select_related("unit")})
        return queries.register_rows(unit, year, lock=lock)

    def given(row: RowReport) -> dict[str, Any]:
        return {name: str(row.values.get(name) or "") for name in ("openness", "ground", "note")}

    def check(row: RowReport) -> list[str]:
        words = given(row)
        words.pop("note")
        paper = papers[row.key]
        return [str(one) for one in actions.why_not_correct(paper=paper, by=request.actor, **words)]

    def write(row: RowReport) -> None:
        actions.correct(paper=papers[row.key], by=request.actor, now=clock.now(), **given(row))

    return Exchange(
        sheet=queries.register_sheet(unit, year),
        rows=rows,
        check=check,
        write=write,
        here=reverse("registers:table", args=[unit.pk, year]),
        export=reverse("registers:export", args=[unit.pk, year]),
        back=reverse("registers:list"),
        back_label="发文登记核对",
    )
