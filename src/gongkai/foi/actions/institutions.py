"""Keeping the register of public institutions and of what their sectors must publish."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.foi.models import Institution, InstitutionDuty
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record


def why_not_add_institution(*, supervisor: Unit, by: Actor) -> list[Refusal]:
    """Why this person cannot enter an institution of that department."""
    if can(by, "foi.institutions", supervisor.pk):
        return []
    text = f"{supervisor.short_name}主管的单位由{supervisor.short_name}登记。"
    return [Refusal("foi.role", "本平台权限规定", text)]


@transaction.atomic
def add_institution(
    *, name: str, sector: str, supervisor: Unit, address: str = "", phone: str = "", by: Actor, now: datetime
) -> Institution:
    """Enter a school, hospital or works; citizens can then appeal about it."""
    refuse_if(why_not_add_institution(supervisor=supervisor, by=by))
    made = Institution.objects.create(
        name=name.strip(), sector=sector, supervisor=supervisor, address=address.strip(), phone=phone.strip()
    )
    record(verb="foi.add_institution", by=by, at=now, about=made, facts={"sector": sector})
    return made


def why_not_add_duty(*, basis: str, by: Actor) -> list[Refusal]:
    """Why this item cannot stand in the duty list."""
    found = []
    if not can(by, "foi.institutions"):
        found.append(Refusal("foi.role", "本平台权限规定", "公开职责由主管部门或区政务公开主管部门登记。"))
    if not basis.strip():
        text = "没有写依据。公开职责要有法律、法规或主管部门的规定作依据。"
        found.append(Refusal("foi.no_basis", "条例第五十五条", text))
    return found


@transaction.atomic
def add_duty(
    *, sector: str, item: str, basis: str, period: str = "", by: Actor, now: datetime
) -> InstitutionDuty:
    """Enter what the institutions of a sector must publish, with the rule that says so."""
    refuse_if(why_not_add_duty(basis=basis, by=by))
    made = InstitutionDuty.objects.create(
        sector=sector, item=item.strip(), basis=basis.strip(), period=period.strip()
    )
    record(verb="foi.add_duty", by=by, at=now, about=made, facts={"sector": sector})
    return made
