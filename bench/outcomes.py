"""What comes of disclosure requests at their size: a rush of applications, the tables, a year played through."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.db import connection
from django.utils import timezone

from bench.ground import BATCH, START
from bench.report import Result, write
from gongkai.foi import states
from gongkai.foi.actions import intake
from gongkai.foi.actions.opening import Asked, Asking
from gongkai.foi.models import Applicant, Case, CaseEvent
from gongkai.foi.queries.annual import in_sum, tables_by_unit
from gongkai.foi.queries.public_figures import public_figures
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.foi.rules.receipt import Arrival, Channel
from gongkai.kernel.clock import legal_day
from gongkai.law.queries import calendar
from gongkai.law.rule_table import rule
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Person, RoleHolding, Unit
from gongkai.orgs.roles import Role
from gongkai.running.simulating.applicants import applicant

UNITS, SEED = 60, 11
PEOPLE, AT_ONCE, WINDOW = 500, 4, 600
YEAR = timezone.localdate().year


def measure(rows: int, applications: int, simulated: int) -> None:
    """Applications at once from many people, then very many cases in the tables, then a simulated year."""
    units, officer = _units()
    _rush(units[1], officer, applications)
    _fill(units, rows, officer)
    _tables(rows)
    _simulate(simulated)


def _rush(unit: Unit, officer: Person, count: int) -> None:
    """Every acknowledged application is stored once with the right last day; how long one applicant waits."""
    RoleHolding.objects.create(person=officer, role=Role.COUNTER, unit=officer.unit, valid_from=START)
    by = actor_of(officer, today=timezone.localdate())
    people = [applicant(Random(at), at) for at in range(PEOPLE)]
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(lambda at: _apply(at, unit, people[at % PEOPLE], by), range(count)))
    spent = round(time.perf_counter() - began, 1)
    held = {case.number: case for case in Case.objects.unscoped("bench").filter(unit=unit)}
    lost = sum(number not in held for number, _ in done) + abs(len(held) - len({one for one, _ in done}))
    wrong = sum(not _date_is_right(case) for case in held.values())
    times = sorted(took for _, took in done)
    p99 = round(times[int(len(times) * 0.99)] * 1000, 1)
    sizes = {"applications": count, "people": PEOPLE, "at once": AT_ONCE}
    for name, what, unit_of, value, goal in (
        ("applications_lost", "acknowledged applications that were lost", "cases", lost, 0),
        ("applications_dates", "applications with a wrong date", "cases", wrong, 0),
        ("applications_p99", "an applicant's wait: p99", "ms", p99, 2000),
        ("applications_time", "all applications stored", "s", spent, WINDOW * count / 10_000),
    ):
        write(
            Result(name=name, what=what, peer="-", unit=unit_of, sizes=sizes, runs={unit_of: [float(value)]},
                   value=value, goal=goal, seed=SEED)
        )  # fmt: skip


def _apply(at: int, unit: Unit, asking: Asking, by: Actor) -> tuple[str, float]:
    """One application, every second one by way of the counter; its number and how long it took."""
    began, now = time.perf_counter(), timezone.now()
    asked = Asked(title=f"某项目资金使用情况{at}", content=f"申请公开某项目的资金使用明细，第{at}份。")
    key = f"bench-{at}"
    try:
        if at % 2:
            case = intake.submit(unit=unit, agency=unit, asking=asking, asked=asked, submit_key=key, now=now)
        else:
            arrival = Arrival(channel=Channel.COUNTER, arrived_on=legal_day(now))
            case = intake.register(
                unit=unit, arrival=arrival, asking=asking, asked=asked, submit_key=key, by=by, now=now
            )
    finally:
        connection.close()
    return case.number, time.perf_counter() - began


def _date_is_right(case: Case) -> bool:
    """Over the counter the clock runs from the day itself; online it waits for the confirmation."""
    if case.channel == Channel.WEB:
        return case.due_on is None and case.arrived_on == legal_day(case.submitted_at)
    day = case.arrived_on
    return case.due_on == rule("reply_working_days", on=day).clock(day).reckon(calendar()).due


def _tables(rows: int) -> None:
    for name, what, made in (
        (
            "requests_tables",
            "annual tables of all units",
            lambda: in_sum(YEAR, tables_by_unit(YEAR).values()),
        ),
        (
            "requests_figures",
            "public figures of a year",
            lambda: public_figures(YEAR, today=timezone.localdate()),
        ),
    ):
        spent = []
        for _ in range(3):
            began = time.perf_counter()
            made()
            spent.append(round(time.perf_counter() - began, 3))
        write(
            Result(name=name, what=what, peer="-", unit="s", sizes={"cases": rows, "units": UNITS},
                   runs={"s": spent}, value=sorted(spent)[1], goal=5, seed=SEED)
        )  # fmt: skip


def _simulate(cases: int) -> None:
    """In a process and directory of its own, because only a fresh installation may be played on."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        env = {**os.environ, "DATA_DIR": folder}
        command = [sys.executable, "-m", "gongkai", "requests", "simulate"]
        began = time.perf_counter()
        subprocess.run(
            [*command, "--cases", str(cases), "--year", str(YEAR - 1), "--seed", str(SEED)],
            env=env, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        spent = round(time.perf_counter() - began, 1)
    write(
        Result(name="requests_simulate", what="a simulated year through the real actions", peer="-", unit="s",
               sizes={"cases": cases}, runs={"s": [spent]}, value=spent, goal=120, seed=SEED)
    )  # fmt: skip


def _units() -> tuple[list[Unit], Person]:
    units = [
        Unit.objects.create(code=f"foi{at}", name=f"测试区第{at}局", short_name=f"第{at}局", kind="department", order=at)
        for at in range(UNITS)
    ]  # fmt: skip
    officer = Person.objects.create(
        username="outcomes", name="人员", unit=units[0], password="!", joined_on=START
    )
    RoleHolding.objects.create(person=officer, role=Role.OFFICER, unit=units[0], valid_from=START)
    return units, officer


def _fill(units: list[Unit], until: int, officer: Person) -> None:
    """Cases with their first event; spread over all units."""
    luck, present = random.Random(SEED), 0
    codes = sorted(DISPOSITIONS)
    while present < until:
        size = min(BATCH, until - present)
        numbers = range(present, present + size)
        owners = [units[at % UNITS] for at in numbers]
        applicants = Applicant._base_manager.bulk_create(
            Applicant(unit=unit, kind=luck.choice(Applicant.Kind.values), name="某人", document="id_card",
                      identity_digest=f"{at % 5000:064d}")
            for at, unit in zip(numbers, owners, strict=True)
        )  # fmt: skip
        cases = Case._base_manager.bulk_create(
            _case(at, unit, who, codes, luck)
            for at, unit, who in zip(numbers, owners, applicants, strict=True)
        )
        CaseEvent._base_manager.bulk_create(
            CaseEvent(case=case, unit_id=case.unit_id, name="open", on=case.arrived_on, at=case.submitted_at,
                      by=officer, by_name="人员", target=states.REGISTERED)
            for case in cases
        )  # fmt: skip
        present += size


def _case(at: int, unit: Unit, who: Applicant, codes: list[str], luck: random.Random) -> Case:
    day = date(YEAR, 1, 4) + timedelta(days=luck.randrange(200))
    closed = day + timedelta(days=luck.randrange(2, 30)) if at % 50 else None
    moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    code = luck.choice(codes) if closed else ""
    return Case(
        unit=unit, agency=unit, year=YEAR, seq=at + 100_000, number=f"SQ{YEAR}-BENCH-{at}", channel="counter",
        applicant=who, title=f"某项目资金使用情况{at}", content="申请公开某项目的资金使用明细。", submitted_at=moment,
        arrived_on=day, received_on=day, received_why="当面提交", due_on=day + timedelta(days=28),
        state=states.ANSWERED if closed else states.IN_HAND, state_since=moment, disposition=code,
        closed_on=closed, decided_on=closed, served_on=closed, counted_disposition=code, counted_on=closed,
    )  # fmt: skip
