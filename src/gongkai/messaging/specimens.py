"""Messages and notices to try the wall with: one to somebody of the unit, one of the unit to a citizen."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from gongkai.kernel import clock
from gongkai.messaging.models import Delivery, Message, OutsideNotice
from gongkai.messaging.rules.targets import EMAIL
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.roles import Role


def specimens(
    unit: Unit, people: Mapping[str, Person], canary: str
) -> dict[type[models.Model], models.Model]:
    """The message is the officer's own: colleagues of the same unit must not read it either."""
    now = clock.now()
    message = Message._base_manager.create(
        person=people[Role.OFFICER],
        key=f"specimen:{canary}",
        subject=canary,
        text=canary,
        url="/workbench/",
        at=now,
    )
    notice = OutsideNotice._base_manager.create(
        unit=unit,
        key=f"specimen:{canary}",
        channel=EMAIL,
        purpose=canary,
        address_mark=canary,
        at=now,
    )
    for fields in ({"message": message}, {"outside": notice}):
        Delivery.objects.create(
            kind=EMAIL, state="given_up", last_error="没有连上", created_at=now, next_at=now, **fields
        )
    return {Message: message, OutsideNotice: notice}
