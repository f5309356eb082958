"""What the office does: reminders once a step, calls that pause them, orders, campaigns, the look-back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries, states
from gongkai.ledger.models import (
    Bulletin,
    BulletinLine,
    CampaignAnswer,
    LadderStep,
    LookBack,
    Plan,
    RectificationOrder,
    Task,
    Verification,
)
from gongkai.ledger.tasks import minute
from gongkai.ledger.tests.office_samples import a_campaign, a_plan, an_order
from gongkai.messaging.models import Message
from gongkai.orgs.models import Person
from gongkai.trail import chain
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def messages(person: Any) -> list[Message]:
    return list(Message.objects.unscoped("test").filter(person=person).order_by("pk"))


def on(world: Any, days: int) -> datetime:
    """A moment so many days after the plan's tasks fell due."""
    return world.now - 30 * DAY + days * DAY


@pytest.mark.feature("L12")
def test_ladder_climbs_from_officer_to_leader_to_office_once_each(world: Any) -> None:
    a_plan(world, late=2)
    officer, leader, head = (
        world.people[name] for name in ("finance.officer", "finance.leader", "office.head")
    )
    assert actions.remind(now=on(world, 0)) == 0
    assert actions.remind(now=on(world, 1)) == 2
    assert len(messages(officer)) == 1 and not messages(leader)
    assert "2 项逾期" in messages(officer)[0].subject and "预算1" in messages(officer)[0].text
    for _ in range(3):
        assert actions.remind(now=on(world, 2)) == 0
    assert actions.remind(now=on(world, 7)) == 2 and len(messages(leader)) == 1 and not messages(head)
    assert actions.remind(now=on(world, 15)) == 2 and len(messages(head)) == 1
    pages = [messages(person)[0].url for person in (officer, leader, head)]
    assert pages == [reverse("ledger:mine")] * 2 + [reverse("ledger:office")]
    assert actions.remind(now=on(world, 60)) == 0
    assert len(messages(officer)) == 1
    steps = queries.steps_of(Task.objects.get(number=1))
    assert [row.step for row in steps] == [3, 2, 1] and world.people["finance.leader"].name in steps[1].to
    assert chain.verify().ok


def test_promised_day_pauses_the_ladder_and_the_day_after_it_goes_on(world: Any) -> None:
    a_plan(world, late=1)
    head = world.actor("office.head")
    promised = legal_day(on(world, 9))
    actions.note_contact(
        unit=world.units["finance"],
        how="phone",
        outcome="答应办",
        promised_on=promised,
        by=head,
        now=on(world, 0),
    )
    assert actions.remind(now=on(world, 9)) == 0
    assert actions.remind(now=on(world, 10)) == 2  # officer and leader: ten days over
    assert LadderStep.objects.unscoped("test").count() == 2


def test_what_waits_for_the_office_is_nobody_elses_reminder(world: Any) -> None:
    a_plan(world, late=1)
    actions.report_progress(
        task=Task.objects.get(),
        unit=world.units["finance"],
        by=world.actor("finance.officer"),
        now=world.now,
        text="已公开。",
    )
    assert actions.remind(now=world.now) == 0
    assert queries.late_matters(today=world.today)[0].next_step == "您先核对"


def test_unit_without_officers_is_reminded_through_the_next_step(world: Any) -> None:
    a_plan(world, late=1, unit="office")
    Person.objects.filter(username="office.officer").update(is_active=False)
    actions.remind(now=on(world, 1))
    assert len(messages(world.people["office.head"])) == 1


def test_campaigns_and_orders_climb_the_same_ladder(world: Any) -> None:
    head, begun = world.actor("office.head"), world.now - 30 * DAY
    a_campaign(world, by=head, at=begun, due_in=5)
    an_order(world, by=head, at=begun, due_in=5, unit="civil")
    kinds = sorted((one.unit.code, one.kind) for one in queries.late_matters(today=world.today))
    assert kinds == [("civil", "campaign"), ("civil", "order"), ("finance", "campaign")]
    assert actions.remind(now=world.now) == 9
    again = {one.matter for one in LadderStep.objects.unscoped("test")}
    assert len(again) == 2


