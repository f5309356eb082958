"""A document at the gate: nothing goes out with a number in it unless somebody with a name says why."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.documents import actions, queries
from gongkai.documents.models import Document, Justification
from gongkai.files.actions import take_in
from gongkai.gate.models import FileCheck, GateRun
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refused
from gongkai.orgs.accounts import PROVEN
from gongkai.publishing import actions as publishing
from gongkai.publishing.tests.world import AT, World, fresh
from gongkai.review import actions as reviewing
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("C02"), pytest.mark.law("条例15")]
TODAY = legal_day(AT)
ID = "11010519491231002X"
BODY = f"<p>当事人身份证<b>110105</b>{ID[6:]}，手机139 1234 5678。</p><p>工作布署见滨财发[2026]3号。</p>"
REASON = "当事人书面同意公开，同意书存卷"


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Any) -> World:
    settings.FILES_DIR = tmp_path / "files"
    return World()


def draft(town: World, body: str = BODY) -> Document:
    by = town.actor(town.finance, "officer")
    given = {
        "title": "关于一件事的公示", "written_on": TODAY, "body": body, "catalogue_item": "20-07",
        "theme": "财政、金融、审计",
    }  # fmt: skip
    document = actions.draft(unit=town.finance, by=by, now=AT, fields=given)
    actions.determine(document=document, by=by, now=AT, openness="主动公开")
    return fresh(document)


def gate(document: Document) -> queries.Gate:
    return queries.gate_of(fresh(document), today=TODAY)


def to_the_last_review(town: World, document: Document) -> None:
    actions.submit(document=document, by=town.actor(town.finance, "officer"), now=AT)
    reviewing.review_secrecy(
        document=fresh(document),
        by=town.actor(town.finance, "reviewer"),
        now=AT,
        passed=True,
        opinion="不涉密，可以公开",
    )
    for seat in ("first", "reviewer"):
        reviewing.decide(document=fresh(document), by=town.actor(town.finance, seat), now=AT, approve=True)


def test_the_signer_cannot_sign_and_nothing_goes_out(town: World) -> None:
    document = draft(town)
    to_the_last_review(town, document)
    leader = town.actor(town.finance, "leader")
    with pytest.raises(Refused) as refused:
        reviewing.decide(document=fresh(document), by=leader, now=AT, approve=True)
    assert {one.code for one in refused.value.refusals} == {"gate.personal.id_number", "gate.personal.mobile"}
    assert ID not in str(refused.value)
    # A document that was approved before a rule existed stops at the last door.
    Document.objects.unscoped("test").filter(pk=document.pk).update(state="approved")
    with pytest.raises(Refused) as stopped:
        publishing.publish(document=fresh(document), by=leader, now=AT)
    assert {"gate.personal.id_number", "gate.personal.mobile"} <= {one.code for one in stopped.value.refusals}


def test_one_click_mends_all_and_the_way_is_free(town: World) -> None:
    document = draft(town)
    officer = town.actor(town.finance, "officer")
    assert len(gate(document).blocks) == 2
    assert actions.mend(document=document, by=officer, now=AT) == 3
    text = fresh(document).body
    assert "<b>110105</b>********002X" in text and "139 **** 5678" in text and "滨财发〔2026〕3号" in text
    assert gate(document).blocks == [] and gate(document).mendable == []
    assert TrailRow.objects.filter(verb="documents.mend").count() == 1
    to_the_last_review(town, document)
    leader = town.actor(town.finance, "leader")
    reviewing.decide(document=fresh(document), by=leader, now=AT, approve=True)
    publishing.publish(document=fresh(document), by=leader, now=AT)
    run = GateRun.objects.unscoped("test").get()
    assert run.key == f"document:{document.pk}" and run.counts.get("block", 0) == 0


def test_a_named_reason_settles_a_finding_until_the_text_has_another(town: World) -> None:
    document = draft(town, f"<p>身份证{ID}</p>")
    officer = town.actor(town.finance, "officer")
    code = gate(document).blocks[0].code
    with pytest.raises(Refused):
        actions.explain(document=document, by=officer, now=AT, code=code, reason="短")
    actions.explain(document=document, by=officer, now=AT, code=code, reason=REASON)
    assert gate(document).blocks == []
    assert queries.gate_refusals(fresh(document), today=TODAY) == []
    assert Justification.objects.get(code=code).by_id == officer.person_id
    more = fresh(document).body + "<p>身份证440524188001010014</p>"
    actions.change(document=fresh(document), by=officer, now=AT, fields={"body": more})
    assert len(gate(document).blocks) == 1  # the reason was for one number, not for two
    with pytest.raises(Refused) as gone:
        actions.explain(document=document, by=officer, now=AT, code=code, reason=REASON)
    assert gone.value.refusals[0].code == "gate.gone"


def test_twenty_numbers_take_the_word_of_two_people(town: World) -> None:
    rows = "".join(f"<tr><td>1391234{n:04d}</td></tr>" for n in range(20))
    document = draft(town, f"<table><tbody><tr><td>手机</td></tr>{rows}</tbody></table>")
    officer, reviewer = town.actor(town.finance, "officer"), town.actor(town.finance, "reviewer")
    group = gate(document).blocks[0]
    assert group.needs == 2
    actions.explain(document=document, by=officer, now=AT, code=group.code, reason=REASON)
    assert len(gate(document).blocks) == 1
    with pytest.raises(Refused) as second:
        actions.explain(document=document, by=officer, now=AT, code=group.code, reason=REASON)
    assert second.value.refusals[0].code == "gate.second_person"
    actions.explain(document=document, by=reviewer, now=AT, code=group.code, reason=REASON)
    assert gate(document).blocks == []


def test_only_the_unit_mends_and_only_a_draft(town: World) -> None:
    document = draft(town)
    with pytest.raises(Refused):
        actions.mend(document=document, by=town.actor(town.civil, "officer"), now=AT)
    with pytest.raises(Refused):
        actions.explain(
            document=document,
            by=town.actor(town.civil, "officer"),
            now=AT,
            code=gate(document).blocks[0].code,
            reason=REASON,
        )
    actions.submit(document=document, by=town.actor(town.finance, "officer"), now=AT)
    with pytest.raises(Refused):
        actions.mend(document=document, by=town.actor(town.finance, "officer"), now=AT)


def attached(town: World, document: Document, content: bytes, name: str) -> None:
    by = town.actor(town.finance, "officer")
    file = take_in(content=iter([content]), name=name, unit=town.finance, by=by, now=AT)
    actions.attach(document=document, by=by, now=AT, file=file, title="名单")


def test_an_attachment_is_read_once_when_it_comes(town: World) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["事项"])
    book.create_sheet("底稿").append([ID])
    book["底稿"].sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    document = draft(town, "<p>正文</p>")
    attached(town, document, made.getvalue(), "名单.xlsx")
    assert FileCheck.objects.get().readable
    found = gate(document)
    assert {one.rule for one in found.blocks} == {"personal.id_number", "hidden.sheet"}
    assert all("附件“名单”" in one.first.where and not one.mendable for one in found.blocks)
    assert ID not in str(FileCheck.objects.get().findings)
    # The clean copy goes out without the hidden sheet; the original stays.
    row = fresh(document).attachments.select_related("file__unit", "document__unit").get()
    copy = actions.take_cleaned(attachment=row, by=town.actor(town.finance, "officer"), now=AT)
    assert copy.pk != row.file_id and gate(document).blocks == []
    # A file that no rule of today has read keeps the document back too.
    FileCheck.objects.all().delete()
    assert [one.code for one in queries.gate_refusals(fresh(document), today=TODAY)] == ["gate.unread"]
    actions.check(document=fresh(document), by=town.actor(town.finance, "officer"), now=AT)
    assert FileCheck.objects.count() == 1  # only the copy goes out, so only the copy is read


def test_a_paper_that_does_not_go_out_is_not_held_up(town: World) -> None:
    document = draft(town)
    by = town.actor(town.finance, "officer")
    actions.determine(
        document=document, by=by, now=AT, openness="依申请公开", reason="涉及个人信息，公开会损害当事人权益"
    )
    assert queries.gate_refusals(fresh(document), today=TODAY) == []


@pytest.fixture
def browse(town: World) -> Any:
    def as_(seat: str) -> Client:
        client, person = Client(), town.people["czj", seat]
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[PROVEN] = str(person.pk)
        session.save()
        return client

    return as_


@pytest.mark.feature("C01")
def test_the_page_shows_masks_the_way_out_and_nothing_in_full(town: World, browse: Any) -> None:
    document = draft(town)
    client, address = browse("officer"), reverse("documents:gate", args=[document.pk])
    page = client.get(address).content.decode()
    assert (
        "还不能发布：2 个阻断问题没有解决" in page and "110105********002X" in page and "条例第十五条" in page
    )
    assert ID not in page and "139 1234 5678" not in page
    code = gate(document).blocks[0].code
    page = client.post(
        reverse("documents:gate_explain", args=[document.pk]), {"code": code, "reason": REASON}, follow=True
    ).content.decode()
    assert REASON in page and "还不能发布：1 个阻断问题没有解决" in page
    page = client.post(reverse("documents:gate_mend", args=[document.pk]), follow=True).content.decode()
    assert "可以发布：没有阻断问题" in page
    assert client.post(reverse("documents:gate_check", args=[document.pk]), follow=True).status_code == 200
    assert GateRun.objects.unscoped("test").count() == 1


def test_hints_stand_under_the_text_and_answer_while_one_types(town: World, browse: Any) -> None:
    document = draft(town)
    client = browse("officer")
    page = client.get(reverse("documents:page", args=[document.pk])).content.decode()
    assert 'aria-label="文字检查"' in page and "139 **** 5678" in page
    answer = client.post(
        reverse("documents:hints", args=[document.pk]), {"title": "题", "body": "<p>手机13812345678</p>"}
    ).content.decode()
    assert "138****5678" in answer and "13812345678" not in answer
    assert (
        "hints"
        not in client.post(
            reverse("documents:hints", args=[document.pk]), {"body": "<p>好</p>"}
        ).content.decode()
    )


@pytest.mark.parametrize("count", [1, 40])
def test_the_page_asks_as_often_for_one_finding_as_for_many(
    town: World, browse: Any, django_assert_max_num_queries: Any, count: int
) -> None:
    document = draft(town, "".join(f"<p>手机1381234{n:04d}</p>" for n in range(count)))
    client = browse("officer")
    client.get(reverse("documents:gate", args=[document.pk]))
    with django_assert_max_num_queries(28):
        assert client.get(reverse("documents:gate", args=[document.pk])).status_code == 200


def test_what_the_gate_said_goes_to_the_reviewers_with_the_paper(town: World, browse: Any) -> None:
    document = draft(town)
    actions.submit(document=document, by=town.actor(town.finance, "officer"), now=AT)
    run = GateRun.objects.unscoped("test").get()
    assert (run.key, run.digest) == (f"document:{document.pk}", queries.digest_of(fresh(document)))
    assert run.counts["block"] == 2 and run.by_id == town.people["czj", "officer"].pk
    assert [one["rule"] for one in run.findings] == [one.rule for one in gate(document).findings]
    assert ID not in str(run.findings)
    # One verb, one row of the trail; the run is a part of it.
    assert not TrailRow.objects.filter(verb="gate.check").exists()
    page = browse("first").get(reverse("review:page", args=[document.pk])).content.decode()
    assert "送审时的检查" in page and reverse("documents:gate", args=[document.pk]) in page
    assert reverse("publishing:comparing", args=[document.pk]) not in page


@pytest.mark.feature("B16")
def test_who_reviews_a_correction_sees_what_it_changes(town: World, browse: Any) -> None:
    published = town.published(title="关于补贴标准的公示")
    document, officer = fresh(published.document), town.actor(town.finance, "officer")
    actions.correct(document=document, by=officer, now=AT, note="补贴标准改正")
    actions.change(document=fresh(document), by=officer, now=AT, fields={"body": "<p>每月三百元。</p>"})
    actions.submit(document=fresh(document), by=officer, now=AT)
    client, address = browse("first"), reverse("publishing:comparing", args=[document.pk])
    page = client.get(reverse("review:page", args=[document.pk])).content.decode()
    assert "看改了哪里" in page and address in page and "补贴标准改正" in page
    assert "三百元" in client.get(address).content.decode()
