"""Reads of the look-back: the board, one verification with its evidence, the paragraph for the annual report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.ledger import states
from gongkai.ledger.models import LookBack, Plan, ProgressReport, Task, Verification
from gongkai.ledger.queries.lateness import ALL
from gongkai.ledger.queries.public import public_progress
from gongkai.ledger.queries.standing import ledger
from gongkai.ledger.rules.lookback import Result, plan_paragraph, result_paragraph
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person, RoleHolding
from gongkai.orgs.wall import TABLE, visible


@dataclass(frozen=True, slots=True)
class Board:
    """A look-back with its rows."""

    look_back: LookBack
    rows: tuple[Verification, ...]
    result: Result
    paragraph: str


def look_backs() -> list[LookBack]:
    """All look-backs, newest first."""
    return list(LookBack.objects.select_related("plan", "by"))


def plans_to_look_back(*, today: date) -> list[Plan]:
    """Plans of past years that have not been looked back at."""
    return list(Plan.objects.filter(year__lt=today.year, look_back=None).order_by("-year"))


def board(look_back: LookBack, *, actor: Actor, verdict: str = "") -> Board:
    """The rows of a look-back that this person may see, with the counts of all of them."""
    rows = visible(Verification, actor, "ledger.verify").filter(look_back=look_back)
    every = list(rows.select_related("task", "unit", "verifier", "verified_by"))
    result = result_of(look_back, every)
    shown = [one for one in every if not verdict or one.state == verdict]
    return Board(look_back, tuple(shown), result, result_paragraph(result))


def result_of(look_back: LookBack, rows: Sequence[Verification]) -> Result:
    """The counts of a look-back."""
    return Result(
        year=look_back.plan.year,
        tasks=len({one.task_id for one in rows}),
        units=len({one.unit_id for one in rows}),
        verdicts=dict(Counter(one.state for one in rows)),
        carried=Task.objects.filter(carried_from__plan=look_back.plan, ended_at=None).count(),
    )


def my_verifications(actor: Actor) -> list[Verification]:
    """What this person himself is to verify, soonest first."""
    rows = visible(Verification, actor, "ledger.verify").filter(
        state=states.TO_VERIFY, verifier=actor.person_id, look_back__closed_at=None
    )
    return list(rows.select_related("task", "unit", "look_back__plan").order_by("check_by", "pk"))


def found_of(actor: Actor) -> list[Verification]:
    """What the look-back found at this person's own units and has to be put right, the nearest day first."""
    rows = visible(Verification, actor, "ledger.view").filter(state__in=(states.UNFINISHED, states.RECTIFY))
    return list(rows.select_related("task", "unit", "look_back__plan").order_by("rectify_by", "pk"))


def verifiers(*, today: date) -> list[Person]:
    """Everybody who may verify: the district office and the third party."""
    roles = TABLE["ledger.verify"].grants
    rows = RoleHolding.objects.filter(role__in=list(roles), valid_from__lte=today, person__is_active=True)
    rows = rows.exclude(valid_to__lt=today).select_related("person").order_by("pk")
    return list({row.person_id: row.person for row in rows}.values())


def to_look_back_at(plan: Plan, *, today: date) -> list[tuple[Task, frozenset[int]]]:
    """The tasks of a plan with the units that had to finish them; tasks without a known unit are left out."""
    pages = [ledger(year=plan.year, today=today, origin=origin) for origin in ("annex", "carried")]
    return [(row.task, row.needed) for page in pages for row in page.rows if row.needed]


def reports_for(verification: Verification) -> list[ProgressReport]:
    """What the unit reported on the task and was accepted: the evidence that the verifier looks at."""
    rows = ProgressReport.objects.unscoped(ALL).filter(
        task=verification.task, unit=verification.unit, state=states.ACCEPTED
    )
    return list(rows.order_by("-at", "-pk"))


@dataclass(frozen=True, slots=True)
class YearText:
    """The paragraph on this year's plan with the numbers that it names, each with the page that opens it."""

    year: int
    text: str
    numbers: tuple[tuple[str, int, str], ...]


def year_text(year: int | None, *, today: date) -> YearText | None:
    """The paragraph skeleton for the annual report (feature L16); None where there is no plan."""
    found = public_progress(year, today=today)
    if found is None:
        return None
    reports = sum(len(task.reports) for task in found.tasks)
    evidence = sum(len(report.evidence) for task in found.tasks for report in task.reports if report.evidence)
    count = found.counts
    text = plan_paragraph(
        year=found.year,
        total=len(found.tasks),
        done=count.get("done", 0),
        late=count.get("late", 0),
        reports=reports,
        evidence=evidence,
    )
    page = f"/progress/{found.year}/"
    numbers = (
        ("任务", len(found.tasks), page),
        ("完成", count.get("done", 0), page),
        ("逾期", count.get("late", 0), page),
        ("核对通过的进展", reports, page),
        ("佐证的公开信息", evidence, page),
    )
    return YearText(found.year, text, numbers)
