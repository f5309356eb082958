"""What the sweep found is noted once, told on desks, and closed by a named person who says what it was (C13)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.publishing.models import Damage, IntegrityTurn
from gongkai.trail.chain import SYSTEM, record

LEAST_FINDING = 6


@transaction.atomic
def note_damage(
    *, layer: str, path: str, what: str, now: datetime, restored: bool = False, evidence: str = ""
) -> Damage:
    """Note a difference; one that is open already is not noted a second time."""
    row, fresh = Damage.objects.get_or_create(
        layer=layer,
        path=path[:300],
        what=what[:200],
        closed_at=None,
        defaults={"found_at": now, "restored_at": now if restored else None, "evidence": evidence},
    )
    if fresh:
        record(
            verb="publishing.note_damage",
            by=SYSTEM,
            at=now,
            about=row,
            note=what,
            facts={"layer": layer, "path": row.path, "restored": restored},
        )
    elif restored:
        row.restored_at = now
        row.save(update_fields=["restored_at"])
    return row


def why_not_close_damage(*, damage: Damage, by: Actor, finding: str) -> list[Refusal]:
    """Why this person cannot close the alarm, or not with these words."""
    if not can(by, "publishing.integrity"):
        return [Refusal("wall.role", "", "您没有处理完整性告警的权限。请联系区政务公开主管部门或者管理员。")]
    if damage.closed_at is not None:
        return [Refusal("damage.closed", "", "这条告警已经办结。请刷新页面。")]
    if len(finding.strip()) < LEAST_FINDING:
        return [
            Refusal(
                "damage.finding",
                "",
                f"请写明查到了什么、怎么处理的，至少{LEAST_FINDING}个字，会留痕。",
            )
        ]
    return []


@transaction.atomic
def close_damage(*, damage: Damage, by: Actor, now: datetime, finding: str) -> None:
    """A named person says what it was and what was done."""
    damage = Damage.objects.select_for_update().get(pk=damage.pk)
    refuse_if(why_not_close_damage(damage=damage, by=by, finding=finding))
    damage.closed_at, damage.closed_by_id = now, by.person_id
    damage.finding = finding.strip()[:300]
    damage.save(update_fields=["closed_at", "closed_by", "finding"])
    record(verb="publishing.close_damage", by=by, at=now, about=damage, note=damage.finding)


def begin_sweep(*, now: datetime, layer: str) -> IntegrityTurn:
    """A new full turn; no row of the trail, it changes nothing that anybody reads."""
    return IntegrityTurn.objects.create(began_at=now, layer=layer)


def note_step(
    *,
    sweep: IntegrityTurn,
    layer: str,
    place: str,
    checked: int,
    found: int,
    ended_at: datetime | None = None,
) -> None:
    """How far the turn has come."""
    sweep.layer, sweep.place = layer, place[:200]
    sweep.checked += checked
    sweep.found += found
    sweep.ended_at = ended_at
    sweep.save(update_fields=["layer", "place", "checked", "found", "ended_at"])
