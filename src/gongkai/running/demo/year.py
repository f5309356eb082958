"""The demo's plan of this year and what the units have reported on it, by the real actions."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from gongkai.files.actions import take_in
from gongkai.kernel.clock import legal_day
from gongkai.ledger import actions, queries
from gongkai.ledger.models import Match, Plan, Task
from gongkai.ledger.rules.evidence import Piece
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.publishing.models import Publication
from gongkai.running.demo.district import FACTS, rows

RETURN = "演示：还有单位没有公开，请补齐后再报"


def load_plan(*, published: Sequence[Publication], now: datetime) -> None:
    """Import the plan of the present year and walk the reports of its units."""
    today = legal_day(now)
    text = (FACTS / "plan.txt").read_text(encoding="utf-8").replace("{year}", str(today.year))
    name = f"{today.year}年滨海区政务公开工作要点.txt"
    head = actor_of(Person.objects.get(username="gkb"), today=today)
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / name
        paper.write_text(text, encoding="utf-8")
        reading = queries.read_plan_file(paper, name=name, year=today.year)
    source = actions.Source(name=name, digest=hashlib.sha256(text.encode()).hexdigest())
    plan, _ = actions.import_plan(reading=reading, source=source, by=head, now=now)
    for number, code, words, evidence, finished, decision in rows("progress.txt", 6):
        report = actions.report_progress(
            task=Task.objects.get(plan=plan, origin=Task.Origin.ANNEX, number=int(number)),
            unit=Unit.objects.get(code=code),
            by=actor_of(Person.objects.get(username=f"{code}.officer"), today=today),
            now=now,
            text=words,
            finished=finished == "yes",
            evidence=published[int(evidence) - 1].path if int(evidence) else "",
        )
        if decision == "accepted":
            actions.accept_progress(report=report, by=head, now=now)
        elif decision == "returned":
            actions.return_progress(report=report, by=head, now=now, reason=RETURN)
    lookout = queries.lookout_of(plan)
    while not actions.sweep(lookout=lookout, now=now):
        pass
    _more_evidence(plan, head, now)
    _verdicts(plan, head, now)
    _own_plans(plan, now)


def _more_evidence(plan: Plan, head: Actor, now: datetime) -> None:
    """A meeting, a page outside, a paper of the house, and a record that the system found, taken with one click."""
    held = legal_day(now) - timedelta(days=9)
    material = take_in(
        content=iter(["应急局冬季检查台账（演示）\n共检查 41 家，整改 17 处。".encode()]),
        name="冬季检查台账.txt", unit=Unit.objects.get(code="yjj"), by=_officer("yjj", now), now=now,
    )  # fmt: skip
    given = (
        (4, "zfb", "常务会议的议题和决定事项已公开。",
         Piece("meeting", "区政府第20次常务会议", held_on=held, decided="会议议题和决定事项在会后五个工作日内公开。")),
        (22, "zgfj", "自然资源确权登记公告已在上级网站发布。",
         Piece("link", "https://www.example.gov.cn/notice/2026/1.html", title="自然资源确权登记通告")),
        (14, "yjj", "冬季风险检查已完成第二轮。", Piece("file", file_id=material.pk)),
    )  # fmt: skip
    for number, code, text, piece in given:
        report = actions.report_progress(
            task=_task(plan, number), unit=Unit.objects.get(code=code), by=_officer(code, now), now=now,
            text=text, measures="按月核对，专人负责。", pieces=[piece],
        )  # fmt: skip
        if code != "yjj":
            actions.accept_progress(report=report, by=head, now=now)
    found = (
        Match.objects.filter(task=_task(plan, 16)).select_related("task__plan", "unit", "publication").first()
    )
    if found is not None:
        actions.report_match(match=found, by=_officer(found.unit.code, now), now=now)


def _verdicts(plan: Plan, head: Actor, now: datetime) -> None:
    """One light that the office set itself, and one cycle of its own."""
    actions.override_light(
        task=_task(plan, 7), state="ok", reason="演示：决策目录经区政府同意，调整到下月底公布",
        until=legal_day(now) + timedelta(days=30), by=head, now=now,
    )  # fmt: skip
    actions.set_cycle(task=_task(plan, 12), days=100, by=head, now=now)


def _own_plans(plan: Plan, now: datetime) -> None:
    """One unit filed its plan, another is still writing."""
    for code in ("fgj", "czj"):
        unit, by = Unit.objects.get(code=code), _officer(code, now)
        drafted = actions.draft_unit_plan(plan=plan, unit=unit, by=by, now=now)
        if code == "fgj":
            paper = queries.unit_plan_paper(drafted, today=legal_day(now))
            name = f"{unit.short_name}{plan.year}年实施方案.docx"
            file = take_in(content=iter([paper]), name=name, unit=unit, by=by, now=now)
            actions.file_unit_plan(
                unit_plan=drafted, file=file, source="draft", by=by, now=now, note="第一稿"
            )


def _task(plan: Plan, number: int) -> Task:
    return Task.objects.select_related("plan").get(plan=plan, origin=Task.Origin.ANNEX, number=number)


def _officer(code: str, now: datetime) -> Actor:
    return actor_of(Person.objects.get(username=f"{code}.officer"), today=legal_day(now))
