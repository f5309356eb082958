"""Reporting progress on a task with its evidence, and taking a report back. 条例第四十六条 (assessment)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.events.ledger import TaskProgressChanged
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger import queries, states
from gongkai.ledger.models import Evidence, Match, ProgressReport, Task
from gongkai.ledger.queries.evidence import Resolved, resolve
from gongkai.ledger.rules.evidence import MOST_PIECES, Piece, is_url
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

HOUSE_RULE = "本平台权限规定"
LONGEST_TEXT = 1000


def why_not_report(
    *,
    task: Task,
    unit: Unit | None,
    by: Actor,
    now: datetime,
    text: str,
    measures: str = "",
    finished: bool = False,
    evidence: str = "",
    pieces: Sequence[Piece] = (),
) -> list[Refusal]:
    """Why this person cannot report this on the task for the unit."""
    if unit is None:
        return [Refusal("ledger.no_unit", "", "没有选填报单位。请先选单位。")]
    found = why_not_answer(task=task, unit=unit, by=by)
    words = text.strip()
    if not words:
        found.append(Refusal("ledger.empty", "", "没有写进展。请用一两句话写明做了什么。"))
    for name, typed in (("进展", words), ("举措", measures.strip())):
        if len(typed) > LONGEST_TEXT:
            found.append(
                Refusal("ledger.long", "", f"{name}写了 {len(typed)} 字，最多 {LONGEST_TEXT} 字，请精简。")
            )
    given = [*pieces_in(evidence), *pieces]
    resolved = resolve(given, unit=unit, by=by, today=legal_day(now))
    found += [Refusal("ledger.evidence", "", one.fault) for one in resolved if one.fault]
    if len(given) > MOST_PIECES:
        text_of = f"佐证有 {len(given)} 条，一份填报最多 {MOST_PIECES} 条。请留下最能说明问题的。"
        found.append(Refusal("ledger.many", "", text_of))
    if finished and not given:
        text_of = "报“已完成”要附佐证：已公开的文件、网页、材料或会议，至少一条。"
        found.append(Refusal("ledger.no_evidence", "", text_of))
    return found


def why_not_answer(*, task: Task, unit: Unit, by: Actor) -> list[Refusal]:
    """Why this person cannot speak for the unit on this task at all."""
    found = []
    if not can(by, "ledger.report", unit.pk):
        found.append(
            Refusal("wall.report", HOUSE_RULE, f"您不是{unit.short_name}的信息员或负责人，不能替它填报。")
        )
    if task.ended_at is not None:
        text_of = "改版后的工作要点不再有这项任务，已经终止，不用再填报。"
        found.append(Refusal("ledger.ended", "", text_of))
    if unit.pk not in queries.answerable_units(task):
        text_of = f"{unit.short_name}不在这项任务的责任单位里。名单有误的，请区政务公开主管部门更正。"
        found.append(Refusal("ledger.not_answerable", "", text_of))
    return found


@transaction.atomic
def report_progress(
    *,
    task: Task,
    unit: Unit | None,
    by: Actor,
    now: datetime,
    text: str,
    measures: str = "",
    finished: bool = False,
    evidence: str = "",
    pieces: Sequence[Piece] = (),
) -> ProgressReport:
    """A unit says how far its task is. ``evidence`` is one address or index number as people copy it;
    ``pieces`` is any number of pieces of any kind."""
    refuse_if(
        why_not_report(
            task=task, unit=unit, by=by, now=now, text=text, measures=measures, finished=finished,
            evidence=evidence, pieces=pieces,
        )
    )  # fmt: skip
    assert unit is not None
    report = ProgressReport.objects.create(
        task=task,
        unit=unit,
        measures=measures.strip(),
        text=text.strip(),
        finished=finished,
        by_id=by.acting_id,
        at=now,
    )
    resolved = resolve([*pieces_in(evidence), *pieces], unit=unit, by=by, today=legal_day(now))
    put_evidence(report, resolved)
    told(report, "ledger.report_progress", by=by, now=now)
    return report


@transaction.atomic
def report_match(*, match: Match, by: Actor, now: datetime) -> ProgressReport:
    """A record that the system found is all that the unit has to say: report it with one click."""
    return report_progress(
        task=match.task,
        unit=match.unit,
        by=by,
        now=now,
        text=queries.text_of_matches([match.publication_id]),
        pieces=[Piece("record", match.publication.path)],
    )


def why_not_take_back(*, report: ProgressReport, by: Actor) -> list[Refusal]:
    """Why this person cannot take the report back."""
    found = []
    if states.target_of(report.state, "take_back") is None:
        now = states.LABELS[report.state]
        text = f"这份填报现在是“{now}”，不能收回。只有还没有核对的填报可以收回；需要更正的，请另报一份。"
        found.append(Refusal("ledger.state", "", text))
    if not can(by, "ledger.report", report.unit_id):
        found.append(
            Refusal("wall.report", HOUSE_RULE, "这不是您单位的填报，不能收回。请由填报单位的信息员收回。")
        )
    return found


@transaction.atomic
def take_back_progress(*, report: ProgressReport, by: Actor, now: datetime) -> ProgressReport:
    """The unit takes back what nobody has judged yet; what was typed waits in the form of the task."""
    report = locked(report)
    refuse_if(why_not_take_back(report=report, by=by))
    report.state = states.WITHDRAWN
    report.decided_by_id, report.decided_at = by.person_id, now
    report.save(update_fields=["state", "decided_by", "decided_at"])
    told(report, "ledger.take_back_progress", by=by, now=now)
    return report


def pieces_in(evidence: str) -> list[Piece]:
    """The piece that somebody means who copied one address: our own record, or a page outside."""
    words = evidence.strip()
    if not words:
        return []
    return [Piece("link" if is_url(words) and not queries.is_ours(words) else "record", words)]


def put_evidence(report: ProgressReport, resolved: Sequence[Resolved]) -> None:
    """Write the pieces of a report in their order; a record or page that is named twice stands once."""
    rows: dict[tuple[object, ...], Evidence] = {}
    for one in resolved:
        publication = one.publication
        key = (one.piece.kind, publication.pk if publication else one.url, one.piece.file_id, one.title)
        rows.setdefault(
            key,
            Evidence(
                report=report,
                order=len(rows) + 1,
                kind=one.piece.kind,
                title=one.title,
                publication=publication,
                url=one.url,
                file_id=one.piece.file_id,
                held_on=one.piece.held_on,
                decided=one.piece.decided.strip(),
            ),
        )
    Evidence.objects.bulk_create(rows.values())


def told(report: ProgressReport, verb: str, *, by: Actor, now: datetime, note: str = "") -> None:
    """One row of the trail, and the event that lets the public page follow."""
    task = report.task
    facts = {
        "task": task.number,
        "unit": report.unit_id,
        "state": report.state,
        "finished": report.finished,
        "evidence": list(
            Evidence.objects.unscoped("the trail names every piece of this report")
            .filter(report=report)
            .order_by("order")
            .values_list("kind", "title")
        ),
    }
    record(verb=verb, by=by, at=now, about=report, note=note, facts=facts)
    emit(TaskProgressChanged(task_id=task.pk, plan_id=task.plan_id, year=task.plan.year))


def locked(report: ProgressReport) -> ProgressReport:
    """The report as it stands now, held until the act is done."""
    rows = ProgressReport.objects.unscoped("the action checks the unit itself").select_for_update(
        of=("self",)
    )
    return rows.select_related("task__plan", "unit").get(pk=report.pk)
