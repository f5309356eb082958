"""Art. 11: what touches another agency waits for its confirmation, or for the recorded decision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.documents import actions as documents
from gongkai.documents import states as life
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.publishing import actions as publishing
from gongkai.publishing.queries import standing_against
from gongkai.review import actions, queries, states
from gongkai.review.desk import tasks_for
from gongkai.review.models import Coordination
from gongkai.review.rules.coordination import Asked, standing_refusals
from gongkai.review.tests.samples import approve, before_signer, codes, secrecy, submitted
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.feature("B23"), pytest.mark.law("条例11")]
MATTER = "第三条的补助标准由区民政局制定"


def asked(world: Any, document: Any) -> Coordination:
    return actions.ask(
        document=document,
        asked=world.units["civil"],
        matter=MATTER,
        by=world.actor("finance.officer"),
        now=world.now,
    )


@pytest.mark.parametrize("state", list(states.LABELS))
@pytest.mark.parametrize("same", [True, False])
def test_only_a_settled_question_about_this_text_lets_it_pass(state: str, same: bool) -> None:
    one = Asked("区民政局", state, date(2026, 10, 21), "a" if same else "b")
    found = standing_refusals([one], digest="a")
    settled = state == states.CALLED_OFF or (state in states.SETTLED and same)
    assert bool(found) != settled and all(each.basis == "条例第十一条" for each in found)


def test_every_transition_starts_open_and_ends_settled_or_disputed() -> None:
    for row in states.TABLE:
        assert row.source in (states.WAITING, states.OBJECTED)
        assert row.target in (*states.SETTLED, states.OBJECTED)
    assert states.target_of(states.CONFIRMED, "object") is None


@pytest.mark.django_db
def test_publication_waits_until_the_asked_unit_confirms_on_one_page(
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    document = before_signer(world)
    row = asked(world, document)
    assert row.answer_by == date(2026, 10, 21)
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.leader")
    assert codes(refused) == {"coordination.waiting"}
    (task,) = tasks_for(world.actor("civil.officer"), world.today)
    assert task.verb == "去确认" and task.due == row.answer_by and MATTER in task.why
    assert not tasks_for(world.actor("tiny.officer"), world.today)
    client = browse("civil.officer")
    page = client.get(task.url).content.decode()
    assert "十一月一日起搬迁" in page and "确认，可以公开" in page
    assert browse("tiny.officer").get(task.url).status_code == 404
    client = browse("finance.officer")
    assert client.post(task.url, {"decision": "agree"}).status_code == 422
    client = browse("civil.officer")
    digest = queries.digest_of(document)
    assert client.post(task.url, {"decision": "agree", "seen": digest}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answered_by) == (states.CONFIRMED, world.people["civil.officer"])
    assert approve(world, document, "finance.leader").state == life.APPROVED
    verbs = list(
        TrailRow.objects.filter(verb__startswith="review.coordination").values_list("verb", flat=True)
    )
    assert verbs == ["review.coordination_ask", "review.coordination_confirm"]


@pytest.mark.django_db
def test_asked_after_the_signature_publication_itself_refuses(world: Any) -> None:
    document = approve(world, before_signer(world), "finance.leader")
    row = asked(world, document)
    leader = world.actor("finance.leader")
    with pytest.raises(Refused) as refused:
        publishing.publish(document=document, by=leader, now=world.now)
    assert codes(refused) == {"coordination.waiting"}
    after = world.now + timedelta(days=10)
    actions.settle(coordination=row, ruling="已两次电话催告，仍未答复", by=leader, now=after)
    assert standing_against(document=document, today=world.today) == []
    assert publishing.publish(document=document, by=leader, now=world.now).document_id == document.pk


@pytest.mark.django_db
def test_silence_is_decided_only_after_its_day_and_a_dispute_only_by_the_district(world: Any) -> None:
    row = asked(world, submitted(world))
    leader, head = world.actor("finance.leader"), world.actor("office.head")
    given = {"coordination": row, "ruling": "对方没有答复", "now": world.now}
    with pytest.raises(Refused) as refused:
        actions.settle(by=leader, **given)
    assert codes(refused) == {"coordination.too_soon"}
    late = clock.legal_day(world.now) + timedelta(days=8)
    assert [each.verb for each in tasks_for(leader, late)] == ["去决定"]
    with pytest.raises(Refused) as refused:
        actions.answer(
            coordination=row, agree=False, opinion="不", by=world.actor("civil.reviewer"), now=world.now
        )
    assert codes(refused) == {"coordination.words"}
    actions.answer(
        coordination=row, agree=False, opinion="标准应为每月八百元", by=world.actor("civil.reviewer"),
        now=world.now,
    )  # fmt: skip
    row.refresh_from_db()
    with pytest.raises(Refused) as refused:
        actions.settle(by=leader, **given)
    assert codes(refused) == {"coordination.own_cause"}
    assert [each.verb for each in tasks_for(head, world.today)] == ["去决定"]
    assert "去看意见" in [each.verb for each in tasks_for(world.actor("finance.officer"), world.today)]
    settled = actions.settle(coordination=row, ruling="两家协商一致，按现稿", by=head, now=world.now)
    assert settled.state == states.DECIDED and settled.ruled_by_id == world.people["office.head"].pk


@pytest.mark.django_db
def test_a_text_that_changed_after_the_confirmation_is_asked_about_again(world: Any) -> None:
    document = submitted(world)
    row = asked(world, document)
    actions.answer(coordination=row, agree=True, opinion="", by=world.actor("civil.officer"), now=world.now)
    by = world.actor("finance.officer")
    documents.take_back(document=document, by=by, now=world.now)
    documents.change(document=document, by=by, now=world.now, fields={"body": "<p>十二月一日起搬迁。</p>"})
    document.refresh_from_db()
    documents.submit(document=document, by=by, now=world.now)
    secrecy(world, document)
    document.refresh_from_db()
    for name in ("finance.officer2", "finance.reviewer"):
        document = approve(world, document, name)
    with pytest.raises(Refused) as refused:
        approve(world, document, "finance.leader")
    assert codes(refused) == {"coordination.text_changed"}
    again = asked(world, document)
    with pytest.raises(Refused) as refused:
        actions.answer(
            coordination=again, agree=True, opinion="", seen="0" * 64, by=world.actor("civil.officer"),
            now=world.now,
        )  # fmt: skip
    assert codes(refused) == {"coordination.text_changed"}
    actions.answer(coordination=again, agree=True, opinion="", by=world.actor("civil.officer"), now=world.now)
    assert approve(world, document, "finance.leader").state == life.APPROVED


@pytest.mark.django_db
def test_who_asks_what_and_calls_off_only_in_the_draft(world: Any, browse: Any) -> None:  # noqa: F811
    document = submitted(world)
    client = browse("finance.officer")
    page = f"/workbench/review/{document.pk}/coordination/"
    assert "征求一个机关的意见" in client.get(page).content.decode()
    given = {"asked": world.units["civil"].pk, "matter": MATTER, "answer_by": "2020-01-01"}
    wrong = client.post(page, given)
    assert wrong.status_code == 422 and MATTER in wrong.content.decode()
    assert "答复期限 2020-01-01 不合适" in wrong.content.decode()
    day = clock.today() + timedelta(days=7)
    assert client.post(page, given | {"answer_by": str(day)}).status_code == 302
    assert "已经在征求" in client.post(page, given | {"answer_by": str(day)}).content.decode()
    row = Coordination.objects.unscoped("test").get()
    with pytest.raises(Refused) as refused:
        actions.call_off(
            coordination=row, ruling="已删去第三条", by=world.actor("finance.officer"), now=world.now
        )
    assert codes(refused) == {"coordination.in_review"}
    documents.take_back(document=document, by=world.actor("finance.officer"), now=world.now)
    off = client.post(f"/workbench/review/coordination/{row.pk}/call-off/", {"ruling": "已删去第三条"})
    assert off.status_code == 302
    row.refresh_from_db()
    assert row.state == states.CALLED_OFF and queries.coordination_refusals(document) == []
    assert browse("civil.leader").get(page).status_code == 404
