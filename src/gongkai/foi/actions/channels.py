"""A unit says by which ways it takes requests in, and where; its public guide follows at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.events.orgs import UnitChanged
from gongkai.foi.models import Case, UnitChannels
from gongkai.foi.queries.channels import channels_of
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

FIELDS = (
    "channels",
    "office",
    "place",
    "hours",
    "phone",
    "fax",
    "email",
    "postal_address",
    "postcode",
    "note",
)
# 条例第二十九条、第三十一条: in person and by letter must always be possible.
NEVER_CLOSED = (
    Case.Channel.COUNTER,
    Case.Channel.REGISTERED_MAIL,
    Case.Channel.PLAIN_MAIL,
    Case.Channel.ORAL,
)


def why_not_change_channels(*, unit: Unit, by: Actor, given: dict[str, Any]) -> list[Refusal]:
    """Why the unit's ways in cannot be changed so."""
    found = []
    if not can(by, "foi.settings", unit.pk):
        text = f"您不能修改{unit.name}的受理渠道。请由该单位信息员或者审核人修改。"
        found.append(Refusal("foi.role", "本平台权限规定", text))
    chosen = given.get("channels", [])
    closed = [Case.Channel(channel).label for channel in NEVER_CLOSED if channel not in chosen]
    if closed:
        text = f"“{'、'.join(closed)}”不能关闭：任何人都可以当面、来信或者口头申请。请保持开通。"
        found.append(Refusal("foi.channel_needed", "条例第二十九条、第三十一条", text))
    if Case.Channel.EMAIL in chosen and not given.get("email"):
        found.append(
            Refusal("foi.no_email", "", "开通电子邮件渠道要填写电子邮箱。请填写，或者不选这个渠道。")
        )
    if Case.Channel.FAX in chosen and not given.get("fax"):
        found.append(Refusal("foi.no_fax", "", "开通传真渠道要填写传真号码。请填写，或者不选这个渠道。"))
    return found


@transaction.atomic
def change_channels(*, unit: Unit, by: Actor, now: datetime, given: dict[str, Any]) -> UnitChannels:
    """Store the ways in; ``given`` holds the fields of ``FIELDS``. Raises ``Refused``."""
    refuse_if(why_not_change_channels(unit=unit, by=by, given=given))
    before = channels_of(unit).channels
    fields = {name: given[name] for name in FIELDS if name in given}
    row, _ = UnitChannels.objects.update_or_create(
        unit=unit, defaults=fields | {"changed_at": now, "changed_by_id": by.person_id}
    )
    facts = {"before": before, "after": row.channels}
    record(verb="foi.change_channels", by=by, at=now, about=unit, facts=facts)
    emit(UnitChanged(unit_id=unit.pk, kind="details", on=legal_day(now)))
    return row