def test_the_minute_reminds_on_working_days_only(world: Any) -> None:
    a_plan(world, late=1)
    sunday = world.now + 4 * DAY
    assert legal_day(sunday).weekday() == 6
    minute(sunday)
    assert not LadderStep.objects.unscoped("test").exists()
    minute(sunday + DAY)
    assert LadderStep.objects.unscoped("test").exists()


@pytest.mark.parametrize(
    ("who", "outcome", "promise", "code"),
    [
        ("finance.officer", "打过", None, "wall.supervise"),
        ("office.head", " ", None, "ledger.no_outcome"),
        ("office.head", "字" * 501, None, "ledger.long"),
        ("office.head", "答应", -1, "ledger.promise_past"),
        ("office.head", "答应", 400, "ledger.promise_far"),
    ],
)
def test_a_call_is_not_noted_like_this(
    world: Any, who: str, outcome: str, promise: int | None, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.note_contact(
            unit=world.units["finance"],
            how="phone",
            outcome=outcome,
            promised_on=world.today + promise * DAY if promise else None,
            by=world.actor(who),
            now=world.now,
        )
    assert [one.code for one in refused.value.refusals] == [code]


@pytest.mark.feature("L12")
@pytest.mark.law("条例47")
def test_order_is_numbered_told_and_nobody_closes_his_own_answer(world: Any) -> None:
    head = world.actor("office.head")
    first, second = (an_order(world, by=head, at=world.now, unit="office") for _ in range(2))
    assert (first.number, second.number) == ("整改〔2026〕1号", "整改〔2026〕2号")
    assert messages(world.people["office.officer"])[0].subject.startswith("收到整改单 整改〔2026〕1号")
    actions.answer_order(order=first, text="改了。", by=head, now=world.now)  # the head leads his unit too
    with pytest.raises(Refused, match="您自己写的"):
        actions.close_order(order=first, by=head, now=world.now)
    with pytest.raises(Refused, match="不能这样处理"):
        actions.close_order(order=second, by=head, now=world.now)
    verbs = TrailRow.objects.filter(verb__startswith="ledger.").values_list("verb", flat=True)
    assert list(verbs) == ["ledger.order_rectification"] * 2 + ["ledger.answer_order"]


def test_campaign_counts_who_is_missing_and_takes_no_answer_after_its_end(world: Any) -> None:
    head = world.actor("office.head")
    campaign = a_campaign(world, by=head, at=world.now)
    mine = CampaignAnswer.objects.unscoped("test").get(unit=world.units["finance"])
    with pytest.raises(Refused, match="不能替它提交"):
        actions.hand_in(answer=mine, text="清单", by=world.actor("civil.officer"), now=world.now)
    actions.hand_in(answer=mine, text="清单", by=world.actor("finance.officer"), now=world.now)
    assert [(one.asked, one.handed_in, one.missing) for one in queries.campaigns(today=world.today)] == [
        (2, 1, 1)
    ]
    actions.end_campaign(campaign=campaign, by=head, now=world.now)
    with pytest.raises(Refused, match="已经结束"):
        actions.hand_in(answer=mine, text="新清单", by=world.actor("finance.officer"), now=world.now)
    with pytest.raises(Refused, match="已经结束"):
        actions.end_campaign(campaign=campaign, by=head, now=world.now)


@pytest.mark.feature("L12")
def test_bulletin_recounts_a_draft_keeps_texts_and_gives_numbers_in_turn(world: Any) -> None:
    a_plan(world, late=1)
    head = world.actor("office.head")
    bulletin = actions.draft_bulletin(year=2026, month=9, by=head, now=world.now)
    line = bulletin.lines.get()
    change = actions.LineChange(kept=False, reason="另有原因。")
    actions.change_bulletin(
        bulletin=bulletin, texts={"demands": "抓紧。"}, lines={line.pk: change}, by=head, now=world.now
    )
    again = actions.draft_bulletin(year=2026, month=9, by=head, now=world.now)
    assert again.demands == "抓紧。" and again.lines.get().kept is False
    for name in ("表扬", "批评"):
        kind = BulletinLine.Kind.PRAISE if name == "表扬" else BulletinLine.Kind.CRITICISM
        actions.name_unit(
            bulletin=again, unit=world.units["civil"], kind=kind, reason="事由", by=head, now=world.now
        )
    with pytest.raises(Refused, match="既在表扬里又在批评里"):
        actions.issue_bulletin(bulletin=again, by=head, now=world.now)
    again.lines.filter(unit=world.units["civil"], kind="praise").delete()
    issued = actions.issue_bulletin(bulletin=again, by=head, now=world.now)
    other = actions.draft_bulletin(year=2026, month=8, by=head, now=world.now)
    actions.name_unit(
        bulletin=other,
        unit=world.units["finance"],
        kind=BulletinLine.Kind.CRITICISM,
        reason="预算没有公开。",
        by=head,
        now=world.now,
    )
    assert issued.serial == 1
    assert actions.issue_bulletin(bulletin=other, by=head, now=world.now).serial == 2
    with pytest.raises(Refused, match="已经印发"):
        actions.draft_bulletin(year=2026, month=9, by=head, now=world.now)
    with pytest.raises(Refused, match="还没有到"):
        actions.draft_bulletin(year=2026, month=11, by=head, now=world.now)
    third = actions.draft_bulletin(year=2026, month=10, by=head, now=world.now)
    # Struck out in September, named in August: one of the two bulletins before, which is not yet long.
    assert "长期落后" not in third.lines.get(unit=world.units["finance"]).reason
    BulletinLine.objects.filter(bulletin=issued, unit=world.units["finance"]).update(kept=True)
    third = actions.draft_bulletin(year=2026, month=10, by=head, now=world.now)
    assert "此前 2 期均被通报，属长期落后" in third.lines.get(unit=world.units["finance"]).reason
    assert Bulletin.objects.count() == 3 and not RectificationOrder.objects.unscoped("test").exists()


@pytest.mark.feature("L12")
def test_issued_bulletin_becomes_the_draft_of_a_public_document(world: Any) -> None:
    a_plan(world, late=1)
    from gongkai.orgs.models import RoleHolding
    from gongkai.orgs.roles import Role

    person = world.people["office.head"]
    RoleHolding.objects.create(
        person=person, role=Role.OFFICER, unit=person.unit, valid_from=date(2020, 1, 1)
    )
    head = world.actor("office.head")
    bulletin = actions.draft_bulletin(year=2026, month=9, by=head, now=world.now)
    with pytest.raises(Refused, match="还没有印发"):
        actions.publish_bulletin(bulletin=bulletin, by=head, now=world.now)
    actions.issue_bulletin(bulletin=bulletin, by=head, now=world.now)
    document = actions.publish_bulletin(bulletin=bulletin, by=head, now=world.now)
    assert document.title == bulletin.title and "测试区财政局" in document.body and document.state == "draft"
    with pytest.raises(Refused, match="已经起草过公开稿"):
        actions.publish_bulletin(bulletin=bulletin, by=head, now=world.now)


def begun(world: Any, *, names: tuple[str, ...] = ("office.head", "assessor")) -> LookBack:
    plan = a_plan(world, late=2, year=2025)
    people = [world.people[name] for name in names]
    return actions.start_look_back(
        plan=plan,
        due_on=world.today + 20 * DAY,
        verifiers=people,
        by=world.actor("office.head"),
        now=world.now,
    )


def verify(world: Any, row: Verification, verdict: str, by: str = "", **more: Any) -> Verification:
    given = {"finding": "看过专栏，属实。", "rectify_by": None, **more}
    return actions.verify(
        verification=row,
        verdict=verdict,
        by=world.actor(by) if by else world.actor("office.head"),
        now=world.now,
        **given,
    )


@pytest.mark.feature("L05")
def test_every_task_of_every_unit_gets_a_named_verifier_and_a_day(world: Any) -> None:
    look_back = begun(world)
    rows = list(Verification.objects.unscoped("test").filter(look_back=look_back))
    assert len(rows) == 2 and {row.verifier.username for row in rows} == {"office.head", "assessor"}
    assert all(row.check_by == look_back.due_on for row in rows)
    assert "请核查 1 项" in messages(world.people["assessor"])[0].subject
    with pytest.raises(Refused, match="已经开始"):
        actions.start_look_back(
            plan=look_back.plan,
            due_on=world.today,
            verifiers=[world.people["assessor"]],
            by=world.actor("office.head"),
            now=world.now,
        )


@pytest.mark.feature("L05")
def test_nobody_verifies_his_own_unit(world: Any) -> None:
    plan = a_plan(world, late=1, year=2025, unit="office")
    with pytest.raises(Refused, match="自己的任务要由别的单位的人核查"):
        actions.start_look_back(
            plan=plan,
            due_on=world.today,
            verifiers=[world.people["office.head"]],
            by=world.actor("office.head"),
            now=world.now,
        )
    assert not LookBack.objects.exists()


@pytest.mark.feature("L05")
def test_unfinished_tasks_are_carried_over_with_origin_and_date(world: Any) -> None:
    look_back = begun(world)
    first, second = Verification.objects.unscoped("test").order_by("task__number")
    head = world.actor("office.head")
    with pytest.raises(Refused, match="还有 2 项没有核查"):
        actions.close_look_back(look_back=look_back, by=head, now=world.now)
    with pytest.raises(Refused, match="要写整改期限"):
        verify(world, first, states.UNFINISHED)
    with pytest.raises(Refused, match="没有写核查情况"):
        verify(world, first, states.CONFIRMED, finding=" ")
    other = first if first.verifier.username == "office.head" else second
    with pytest.raises(Refused, match="不是您"):
        verify(world, other, states.CONFIRMED, by="assessor")
    verify(world, first, states.CONFIRMED)
    until = world.today + 60 * DAY
    verify(world, first, states.RECTIFY, rectify_by=until)
    verify(world, second, states.CONFIRMED)
    with pytest.raises(Refused, match="2026年的工作要点还没有导入"):
        actions.close_look_back(look_back=look_back, by=head, now=world.now)
    Plan.objects.create(year=2026, title="要点", source_name="要点", digest="0", imported_at=world.now)
    (carried,) = actions.close_look_back(look_back=look_back, by=head, now=world.now)
    assert carried.origin == Task.Origin.CARRIED and carried.plan.year == 2026 and carried.due_on == until
    assert carried.carried_from == first.task and "2025年第1项结转" in carried.due_as_written
    assert queries.answerable_units(carried) == {world.units["finance"].pk}
    with pytest.raises(Refused, match="已经结束"):
        verify(world, second, states.RECTIFY, rectify_by=until)
    assert [one.finding for one in queries.found_of(world.actor("finance.officer"))] == ["看过专栏，属实。"]
    assert queries.found_of(world.actor("civil.officer")) == []
    late = queries.late_matters(today=until + DAY)
    assert [one.title for one in late] == ["上年结转　预算1"]


@pytest.mark.feature("L05")
def test_rows_are_given_to_another_verifier_but_not_to_anybody(world: Any) -> None:
    begun(world, names=("office.head",))
    rows = list(Verification.objects.unscoped("test").select_related("look_back", "unit"))
    head, day = world.actor("office.head"), world.today + 5 * DAY
    with pytest.raises(Refused, match="没有核查的权限"):
        actions.assign(
            verifications=rows, verifier=world.people["finance.leader"], check_by=day, by=head, now=world.now
        )
    assert (
        actions.assign(
            verifications=rows, verifier=world.people["assessor"], check_by=day, by=head, now=world.now
        )
        == 2
    )
    assert len(queries.my_verifications(world.actor("assessor"))) == 2


def test_plan_of_this_year_is_not_looked_back_at(world: Any) -> None:
    with pytest.raises(Refused, match="还没有过完"):
        actions.start_look_back(
            plan=a_plan(world, late=1),
            due_on=world.today,
            verifiers=[world.people["assessor"]],
            by=world.actor("office.head"),
            now=world.now,
        )
