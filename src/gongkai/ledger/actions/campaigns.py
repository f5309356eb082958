"""Campaigns: one question to many units, answers handed in, the missing ones reminded, a table at the end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from gongkai.files.models import StoredFile
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger import states
from gongkai.ledger.actions.orders import HOUSE_RULE, empty_or_long, office_only, wrong_day
from gongkai.ledger.models import Campaign, CampaignAnswer
from gongkai.messaging.actions import send_to_role
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

LONGEST_TITLE = 80


def why_not_start_campaign(
    *, title: str, question: str, units: Collection[Unit], due_on: date, by: Actor, today: date
) -> list[Refusal]:
    """Why a campaign cannot begin."""
    found = office_only(by, "发起专项行动")
    found += empty_or_long(title, name="名称", least_hint="请写一个一眼能看懂的名称。")
    if len(title.strip()) > LONGEST_TITLE:
        found.append(Refusal("ledger.long", "", f"名称最多 {LONGEST_TITLE} 字，请精简。"))
    found += empty_or_long(question, name="要交什么", least_hint="请写明每个单位要回答什么、附什么材料。")
    if not units:
        text = "范围里没有单位。请写“各街道办事处”这样的说法，或者逐个写单位名称。"
        found.append(Refusal("ledger.no_units", "", text))
    return found + wrong_day(due_on, name="交齐日期", today=today)


@transaction.atomic
def start_campaign(
    *,
    title: str,
    question: str,
    scope_text: str,
    units: Collection[Unit],
    due_on: date,
    by: Actor,
    now: datetime,
) -> Campaign:
    """Ask a set of units the same question; each gets a line in the list of the missing ones and a message."""
    today = legal_day(now)
    refuse_if(
        why_not_start_campaign(title=title, question=question, units=units, due_on=due_on, by=by, today=today)
    )
    campaign = Campaign.objects.create(
        title=title.strip(),
        question=question.strip(),
        scope_text=scope_text.strip()[:200],
        due_on=due_on,
        by_id=by.acting_id,
        at=now,
    )
    asked = {unit.pk: unit for unit in units}
    answers = CampaignAnswer.objects.bulk_create(
        CampaignAnswer(campaign=campaign, unit=unit) for unit in asked.values()
    )
    facts = {"units": sorted(asked), "due_on": due_on.isoformat()}
    record(verb="ledger.start_campaign", by=by, at=now, about=campaign, facts=facts)
    for answer in answers:
        _say(answer, f"专项行动“{campaign.title}”，{due_on} 前提交", campaign.question, now)
    return campaign


def why_not_hand_in(*, answer: CampaignAnswer, text: str, by: Actor) -> list[Refusal]:
    """Why this person cannot hand in this answer."""
    found = []
    if answer.campaign.state != states.RUNNING:
        text_of = "这次专项行动已经结束，不再收答复。要补交的，请联系区政务公开主管部门。"
        found.append(Refusal("ledger.campaign_ended", "", text_of))
    if not can(by, "ledger.answer", answer.unit_id):
        name = answer.unit.short_name
        found.append(Refusal("wall.answer", HOUSE_RULE, f"您不是{name}的信息员或负责人，不能替它提交。"))
    return found + empty_or_long(text, name="答复", least_hint="没有情况的，也请写“没有”。")


@transaction.atomic
def hand_in(
    *, answer: CampaignAnswer, text: str, by: Actor, now: datetime, file: StoredFile | None = None
) -> CampaignAnswer:
    """A unit hands in its answer; a new one replaces the old while the campaign runs."""
    answer = _locked(answer)
    refuse_if(why_not_hand_in(answer=answer, text=text, by=by))
    answer.state, answer.text, answer.reason = states.HANDED_IN, text.strip(), ""
    answer.file = file or answer.file
    answer.by_id, answer.at = by.acting_id, now
    answer.save(update_fields=["state", "text", "reason", "file", "by", "at"])
    _told(answer, "ledger.hand_in", by=by, now=now)
    return answer


def why_not_send_back_answer(*, answer: CampaignAnswer, reason: str, by: Actor) -> list[Refusal]:
    """Why an answer cannot be sent back."""
    found = office_only(by, "退回专项行动答复")
    if states.leads_to(states.ANSWERS, answer.state, "send_back") is None:
        found.append(Refusal("ledger.state", "", "这个单位还没有交，没有可退的。请刷新页面。"))
    if answer.campaign.state != states.RUNNING:
        found.append(Refusal("ledger.campaign_ended", "", "专项行动已经结束，不能再退回。"))
    return found + empty_or_long(reason, name="退回理由", least_hint="请写明缺什么、怎样补。")


@transaction.atomic
def send_back_answer(*, answer: CampaignAnswer, reason: str, by: Actor, now: datetime) -> CampaignAnswer:
    """An answer does not do: the unit is missing again, with the reason."""
    answer = _locked(answer)
    refuse_if(why_not_send_back_answer(answer=answer, reason=reason, by=by))
    answer.state, answer.reason = states.MISSING, reason.strip()
    answer.save(update_fields=["state", "reason"])
    _told(answer, "ledger.send_back_answer", by=by, now=now, note=answer.reason)
    _say(answer, f"专项行动“{answer.campaign.title}”的答复被退回", answer.reason, now)
    return answer


def why_not_end_campaign(*, campaign: Campaign, by: Actor) -> list[Refusal]:
    """Why a campaign cannot be ended."""
    found = office_only(by, "结束专项行动")
    if states.leads_to(states.CAMPAIGNS, campaign.state, "end") is None:
        found.append(Refusal("ledger.state", "", "这次专项行动已经结束。"))
    return found


@transaction.atomic
def end_campaign(*, campaign: Campaign, by: Actor, now: datetime) -> Campaign:
    """The list is closed as it is; units that are missing stay missing in the result."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    refuse_if(why_not_end_campaign(campaign=campaign, by=by))
    campaign.state, campaign.ended_at = states.ENDED, now
    campaign.save(update_fields=["state", "ended_at"])
    rows = CampaignAnswer.objects.unscoped("the result counts all units").filter(campaign=campaign)
    missing = sorted(rows.filter(state=states.MISSING).values_list("unit_id", flat=True))
    record(verb="ledger.end_campaign", by=by, at=now, about=campaign, facts={"missing": missing})
    return campaign


def _told(answer: CampaignAnswer, verb: str, *, by: Actor, now: datetime, note: str = "") -> None:
    facts = {"campaign": answer.campaign_id, "unit": answer.unit_id, "state": answer.state}
    record(verb=verb, by=by, at=now, about=answer, facts=facts, note=note)


def _say(answer: CampaignAnswer, subject: str, text: str, now: datetime) -> None:
    send_to_role(
        action="ledger.answer",
        unit=answer.unit,
        subject=subject,
        text=text,
        url=reverse("ledger:answer", args=[answer.pk]),
        key=f"ledger.campaign:{answer.pk}:{now.isoformat()}",
        now=now,
        due=answer.campaign.due_on,
        about=answer,
    )


def _locked(answer: CampaignAnswer) -> CampaignAnswer:
    rows = CampaignAnswer.objects.unscoped("the action checks the unit itself").select_for_update(
        of=("self",)
    )
    return rows.select_related("campaign", "unit").get(pk=answer.pk)
