"""X14: the leader signs with a passkey on the phone, or on paper that another person files."""

from __future__ import annotations

import time
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gongkai.documents import actions as documents
from gongkai.documents import states as life
from gongkai.files.models import StoredFile
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger.tests.test_views import browse  # noqa: F401 -- the fixture
from gongkai.review import actions, queries, states
from gongkai.review.models import ReviewStep, SignedSheet
from gongkai.review.rules.signing import sheet_code, text_digest
from gongkai.review.tests.samples import CLOSED, approve, before_signer, codes, secrecy, submitted
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X14")]


def photograph(name: str = "IMG_2031.jpg") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 60), "white").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def prove(client: Any, person: Any, kind: str, *, ago: int = 0) -> None:
    """As the login library notes it after a passkey or a code."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": kind, "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def a_file(world: Any, state: str = "clean") -> StoredFile:
    count = StoredFile.objects.count()
    return StoredFile.objects.create(
        key=f"sheet{count}", name="发文单.jpg", size=1, digest="0" * 64, kind="jpg", state=state,
        unit=world.units["finance"], uploaded_by=world.people["finance.officer2"], at=world.now,
    )  # fmt: skip


def on_paper(world: Any, document: Any, **more: Any) -> Any:
    given = {
        "by": world.actor("finance.officer2"),
        "now": world.now,
        "file": more.pop("file", None) or a_file(world),
        "signer": world.people["finance.leader"],
        "signed_on": world.today,
        "code": queries.sheet_to_print(document).code,
    }
    return actions.record_sheet(document=document, **(given | more))


def test_the_final_step_asks_for_a_fresh_second_factor_and_keeps_the_opinion(
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    document = before_signer(world)
    client, page = browse("finance.leader"), f"/workbench/review/{document.pk}/"
    answer = client.post(page, {"decision": "approve", "opinion": "同意，尽快发布"})
    assert answer.status_code == 302 and answer.url.startswith("/account/2fa/reauthenticate/?next=")
    assert queries.step_due(document) == "final"
    shown = client.get(page).content.decode()
    assert "同意，尽快发布" in shown and "签发时要确认是您本人" in shown
    prove(client, world.people["finance.leader"], "webauthn", ago=400)
    assert client.post(page, {"decision": "approve"}).url.startswith("/account/2fa/")
    prove(client, world.people["finance.leader"], "webauthn")
    assert "刚才已确认是您本人" in client.get(page).content.decode()
    assert client.post(page, {"decision": "approve", "opinion": "同意"}).url == "/workbench/review/"
    document.refresh_from_db()
    assert document.state == life.APPROVED
    step = ReviewStep.objects.get(step="final")
    assert (step.signature, step.by) == (states.PASSKEY, world.people["finance.leader"])
    row = TrailRow.objects.filter(verb="review.approve").latest("seq")
    assert (row.actor_name, row.facts["signature"]) == (world.people["finance.leader"].name, "passkey")
    assert "通行密钥确认本人" in client.get(page).content.decode()


def test_returning_and_earlier_steps_ask_for_no_proof(world: Any, browse: Any) -> None:  # noqa: F811
    document = submitted(world)
    client, page = browse("finance.officer2"), f"/workbench/review/{document.pk}/"
    assert client.post(page, {"decision": "approve"}).url == "/workbench/review/"
    secrecy(world, document)
    approve(world, document, "finance.reviewer")
    client = browse("finance.leader")
    assert client.post(page, {"decision": "return", "opinion": "请补充地址"}).url == "/workbench/review/"


def test_the_sheet_is_printed_photographed_and_filed_and_both_are_named(
    world: Any,
    browse: Any,  # noqa: F811
) -> None:
    document = before_signer(world)
    code = queries.sheet_to_print(document).code
    client = browse("finance.officer2")
    printed = client.get(f"/workbench/review/{document.pk}/sheet/").content.decode()
    assert code in printed and "<svg" in printed and world.people["finance.reviewer"].name in printed
    address = f"/workbench/review/{document.pk}/sheet/record/"
    leader = world.people["finance.leader"]
    given = {"signer": leader.pk, "signed_on": str(clock.today()), "code": "FW0-0-0", "opinion": "发"}
    wrong = client.post(address, given | {"file": photograph()})
    assert wrong.status_code == 422 and f"应为 {code}" in wrong.content.decode()
    assert not SignedSheet.objects.unscoped("test").exists() and not StoredFile.objects.exists()
    done = client.post(address, given | {"code": code.lower(), "file": photograph()})
    assert done.status_code == 302, done.content.decode()
    document.refresh_from_db()
    assert document.state == life.APPROVED
    sheet = SignedSheet.objects.unscoped("test").get()
    assert (sheet.signer, sheet.by, sheet.file.name) == (
        leader, world.people["finance.officer2"], f"发文单{document.pk}-1.jpg",
    )  # fmt: skip
    row = TrailRow.objects.latest("seq")
    assert (row.verb, row.actor_name) == ("review.record_sheet", sheet.by.name)
    assert (row.facts["signer_name"], row.facts["sheet"], row.facts["file"]) == (
        leader.name, code, sheet.file.digest,
    )  # fmt: skip
    shown = client.get(f"/workbench/review/{document.pk}/").content.decode()
    assert leader.name in shown and f"{sheet.by.name}登记" in shown
    photo = f"/workbench/review/sheets/{sheet.pk}/file/"
    assert client.get(photo)["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert browse("civil.officer").get(photo).status_code == 404


def test_without_the_sheet_nobody_issues_for_the_leader(world: Any) -> None:
    document = before_signer(world)
    for name in ("finance.officer2", "finance.officer", "civil.leader", "office.head"):
        with pytest.raises(Refused):
            approve(world, document, name)
    cases = {
        "sheet.own_draft": {"by": world.actor("finance.officer")},
        "wall.step": {"by": world.actor("civil.officer")},
        "sheet.future": {"signed_on": world.today + timedelta(days=1)},
        "sheet.before": {"signed_on": world.today - timedelta(days=1)},
        "sheet.code": {"code": "FW1-1-00000000"},
        "sheet.signer": {"signer": world.people["civil.leader"]},
        "sheet.file": {"file": a_file(world, state="quarantine")},
    }
    for code, more in cases.items():
        with pytest.raises(Refused) as refused:
            on_paper(world, document, **more)
        assert code in codes(refused), code
    with pytest.raises(Refused) as refused:
        on_paper(world, document, signer=world.people["finance.reviewer"])
    assert "sheet.signer" in codes(refused)
    document.refresh_from_db()
    assert document.state == life.SUBMITTED


def test_a_sheet_of_another_text_or_round_signs_nothing(world: Any) -> None:
    document = before_signer(world)
    old = queries.sheet_to_print(document).code
    by = world.actor("finance.officer")
    documents.take_back(document=document, by=by, now=world.now)
    documents.change(document=document, by=by, now=world.now, fields={"body": "<p>改过的文稿。</p>"})
    documents.submit(document=document, by=by, now=world.now)
    secrecy(world, document)
    for name in ("finance.officer2", "finance.reviewer"):
        document = approve(world, document, name)
    with pytest.raises(Refused) as refused:
        on_paper(world, document, code=old)
    assert codes(refused) == {"sheet.code"}


def test_not_before_its_turn_and_not_in_a_unit_of_two(world: Any) -> None:
    document = submitted(world, **CLOSED)
    (refusal,) = actions.why_not_record_sheet(
        document=document, by=world.actor("finance.officer2"), today=world.today
    )
    assert refusal.code == "sheet.not_due" and "初审" in refusal.text
    small = submitted(world, "tiny")
    secrecy(world, small, "tiny.leader")
    small = approve(world, small, "tiny.leader")
    (refusal,) = actions.why_not_record_sheet(
        document=small, by=world.actor("tiny.officer"), today=world.today
    )
    assert refusal.code == "sheet.small_unit"


def test_the_number_of_a_sheet_names_round_and_text() -> None:
    digest = text_digest("甲", "", "乙", "主动公开", ["1"])
    assert digest != text_digest("甲", "", "乙", "主动公开", ["2"])
    assert sheet_code(document=1, round_=1, digest=digest) != sheet_code(document=1, round_=2, digest=digest)
