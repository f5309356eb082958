"""What comes after an answer on my desk: disputes to answer, appeals to judge, corrections to see, tables to hand in."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.foi.models import Appeal
from gongkai.foi.queries.appeals import open_appeals
from gongkai.foi.queries.disputes import to_answer
from gongkai.kernel.desk import REQUESTS, DeskItem, RailEntry
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can

RAIL = (
    RailEntry(
        key="foi-disputes",
        label="复议诉讼",
        icon="stamp",
        url_name="foi:dispute-list",
        action="foi.view",
        group=REQUESTS,
        order=40,
    ),
    RailEntry(
        key="foi-tables",
        label="年报表格",
        icon="chart",
        url_name="foi:tables",
        action="foi.view",
        group=REQUESTS,
        order=50,
    ),
    RailEntry(
        key="foi-institutions",
        label="企事业单位申诉",
        icon="people",
        url_name="foi:institutions",
        action="foi.view",
        group=REQUESTS,
        order=60,
    ),
)


def after_tasks(actor: Actor, today: date) -> list[DeskItem]:
    """Disputes that wait for an answer and appeals that wait for a verdict or for a correction."""
    found = []
    if can(actor, "foi.dispute"):
        found += [
            DeskItem(
                title=f"{row.get_kind_display()}　{row.case.number}",
                url=reverse("foi:disputes", args=[row.case_id]),
                verb="去答复",
                why=f"{row.body}送来副本，要书面答复并交证据",
                article="行政复议法第四十八条" if row.kind == "reconsideration" else "行政诉讼法第六十七条",
                due=row.answer_due_on,
                note=row.unit.short_name,
                rail="foi-disputes",
            )
            for row in to_answer(actor)
        ]
    if can(actor, "foi.judge_appeal"):
        found += [
            _appeal(row)
            for row, _, _ in open_appeals(actor, today=today)
            if can(actor, "foi.judge_appeal", row.unit_id)
        ]
    return found


def _appeal(row: Appeal) -> DeskItem:
    judged = bool(row.verdict)
    return DeskItem(
        title=f"申诉　{row.institution.name}　{row.item_named}",
        url=reverse("foi:appeal", args=[row.case_id]),
        verb="看改正" if judged else "去认定",
        why="责令改正的期限" if judged else "对照公开职责认定，并把结果告知申诉人",
        article="条例第五十五条",
        due=row.order_due_on if judged else row.due_on,
        note=row.unit.short_name,
        rail="foi-institutions",
    )
