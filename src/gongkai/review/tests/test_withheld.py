"""What is to be kept from the public passes the unit's disclosure office before its signer; 退文 is counted."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest

from gongkai.documents import actions as documents
from gongkai.documents import states as life
from gongkai.law.refusal import Refused
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.orgs.models import Leave
from gongkai.review import actions, queries, rules, states
from gongkai.review.desk import tasks_for
from gongkai.review.tests.samples import CLOSED, approve, codes, secrecy, submitted
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.feature("B22"), pytest.mark.law("国办发〔2016〕80号")]
ON_REQUEST = {"openness": "依申请公开", "reason": "内容只与少数办事人有关"}


def reviewed(world: Any, **openness: str) -> Any:
    document = submitted(world, **openness)
    secrecy(world, document)
    for name in ("finance.officer2", "finance.reviewer"):
        document = approve(world, document, name)
    return document


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize("withheld", [True, False])
@pytest.mark.parametrize("count", range(len(rules.LABELS) + 1))
def test_the_final_step_is_never_due_before_the_opinion(small: bool, withheld: bool, count: int) -> None:
    for done in combinations(rules.LABELS, count):
        holds(small=small, withheld=withheld, done=list(done))


def holds(*, small: bool, withheld: bool, done: list[str]) -> None:
    due = rules.next_step(done, is_small=small, withheld=withheld)
    steps = rules.steps_of(is_small=small, withheld=withheld)
    assert (rules.OPINION in steps) == withheld and steps[-1] == rules.FINAL
    if due == rules.FINAL and withheld:
        assert rules.OPINION in done


@pytest.mark.parametrize("openness", [CLOSED, ON_REQUEST])
@pytest.mark.django_db
def test_no_signer_before_the_opinion_and_the_giver_does_not_sign(world: Any, openness: Any) -> None:
    document = reviewed(world, **openness)
    assert queries.step_due(document) == "opinion"
    assert queries.waiting_for(world.actor("finance.leader")) == []
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.leader", opinion="同意不公开")
    assert codes(refused) == {"wall.step"}
    assert [row.step for row in queries.waiting_for(world.actor("finance.reviewer"))] == ["opinion"]
    assert [row.why for row in tasks_for(world.actor("finance.reviewer"), world.today)] == ["等您公开审查"]
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.reviewer")
    assert codes(refused) == {"review.opinion"}
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.officer", opinion="我自己看可以")
    assert codes(refused) == {"review.own_draft"}
    document = approve(world, document, "finance.reviewer", opinion="理由充分，同意")
    leave = {"first_day": world.today, "last_day": world.today}
    Leave.objects.create(
        person=world.people["finance.leader"], deputy=world.people["finance.reviewer"], **leave
    )
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.reviewer")
    assert codes(refused) == {"review.twice"}
    document = approve(world, document, "finance.leader")
    assert document.state == life.FILED
    facts = TrailRow.objects.filter(verb="review.approve").values_list("facts", flat=True)
    assert [one["step"] for one in facts] == ["first", "second", "opinion", "final"]


@pytest.mark.django_db
def test_a_public_paper_needs_no_opinion(world: Any) -> None:
    document = reviewed(world)
    assert queries.step_due(document) == "final"


@pytest.mark.feature("C15")
@pytest.mark.django_db
def test_in_a_unit_of_two_the_second_person_gives_the_opinion(world: Any) -> None:
    document = submitted(world, "tiny", **CLOSED)
    secrecy(world, document, "tiny.leader")
    document = approve(world, document, "tiny.leader")
    assert [row.step for row in queries.waiting_for(world.actor("tiny.leader"))] == ["opinion"]
    document = approve(world, document, "tiny.leader", opinion="理由充分，同意")
    assert approve(world, document, "office.head").state == life.FILED


@pytest.mark.django_db
def test_returned_papers_stand_in_the_month_of_their_unit_with_the_reason(
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    client = browse("finance.reviewer")
    first = reviewed(world, **CLOSED)
    page = f"/workbench/review/{first.pk}/"
    assert "应当公开，退回" in client.get(page).content.decode()
    answer = client.post(page, {"decision": "open", "opinion": "属于惠企政策，应当公开"})
    assert answer.status_code == 422 and "没有选退文原因" in answer.content.decode()
    assert (
        client.post(
            page, {"decision": "open", "opinion": "属于惠企政策，应当公开", "reason": "public"}
        ).status_code
        == 302
    )
    first.refresh_from_db()
    assert first.state == life.DRAFT
    step = queries.history(first)[-1]
    assert (step.decision, step.reason) == (states.OPEN_IT, states.SHOULD_BE_PUBLIC)
    second = submitted(world)
    actions.decide(
        document=second, by=world.actor("finance.reviewer"), now=world.now - timedelta(days=30),
        approve=False, opinion="请补充地址",
    )  # fmt: skip
    other = submitted(world, "civil", **CLOSED)
    actions.decide(
        document=other, by=world.actor("civil.reviewer"), now=step.at, approve=False, opinion="缺少附件材料"
    )
    month = f"{step.at.astimezone():%Y-%m}"
    (line,) = queries.return_table(world.actor("finance.reviewer"), month=month)
    assert (line.unit, line.total, line.withheld, dict(line.by_reason)["public"]) == (
        world.units["finance"], 1, 1, 1,
    )  # fmt: skip
    lines = queries.return_table(world.actor("office.head"), month=month)
    assert sorted((one.unit.code, one.total, one.in_review) for one in lines) == [
        ("civil", 1, 1),
        ("finance", 1, 0),
    ]
    shown = client.get(f"/workbench/review/returns/?month={month}&unit={line.unit.pk}&reason=public")
    assert "属于惠企政策" in shown.content.decode() and "缺少附件材料" not in shown.content.decode()
    assert client.get("/workbench/review/returns/?month=2026-13&unit=x").status_code == 200


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.django_db
def test_lists_ask_as_often_for_one_row_as_for_thirty(
    world: Any,
    browse: Any,  # noqa: F811
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    by = world.actor("finance.officer")
    for _ in range(count):
        document = submitted(world, **CLOSED)
        actions.ask(
            document=document,
            asked=world.units["civil"],
            matter="第三条的补助标准",
            by=by,
            now=world.now,
        )
        actions.decide(
            document=document, by=world.actor("finance.reviewer"), now=world.now, approve=False,
            opinion="请补充地址",
        )  # fmt: skip
        document.refresh_from_db()
        documents.submit(document=document, by=by, now=world.now)
    client = browse("finance.officer2")
    for address in ("", "returns/?month=2026-10&unit=", "coordination/"):
        client.get(f"/workbench/review/{address}")
        with django_assert_max_num_queries(14):
            assert client.get(f"/workbench/review/{address}").status_code == 200
