"""Changing who runs the site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.events.site import SiteChanged
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models.site import SiteIdentity
from gongkai.orgs.rules.site import site_faults
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, SystemActor, record

FIELDS = (
    "name",
    "government",
    "domain",
    "id_code",
    "sponsor",
    "operator",
    "postal_address",
    "postcode",
    "phone",
    "phone_hours",
    "icp",
    "police",
)


def why_not_change_site(*, values: Mapping[str, str], by: Actor | SystemActor) -> list[Refusal]:
    """Why the site's names and numbers cannot be changed like this."""
    if by is not SYSTEM and not (isinstance(by, Actor) and can(by, "orgs.change_site")):
        return [Refusal("site.not_yours", "", "网站信息由区政务公开主管部门或系统管理员修改。请与其联系。")]
    return site_faults(values)


@transaction.atomic
def change_site(*, values: Mapping[str, str], by: Actor | SystemActor, now: datetime) -> SiteIdentity:
    """Write the names and numbers of the site; every public page will carry them."""
    wanted = {name: values[name].strip() for name in FIELDS if name in values}
    refuse_if(why_not_change_site(values=wanted, by=by))
    site = SiteIdentity.objects.filter(pk=SiteIdentity.ONLY).first() or SiteIdentity(pk=SiteIdentity.ONLY)
    changed = {name: value for name, value in wanted.items() if getattr(site, name) != value}
    if not changed:
        return site
    for name, value in changed.items():
        setattr(site, name, value)
    site.version += 1
    site.changed_at = now
    site.save()
    record(verb="orgs.change_site", by=by, at=now, about=site, facts=changed)
    emit(SiteChanged(version=site.version))
    return site
