"""The applicant's pages: four steps, receipt, progress. Nothing typed is lost, nothing strange runs, codes are silent."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import set_script_prefix
from PIL import Image

from gongkai.files.guard import TEST_MARK
from gongkai.files.models import StoredFile
from gongkai.foi import tasks
from gongkai.foi.actions.drafts import drop_old_drafts
from gongkai.foi.models import ApplicationDraft, Case, Deflection, Paper, WrongCodes
from gongkai.foi.queries import already
from gongkai.foi.tests.cases import CARD
from gongkai.foi.views.apply.frame import CASE_COOKIE, DRAFT_COOKIE
from gongkai.kernel import clock

pytestmark = pytest.mark.django_db
WHAT = {"content": "2025年道路改造工程的中标结果", "title": "", "docnumber": ""}
HOW = {"delivery_wanted": "online", "form_wanted": "electronic"}
WHO = {
    "kind": "person",
    "name": "王小明",
    "document": "id_card",
    "document_number": CARD,
    "phone": "13800001234",
}
STRANGE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


@pytest.fixture
def visitor(world: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setattr(clock, "now", lambda: world.now)
    return Client()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Any:
    """One public record that fits whatever is typed."""
    hit = already.Public("publication:1", "/doc/1.html", "道路改造中标公告", (), (), "区财政局", "有效", None)
    found = lambda text, *, today, without=(): () if hit.key in without else (hit,)  # noqa: E731
    monkeypatch.setattr("gongkai.foi.views.apply.steps.already_public", found)
    return hit


def begin(visitor: Client, *, kind: str = "request", unit: str = "finance") -> None:
    assert visitor.post("/apply/new/", {"unit": unit, "kind": kind}).status_code == 302


def apply(
    visitor: Client, *, who: dict[str, str] | None = None, what: Any = None, kind: str = "request"
) -> Any:
    begin(visitor, kind=kind)
    assert visitor.post("/apply/new/what/", what or WHAT).status_code == 302
    assert visitor.post("/apply/new/how/", HOW).status_code == 302
    return visitor.post("/apply/new/who/", who or WHO)


def code_on(page: Any) -> str:
    found = re.search(r'class="code"><strong>([A-Z0-9-]+)<', page.content.decode())
    assert found
    return found[1]


def picture() -> SimpleUploadedFile:
    body = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(body, "JPEG")
    return SimpleUploadedFile("王小明身份证.jpg", body.getvalue())


@pytest.mark.feature("D01")
@pytest.mark.feature("D03")
def test_four_steps_make_a_case_and_a_receipt(visitor: Client) -> None:
    answer = apply(visitor)
    assert (answer.status_code, answer["Location"]) == (302, "/apply/receipt/")
    case = Case.objects.unscoped("test").get()
    page = visitor.get("/apply/receipt/")
    text = page.content.decode()
    assert case.number in text and "确认收到后起算" in text and CARD not in text
    assert len(code_on(page).replace("-", "")) == 20
    assert (case.title, case.purpose) == ("2025年道路改造工程的中标结果", "")
    draft = ApplicationDraft.objects.get()
    assert draft.sealed == "" and draft.case_id == case.pk


@pytest.mark.feature("D03")
def test_the_receipt_goes_when_it_was_noted_and_by_itself(
    visitor: Client, world: Any, monkeypatch: Any
) -> None:
    apply(visitor)
    assert visitor.get("/apply/receipt/").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: world.now + timedelta(minutes=31))
    assert visitor.get("/apply/receipt/").status_code == 302
    monkeypatch.setattr(clock, "now", lambda: world.now)
    visitor.post("/apply/receipt/")
    assert visitor.get("/apply/receipt/").status_code == 302 and not ApplicationDraft.objects.exists()


@pytest.mark.feature("D01")
def test_pressing_again_makes_no_second_case(visitor: Client) -> None:
    apply(visitor)
    for _ in range(3):
        assert visitor.post("/apply/new/who/", WHO)["Location"] == "/apply/receipt/"
    assert Case.objects.unscoped("test").count() == 1


@pytest.mark.feature("D01")
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("document_number", "110105194912310021", "校验位"),
        ("document_number", "1101051949123100", "18 位"),
        ("phone", "12345", "电话号码没有读懂"),
        ("name", "", "请填写姓名"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    visitor: Client, field: str, typed: str, said: str
) -> None:
    answer = apply(visitor, who=WHO | {field: typed})
    text = answer.content.decode()
    assert answer.status_code == 422 and said in text
    for other in ("王小明", "13800001234", CARD):
        assert other in text or other == WHO[field]
    assert typed in text and not Case.objects.unscoped("test").exists()
    assert "王小明" in visitor.get("/apply/new/who/").content.decode() or field == "name"


@pytest.mark.feature("D01")
@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({"kind": "business", "document": "id_card"}, "统一社会信用代码"),
        ({"kind": "person", "document": "uscc", "document_number": "91350100M000100Y43"}, "自然人"),
        ({"kind": "business", "document": "uscc", "document_number": "91350100M000100Y44"}, "校验位"),
        ({"agent_document": CARD}, "代理人姓名"),
    ],
)
def test_kind_and_document_have_to_fit(visitor: Client, who: dict[str, str], said: str) -> None:
    answer = apply(visitor, who=WHO | who)
    assert answer.status_code == 422 and said in answer.content.decode()


@pytest.mark.parametrize("kind", ["business", "research", "welfare", "legal", "other"])
def test_organisations_of_the_five_kinds_can_apply(visitor: Client, kind: str) -> None:
    who = {"kind": kind, "document": "uscc", "document_number": "91350100M000100Y43", "name": "某公司"}
    assert apply(visitor, who=WHO | who).status_code == 302
    assert Case.objects.unscoped("test").get().applicant.kind == kind


@pytest.mark.feature("D01")
@pytest.mark.law("条例30")
def test_an_agent_without_authorisation_is_told_what_is_missing(visitor: Client) -> None:
    apply(visitor, who=WHO | {"agent_name": "李代理"})
    assert "还缺授权委托书" in visitor.get("/apply/receipt/").content.decode()


@pytest.mark.feature("D01")
def test_pictures_come_with_the_request_under_a_name_without_a_person(visitor: Client) -> None:
    who = WHO | {"agent_name": "李代理", "identity_file": picture(), "authorisation_file": picture()}
    apply(visitor, who=who)
    papers = list(Paper.objects.unscoped("test").select_related("file"))
    assert {(row.kind, row.title, row.file.state) for row in papers} == {
        ("identity", "身份证明.jpg", "clean"),
        ("authorisation", "授权委托书.jpg", "clean"),
    }
    assert papers[0].case.applicant.agent_authorised
    assert "还缺" not in visitor.get("/apply/receipt/").content.decode()


def test_a_file_stays_though_another_field_was_wrong_and_can_be_taken_out(visitor: Client) -> None:
    apply(visitor, who=WHO | {"phone": "", "identity_file": picture()})
    assert "王小明身份证.jpg" in visitor.get("/apply/new/who/").content.decode()
    visitor.post("/apply/new/who/", WHO | {"remove": str(StoredFile.objects.get().pk)})
    assert not StoredFile.objects.exists() and not Case.objects.unscoped("test").exists()


@pytest.mark.feature("D01")
@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (SimpleUploadedFile("a.pdf", b"%PDF-1.4 " + TEST_MARK), "病毒"),
        (SimpleUploadedFile("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40), "兼容性最佳"),
        (SimpleUploadedFile("a.exe", b"MZ\x90\0" + b"\0" * 90), "程序"),
        (SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 2_200_000), "超过 2 MB"),
    ],
)
def test_bad_files_are_refused_and_the_rest_stays(
    visitor: Client, settings: Any, upload: SimpleUploadedFile, said: str
) -> None:
    settings.MAX_UPLOAD_MB = 2
    answer = apply(visitor, who=WHO | {"identity_file": upload})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert "王小明" in answer.content.decode()
    assert not StoredFile.objects.exists() and not Case.objects.unscoped("test").exists()


@pytest.mark.feature("D01")
def test_script_in_every_field_is_words(visitor: Client) -> None:
    begin(visitor)
    what = dict.fromkeys(WHAT, STRANGE)
    how = HOW | {"delivery_wanted": "post", "address": STRANGE, "help_needed": STRANGE}
    who = WHO | {"name": STRANGE, "contact_person": STRANGE[:58], "agent_name": STRANGE[:58]}
    pages = [visitor.post("/apply/new/", {"about": STRANGE, "find": "1"})]
    visitor.post("/apply/new/what/", what)
    pages.append(visitor.get("/apply/new/what/"))
    visitor.post("/apply/new/how/", how)
    pages += [visitor.get("/apply/new/how/"), visitor.post("/apply/new/who/", who | {"phone": STRANGE})]
    visitor.post("/apply/new/who/", who)
    page = visitor.get("/apply/receipt/")
    visitor.post("/apply/progress/", {"code": code_on(page)})
    pages += [page, visitor.get("/apply/progress/"), visitor.post("/apply/progress/", {"code": STRANGE})]
    visitor.post("/apply/progress/contact/", {"contact-phone": STRANGE})
    for page in pages:
        text = page.content.decode()
        assert (
            "<script>alert" not in text
            and "<img src=x" not in text
            and "49" not in text.split("{{7*7}}")[0][-9:]
        )
    assert Case.objects.unscoped("test").get().applicant.name == STRANGE


@pytest.mark.law("条例41")
def test_a_correction_of_a_record_needs_words_and_papers_of_evidence(visitor: Client) -> None:
    begin(visitor, kind="record")
    words = {
        "record": "社保缴费记录",
        "stands": "2020年未缴",
        "should": "2020年已缴",
        "evidence": "缴费凭证一份",
    }
    answer = visitor.post("/apply/new/what/", words | {"evidence": ""})
    assert answer.status_code == 422 and "请写明能证明" in answer.content.decode()
    answer = visitor.post("/apply/new/what/", words)
    assert answer.status_code == 422 and "请至少上传一份" in answer.content.decode()
    assert visitor.post("/apply/new/what/", words | {"materials": picture()}).status_code == 302
    visitor.post("/apply/new/how/", HOW)
    visitor.post("/apply/new/who/", WHO)
    case = Case.objects.unscoped("test").get()
    assert case.kind == "record" and "【有什么证据】\n缴费凭证一份" in case.content
    assert Paper.objects.unscoped("test").get().kind == "application"


@pytest.mark.feature("D18")
@pytest.mark.law("条例55")
def test_an_appeal_names_the_institution(visitor: Client) -> None:
    what = {"institution": "滨海区第一小学", "sector": "education", "item": "收费项目和标准", "tried": ""}
    assert apply(visitor, what=what, kind="appeal").status_code == 302
    case = Case.objects.unscoped("test").get()
    assert case.kind == "appeal" and "滨海区第一小学（教育）" in case.content


@pytest.mark.feature("D02")
def test_suggestions_are_counted_once_and_choosing_one_ends_without_a_case(
    visitor: Client, shown: Any
) -> None:
    begin(visitor)
    for _ in range(3):
        assert "就是它" in visitor.post("/apply/new/already/", WHAT).content.decode()
    answer = visitor.post("/apply/new/what/", WHAT | {"found": shown.key})
    assert answer["Location"] == "/doc/1.html" and visitor.cookies[DRAFT_COOKIE].value == ""
    row = Deflection.objects.get()
    assert (row.month, row.shown, row.clicked, row.submitted) == (date(2026, 10, 1), 1, 1, 0)
    assert not Case.objects.unscoped("test").exists() and not ApplicationDraft.objects.exists()


@pytest.mark.feature("D02")
def test_asking_anyway_is_counted_and_what_is_not_it_goes(visitor: Client, shown: Any) -> None:
    begin(visitor)
    answer = visitor.post("/apply/new/what/", WHAT | {"look": "1"})
    assert answer.status_code == 200 and shown.title in answer.content.decode()
    answer = visitor.post("/apply/new/what/", WHAT | {"not_it": shown.key})
    assert shown.title not in answer.content.decode() and WHAT["content"] in answer.content.decode()
    visitor.post("/apply/new/what/", WHAT)
    visitor.post("/apply/new/how/", HOW)
    for _ in range(2):
        visitor.post("/apply/new/who/", WHO)
    row = Deflection.objects.get()
    assert (row.shown, row.clicked, row.submitted) == (1, 0, 1)


def test_only_what_was_shown_can_be_opened(visitor: Client, shown: Any) -> None:
    begin(visitor)
    answer = visitor.post("/apply/new/what/", WHAT | {"found": "https://evil.example/"})
    assert answer["Location"] == "/apply/new/what/" and not Deflection.objects.filter(clicked__gt=0).exists()


def test_steps_cannot_be_skipped(visitor: Client) -> None:
    for path in ("what", "how", "who"):
        assert visitor.get(f"/apply/new/{path}/")["Location"] == "/apply/new/"
    begin(visitor)
    assert visitor.get("/apply/new/how/")["Location"] == "/apply/new/what/"
    assert visitor.post("/apply/new/who/", WHO)["Location"] == "/apply/new/what/"
    assert visitor.post("/apply/new/", {"unit": "nobody"}).status_code == 422


@pytest.mark.parametrize("path", ["new/", "progress/", "receipt/", "new/what/"])
def test_nothing_is_kept_on_the_way(visitor: Client, path: str) -> None:
    answer = visitor.get(f"/apply/{path}")
    assert answer["Cache-Control"] == "no-store" and "noindex" in answer["X-Robots-Tag"]
    assert "gk_session" not in answer.cookies


def test_drafts_are_sealed_and_go_after_a_day_with_their_files(visitor: Client, world: Any) -> None:
    apply(visitor, who=WHO | {"phone": "", "identity_file": picture()})
    draft = ApplicationDraft.objects.get()
    assert "王小明" not in draft.sealed and visitor.cookies[DRAFT_COOKIE].value != draft.key
    assert drop_old_drafts(now=world.now + timedelta(hours=23)) == 0
    tasks.minute(world.now + timedelta(hours=25))
    assert not ApplicationDraft.objects.exists() and not StoredFile.objects.exists()


def test_leaving_wipes_the_draft(visitor: Client) -> None:
    begin(visitor)
    visitor.post("/apply/new/leave/")
    assert not ApplicationDraft.objects.exists() and visitor.cookies[DRAFT_COOKIE].value == ""


# -- the code -------------------------------------------------------------------------------------------


@pytest.mark.feature("D03")
def test_the_code_opens_the_progress_and_a_wrong_one_says_nothing(visitor: Client) -> None:
    apply(visitor)
    code = code_on(visitor.get("/apply/receipt/"))
    stranger = Client()
    answers = [
        stranger.post("/apply/progress/", {"code": wrong})
        for wrong in ("3333-3333-3333-3333-3333", code[:-1] + ("3" if code[-1] != "3" else "4"), "not a code")
    ]
    pages = {re.sub(r'value="[^"]*"', "", one.content.decode()) for one in answers}
    assert {one.status_code for one in answers} == {422} and len(pages) == 1
    assert CASE_COOKIE not in stranger.cookies
    assert stranger.post("/apply/progress/", {"code": code.lower()}).status_code == 302
    text = stranger.get("/apply/progress/").content.decode()
    assert "已经提交，等待确认" in text and "王小明" not in text and CARD not in text
    stranger.post("/apply/progress/leave/")
    assert "查询码" in stranger.get("/apply/progress/").content.decode()


@pytest.mark.feature("D03")
def test_guessing_has_to_wait_and_waiting_tells_nothing(
    visitor: Client, world: Any, monkeypatch: Any
) -> None:
    apply(visitor)
    code = code_on(visitor.get("/apply/receipt/"))
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    seen = [guesser.post("/apply/progress/", {"code": "3333-" * 5}).status_code for _ in range(12)]
    assert seen[0] == 422 and seen[-1] == 429
    right, wrong = (guesser.post("/apply/progress/", {"code": one}) for one in (code, "4444-" * 5))
    assert right.status_code == wrong.status_code == 429 and right["Retry-After"] == wrong["Retry-After"]
    assert CASE_COOKIE not in guesser.cookies
    assert visitor.post("/apply/progress/", {"code": code}).status_code == 302  # others are not kept out
    monkeypatch.setattr(clock, "now", lambda: world.now + timedelta(hours=2))
    assert guesser.post("/apply/progress/", {"code": code}).status_code == 302
    assert "203.0.113" not in str(list(WrongCodes.objects.values()))


def test_a_million_guesses_from_one_place_are_hopeless() -> None:
    """The wait doubles to an hour: ten years of guessing are fewer tries than one in 10**20 codes needs."""
    from gongkai.foi.queries.codes import GUESSES
    from gongkai.foi.rules.identity import CODE_LENGTH, CODE_SIGNS
    from gongkai.orgs.rules.delay import wait_after

    assert len(CODE_SIGNS) ** CODE_LENGTH >= 2**80
    total = sum((wait_after(done, GUESSES) for done in range(1, 1000)), timedelta())
    assert total > timedelta(days=30) and wait_after(10**6, GUESSES) == timedelta(hours=1)


def test_a_forged_or_old_cookie_opens_nothing(visitor: Client) -> None:
    apply(visitor)
    case = Case.objects.unscoped("test").get()
    for value in ("", "x", f"{case.pk}:{case.code_digest}"):
        visitor.cookies[CASE_COOKIE] = value
        assert "回执上" in visitor.get("/apply/progress/").content.decode()
        assert visitor.post("/apply/progress/withdraw/", {"reason": ""})["Location"] == "/apply/progress/"
    case.refresh_from_db()
    assert case.state == "arrived"


@pytest.mark.feature("D01")
def test_forms_are_safe_from_other_sites(world: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    for path in ("new/", "new/who/", "progress/", "progress/withdraw/", "new/already/"):
        assert strict.post(f"/apply/{path}", {"unit": "finance"}).status_code == 403


def test_pages_in_large_type_lead_back_into_large_type(visitor: Client, shown: Any) -> None:
    set_script_prefix("/large/")
    try:
        answer = visitor.post("/apply/new/", {"unit": "finance"}, SCRIPT_NAME="/large")
        assert answer["Location"] == "/large/apply/new/what/"
        answer = visitor.post("/apply/new/what/", WHAT | {"found": shown.key}, SCRIPT_NAME="/large")
        assert answer["Location"] == "/large/doc/1.html"
        assert visitor.post("/apply/new/leave/", SCRIPT_NAME="/large")["Location"] == "/large/apply/"
    finally:
        set_script_prefix("/")
