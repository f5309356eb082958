"""Review: order of steps, separation of people, deputies, secrecy review."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.documents import actions as documents
from gongkai.documents import states as life
from gongkai.law.refusal import Refused
from gongkai.orgs.models import Leave
from gongkai.review import actions, queries
from gongkai.review.tests.samples import approve, codes, secrecy, submitted
from gongkai.trail.models import TrailRow


@pytest.mark.feature("B03")
@pytest.mark.law("条例17")
def test_three_steps_and_secrecy_review_lead_to_approval(world: Any) -> None:
    document = submitted(world)
    secrecy(world, document)
    for name in ("finance.officer2", "finance.reviewer", "finance.leader"):
        document = approve(world, document, name)
    assert document.state == life.APPROVED
    assert list(TrailRow.objects.filter(verb="review.approve").values_list("actor_id", flat=True)) == [
        world.people[name].pk for name in ("finance.officer2", "finance.reviewer", "finance.leader")
    ]


@pytest.mark.feature("B03")
def test_final_step_without_secrecy_review_refused(world: Any) -> None:
    document = submitted(world)
    for name in ("finance.officer2", "finance.reviewer"):
        document = approve(world, document, name)
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.leader")
    assert codes(refused) == {"secrecy.missing"}
    secrecy(world, document, passed=False)
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.leader")
    assert codes(refused) == {"secrecy.refused"}


@pytest.mark.feature("C15")
def test_author_never_reviews_not_even_as_deputy(world: Any) -> None:
    document = submitted(world)
    Leave.objects.create(
        person=world.people["finance.officer2"],
        deputy=world.people["finance.officer"],
        first_day=world.today,
        last_day=world.today,
    )
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.officer")
    assert "review.own_draft" in codes(refused)


@pytest.mark.feature("C15")
def test_whoever_changed_the_text_counts_as_author(world: Any) -> None:
    document = submitted(world)
    documents.take_back(document=document, by=world.actor("finance.officer"), now=world.now)
    documents.change(
        document=document, by=world.actor("finance.officer2"), now=world.now, fields={"title": "改过的标题"}
    )
    documents.submit(document=document, by=world.actor("finance.officer"), now=world.now)
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.officer2")
    assert "review.own_draft" in codes(refused)


@pytest.mark.feature("C15")
def test_deputy_has_the_task_at_once_and_is_named(world: Any) -> None:
    document = approve(world, submitted(world), "finance.officer2")
    assert queries.waiting_for(world.actor("finance.leader"))
    Leave.objects.create(
        person=world.people["finance.reviewer"],
        deputy=world.people["civil.reviewer"],
        first_day=world.today,
        last_day=world.today,
    )
    deputy = world.actor("civil.reviewer")
    assert [row.document.pk for row in queries.waiting_for(deputy)] == [document.pk]
    step = actions.decide(document=document, by=deputy, now=world.now, approve=True)
    assert step.instead_of_id == world.people["finance.reviewer"].pk


def test_same_person_does_not_take_two_steps(world: Any) -> None:
    document = approve(world, submitted(world), "finance.reviewer")
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.reviewer")
    assert codes(refused) == {"review.twice"}


@pytest.mark.feature("C15")
def test_unit_of_two_is_signed_by_the_district_office_only(world: Any) -> None:
    document = submitted(world, "tiny")
    secrecy(world, document, "tiny.leader")
    document = approve(world, document, "tiny.leader")
    with pytest.raises(Refused) as refused:
        approve(world, document, "tiny.leader")
    assert {"review.twice", "review.third_eye"} & codes(refused)
    assert approve(world, document, "office.head").state == life.APPROVED


def test_district_office_does_not_sign_for_ordinary_unit(world: Any) -> None:
    document = submitted(world)
    secrecy(world, document)
    for name in ("finance.officer2", "finance.reviewer"):
        document = approve(world, document, name)
    with pytest.raises(Refused) as refused:
        approve(world, document, "office.head")
    assert codes(refused) == {"review.third_eye"}


def test_return_needs_an_opinion_and_leads_back_to_draft(world: Any) -> None:
    document = submitted(world)
    with pytest.raises(Refused) as refused:
        actions.decide(document=document, by=world.actor("finance.reviewer"), now=world.now, approve=False)
    assert codes(refused) == {"review.opinion"}
    actions.decide(
        document=document,
        by=world.actor("finance.reviewer"),
        now=world.now,
        approve=False,
        opinion="请补充新窗口的地址",
    )
    document.refresh_from_db()
    assert document.state == life.DRAFT
    documents.submit(document=document, by=world.actor("finance.officer"), now=world.now)
    document.refresh_from_db()
    assert document.round == 2 and queries.step_due(document) == "first"


def test_other_units_reviewer_sees_and_decides_nothing(world: Any) -> None:
    document = submitted(world)
    assert queries.waiting_for(world.actor("civil.reviewer")) == []
    with pytest.raises(Refused) as refused:
        approve(world, document, "civil.reviewer")
    assert codes(refused) == {"wall.step"}


@pytest.mark.law("条例18")
def test_paper_kept_back_is_filed_after_its_reviews(world: Any) -> None:
    by = world.actor("finance.officer")
    document = documents.draft(
        unit=world.units["finance"],
        by=by,
        now=world.now,
        fields={"title": "关于人员轮岗的通知", "written_on": date(2026, 10, 12), "body": "<p>内部事项。</p>"},
    )
    determination = documents.determine(
        document=document, by=by, now=world.now, openness="不予公开", ground="E16a", reason="属于人事管理信息"
    )
    assert determination.review_on == date(2027, 10, 14)
    document = documents.submit(document=document, by=by, now=world.now)
    secrecy(world, document)
    for name in ("finance.officer2", "finance.reviewer"):
        document = approve(world, document, name)
    document = approve(world, document, "finance.reviewer", opinion="属于人事管理，同意不公开")
    assert approve(world, document, "finance.leader").state == life.FILED
