"""Handing in the tables of a year: counted, checked, frozen; and entering those of a year before this system."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from gongkai.foi.models import AnnualTables
from gongkai.foi.queries import annual
from gongkai.foi.rules.table_checks import Finding
from gongkai.foi.sealed_zip import sm3
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

BASIS = "国办公开办函〔2021〕30号"
CARRIED = "AR5"


def why_not_hand_in(*, unit: Unit, year: int, by: Actor, explained: str = "") -> list[Refusal]:
    """Why the tables cannot be handed in: sums that do not agree, a carry-over that is not last year's."""
    found = _why_not(unit, year, by)
    if annual.handed_in(year, unit) is not None:
        text = f"{year}年的表已经定稿。要改请先由审核人退回定稿。"
        found.append(Refusal("foi.handed_in", BASIS, text))
    for finding in annual.findings(annual.tables_of(year, unit), before=annual.handed_in(year - 1, unit)):
        if finding.code != CARRIED or not explained.strip():
            found.append(Refusal(f"foi.{finding.code.lower()}", BASIS, _told(finding)))
    return found


@transaction.atomic
def hand_in_tables(*, unit: Unit, year: int, by: Actor, now: datetime, explained: str = "") -> AnnualTables:
    """Freeze the counted tables of a year; next year's carry-over is held against them."""
    refuse_if(why_not_hand_in(unit=unit, year=year, by=by, explained=explained))
    counted = annual.as_json(annual.tables_of(year, unit))
    return _freeze(
        unit, year, counted["rows"], counted["review"], AnnualTables.Source.COUNTED, by, now, explained
    )


def why_not_enter(
    *,
    unit: Unit,
    year: int,
    rows: Mapping[str, Sequence[int]],
    review: Mapping[str, Sequence[int]],
    by: Actor,
) -> list[Refusal]:
    """Why an old report's tables cannot be entered as they were typed."""
    found = _why_not(unit, year, by)
    try:
        given = annual.YearTables(
            year,
            {row: tuple(numbers) for row, numbers in rows.items()},
            {group: tuple(numbers) for group, numbers in review.items()},
        )
        findings = annual.findings(given)
    except ValueError:
        return [
            *found,
            Refusal("foi.table_shape", BASIS, "表格行列不全。请按当年格式填满每一格，没有的填 0。"),
        ]
    return found + [Refusal(f"foi.{one.code.lower()}", BASIS, _told(one)) for one in findings]


@transaction.atomic
def enter_tables(
    *,
    unit: Unit,
    year: int,
    rows: Mapping[str, Sequence[int]],
    review: Mapping[str, Sequence[int]],
    by: Actor,
    now: datetime,
) -> AnnualTables:
    """Enter the tables of a report that was published before this system counted."""
    refuse_if(why_not_enter(unit=unit, year=year, rows=rows, review=review, by=by))
    return _freeze(unit, year, rows, review, AnnualTables.Source.ENTERED, by, now, "")


def why_not_take_back(*, tables: AnnualTables, by: Actor, reason: str) -> list[Refusal]:
    """Why handed-in tables cannot be opened again."""
    found = []
    if not can(by, "foi.supervise"):
        found.append(Refusal("foi.role", "本平台权限规定", "定稿由区政务公开主管部门退回。"))
    if not reason.strip():
        found.append(Refusal("foi.no_reason", "", "没有写退回定稿的理由。"))
    return found


@transaction.atomic
def take_back_tables(*, tables: AnnualTables, by: Actor, now: datetime, reason: str) -> None:
    """The district office returns frozen tables, so that the unit can mend its cases and hand in anew."""
    refuse_if(why_not_take_back(tables=tables, by=by, reason=reason))
    facts = {"year": tables.year, "unit": tables.unit_id, "digest": tables.digest}
    record(verb="foi.take_back_tables", by=by, at=now, about=tables, note=reason.strip(), facts=facts)
    tables.delete()


def _why_not(unit: Unit, year: int, by: Actor) -> list[Refusal]:
    found = []
    if not can(by, "foi.report", unit.pk):
        found.append(Refusal("foi.role", "本平台权限规定", "年报表格由本单位的审核人或负责人定稿。"))
    if not 2019 <= year <= 2100:  # noqa: PLR2004 -- the first year of the form
        found.append(Refusal("foi.year", BASIS, "年度不对。表三、表四的格式从 2019 年度开始。"))
    return found


def _freeze(
    unit: Unit,
    year: int,
    rows: Mapping[str, Sequence[int]],
    review: Mapping[str, Sequence[int]],
    source: str,
    by: Actor,
    now: datetime,
    explained: str,
) -> AnnualTables:
    content = {
        "rows": {k: list(v) for k, v in rows.items()},
        "review": {k: list(v) for k, v in review.items()},
    }
    digest = sm3(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())
    made, _ = AnnualTables.objects.unscoped("the action has checked the unit").update_or_create(
        unit=unit,
        year=year,
        defaults={
            **content,
            "source": source,
            "digest": digest,
            "explained": explained.strip(),
            "at": now,
            "by_id": by.acting_id,
        },
    )
    record(
        verb="foi.hand_in_tables",
        by=by,
        at=now,
        about=made,
        facts={"year": year, "digest": digest, "source": source},
    )
    return made


def _told(finding: Finding) -> str:
    return finding.text
