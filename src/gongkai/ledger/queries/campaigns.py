"""Reads of campaigns: who is asked, who is missing, what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.ledger import states
from gongkai.ledger.models import Campaign, CampaignAnswer
from gongkai.ledger.queries.importing import members_of
from gongkai.ledger.rules.responsible import group_of, split_units
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import unit_index
from gongkai.orgs.wall import visible


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a phrase or a list of names means; names that nobody bears stand with the nearest ones."""

    units: tuple[Unit, ...]
    unknown: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign with how many handed in."""

    campaign: Campaign
    asked: int
    handed_in: int

    @property
    def missing(self) -> int:
        return self.asked - self.handed_in


def scope_of(text: str) -> Scope:
    """The units that a scope means: phrases such as 各街道办事处 by rule, names by the register."""
    index, found, unknown = unit_index(), dict[int, Unit](), []
    words = [named.text for named in split_units(text)]
    groups = {word: group_of(word) for word in words}
    members = members_of([group for group in groups.values() if group])
    for word in words:
        group = groups[word]
        unit = None if group else index.find(word)
        if group:
            found |= {one.pk: one for one in members[group]}
        elif unit is not None:
            found[unit.pk] = unit
        else:
            unknown.append((word, tuple(index.nearest(word))))
    return Scope(tuple(sorted(found.values(), key=lambda one: (one.order, one.pk))), tuple(unknown))


def campaigns(*, today: date) -> list[Progress]:
    """All campaigns, those under way first, each with its count, in two queries."""
    counted: dict[int, list[int]] = {}
    rows = CampaignAnswer.objects.unscoped("the office counts all units")
    for campaign, state in rows.values_list("campaign_id", "state"):
        own = counted.setdefault(campaign, [0, 0])
        own[0] += 1
        own[1] += state == states.HANDED_IN
    every = Campaign.objects.select_related("by").order_by("-state", "due_on", "-pk")
    return [Progress(one, *counted.get(one.pk, (0, 0))) for one in every]


def answers_of(campaign: Campaign, *, actor: Actor) -> list[CampaignAnswer]:
    """The answers of a campaign that this person may see, in the district's order."""
    rows = visible(CampaignAnswer, actor, "ledger.view").filter(campaign=campaign)
    return list(rows.select_related("unit", "by", "file").order_by("unit__order", "unit"))


def missing_text(campaign: Campaign, missing: Sequence[CampaignAnswer], *, address: str) -> str:
    """The text for the group chat: who has not handed in."""
    if not missing:
        return f"“{campaign.title}”已经全部交齐，谢谢大家。"
    names = "、".join(one.unit.short_name for one in missing)
    return (
        f"“{campaign.title}”还有 {len(missing)} 个单位没有交：{names}。"
        f"请于 {campaign.due_on.isoformat()} 前登录提交：{address}"
    )
