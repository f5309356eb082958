"""The clerk's list of documents: queries and time."""

from __future__ import annotations

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.ground import BATCH, START
from bench.report import Result, write
from gongkai.documents.models import Document
from gongkai.orgs.models import Person, RoleHolding, Unit
from gongkai.orgs.roles import Role

ADDRESS = "/workbench/documents/"
TIMES = 60


def measure(items: int) -> None:
    """One row, thirty rows, then very many; as the officer of a unit of its own."""
    unit, officer = _unit()
    client = Client(headers={"host": "localhost"})
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    queries = {}
    for rows in (1, 30):
        _fill(unit, officer, rows)
        queries[str(rows)] = _count(client)
    _fill(unit, officer, items)
    times: list[float] = []
    for turn in range(TIMES + 3):
        began = time.perf_counter()
        answer = client.get(ADDRESS)
        assert answer.status_code == 200
        answer.content  # noqa: B018 -- rendered
        if turn >= 3:
            times.append(round((time.perf_counter() - began) * 1000, 1))
    queries[str(items)] = _count(client)
    p95 = sorted(times)[int(len(times) * 0.95)]
    write(
        Result(
            name="list_queries", what="workbench list: queries", peer="-", unit="queries",
            sizes={"rows": items}, runs={rows: [count] for rows, count in queries.items()},
            value=max(queries.values()), goal=8, more={"same_for_1_and_30": queries["1"] == queries["30"]},
        )
    )  # fmt: skip
    write(
        Result(
            name="list_p95", what="workbench list: p95", peer="-", unit="ms", sizes={"rows": items, "times": TIMES},
            runs={"ms": times}, value=p95, goal=150,
        )
    )  # fmt: skip


def _count(client: Client) -> int:
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(ADDRESS).status_code == 200
    return len(captured)


def _unit() -> tuple[Unit, Person]:
    unit = Unit.objects.create(code="lists", name="测试区民政局", short_name="区民政局", kind="department")
    officer = Person.objects.create(username="lists", name="人员", unit=unit, password="!", joined_on=START)
    RoleHolding.objects.create(person=officer, role=Role.OFFICER, unit=unit, valid_from=START)
    return unit, officer


def _fill(unit: Unit, officer: Person, until: int) -> None:
    present = Document._base_manager.filter(unit=unit).count()
    now = timezone.now()
    while present < until:
        size = min(BATCH, until - present)
        Document._base_manager.bulk_create(
            Document(
                unit=unit, author=officer, writers=[officer.pk], title=f"关于做好某项工作的通知{present + n}",
                issuer=unit.name, body="正文" * 200, created_at=now, changed_at=now,
            )
            for n in range(size)
        )  # fmt: skip
        present += size
