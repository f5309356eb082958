"""The process that is killed: real acts of the office, each acknowledged only after its commit.

An act drafts a document (document row, trail row, event in one transaction). The acknowledgement is one line
on standard output with the number of the trail row and of the document.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime

import django

django.setup()

from django.db import connection  # noqa: E402 -- after setup

from gongkai.documents import actions  # noqa: E402 -- after setup
from gongkai.orgs.actor import actor_of  # noqa: E402 -- after setup
from gongkai.orgs.models import Person, RoleHolding, Unit  # noqa: E402 -- after setup
from gongkai.orgs.roles import Role  # noqa: E402 -- after setup
from gongkai.trail import chain  # noqa: E402 -- after setup

START = date(2020, 1, 1)


def people_the_district() -> None:
    """One unit and one officer, as the drill's only inhabitants."""
    unit = Unit.objects.create(code="drill", name="演练区财政局", short_name="区财政局", kind="department")
    person = Person.objects.create(username="drill", name="演练", unit=unit, password="!", joined_on=START)
    RoleHolding.objects.create(person=person, role=Role.OFFICER, unit=unit, valid_from=START)


def write(count: int) -> None:
    """Act and acknowledge, again and again, until killed."""
    if "DRILL_SYNCHRONOUS" in os.environ:  # the control: with NORMAL the drill must find losses
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={os.environ['DRILL_SYNCHRONOUS']}")
    unit = Unit.objects.get(code="drill")
    person = Person.objects.get(username="drill")
    by = actor_of(person, today=date.today())  # noqa: DTZ011 -- any day will do
    for number in range(count):
        document = actions.draft(
            unit=unit,
            by=by,
            now=datetime.now(UTC),
            fields={"title": f"演练文件{number}", "body": "正文" * 500},
        )
        os.write(1, f"{chain.head()[0]} {document.pk}\n".encode())


if __name__ == "__main__":
    if sys.argv[1] == "people":
        people_the_district()
    else:
        write(int(sys.argv[1]))
