"""Rows that are public, read by the rules of today: what shows something personal that nobody answered for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from django.urls import reverse

from gongkai.gate import queries as gate
from gongkai.gate.queries import Finding, LiveText
from gongkai.records import states
from gongkai.records.models import RecordRow
from gongkai.records.queries.gate import RowFinding, blocking, findings_in, with_reasons
from gongkai.records.queries.kinds import kinds
from gongkai.records.rules.declared import RecordType

Judged = tuple[LiveText, Sequence[Finding]]
PREFIX = "record:"


def exposed_rows(*, after: int, limit: int) -> list[Judged]:
    """The next public rows with what is found in each; the same queries for one row and for hundreds."""
    rows = RecordRow.objects.unscoped("what is public is everybody's").filter(state=states.LIVE, pk__gt=after)
    return judged(rows.order_by("pk")[:limit])


def exposed_again(ids: Iterable[int]) -> list[Judged]:
    """Those of these rows on which something was open, as they are now; nothing is found in one that left.

    All open ones are read, because one row alone is no list of people any more.
    """
    open_ids = exposed_ids()
    wanted = open_ids.intersection(ids)
    if not wanted:
        return []
    rows = RecordRow.objects.unscoped("the rows of the act").filter(pk__in=open_ids)
    return [one for one in judged(rows.order_by("pk")) if one[0].position in wanted]


def exposed_ids() -> set[int]:
    """Public rows on which the sweep left something open."""
    return {int(key.removeprefix(PREFIX)) for key in gate.open_under(PREFIX)}


def judged(rows: Iterable[RecordRow]) -> list[Judged]:
    """Rows with what their readers see and must not; rows of a type are read together, a list is known by that."""
    rows, known, white = list(rows), kinds(retired=True), cache(gate.known)
    together: dict[str, list[RecordRow]] = defaultdict(list)
    for row in rows:
        if row.state == states.LIVE and row.code in known:
            together[row.code].append(row)
    found: list[RowFinding] = []
    for code, own in together.items():
        found += findings_in(known[code], ((row.pk, row.values) for row in own), known=white)
    by_row: dict[int, list[RowFinding]] = defaultdict(list)
    for one in blocking(with_reasons(found)):
        by_row[one.row].append(one)
    return [(_text(row, known.get(row.code)), _told(by_row.get(row.pk, ()))) for row in rows]


def _told(found: Sequence[RowFinding]) -> list[Finding]:
    """The findings, each with all columns in which its rule is broken."""
    columns: dict[str, dict[str, None]] = defaultdict(dict)
    for one in found:
        columns[one.finding.rule][f"“{one.field.label}”列"] = None
    return [replace(one.finding, where="、".join(columns[one.finding.rule])) for one in found]


def _text(row: RecordRow, kind: RecordType | None) -> LiveText:
    title = f"{kind.title if kind else row.code}　{row.title or f'第{row.pk}号'}"
    url = f"/records/{row.code}/{row.pk}/" if kind and kind.item_page else f"/records/{row.code}/"
    mend = reverse("records:row", args=[row.pk])
    return LiveText(row.pk, f"{PREFIX}{row.pk}", title, url, row.unit_id, (), mend=mend)
