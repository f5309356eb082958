"""Requests on their way to the other platform and back: the package, and where the two books differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.foi.models import Case
from gongkai.foi.rules import exchange
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.foi.sealed_zip import sm3
from gongkai.kernel.clock import legal_day
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import find_unit, nearest

WHY = "the exchange concerns the whole district"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: new cases, cases that are here already, differences, rows not understood."""

    platform: str
    new: tuple[tuple[exchange.Row, Unit], ...]
    known: tuple[tuple[exchange.Row, Case], ...]
    differences: tuple[tuple[str, tuple[str, ...]], ...]
    missing_there: tuple[str, ...]
    faults: tuple[tuple[int, str], ...]


def package(cases: Iterable[Case], *, platform: str, now: datetime) -> bytes:
    """The cases as the other platform reads them; it holds personal data and goes by a safe way only."""
    rows = [_row(case) for case in cases]
    made = {
        "format": exchange.FORMAT,
        "platform": platform,
        "made_at": now.isoformat(),
        "cases": rows,
        "sm3": sm3(exchange.packed(rows)),
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def of_year(year: int) -> Iterator[Case]:
    """The requests that came in a year, with their applicants."""
    rows = Case.objects.unscoped(WHY).filter(kind=Case.Kind.REQUEST, arrived_on__year=year)
    return rows.select_related("applicant", "unit").order_by("pk").iterator(chunk_size=500)


def plan_of(content: bytes) -> Plan:
    """Read a package and hold it against the cases here; nothing is written."""
    read = exchange.read_package(content, digest_of=sm3)
    faults = list(read.faults)
    here = {
        case.origin_number: case
        for case in Case.objects.unscoped(WHY).filter(origin=read.platform).select_related("unit")
    }
    new: list[tuple[exchange.Row, Unit]] = []
    known: list[tuple[exchange.Row, Case]] = []
    units: dict[str, Unit | None] = {}
    for row in read.rows:
        case = here.get(row.number)
        if case is not None:
            known.append((row, case))
            continue
        if row.unit not in units:
            units[row.unit] = find_unit(row.unit)
        unit = units[row.unit]
        if unit is None:
            near = "、".join(nearest(row.unit)) or "没有相近的"
            faults.append(
                (row.place, f"单位“{row.unit}”不在名录里。最接近的：{near}。请与对方平台核对名称。")
            )
        else:
            new.append((row, unit))
    differing = [(case.number, tuple(exchange.compare(row, as_compared(case)))) for row, case in known]
    listed = {row.number for row in read.rows}
    return Plan(
        read.platform,
        tuple(new),
        tuple(known),
        tuple(one for one in differing if one[1]),
        tuple(case.number for number, case in here.items() if number not in listed),
        tuple(sorted(faults)),
    )


def as_compared(case: Case) -> dict[str, Any]:
    """The facts of a case in which both books must agree."""
    code = case.counted_disposition
    return {
        "received_on": case.received_on,
        "due_on": case.due_on,
        "closed_on": case.counted_on,
        "result": DISPOSITIONS[code].row if code in DISPOSITIONS else "",
    }


def _row(case: Case) -> dict[str, Any]:
    applicant = case.applicant
    compared = {key: _text(value) for key, value in as_compared(case).items()}
    return compared | {
        "number": case.origin_number or case.number,
        "unit": case.unit.name,
        "channel": case.channel,
        "title": case.title,
        "content": case.content,
        "docnumber": case.docnumber,
        "submitted_on": legal_day(case.submitted_at).isoformat(),
        "applicant": {
            "kind": applicant.kind,
            "name": applicant.name,
            "document": applicant.document,
            "document_number": applicant.opened("document"),
            "phone": applicant.opened("phone"),
            "email": applicant.opened("email"),
            "address": applicant.opened("address"),
            "agent_name": applicant.agent_name,
        },
    }


def _text(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
