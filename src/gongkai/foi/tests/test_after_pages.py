"""Pages after the answer: disputes, the file, blotting out, appeals, tables; each by the people who use it."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.foi.models import AnnualTables, Appeal, Case, Dispute, Institution, InstitutionDuty, Redaction
from gongkai.foi.tests.test_after import _paper, answered, entered, opened

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def browse(world: Any, client: Client) -> Any:
    """Log somebody in with the second factor proven."""
    from gongkai.orgs.accounts import PROVEN

    def as_(name: str) -> Client:
        client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[PROVEN] = str(world.people[name].pk)
        session.save()
        return client

    return as_


@pytest.mark.feature("D14", "D21")
def test_a_dispute_is_entered_answered_decided_and_learned_from(world: Any, browse: Any) -> None:
    case = answered(world)
    client = browse("finance.officer")
    page = reverse("foi:disputes", args=[case.pk])
    typed = {
        "kind": "reconsideration",
        "body": "",
        "filed_on": "2026-09-25",
        "copy_received_on": "2026-09-30",
    }
    kept = client.post(page, typed)
    assert kept.status_code == 422 and 'value="2026-09-30"' in kept.content.decode()
    assert client.post(page, typed | {"body": "测试区人民政府"}).status_code == 302
    dispute = Dispute.objects.unscoped("test").get()
    shown = client.get(page).content.decode()
    assert "2026-10-20" in shown and "登记提交答复" in shown
    client.post(reverse("foi:dispute-answer", args=[dispute.pk]), {"on": "2026-10-12"})
    bad = client.post(reverse("foi:dispute-decide", args=[dispute.pk]), {"outcome": "revoked"})
    assert bad.status_code == 422
    client.post(
        reverse("foi:dispute-decide", args=[dispute.pk]), {"outcome": "revoked", "decided_on": "2026-10-13"}
    )
    client.post(
        reverse("foi:dispute-lesson", args=[dispute.pk]),
        {"ground": "r3_5", "mistake": "没有论证影响。", "lesson": "逐条论证。"},
    )
    assert "没有论证影响" in client.get(reverse("foi:lessons")).content.decode()
    bundle = client.post(reverse("foi:dispute-bundle", args=[dispute.pk]))
    names = zipfile.ZipFile(io.BytesIO(b"".join(bundle.streaming_content))).namelist()
    assert any("证据目录.docx" in name for name in names) and any("申请内容" in name for name in names)


@pytest.mark.feature("D14")
@pytest.mark.parametrize("count", [1, 30])
def test_the_register_asks_as_often_for_one_row_as_for_thirty(
    world: Any, browse: Any, django_assert_max_num_queries: Any, count: int
) -> None:
    case = answered(world)
    for _ in range(count):
        entered(world, case)
    client = browse("finance.officer")
    client.get(reverse("foi:dispute-list"))
    with django_assert_max_num_queries(8):
        assert client.get(reverse("foi:dispute-list")).content.decode().count("测试区人民政府") == count


@pytest.mark.feature("D14")
def test_another_unit_sees_neither_case_nor_dispute(world: Any, browse: Any) -> None:
    dispute = entered(world, answered(world))
    client = browse("civil.officer")
    assert client.get(reverse("foi:disputes", args=[dispute.case_id])).status_code in (403, 404)
    assert "测试区人民政府" not in client.get(reverse("foi:dispute-list")).content.decode()


@pytest.mark.feature("D15")
def test_the_file_is_closed_checked_and_taken_along(world: Any, browse: Any) -> None:
    case = answered(world)
    client = browse("finance.officer")
    page = reverse("foi:file", args=[case.pk])
    assert "封卷归档" in client.get(page).content.decode()
    client.post(reverse("foi:file-close", args=[case.pk]))
    shown = client.get(page).content.decode()
    assert "已封卷" in shown and "下载卷宗" in shown
    sealed = case.__class__.objects.unscoped("test").get(pk=case.pk).sealed
    answer = client.post(reverse("foi:file-check", args=[sealed.pk]), follow=True)
    assert "卷宗完整" in answer.content.decode()
    assert b"".join(client.get(reverse("foi:file-download", args=[sealed.pk])).streaming_content)[:2] == b"PK"


@pytest.mark.feature("D11")
def test_words_are_ticked_searched_drawn_and_blotted(world: Any, browse: Any, tmp_path: Path) -> None:
    from gongkai.foi.actions import engine

    case = opened(world)
    case = engine.advance(engine.locked(case), "sign_for", by=world.actor("finance.officer"), now=world.now)
    paper = _paper(case, world, tmp_path)
    client = browse("finance.officer")
    client.post(reverse("foi:redact", args=[paper.pk]))
    row = Redaction.objects.unscoped("test").get()
    page = reverse("foi:redaction", args=[row.pk])
    assert "建议" in client.get(page).content.decode()
    client.post(page, {"page": "0", "ground": "15_privacy", "word": "0"})
    client.post(page, {"page": "0", "ground": "15_privacy", "everywhere": "3702021990"})
    client.post(
        page, {"page": "0", "ground": "16_internal", "left": "10", "top": "80", "right": "20", "bottom": "90"}
    )
    row.refresh_from_db()
    assert [box["ground"] for box in row.boxes] == ["15_privacy", "15_privacy", "16_internal"]
    bad = client.post(page, {"page": "0", "ground": "15_privacy", "left": "10"}, follow=True)
    assert "没有填全" in bad.content.decode()
    client.post(page, {"page": "0", "remove": "2"})
    row.refresh_from_db()
    assert len(row.boxes) == 2
    assert client.get(reverse("foi:redaction-picture", args=[row.pk])).content[:4] == b"\x89PNG"
    client.post(page, {"page": "0", "finish": "1"})
    row.refresh_from_db()
    assert row.finished_at and row.proof["left"] == 0


@pytest.mark.feature("D18", "D24")
def test_an_appeal_is_judged_on_its_page(world: Any, browse: Any) -> None:
    client = browse("office.head")
    page = reverse("foi:institutions")
    kept = client.post(page, {"which": "institution", "i-name": "", "i-sector": "education"})
    assert kept.status_code == 422
    finance = world.units["finance"]
    client.post(
        page,
        {"which": "institution", "i-name": "测试小学", "i-sector": "education", "i-supervisor": finance.pk},
    )
    client.post(
        page, {"which": "duty", "d-sector": "education", "d-item": "收费标准", "d-basis": "教育部门规定"}
    )
    client.post(page, {"which": "settings", "s-working_days": "10", "s-course": "受理、调查、告知"})
    assert "10 个工作日内" in client.get(page).content.decode()
    case = opened(world, received=date(2026, 9, 30), kind=Case.Kind.APPEAL)
    officer = browse("finance.officer")
    judge = reverse("foi:appeal", args=[case.pk])
    assert "测试小学" in officer.get(judge).content.decode()
    assert officer.post(judge, {"which": "name", "item_named": ""}).status_code == 422
    school = Institution.objects.get().pk
    officer.post(judge, {"which": "name", "institution": school, "item_named": "收费没公开"})
    leader = browse("finance.leader")
    assert "教育部门规定" in leader.get(judge).content.decode()
    assert leader.post(judge, {"which": "judge", "verdict": "not_met"}).status_code == 422
    typed = {
        "which": "judge",
        "verdict": "not_met",
        "duty": InstitutionDuty.objects.get().pk,
        "findings": "没有公示",
    }
    leader.post(judge, typed | {"order": "补公示", "order_due_on": "2099-10-30"})
    assert Appeal.objects.unscoped("test").get().verdict == "not_met"


@pytest.mark.feature("D09")
def test_every_number_opens_exactly_its_cases(world: Any, browse: Any) -> None:
    answered(world)
    opened(world, received=date(2026, 10, 9))
    client = browse("finance.reviewer")
    shown = client.get(reverse("foi:tables") + "?year=2026").content.decode()
    assert "不一致的地方" not in shown
    for row, count in (("new", 2), ("r3_5", 1), ("r7", 1), ("carry_out", 1)):
        cell = client.get(reverse("foi:cell") + f"?year=2026&row={row}&column=natural").content.decode()
        assert f"共 {count} 件" in cell, row
    assert client.get(reverse("foi:cell") + "?year=2026&row=x&column=natural").status_code == 302
    unit = world.units["finance"].pk
    client.post(reverse("foi:tables"), {"year": "2026", "unit": unit, "explained": ""})
    handed = AnnualTables.objects.unscoped("test").get()
    assert handed.rows["new"] == [2, 0, 0, 0, 0, 0, 2]
    office = browse("office.head")
    office.post(reverse("foi:tables-back", args=[handed.pk]), {"reason": "漏登一件"})
    assert not AnnualTables.objects.unscoped("test").exists()


@pytest.mark.feature("D10")
def test_staff_puts_a_paper_into_the_file_and_sends_it_along(world: Any, browse: Any) -> None:
    from gongkai.foi.actions import engine
    from gongkai.foi.models import Paper

    case = opened(world)
    engine.advance(engine.locked(case), "sign_for", by=world.actor("finance.officer"), now=world.now)
    client = browse("finance.officer")
    page = reverse("foi:paper-new", args=[case.pk])
    assert client.post(page, {"kind": "source"}).status_code == 422
    file = io.BytesIO("拟公开的内容。".encode())
    file.name = "内容.txt"
    client.post(page, {"kind": "source", "file": file, "with_answer": "on"})
    paper = Paper.objects.unscoped("test").get(kind="source")
    assert paper.with_answer and paper.title == "内容.txt"
    client.post(reverse("foi:paper-along", args=[paper.pk]), {"along": "0"})
    paper.refresh_from_db()
    assert not paper.with_answer
    shown = client.get(reverse("foi:case", args=[case.pk])).content.decode()
    assert "随答复提供" in shown and "卷宗和归档" in shown
    assert browse("civil.officer").get(page).status_code in (403, 404)


@pytest.mark.feature("D14")
def test_each_number_says_its_column_where_a_phone_shows_no_heads(world: Any, browse: Any) -> None:
    page = browse("office.head").get(reverse("foi:tables")).content.decode()
    assert page.count('data-l="法律服务机构"') == 25 and page.count('data-l="尚未审结"') == 3


@pytest.mark.feature("D14", "D11", "D16")
@pytest.mark.parametrize("number", ["²", "①", "-1", "9" * 30, "1e3", "<b>"])
def test_addresses_with_numbers_that_are_none_do_no_harm(world: Any, browse: Any, number: str) -> None:
    case = answered(world)
    client = browse("finance.officer")
    for page, name in (
        (reverse("foi:tables"), "year"),
        (reverse("foi:list"), "unit"),
        (reverse("foi:register"), "year"),
        (reverse("foi:letter_new", args=[case.pk, "receipt"]), "consultation"),
        (reverse("foi:topics"), "year"),
    ):
        assert client.get(page, {name: number, "quarter": "1"}).status_code in (200, 302, 404), page
    done = client.post(reverse("foi:do", args=[case.pk, "opinion_arrives"]), {"row": number})
    assert done.status_code in (302, 404, 422)
