"""Scheduling a band over the site or its grey mode, and switching them when their time comes (I10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.events.site import PartChanged
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import SiteNotice
from gongkai.orgs.queries.notices import due_switches
from gongkai.orgs.rules.notices import notice_faults
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, record

PART = "notices"
NOT_YOURS = Refusal("notice.not_yours", "", "网站提示由区政务公开主管部门或系统管理员登记。请与其联系。")


def why_not_schedule_notice(
    *, kind: str, text: str, basis: str, starts_at: datetime, ends_at: datetime, by: Actor, now: datetime
) -> list[Refusal]:
    """Why this band or grey mode cannot be scheduled."""
    found = [] if can(by, "orgs.change_site") else [NOT_YOURS]
    if kind not in SiteNotice.Kind.values:
        found.append(Refusal("notice.kind", "", "没有选类别。请选重要提示或者灰色模式。"))
    grey = kind == SiteNotice.Kind.GREY
    return found + notice_faults(
        grey=grey, text=text, basis=basis, starts_at=starts_at, ends_at=ends_at, now=now
    )


@transaction.atomic
def schedule_notice(
    *, kind: str, text: str, detail: str, basis: str, starts_at: datetime, ends_at: datetime,
    by: Actor, now: datetime,
) -> SiteNotice:  # fmt: skip
    """Enter a band or the grey mode; the minute shows it at its time and takes it away again."""
    refuse_if(
        why_not_schedule_notice(
            kind=kind, text=text, basis=basis, starts_at=starts_at, ends_at=ends_at, by=by, now=now
        )
    )
    notice = SiteNotice.objects.create(
        kind=kind, text=text.strip(), detail=detail.strip(), basis=basis.strip(),
        starts_at=starts_at, ends_at=ends_at, by_id=by.acting_id, at=now,
    )  # fmt: skip
    facts = {"kind": kind, "text": notice.text, "from": starts_at.isoformat(), "to": ends_at.isoformat()}
    record(verb="orgs.schedule_notice", by=by, at=now, about=notice, facts=facts)
    return notice


def why_not_end_notice(*, notice: SiteNotice, by: Actor, now: datetime) -> list[Refusal]:
    """Why a notice cannot be ended early."""
    found = [] if can(by, "orgs.change_site") else [NOT_YOURS]
    if notice.hidden_at is not None or notice.ends_at <= now:
        found.append(Refusal("notice.over", "", "这条提示已经结束，不用再停。"))
    return found


@transaction.atomic
def end_notice(*, notice: SiteNotice, by: Actor, now: datetime) -> SiteNotice:
    """Take a notice away before its time, or cancel it before it is shown."""
    notice = SiteNotice.objects.select_for_update().get(pk=notice.pk)
    refuse_if(why_not_end_notice(notice=notice, by=by, now=now))
    notice.hidden_at = now
    notice.save(update_fields=["hidden_at"])
    record(verb="orgs.end_notice", by=by, at=now, about=notice, facts={"shown": notice.shown_at is not None})
    emit(PartChanged(PART))
    return notice


@transaction.atomic
def switch_notices(*, now: datetime) -> int:
    """Show what has begun and hide what is over; each switch is on record. Returns how many were made."""
    due = due_switches(now)
    for notice in due:
        if notice.ends_at <= now:
            notice.hidden_at = now
            verb = "orgs.hide_notice"
        else:
            notice.shown_at = now
            verb = "orgs.show_notice"
        notice.save(update_fields=["shown_at", "hidden_at"])
        record(verb=verb, by=SYSTEM, at=now, about=notice, facts={"kind": notice.kind})
    if due:
        emit(PartChanged(PART))
    return len(due)
