"""All writes of the law's ground: importing a notice on holidays."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.events.law import CalendarImported
from gongkai.kernel import outbox
from gongkai.law import queries
from gongkai.law.calendar import FIRST_YEAR, LAST_YEAR, NoticeTable, WorkCalendar, faults
from gongkai.law.models import CalendarNotice
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.trail import chain

BASIS = "《全国年节及纪念日放假办法》"
LONGEST_NUMBER = 60


def why_not_import_notice(*, table: NoticeTable) -> list[Refusal]:
    """Everything that speaks against taking a notice into the calendar."""
    if not table.holidays:
        return [Refusal("calendar.empty", "", "没有读到放假安排。请核对文件是否为放假通知。")]
    if not FIRST_YEAR < table.year <= LAST_YEAR:
        text = f"年份 {table.year} 超出范围（{FIRST_YEAR + 1}–{LAST_YEAR} 年）。请核对年份。"
        return [Refusal("calendar.year", "", text)]
    refusals = [Refusal("calendar.fault", BASIS, text) for text in faults(table)]
    if not table.number:
        refusals.append(Refusal("calendar.no_number", "", "缺少发文字号。请写明通知的文号。"))
    elif len(table.number) > LONGEST_NUMBER:
        text = f"发文字号超过 {LONGEST_NUMBER} 个字。请只写文号，如“国办发明电〔2025〕7号”。"
        refusals.append(Refusal("calendar.long_number", "", text))
    if not table.amends and table.year in queries.packaged_years():
        text = f"{table.year} 年的安排已随程序提供。国务院另有调整的，请作为调整通知导入（--amends）。"
        refusals.append(Refusal("calendar.packaged", "", text))
    if table.amends and table.year not in queries.calendar().years:
        text = f"{table.year} 年的全年安排还没有导入，不能先导入调整通知。请先导入全年安排。"
        refusals.append(Refusal("calendar.amends_nothing", "", text))
    if CalendarNotice.objects.filter(number=table.number, digest=_digest(table)).exists():
        text = f"{table.number}已经导入，内容相同，不必再导入。"
        refusals.append(Refusal("calendar.twice", "", text))
    return refusals


@transaction.atomic
def import_notice(*, table: NoticeTable, by: chain.Who, at: datetime) -> CalendarNotice:
    """Take a notice into the calendar; stations hear of it and reckon their open dates anew."""
    refuse_if(why_not_import_notice(table=table))
    before = queries.calendar()
    notice = CalendarNotice.objects.create(
        year=table.year,
        number=table.number,
        title=table.title,
        published_on=table.published_on,
        amends=table.amends,
        holidays=_rows(table),
        digest=_digest(table),
        imported_at=at,
    )
    changed = changed_days(before, queries.calendar())
    first, last = (changed[0], changed[-1]) if changed else (None, None)
    chain.record(
        verb="law.import_notice",
        by=by,
        at=at,
        about=notice,
        facts={"year": notice.year, "digest": notice.digest, "changed_days": len(changed)},
    )
    outbox.emit(CalendarImported(notice.pk, notice.year, notice.number, first, last))
    return notice


def changed_days(before: WorkCalendar, after: WorkCalendar) -> list[date]:
    """Days that turn from working day to day off or back, in order."""
    return sorted(before.differing_days(after))


def _rows(table: NoticeTable) -> list[dict[str, Any]]:
    return [
        {
            "name": holiday.name,
            "first": holiday.first.isoformat(),
            "last": holiday.last.isoformat(),
            "workdays": [day.isoformat() for day in holiday.workdays],
        }
        for holiday in table.holidays
    ]


def _digest(table: NoticeTable) -> str:
    content = json.dumps([table.year, table.amends, _rows(table)], ensure_ascii=False, sort_keys=True)
    return chain.sm3(content.encode())
