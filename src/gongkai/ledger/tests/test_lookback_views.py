"""The look-back in the browser: begun by the office, verified one by one, carried over; what stands on desks."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from gongkai.kernel import clock
from gongkai.ledger import actions, states
from gongkai.ledger.models import LookBack, Task, Verification
from gongkai.ledger.office_desk import office_tasks, office_waiting
from gongkai.ledger.tests.office_samples import a_campaign, a_plan, an_order
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.feature("L05")]
START = "/workbench/ledger/lookback/"


def text(answer: Any) -> str:
    return answer.content.decode()


def soon(days: int = 20) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def begin(world: Any, client: Any, *, tasks: int = 2) -> LookBack:
    plan = a_plan(world, late=tasks, year=2025)
    people = [world.people["office.head"].pk, world.people["assessor"].pk]
    answer = client.post(START, {"plan": plan.pk, "due_on": soon(), "verifiers": people})
    assert answer.status_code == 302
    return LookBack.objects.get()


def rows() -> list[Verification]:
    return list(Verification.objects.unscoped("test").order_by("task__number", "unit"))


def test_office_begins_and_bad_input_keeps_what_was_typed(world: Any, browse: Any) -> None:  # noqa: F811
    head = browse("office.head")
    assert "还没有往年的工作要点" in text(head.get(START))
    plan = a_plan(world, late=1, year=2025)
    refused = head.post(START, {"plan": plan.pk, "due_on": "2020-01-01", "verifiers": []})
    assert refused.status_code == 422 and "没有选核查人" in text(refused) and "2020-01-01" in text(refused)
    assert (
        head.post(
            START, {"plan": "1e9", "due_on": soon(), "verifiers": [world.people["assessor"].pk]}
        ).status_code
        == 404
    )
    assert browse("assessor").post(START, {}).status_code == 403
    assert browse("finance.officer").get(START).status_code == 403
    assert not LookBack.objects.exists()


def test_board_costs_the_same_for_1_and_30_rows(world: Any, browse: Any) -> None:  # noqa: F811
    head = browse("office.head")
    look_back = begin(world, head, tasks=1)
    url, counts = reverse("ledger:lookback-board", args=[look_back.pk]), []
    for wanted in (1, 30):
        if wanted == 30:
            a_plan(world, late=30, year=2025)
            Verification.objects.bulk_create(
                Verification(
                    look_back=look_back,
                    task=task,
                    unit=world.units["finance"],
                    verifier=world.people["assessor"],
                    check_by=world.today,
                )
                for task in Task.objects.filter(plan=look_back.plan, number__gt=1)
            )
        head.get(url)
        with CaptureQueriesContext(connection) as taken:
            assert f"共 {wanted} 项次" in text(head.get(url))
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_verified_one_by_one_then_carried_over(world: Any, browse: Any) -> None:  # noqa: F811
    head, third = browse("office.head"), browse("assessor")
    look_back = begin(world, head)
    a_plan(world, late=1)
    mine = next(row for row in rows() if row.verifier == world.people["assessor"])
    other = next(row for row in rows() if row != mine)
    url = reverse("ledger:verification", args=[mine.pk])
    assert "真的完成了吗" in text(third.get(url))
    bad = third.post(url, {"verdict": "unfinished", "finding": "有一处没有公开。", "rectify_by": ""})
    assert bad.status_code == 422 and "要写整改期限" in text(bad) and "有一处没有公开。" in text(bad)
    good = {"verdict": "unfinished", "finding": "有一处没有公开。", "rectify_by": soon(60)}
    assert third.post(url, good).status_code == 302
    not_mine = third.post(
        reverse("ledger:verification", args=[other.pk]), {"verdict": "confirmed", "finding": "看过。"}
    )
    assert not_mine.status_code == 422 and "不是您" in text(not_mine)
    board = reverse("ledger:lookback-board", args=[look_back.pk])
    assert "还有 1 项没有核查" in text(head.get(board))
    head.post(reverse("ledger:verification", args=[other.pk]), {"verdict": "confirmed", "finding": "属实。"})
    assert "有一处没有公开。" not in text(head.get(f"{board}?verdict=confirmed"))
    assert third.post(reverse("ledger:lookback-close", args=[look_back.pk])).status_code == 403
    head.post(reverse("ledger:lookback-close", args=[look_back.pk]))
    carried = Task.objects.get(origin=Task.Origin.CARRIED)
    assert carried.plan.year == 2026
    page = text(head.get(board))
    assert "1 项任务结转" in page and "已结转到2026年台账" in page
    made = head.get(reverse("ledger:lookback-paper", args=[look_back.pk]))
    table = Document(io.BytesIO(made.content)).tables[0]
    assert {row.cells[3].text for row in table.rows[1:]} == {"未完成", "真完成"}
    assert "上年结转" in text(head.get("/workbench/ledger/?by=carried"))
    told = text(browse("finance.officer").get("/workbench/ledger/orders/"))
    assert "有一处没有公开。" in told and "已结转到本年台账" in told
    assert "有一处没有公开。" not in text(browse("civil.officer").get("/workbench/ledger/orders/"))


def test_chosen_rows_get_another_verifier(world: Any, browse: Any) -> None:  # noqa: F811
    head = browse("office.head")
    look_back = begin(world, head)
    url = reverse("ledger:lookback-board", args=[look_back.pk])
    person = world.people["assessor"].pk
    nothing = head.post(url, {"verifier": person, "check_by": soon(5)}, follow=True)
    assert "没有选要安排的项目" in text(nothing)
    head.post(url, {"rows": [row.pk for row in rows()], "verifier": person, "check_by": soon(5)})
    assert {row.verifier_id for row in rows()} == {person}
    wrong = head.post(url, {"rows": [rows()[0].pk], "verifier": person, "check_by": "改天"}, follow=True)
    assert "日期写得不对" in text(wrong)


def test_desks_name_what_waits_for_whom(world: Any) -> None:
    head, officer = world.actor("office.head"), world.actor("finance.officer")
    a_campaign(world, by=head, at=world.now - timedelta(days=20), due_in=5)
    order = an_order(world, by=head, at=world.now)
    verbs = sorted(one.verb for one in office_tasks(officer, world.today))
    assert verbs == ["去提交", "去答复"]
    assert [one.verb for one in office_tasks(head, world.today) if one.verb == "去收尾"] == ["去收尾"]
    assert "还有 2 个单位没有交" in [one.now_with for one in office_waiting(head, world.today)]
    actions.answer_order(order=order, text="改了。", by=officer, now=world.now)
    assert [one.now_with for one in office_waiting(officer, world.today)] == ["等区政务公开主管部门核对"]
    assert "去核对" in [one.verb for one in office_tasks(head, world.today)]
    assert order.state == states.ORDER_OPEN  # the row in hand is not the row of the table


def test_first_working_day_of_the_week_begins_with_calls_and_the_month_with_its_bulletin(world: Any) -> None:
    a_plan(world, late=1)
    head = world.actor("office.head")

    def verbs(days: int) -> list[str]:
        return [one.verb for one in office_tasks(head, world.today + timedelta(days=days))]

    monday = 5  # 2026-10-19; the world stands on Wednesday, 14 October
    assert "去打电话" in verbs(monday) and "去打电话" not in verbs(0)
    assert "去起草" in verbs(monday + 14)
    actions.draft_bulletin(year=2026, month=10, by=head, now=world.now)
    assert "去印发" in verbs(monday + 14)
    bulletin = actions.draft_bulletin(year=2026, month=10, by=head, now=world.now)
    actions.issue_bulletin(bulletin=bulletin, by=head, now=world.now)
    assert "去印发" not in verbs(monday + 14)
