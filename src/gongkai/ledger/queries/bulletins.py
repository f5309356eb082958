"""The numbers of a month, each with the rows from which it was counted, and whom the rule names."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gongkai.kernel.clock import LEGAL_ZONE
from gongkai.ledger import states
from gongkai.ledger.models import Bulletin, BulletinLine, ProgressReport, RectificationOrder
from gongkai.ledger.queries.lateness import ALL, LateMatter, late_matters
from gongkai.ledger.queries.standing import ledger
from gongkai.ledger.rules.bulletin import Named, UnitMonth, criticised, praised

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Month:
    """What a bulletin is drafted from: figures with their rows, and the units that the rules name."""

    figures: dict[str, Any]
    praise: tuple[Named, ...]
    criticism: tuple[Named, ...]
    overview: str


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def month_of(year: int, month: int, *, today: date) -> Month:
    """The month as the rows stand now, its lights as of its last day (or today, while it is not over)."""
    day = min(last_day(year, month), today)
    page = ledger(year=None, today=day)
    late = late_matters(today=day, page=page)
    reports = _reports(year, month)
    orders = _orders()
    overdue = [one for one in orders if one.state != states.ORDER_CLOSED and one.due_on < day]
    facts = _units(late, reports, overdue, before=_criticised_before(year, month))
    figures = {
        "day": day.isoformat(),
        "items": [
            _item("tasks", "任务总数", "本年工作要点附件的全部任务", [_task(row) for row in page.rows]),
            *(
                _item(
                    state,
                    words,
                    f"{day.isoformat()} 的状态",
                    [_task(row) for row in page.rows if row.light.state == state],
                )
                for state, words in (("done", "已完成"), ("late", "逾期"), ("soon", "临期"))
            ),
            _item("late_units", "逾期的单位事项", "每个单位每件事一条", [_matter(one) for one in late]),
            _item("reported", "当月报送", "当月报送的进展", [_report(one) for one in reports["sent"]]),
            _item(
                "accepted", "当月核对通过", "当月核对的进展", [_report(one) for one in reports["accepted"]]
            ),
            _item("returned", "当月退回", "当月退回的进展", [_report(one) for one in reports["returned"]]),
            _item(
                "orders",
                "没有销号的整改单",
                "待整改和待核对的整改单",
                [_order(one) for one in orders if one.state != states.ORDER_CLOSED],
            ),
        ],
    }
    return Month(figures, praised(facts), criticised(facts), _overview(year, month, figures))


def figure(bulletin: Bulletin, key: str) -> Mapping[str, Any] | None:
    """One number of a bulletin with its rows, as they stood when it was drafted."""
    return next((one for one in bulletin.figures.get("items", ()) if one["key"] == key), None)


def bulletins(*, issued_only: bool = False) -> list[Bulletin]:
    """All bulletins, newest first."""
    rows = Bulletin.objects.select_related("by", "issued_by")
    return list(rows.filter(state=states.ISSUED) if issued_only else rows)


def lines_of(bulletin: Bulletin, *, kept_only: bool = False) -> list[BulletinLine]:
    """Whom the bulletin names, praise first."""
    rows = bulletin.lines.select_related("unit").order_by("-kind", "pk")
    return list(rows.filter(kept=True) if kept_only else rows)


def orders_of(bulletin: Bulletin) -> list[RectificationOrder]:
    """The orders that followed from a bulletin; the office sees them all, other pages ask the wall."""
    rows = RectificationOrder.objects.unscoped("a bulletin names its orders to everybody")
    return list(rows.filter(bulletin=bulletin).select_related("unit").order_by("serial"))


def _reports(year: int, month: int) -> dict[str, list[ProgressReport]]:
    start = datetime(year, month, 1, tzinfo=LEGAL_ZONE).astimezone(UTC)
    end = datetime.combine(
        last_day(year, month) + timedelta(days=1), datetime.min.time(), LEGAL_ZONE
    ).astimezone(UTC)
    rows = ProgressReport.objects.unscoped(ALL).select_related("task", "unit")
    decided = rows.filter(decided_at__gte=start, decided_at__lt=end)
    return {
        "sent": list(rows.filter(at__gte=start, at__lt=end).exclude(state=states.WITHDRAWN)),
        "accepted": list(decided.filter(state=states.ACCEPTED)),
        "returned": list(decided.filter(state=states.RETURNED)),
    }


def _orders() -> list[RectificationOrder]:
    rows = RectificationOrder.objects.unscoped(ALL)
    return list(rows.select_related("unit").order_by("year", "serial"))


def _units(
    late: list[LateMatter],
    reports: dict[str, list[ProgressReport]],
    overdue: list[RectificationOrder],
    *,
    before: Mapping[int, int],
) -> list[UnitMonth]:
    ids = {one.unit.pk for one in late} | {one.unit_id for own in reports.values() for one in own}
    ids |= {one.unit_id for one in overdue}
    found = []
    for pk in sorted(ids):
        # What waits for the office itself is nobody's fault but the office's.
        own = [one for one in late if one.unit.pk == pk and one.why != "waiting" and one.kind != "order"]
        found.append(
            UnitMonth(
                unit_id=pk,
                accepted=sum(one.unit_id == pk for one in reports["accepted"]),
                returned=sum(one.unit_id == pk for one in reports["returned"]),
                late=len(own),
                longest=max((one.days for one in own), default=0),
                orders_late=sum(one.unit_id == pk and one.state == states.ORDER_OPEN for one in overdue),
                criticised_before=before.get(pk, 0),
            )
        )
    return found


def _criticised_before(year: int, month: int) -> dict[int, int]:
    """In how many of the two bulletins before each unit was criticised."""
    months = [(year, month - 1), (year, month - 2)]
    months = [(y, m) if m > 0 else (y - 1, m + 12) for y, m in months]
    counted: dict[int, int] = {}
    for y, m in months:
        rows = BulletinLine.objects.filter(
            bulletin__year=y,
            bulletin__month=m,
            bulletin__state=states.ISSUED,
            kind=BulletinLine.Kind.CRITICISM,
            kept=True,
        )
        for unit in rows.values_list("unit_id", flat=True):
            counted[unit] = counted.get(unit, 0) + 1
    return counted


def _overview(year: int, month: int, figures: Mapping[str, Any]) -> str:
    count = {one["key"]: one["count"] for one in figures["items"]}
    return (
        f"{year}年{month}月，全区政务公开工作要点 {count['tasks']} 项任务中，已完成 {count['done']} 项，"
        f"逾期 {count['late']} 项，临期 {count['soon']} 项。各单位当月报送进展 {count['reported']} 份，"
        f"核对通过 {count['accepted']} 份，退回 {count['returned']} 份。"
    )


def _item(key: str, name: str, note: str, rows: list[Row]) -> Row:
    return {"key": key, "name": name, "note": note, "count": len(rows), "rows": rows}


def _task(row: Any) -> Row:
    title = f"第{row.task.number}项　{row.task.short_title}"
    return {"text": f"{title}　{row.light.words}", "task": row.task.pk}


def _matter(one: LateMatter) -> Row:
    return {"text": f"{one.unit.short_name}　{one.title}　逾期 {one.days} 天", "url": one.url}


def _report(one: ProgressReport) -> Row:
    title = f"第{one.task.number}项　{one.task.short_title}"
    return {"text": f"{one.unit.short_name}　{title}", "task": one.task_id}


def _order(one: RectificationOrder) -> Row:
    return {"text": f"{one.number}　{one.unit.short_name}　{one.get_state_display()}", "order": one.pk}
