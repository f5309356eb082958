"""What a person answers for by name in the columns (C12); ``orgs`` asks before an account is closed."""

from __future__ import annotations

from datetime import datetime

from gongkai.columns import actions, queries
from gongkai.orgs.carried import By, Carried
from gongkai.orgs.models import Person


def open_duties(person: Person) -> list[Carried]:
    """The columns in use that this person keeps, as their main or their deputy."""
    return [
        Carried(
            f"专栏：{column.name}（{'责任人' if column.person_id == person.pk else '替岗人'}）",
            f"columns:{column.pk}",
        )
        for column in queries.columns_kept_by(person)
    ]


def pass_on(*, person: Person, to: Person, by: By, now: datetime) -> int:
    """Give them to a colleague."""
    return actions.pass_on(person=person, to=to, by=by, now=now)
