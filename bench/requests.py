"""Disclosure requests: the list and the page of a case among very many, and open cases dated anew by a notice."""

from __future__ import annotations

import time
from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.ground import BATCH, START
from bench.report import Result, write
from gongkai.foi import states
from gongkai.foi.actions.redating import redate_open_cases
from gongkai.foi.models import Applicant, Case, CaseEvent
from gongkai.foi.queries.clocks import dates_of
from gongkai.law.calendar import Holiday, NoticeTable, WorkCalendar
from gongkai.law.queries import calendar
from gongkai.orgs.models import Person, RoleHolding, Unit
from gongkai.orgs.roles import Role

LIST = "/workbench/foi/"
TIMES, OPEN_CASES = 60, 10_000


def measure(rows: int) -> None:
    """One row, thirty rows, then very many; then as many open cases as a notice may have to move."""
    unit, officer = _unit("requests")
    client = Client(headers={"host": "localhost"})
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    queries: dict[str, dict[str, int]] = {"list": {}, "detail": {}}
    for count in (1, 30):
        _fill(unit, officer, count)
        for what, address in _addresses(unit).items():
            queries[what][str(count)] = _count(client, address)
    _fill(unit, officer, rows)
    for what, address in _addresses(unit).items():
        times = _times(client, address)
        queries[what][str(rows)] = _count(client, address)
        _write(what, rows, times, queries[what])
    _redate(min(rows, OPEN_CASES))


def _write(what: str, rows: int, times: list[float], queries: dict[str, int]) -> None:
    write(
        Result(
            name=f"requests_{what}_queries", what=f"requests, {what}: queries", peer="-", unit="queries",
            sizes={"rows": rows}, runs={key: [count] for key, count in queries.items()},
            value=max(queries.values()), goal=8 if what == "list" else 12,
            more={"same_for_1_and_30": queries["1"] == queries["30"]},
        )
    )  # fmt: skip
    write(
        Result(
            name=f"requests_{what}_p95", what=f"requests, {what}: p95", peer="-", unit="ms",
            sizes={"rows": rows, "times": TIMES}, runs={"ms": times},
            value=sorted(times)[int(len(times) * 0.95)], goal=150,
        )
    )  # fmt: skip


def _redate(count: int) -> None:
    """Requests of December, some day each, whose last days lie in a year without a notice; then the notice is here."""
    unit, officer = _unit("redated")
    work = calendar()
    year = max(work.years) + 1
    # The many cases of the list are years of work that is done: only these are open.
    day = timezone.localdate()
    done = {"state": states.ARCHIVED, "disposition": "r1", "closed_on": day, "decided_on": day}
    Case._base_manager.exclude(unit=unit).update(**done)
    _fill(unit, officer, count, received=date(year - 1, 12, 28))
    notice = NoticeTable(
        year=year, number="bench",
        holidays=(Holiday("元旦", date(year, 1, 1), date(year, 1, 3), (date(year, 1, 9), date(year, 1, 10))),),
    )  # fmt: skip
    began = time.perf_counter()
    moved = redate_open_cases(now=timezone.now(), work=WorkCalendar((*work.tables, notice)))
    took = round(time.perf_counter() - began, 2)
    assert moved >= count, (moved, count)
    write(
        Result(
            name="requests_redated", what="open cases dated anew after a notice", peer="-", unit="s",
            sizes={"open cases": count, "cases": Case._base_manager.count()}, runs={"s": [took]}, value=took, goal=10, more={"moved": moved},
        )
    )  # fmt: skip


def _addresses(unit: Unit) -> dict[str, str]:
    case = Case._base_manager.filter(unit=unit).order_by("pk").values_list("pk", flat=True)[0]
    return {"list": LIST, "detail": f"{LIST}{case}/"}


def _times(client: Client, address: str) -> list[float]:
    times = []
    for turn in range(TIMES + 3):
        began = time.perf_counter()
        answer = client.get(address)
        assert answer.status_code == 200
        answer.content  # noqa: B018 -- rendered
        if turn >= 3:
            times.append(round((time.perf_counter() - began) * 1000, 1))
    return times


def _count(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def _unit(code: str) -> tuple[Unit, Person]:
    unit = Unit.objects.create(code=code, name=f"测试区{code}局", short_name=f"区{code}局", kind="department")
    officer = Person.objects.create(username=code, name="人员", unit=unit, password="!", joined_on=START)
    RoleHolding.objects.create(person=officer, role=Role.OFFICER, unit=unit, valid_from=START)
    return unit, officer


def _fill(unit: Unit, officer: Person, until: int, *, received: date | None = None) -> None:
    """Cases in hand with their first event and their dates; one a day is reckoned, the others are like it."""
    present = Case._base_manager.filter(unit=unit).count()
    now, today = timezone.now(), timezone.localdate()
    while present < until:
        size = min(BATCH, until - present)
        people = Applicant._base_manager.bulk_create(
            Applicant(unit=unit, kind="person", name="王某", document="id_card", identity_digest=f"{n % 500}")
            for n in range(present, present + size)
        )
        cases = Case._base_manager.bulk_create(
            Case(
                unit=unit, agency=unit, year=2026, seq=n + 1, number=f"SQ2026-{unit.code}-{n + 1}",
                channel="counter", applicant=person, title=f"第{n}项工程的资金使用情况",
                content="申请公开工程的资金使用明细、中标合同和验收报告", submitted_at=now, state_since=now,
                arrived_on=(received or today) - timedelta(days=n % 25),
                received_on=(received or today) - timedelta(days=n % 25),
                state=states.IN_HAND, assignee=officer,
            )
            for n, person in enumerate(people, start=present)
        )  # fmt: skip
        CaseEvent._base_manager.bulk_create(
            CaseEvent(
                case=case, unit=unit, name="open", on=case.received_on, at=now, by_name="人员",
                target=states.REGISTERED,
            )
            for case in cases
        )  # fmt: skip
        for day in {case.received_on for case in cases}:
            one = next(case for case in cases if case.received_on == day)
            dates = dates_of(one)
            Case._base_manager.filter(pk__in=[case.pk for case in cases if case.received_on == day]).update(
                due_on=dates.due, due_provisional=dates.provisional
            )
        present += size
