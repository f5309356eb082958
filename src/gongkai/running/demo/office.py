"""The demo's district office at work: last year looked back at, a campaign with missing units, orders, calls."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from gongkai.kernel.clock import legal_day
from gongkai.ledger import actions, queries
from gongkai.ledger.models import (
    BulletinLine,
    CampaignAnswer,
    ContactNote,
    LookBack,
    Plan,
    RectificationOrder,
    Verification,
)
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.running.demo.district import FACTS, rows

DAY = timedelta(days=1)


def load_past(*, now: datetime) -> None:
    """What the office did in the weeks before: last year's plan, a campaign that ran out, orders that wait."""
    _last_years_plan(now)
    _campaign(now)
    _orders(now)


def load_office(*, now: datetime) -> None:
    """What the office does now: the look-back with its carry-over, calls, reminders, bulletins."""
    head = _actor("gkb", now)
    _look_back(head, now)
    calls = (("wcl", "没有接通，下午再打。", None), ("stl", "负责人答应本周补交。", 4))
    for code, outcome, days in calls:
        actions.note_contact(
            unit=Unit.objects.get(code=code),
            how=ContactNote.How.PHONE,
            outcome=outcome,
            promised_on=legal_day(now) + timedelta(days=days) if days else None,
            by=head,
            now=now,
        )
    actions.remind(now=now)
    _bulletins(head, now)


def _last_years_plan(now: datetime) -> None:
    year, then = legal_day(now).year - 1, now - 40 * DAY
    text = (FACTS / "plan_before.txt").read_text(encoding="utf-8").replace("{year}", str(year))
    name = f"{year}年滨海区政务公开工作要点.txt"
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / name
        paper.write_text(text, encoding="utf-8")
        reading = queries.read_plan_file(paper, name=name, year=year)
    source = actions.Source(name=name, digest=hashlib.sha256(text.encode()).hexdigest())
    actions.import_plan(reading=reading, source=source, by=_actor("gkb", then), now=then)


def _campaign(now: datetime) -> None:
    begun = now - 25 * DAY
    scope = queries.scope_of("各街道办事处")
    campaign = actions.start_campaign(
        title="街道栏目清理",
        question="报出本街道专栏的栏目数，清理或者补齐半年没有更新的栏目，写明清理了哪些。",
        scope_text="各街道办事处",
        units=scope.units,
        due_on=legal_day(now - 12 * DAY),
        by=_actor("gkb", begun),
        now=begun,
    )
    answers = CampaignAnswer.objects.unscoped("the demo answers for the streets").filter(campaign=campaign)
    for code, words in rows("campaign.txt", 2):
        then = now - 15 * DAY
        actions.hand_in(
            answer=answers.get(unit__code=code), text=words, by=_actor(f"{code}.officer", then), now=then
        )


def _orders(now: datetime) -> None:
    begun, answered = now - 20 * DAY, now - 3 * DAY
    given = (
        ("cgj", "停车收费标准调整后，专栏里仍是旧标准。", "换成现行标准，旧标准标明失效。", -5, ""),
        (
            "swj",
            "消费券兑现进度连续两个月没有公开。",
            "补齐两个月的进度，写明金额和家数。",
            6,
            "已补齐并公开。",
        ),
    )
    for code, fault, demand, days, words in given:
        order = actions.order_rectification(
            unit=Unit.objects.get(code=code),
            fault=fault,
            demand=demand,
            due_on=legal_day(now + days * DAY),
            by=_actor("gkb", begun),
            now=begun,
        )
        if words:
            officer = _actor(f"{code}.officer", answered)
            actions.answer_order(order=order, text=words, by=officer, now=answered)


def _look_back(head: Actor, now: datetime) -> None:
    plan = Plan.objects.get(year=legal_day(now).year - 1)
    people = list(Person.objects.filter(username__in=("gkb", "pinggu")))
    look_back = actions.start_look_back(
        plan=plan, due_on=legal_day(now + 20 * DAY), verifiers=people, by=head, now=now
    )
    present = Verification.objects.unscoped("the demo verifies").filter(look_back=look_back)
    for number, code, verdict, finding in rows("lookback.txt", 4):
        row = present.select_related("verifier").get(task__number=int(number), unit__code=code)
        actions.verify(
            verification=row,
            verdict=verdict,
            finding=finding,
            rectify_by=legal_day(now + 60 * DAY),
            by=_actor(row.verifier.username, now),
            now=now,
        )
    actions.close_look_back(look_back=LookBack.objects.get(pk=look_back.pk), by=head, now=now)


def _bulletins(head: Actor, now: datetime) -> None:
    """Last month's is issued, this month's is a draft."""
    today = legal_day(now)
    last = today.replace(day=1) - DAY
    bulletin = actions.draft_bulletin(year=last.year, month=last.month, by=head, now=now)
    named = (
        ("dsj", BulletinLine.Kind.PRAISE, "主动归集数据开放目录，按季更新，写明更新周期。"),
        ("gxj", BulletinLine.Kind.CRITICISM, "惠企政策专栏两个月没有更新，提醒两次没有改。"),
    )
    for code, kind, reason in named:
        unit = Unit.objects.get(code=code)
        line = actions.name_unit(bulletin=bulletin, unit=unit, kind=kind, reason=reason, by=head, now=now)
        if kind == BulletinLine.Kind.CRITICISM:
            change = actions.LineChange(kept=True, reason=reason, rectify_by=today + 15 * DAY)
            actions.change_bulletin(bulletin=bulletin, texts={}, lines={line.pk: change}, by=head, now=now)
    actions.issue_bulletin(bulletin=bulletin, by=head, now=now)
    if not RectificationOrder.objects.unscoped("the bulletin has its order").filter(bulletin=bulletin):
        raise RuntimeError("the bulletin of the demo has no order")
    actions.draft_bulletin(year=today.year, month=today.month, by=head, now=now)


def _actor(username: str, now: datetime) -> Actor:
    return actor_of(Person.objects.get(username=username), today=legal_day(now))
