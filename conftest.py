"""The test run: its own data directory for each process, and a small district that most tests share."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import hypothesis
import pytest

# Set before Django reads its settings; each process of a parallel run gets its own.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="gongkai-test-")
os.environ["SECRET_KEY"] = "only-for-tests"


# No test asserts a time, not even the library's own bound on one example: machines are busy.
hypothesis.settings.register_profile(
    "calm", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("calm")


def pytest_configure() -> None:
    """The plugin for Django may have read the settings before this file: no test writes to somebody's ``data``."""
    from pathlib import Path

    from django.conf import settings

    place = Path(os.environ["DATA_DIR"])
    settings.DATA_DIR = place
    for name, folder in (("FILES", "files"), ("INDEX", "index"), ("TREE", "tree"), ("VISITS", "visits")):
        setattr(settings, f"{name}_DIR", place / folder)
    settings.STATIC_ROOT = place / "static"


@pytest.fixture(autouse=True)
def fresh_installation() -> None:
    """Each test has its own first row of the trail; what the process remembers of another's is dropped."""
    from gongkai.trail import installation

    installation.forget()


@dataclass
class World:
    """A small district: the district office, two ordinary units, a unit of two people."""

    today: date
    now: datetime
    units: dict[str, Any]
    people: dict[str, Any]

    def actor(self, name: str) -> Any:
        """The person as the wall sees him today."""
        from gongkai.orgs.actor import actor_of

        return actor_of(self.people[name], today=self.today)


@pytest.fixture
def world(db: None) -> World:
    """People are named ``unit.role``: finance.officer, finance.officer2, finance.reviewer, finance.leader,
    civil.* likewise, tiny.officer, tiny.leader, office.head (district office), office.officer, legal,
    assessor, and the three administrators system, security, audit."""
    from gongkai.orgs.models import IssuingCode, Unit
    from gongkai.orgs.roles import Role

    district = Unit.objects.create(
        code="district", name="测试区人民政府", short_name="测试区政府", kind="district"
    )

    def unit(code: str, short: str, **more: Any) -> Any:
        return Unit.objects.create(
            code=code,
            name=f"测试区{short.removeprefix('区')}",
            short_name=short,
            kind="department",
            parent=district,
            uscc=f"11990000{code[:4].upper():0<4}00000X",
            **more,
        )

    units = {
        "district": district,
        "office": unit("office", "区政府办公室", is_disclosure_office=True, serves=district),
        "finance": unit("finance", "区财政局"),
        "civil": unit("civil", "区民政局"),
        "tiny": unit("tiny", "区小单位", is_small=True),
    }
    IssuingCode.objects.create(unit=units["finance"], code="测财发", issuer="测试区财政局")
    people: dict[str, Any] = {}
    for code in ("finance", "civil"):
        _person(people, units, f"{code}.officer", Role.OFFICER)
        _person(people, units, f"{code}.officer2", Role.OFFICER)
        _person(people, units, f"{code}.reviewer", Role.REVIEWER)
        _person(people, units, f"{code}.leader", Role.LEADER)
    _person(people, units, "tiny.officer", Role.OFFICER)
    _person(people, units, "tiny.leader", Role.LEADER)
    _person(people, units, "office.head", Role.DISCLOSURE_OFFICE, Role.LEADER)
    _person(people, units, "office.officer", Role.OFFICER)
    for name, role in (
        ("legal", Role.LEGAL_OFFICE),
        ("assessor", Role.ASSESSOR),
        ("system", Role.SYSTEM_ADMIN),
        ("security", Role.SECURITY_ADMIN),
        ("audit", Role.AUDIT_ADMIN),
    ):
        _person(people, units, name, role)
    now = datetime(2026, 10, 14, 2, 0, tzinfo=UTC)
    return World(today=date(2026, 10, 14), now=now, units=units, people=people)


def _person(people: dict[str, Any], units: dict[str, Any], name: str, *roles: Any) -> None:
    from gongkai.orgs.models import Person, RoleHolding

    unit = units[name.split(".")[0] if "." in name else "office"]
    # No usable password: hashing is slow, and these people do not log in by the form.
    people[name] = Person.objects.create(
        username=name, name=f"人员{len(people) + 1}", unit=unit, password="!", joined_on=date(2020, 1, 1)
    )
    for role in roles:
        RoleHolding.objects.create(person=people[name], role=role, unit=unit, valid_from=date(2020, 1, 1))


@pytest.fixture(scope="session", autouse=True)
def _trail_may_be_flushed() -> Any:
    """Let the test runner empty the tables after a transactional test.

    The trail and the public ledger refuse DELETE and TRUNCATE, and they must refuse them in tests too. The runner's own flush at
    the end of a transactional test is the one exception: the triggers are dropped around it and set again.
    No code of the product can do this.
    """
    from django.db import connections
    from django.test import TransactionTestCase

    from gongkai.publishing import guards
    from gongkai.trail import triggers

    flush = TransactionTestCase._fixture_teardown

    def lifted(case: Any) -> None:
        for alias in case._databases_names(include_mirrors=False):
            connection = connections[alias]
            of_table = "" if connection.vendor == "sqlite" else f" ON {triggers.TABLE}"
            with connection.cursor() as cursor:
                for name in triggers.NAMES:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")
            guards.drop_guards(alias)
        flush(case)
        for alias in case._databases_names(include_mirrors=False):
            triggers.set_triggers(using=alias)
            guards.set_guards(using=alias)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = flush
