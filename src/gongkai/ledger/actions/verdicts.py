"""The office's own verdict on a task, its cycle, and the words by which its records are found."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.events.ledger import TaskProgressChanged
from gongkai.kernel.clock import legal_day
from gongkai.kernel.outbox import emit
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.ledger.models import MatchWords, Override, Task
from gongkai.ledger.rules.lights import BY_HAND
from gongkai.ledger.rules.words import MOST_WORDS, given_words
from gongkai.orgs.actor import Actor
from gongkai.orgs.wall import can
from gongkai.trail.chain import record

HOUSE_RULE = "本平台权限规定"
LONGEST_OVERRIDE = 366  # days; a verdict that holds for ever would be a rule
SHORTEST_CYCLE, LONGEST_CYCLE = 1, 366


def why_not_override(*, by: Actor, state: str, reason: str, until: date, now: datetime) -> list[Refusal]:
    """Why this person cannot set the light of a task by hand like this."""
    found = _why_not_adjust(by)
    today = legal_day(now)
    if state not in BY_HAND:
        found.append(Refusal("ledger.verdict", "", f"请选一种判定：{'、'.join(BY_HAND.values())}。"))
    if not reason.strip():
        found.append(Refusal("ledger.no_reason", "", "没有写理由。人工判定的理由会公开显示，请写明依据。"))
    if until < today:
        text = f"有效期 {until.isoformat()} 已经过去。请选 {today.isoformat()} 或以后的日期。"
        found.append(Refusal("ledger.until", "", text))
    elif until > today + timedelta(days=LONGEST_OVERRIDE):
        last = today + timedelta(days=LONGEST_OVERRIDE)
        text = f"人工判定最长一年，最晚到 {last.isoformat()}。到期后可以再次判定。"
        found.append(Refusal("ledger.until", "", text))
    return found


@transaction.atomic
def override_light(*, task: Task, state: str, reason: str, until: date, by: Actor, now: datetime) -> Override:
    """The office says how far a task is, whatever the system reckons; a verdict that stood is lifted."""
    refuse_if(why_not_override(by=by, state=state, reason=reason, until=until, now=now))
    task = _locked(task)
    _lift_standing(task, by, now)
    verdict = Override.objects.create(
        task=task, state=state, reason=reason.strip(), until=until, by_id=by.acting_id, at=now
    )
    facts = {"task": task.number, "state": state, "until": until.isoformat()}
    record(verb="ledger.override_light", by=by, at=now, about=verdict, note=verdict.reason, facts=facts)
    _tell(task)
    return verdict


def why_not_lift(*, task: Task, by: Actor) -> list[Refusal]:
    """Why the verdict by hand cannot be lifted."""
    found = _why_not_adjust(by)
    if not Override.objects.filter(task=task, lifted_at=None).exists():
        found.append(Refusal("ledger.no_verdict", "", "这项任务现在没有人工判定，不用取消。请刷新页面。"))
    return found


@transaction.atomic
def lift_override(*, task: Task, by: Actor, now: datetime) -> None:
    """The system's own verdict counts again."""
    task = _locked(task)
    refuse_if(why_not_lift(task=task, by=by))
    verdict = _lift_standing(task, by, now)
    facts = {"task": task.number}
    record(verb="ledger.lift_override", by=by, at=now, about=verdict or task, facts=facts)
    _tell(task)


def why_not_set_cycle(*, by: Actor, days: int) -> list[Refusal]:
    """Why the cycle of a task cannot be set to so many days."""
    found = _why_not_adjust(by)
    if not SHORTEST_CYCLE <= days <= LONGEST_CYCLE:
        text = f"更新周期是 {days} 天，应在 {SHORTEST_CYCLE} 到 {LONGEST_CYCLE} 天之间。"
        found.append(Refusal("ledger.cycle", "", text))
    return found


@transaction.atomic
def set_cycle(*, task: Task, days: int, by: Actor, now: datetime) -> Task:
    """How many days a record of a standing task counts as fresh."""
    refuse_if(why_not_set_cycle(by=by, days=days))
    task = _locked(task)
    before, task.cycle_days = task.cycle_days, days
    task.save(update_fields=["cycle_days"])
    facts = {"task": task.number, "before": before, "after": days}
    record(verb="ledger.set_cycle", by=by, at=now, about=task, facts=facts)
    _tell(task)
    return task


def why_not_set_words(*, by: Actor, words: str) -> list[Refusal]:
    """Why these cannot be the words by which records of a task are found."""
    found = _why_not_adjust(by)
    given = given_words(words)
    if words.strip() and not given:
        text = "每个词至少两个字，用顿号分开，例如“学区、招生计划”。留空则用系统从要点里选的词。"
        found.append(Refusal("ledger.words", "", text))
    if len(given) > MOST_WORDS:
        found.append(
            Refusal("ledger.words", "", f"写了 {len(given)} 个词，最多 {MOST_WORDS} 个。请留下最有代表性的。")
        )
    return found


@transaction.atomic
def set_words(*, task: Task, words: str, by: Actor, now: datetime) -> tuple[str, ...]:
    """The office's own words for finding records of a task; none means those of the plan again.

    The next minute looks through the records anew, because its ``basis`` changed.
    """
    refuse_if(why_not_set_words(by=by, words=words))
    task = _locked(task)
    given = given_words(words)
    before = MatchWords.objects.filter(task=task).values_list("words", flat=True).first() or ""
    if given:
        MatchWords.objects.update_or_create(task=task, defaults={"words": "、".join(given)[:300]})
    else:
        MatchWords.objects.filter(task=task).delete()
    facts = {"task": task.number, "before": before, "after": "、".join(given)}
    record(verb="ledger.set_words", by=by, at=now, about=task, facts=facts)
    return given


def _why_not_adjust(by: Actor) -> list[Refusal]:
    if can(by, "ledger.adjust"):
        return []
    return [
        Refusal("wall.adjust", HOUSE_RULE, "只有区政务公开主管部门可以调整任务的判定。请与主管部门联系。")
    ]


def _lift_standing(task: Task, by: Actor, now: datetime) -> Override | None:
    standing = Override.objects.filter(task=task, lifted_at=None).first()
    if standing is not None:
        standing.lifted_by_id, standing.lifted_at = by.acting_id, now
        standing.save(update_fields=["lifted_by", "lifted_at"])
    return standing


def _locked(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)


def _tell(task: Task) -> None:
    emit(TaskProgressChanged(task_id=task.pk, plan_id=task.plan_id, year=task.plan.year))
