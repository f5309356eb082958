"""Disputes as pages and the desk show them, and the evidence bundle made from the file of the case."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from docx import Document

from gongkai.foi import sealed_zip
from gongkai.foi.models import Case, Dispute
from gongkai.foi.queries.casefile import facts_of, leaves_of
from gongkai.foi.queries.lessons import lessons_for
from gongkai.foi.rules.disputes import lawsuit_after, reconsideration_decision
from gongkai.foi.rules.tables import REVIEW_OUTCOMES
from gongkai.law.clock import TraceDay
from gongkai.law.queries import calendar
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import visible

RECONSIDERATION = "reconsideration"


@dataclass(frozen=True, slots=True)
class DisputeView:
    """One dispute with its clocks in words; ``light`` is late, soon, ok or done."""

    dispute: Dispute
    light: str
    words: str
    trace: tuple[TraceDay, ...]
    decision_due: date | None
    lawsuit_due: date | None
    column: str


def register(actor: Actor, *, open_only: bool = False) -> QuerySet[Dispute]:
    """All disputes that the actor may see, the ones to be answered first."""
    rows = visible(Dispute, actor).select_related("case", "unit")
    if open_only:
        rows = rows.filter(outcome="")
    return rows.order_by("outcome", "answer_due_on", "pk")


def to_answer(actor: Actor) -> QuerySet[Dispute]:
    """Disputes that wait for the answer of a unit for which this person enters disputes."""
    rows: QuerySet[Dispute] = visible(Dispute, actor, "foi.dispute").filter(answered_on=None, outcome="")
    return rows.select_related("case", "unit").order_by("answer_due_on")


def of_case(actor: Actor, case: Case, *, today: date) -> list[DisputeView]:
    """The disputes of one case, oldest first."""
    rows = visible(Dispute, actor).filter(case=case).select_related("lesson").order_by("filed_on", "pk")
    return [_view(row, today) for row in rows]


def _view(row: Dispute, today: date) -> DisputeView:
    light, words = standing_of(row, today)
    decision = lawsuit = None
    if row.kind == RECONSIDERATION:
        if row.received_on is not None:
            lawsuit = lawsuit_after(row.received_on, calendar()).due
        elif not row.outcome:
            decision = reconsideration_decision(row.filed_on, calendar(), simplified=row.simplified).due
    column = REVIEW_OUTCOMES[row.outcome][1]
    return DisputeView(row, light, words, (), decision, lawsuit, column)


def standing_of(row: Dispute, today: date) -> tuple[str, str]:
    """The light of a dispute and the words for it."""
    if row.outcome:
        return "done", row.get_outcome_display()
    if row.answered_on is not None:
        late = row.answered_on > row.answer_due_on
        return ("late", "答复晚了，等结果") if late else ("ok", "已答复，等结果")
    left = (row.answer_due_on - today).days
    if left < 0:
        return "late", f"答复逾期 {-left} 天"
    rest = calendar().workdays_between(today, row.answer_due_on)
    return ("soon" if rest <= 3 else "ok"), f"还有 {rest} 个工作日"  # noqa: PLR2004 -- three days of warning


def lessons_of(case: Case) -> list:
    """What went wrong before on the ground of this case."""
    return lessons_for(case.disposition)


def evidence_bundle(dispute: Dispute) -> tuple[str, bytes]:
    """Every paper of the case in order with an index that prints, for the reconsideration body or the court."""
    case = dispute.case
    leaves = leaves_of(case)
    index = sealed_zip.Leaf("证据目录", "证据目录.docx", _index(dispute, leaves))
    facts = facts_of(case) | {
        "争议": dispute.get_kind_display(),
        "机关": dispute.body,
        "案号": dispute.number,
    }
    content, _, _ = sealed_zip.pack(facts, [index, *leaves])
    return f"{case.number} 证据材料.zip", content


def _index(dispute: Dispute, leaves: list[sealed_zip.Leaf | sealed_zip.Absent]) -> bytes:
    paper = Document()
    paper.add_heading("证据目录", level=1)
    paper.add_paragraph(f"案件：{dispute.case.number}　{dispute.get_kind_display()}　{dispute.body}")
    table = paper.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    for place, words in enumerate(("序号", "类别", "证据名称", "说明")):
        table.rows[0].cells[place].text = words
    for number, leaf in enumerate(leaves, start=1):
        cells = table.add_row().cells
        for place, words in enumerate((str(number), leaf.heading, leaf.name, leaf.note)):
            cells[place].text = words
    paper.add_paragraph("提交单位（盖章）：")
    paper.add_paragraph("提交日期：")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
