"""Pages of results, letters, answers and templates, for clerks and for the applicant."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from gongkai.foi import states
from gongkai.foi.actions import answer_service, letters
from gongkai.foi.models import Case, CaseEvent, Letter, LetterTemplate, Paper, RemedyPlaces
from gongkai.foi.queries import results
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.foi.rules.letters import letter_kinds
from gongkai.foi.tests.cases import in_hand
from gongkai.foi.tests.letter_facts import facts_for
from gongkai.foi.tests.test_answers import disposed, signed
from gongkai.foi.tests.test_letter_papers import GOOD, template

CHANNEL = "https://xzfy.example.gov.cn"
ROAD = {
    "standing": "going",
    "nature": "information",
    "clear": "yes",
    "repeated": "no",
    "special": "no",
    "whose": "ours",
    "exists": "make",
}


@pytest.fixture(autouse=True)
def store(tmp_path: Any, settings: Any) -> Any:
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def as_person(client: Client, world: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A browser in which this person is logged in, on the day of the world."""
    from gongkai.kernel import clock
    from gongkai.orgs.accounts import PROVEN

    monkeypatch.setattr(clock, "now", lambda: world.now)

    def log_in(name: str) -> Client:
        client.force_login(world.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[PROVEN] = str(world.people[name].pk)
        session.save()
        return client

    return log_in


def text(answer: Any) -> str:
    return answer.content.decode()


@pytest.mark.feature("D09")
def test_questions_lead_to_one_result_and_its_letter(world: Any, as_person: Any) -> None:
    case, browser = in_hand(world), as_person("finance.officer")
    address, given = reverse("foi:result", args=[case.pk]), {}
    for key, choice in ROAD.items():
        page = browser.get(address, given)
        assert page.status_code == 200 and f'name="{key}"' in text(page)
        given[key] = choice
    page = text(browser.get(address, given))
    assert "结果：没有现成信息，需要另行制作" in page and "需要加工、分析" in page
    assert "行政复议或者起诉，任选" in page
    facts = facts_for(results.letter_of(case, "r4_2"))
    answer = browser.post(address, given | facts)
    assert answer.status_code == 302 and answer["Location"] == reverse("foi:answer", args=[case.pk])
    case.refresh_from_db()
    assert (case.disposition, case.disposition_facts["path"]) == ("r4_2", ROAD)
    assert facts["would_need"] in text(browser.get(answer["Location"]))


def test_an_answer_that_no_question_offers_begins_anew(world: Any, as_person: Any) -> None:
    case, browser = in_hand(world), as_person("finance.officer")
    page = browser.get(reverse("foi:result", args=[case.pk]), {"standing": "gone"}, follow=True)
    assert "没有“gone”这个选项" in text(page)


def test_a_question_answered_anew_drops_what_came_after(world: Any, as_person: Any) -> None:
    case, browser = in_hand(world), as_person("finance.officer")
    page = browser.get(reverse("foi:result", args=[case.pk]), ROAD | {"standing": "uncorrected"})
    assert "逾期不补正，不再处理" in text(page) and "补正期限还没有届满" in text(page)
    assert 'name="exists"' not in text(page)


def test_a_refused_result_keeps_what_was_typed(world: Any, as_person: Any) -> None:
    case, browser = in_hand(world), as_person("finance.officer")
    given = ROAD | {"exists": "absent", "why_absent": "没有制作过这份文件"}
    page = browser.post(reverse("foi:result", args=[case.pk]), given)
    assert page.status_code == 422
    assert "没有制作过这份文件" in text(page) and "还没有完整的检索记录" in text(page)
    case.refresh_from_db()
    assert case.disposition == ""


def test_records_and_appeals_choose_from_their_own_list(world: Any, as_person: Any) -> None:
    case, browser = in_hand(world, asked={"kind": "record"}), as_person("finance.officer")
    address = reverse("foi:result", args=[case.pk])
    assert "不予更正政府信息决定书" in text(browser.get(address))
    kind = letter_kinds()["record_refused"]
    browser.post(address, {"result": "record_refused"} | facts_for(kind))
    case.refresh_from_db()
    assert case.disposition == "record_refused"
    assert "更正政府信息申请" in str(results.answer_of(case).text)


@pytest.mark.feature("D09")
def test_the_answer_goes_through_its_page(world: Any, as_person: Any) -> None:
    case = disposed(world)

    def do(name: str, verb: str, **data: str) -> Any:
        browser = as_person(name)
        return browser.post(reverse("foi:answer_do", args=[case.pk, verb]), data)

    def state() -> str:
        case.refresh_from_db()
        return str(case.state)

    assert do("finance.officer", "draft_answer").status_code == 302 and state() == states.DRAFTED
    refused = do("finance.reviewer", "return_draft", note=" ")
    assert refused.status_code == 422 and "没有写退回的理由" in text(refused)
    do("finance.reviewer", "return_draft", note="请写清数据来源")
    assert state() == states.IN_HAND
    do("finance.officer", "draft_answer")
    do("finance.reviewer", "review", note="同意")
    assert state() == states.REVIEWED
    do("finance.leader", "sign")
    assert state() == states.SIGNED
    bad = do("finance.officer", "dispatch", way="post", on="2026-10-14", carrier="某某快递", tracking="123")
    assert bad.status_code == 422 and "某某快递" in text(bad) and "邮政企业" in text(bad)
    do("finance.officer", "dispatch", way="hand", on="2026-10-14", received_by="王某")
    assert state() == states.ANSWERED
    page = text(as_person("finance.reviewer").get(reverse("foi:answer", args=[case.pk])))
    assert "财政公复〔2026〕1号" in page and "重新答复" in page


def test_gaps_are_listed_and_words_are_edited_on_the_page(world: Any, as_person: Any) -> None:
    case, browser = in_hand(world), as_person("finance.officer")
    address = reverse("foi:result", args=[case.pk])
    browser.post(address, ROAD)
    page = text(browser.get(reverse("foi:answer", args=[case.pk])))
    assert "还没有填写“要提供需要做哪些加工”" in page and "还不能。" in page
    facts = {f"fact-{key}": worth for key, worth in facts_for(results.letter_of(case, "r4_2")).items()}
    letter = results.answer_of(case)
    texts = {row["key"]: row["text"] for row in letter.text}
    browser.post(reverse("foi:answer", args=[case.pk]), facts | texts | {"extra": "另附说明一份。"})
    page = text(browser.get(reverse("foi:answer", args=[case.pk])))
    assert "还没有填写" not in page and "另附说明一份。" in page


@pytest.mark.feature("D06")
def test_a_notice_is_drafted_signed_and_sent_on_its_page(world: Any, as_person: Any) -> None:
    case = in_hand(world)
    browser = as_person("finance.officer")
    address = reverse("foi:letter_new", args=[case.pk, "correction_notice"])
    opened = text(browser.get(address))
    assert 'value="2026-11-04"' in opened, "fifteen working days from 2026-10-14"
    answer = browser.post(
        address, {"unclear": "没有写年份", "guidance": "请写年份", "period_ends": "2026-11-04"}
    )
    letter = Letter._base_manager.get(case=case)
    assert answer["Location"] == reverse("foi:letter", args=[letter.pk])
    page = text(browser.get(answer["Location"]))
    assert "2026年11月4日" in page and "由工作机构负责人签发" in page
    refused = browser.post(reverse("foi:letter_do", args=[letter.pk, "sign"]))
    assert refused.status_code == 422 and "由本单位的工作机构负责人" in text(refused)
    as_person("finance.reviewer").post(reverse("foi:letter_do", args=[letter.pk, "sign"]))
    as_person("finance.officer").post(
        reverse("foi:letter_do", args=[letter.pk, "dispatch"]),
        {"way": "hand", "on": "2026-10-14", "received_by": "王某"},
    )
    case.refresh_from_db()
    assert case.state == states.CORRECTION
    assert "补正告知书" in text(browser.get(reverse("foi:case", args=[case.pk])))


@pytest.mark.parametrize("kind", letter_kinds().values(), ids=lambda kind: kind.key)
def test_every_letter_that_is_no_answer_has_its_form(world: Any, as_person: Any, kind: Any) -> None:
    case, browser = in_hand(world), as_person("finance.officer")
    page = browser.get(reverse("foi:letter_new", args=[case.pk, kind.key]))
    assert page.status_code == 200
    assert ("先确定办理结果" in text(page)) == kind.is_answer
    assert browser.get(reverse("foi:template", args=[kind.key])).status_code == 200


def test_letters_are_downloaded_and_printed(world: Any, as_person: Any) -> None:
    case, browser = signed(world), as_person("finance.officer")
    letter = results.answer_of(case)
    answer = browser.get(reverse("foi:letter_docx", args=[letter.pk]))
    paper = Document(io.BytesIO(b"".join(answer.streaming_content)))
    assert letter.number in "".join(line.text for line in paper.paragraphs)
    letter.refresh_from_db()
    assert letter.file is not None
    assert letter.number in text(browser.get(reverse("foi:letter_print", args=[letter.pk])))
    assert browser.get(reverse("foi:letter_kinds", args=[case.pk])).status_code == 200


def test_another_unit_finds_no_letter(world: Any, as_person: Any) -> None:
    letter = results.answer_of(signed(world))
    browser = as_person("civil.officer")
    for name in ("letter", "letter_docx", "letter_print"):
        assert browser.get(reverse(f"foi:{name}", args=[letter.pk])).status_code == 404
    assert browser.post(reverse("foi:letter_do", args=[letter.pk, "cancel"])).status_code == 404


def test_a_template_is_taken_changed_and_put_in_use(world: Any, as_person: Any) -> None:
    browser = as_person("finance.officer")
    taken = browser.get(reverse("foi:template_file", args=["receipt"]))
    content = b"".join(taken.streaming_content)
    address = reverse("foi:template", args=["receipt"])
    bad = io.BytesIO(template("{{机关}}"))
    bad.name = "改坏.docx"
    refused = browser.post(address, {"file": bad, "note": "少了东西"})
    assert refused.status_code == 422 and "模板缺少" in text(refused) and "少了东西" in text(refused)
    for good in (content, template("本单位的抬头", *GOOD)):
        file = io.BytesIO(good)
        file.name = "改好.docx"
        assert browser.post(address, {"file": file, "note": "换抬头"}).status_code == 302
    rows = LetterTemplate._base_manager.order_by("version")
    assert [row.version for row in rows] == [1, 2]
    assert "本单位第 2 版" in text(browser.get(reverse("foi:templates")))
    browser.post(reverse("foi:template_retire", args=[rows[1].pk]))
    assert "本单位第 1 版" in text(browser.get(reverse("foi:templates")))


def test_settings_and_places_have_their_pages(world: Any, as_person: Any) -> None:
    browser = as_person("finance.reviewer")
    address = reverse("foi:letter_settings")
    assert browser.post(address, {"abbreviation": "", "unread_days": "7"}).status_code == 422
    assert browser.post(address, {"abbreviation": "测财", "unread_days": "7"}).status_code == 302
    assert 'value="测财"' in text(browser.get(address))
    assert browser.get(reverse("foi:remedy_places")).status_code in (403, 404)
    office = as_person("office.head")
    office.post(reverse("foi:remedy_places"), {"online_channel": CHANNEL})
    assert RemedyPlaces.objects.get().online_channel == CHANNEL


# -- the applicant -------------------------------------------------------------------------------------


def visitor(case: Case) -> Client:
    """The applicant with the code of his receipt."""
    from django.core import signing

    from gongkai.foi.views.apply.frame import _SALT, CASE_COOKIE

    case.code_digest = "d" * 64
    case.save(update_fields=["code_digest"])
    client = Client()
    client.cookies[CASE_COOKIE] = signing.dumps([case.pk, case.code_digest], salt=_SALT)
    return client


def served_online(world: Any) -> Case:
    RemedyPlaces.objects.create(pk=1, online_channel=CHANNEL)
    case = signed(world, "r3_6")
    officer = world.actor("finance.officer")
    return answer_service.dispatch(case=case, way="electronic", on=world.today, by=officer, now=world.now)


@pytest.mark.feature("D10")
def test_an_answer_served_online_is_received_when_the_applicant_opens_it(world: Any, as_person: Any) -> None:
    case = served_online(world)
    person, letter = visitor(case), results.answer_of(case)
    address = reverse("apply:letter", args=[letter.pk])
    listed = text(person.get(reverse("apply:progress")))
    assert "政府信息不予公开决定书（过程性信息）" in listed and "还没有打开" in listed
    closed = text(person.get(address))
    assert "打开就是签收" in closed and "不予公开。" not in closed
    assert person.get(reverse("apply:letter_docx", args=[letter.pk])).status_code == 404
    opened = person.post(address, follow=True)
    assert "应当先申请行政复议" in text(opened) and CHANNEL in text(opened)
    assert opened["Cache-Control"] == "no-store"
    case.refresh_from_db()
    assert (case.state, case.served_on) == (states.ANSWERED, world.today)
    event = CaseEvent.objects.unscoped("the row of the test").get(case=case, name="deliver")
    assert event.by_name == "申请人"
    paper = person.get(reverse("apply:letter_docx", args=[letter.pk]))
    assert b"".join(paper.streaming_content)[:2] == b"PK"


def test_nobody_opens_the_letter_of_another_case(world: Any, as_person: Any) -> None:
    case = served_online(world)
    letter = results.answer_of(case)
    stranger = visitor(in_hand(world))
    for browser in (Client(), stranger):
        for name in ("letter", "letter_docx"):
            assert browser.get(reverse(f"apply:{name}", args=[letter.pk])).status_code == 404
        assert browser.post(reverse("apply:letter", args=[letter.pk])).status_code == 404
    case.refresh_from_db()
    assert case.state == states.DISPATCHED


def test_letters_inside_the_house_and_to_others_are_not_shown(world: Any, as_person: Any) -> None:
    case = in_hand(world)
    officer = world.actor("finance.officer")
    for kind in ("transfer_notice", "service_proof"):
        letter = letters.draft_letter(
            case=case,
            kind=kind,
            facts=facts_for(letter_kinds()[kind]),
            by=officer,
            now=world.now,
            addressee="某单位",
        )
        signer = world.actor("finance.reviewer" if kind == "transfer_notice" else "finance.officer")
        letter = letters.sign_letter(letter=letter, by=signer, now=world.now)
        letters.dispatch_letter(
            letter=letter, way="hand", on=world.today, by=officer, now=world.now, received_by="收件人"
        )
    assert "给您的文书" not in text(visitor(case).get(reverse("apply:progress")))


def test_papers_go_with_an_opened_answer_only(world: Any, as_person: Any) -> None:
    from gongkai.files.actions import take_in
    from gongkai.trail.chain import SYSTEM

    case = served_online(world)
    file = take_in(content=[b"PUBLIC WORDS\n"], name="明细.txt", unit=case.unit, by=SYSTEM, now=world.now)
    row = Paper._base_manager.create(
        case=case, unit=case.unit, kind="redacted", title="明细", file=file, with_answer=True, at=world.now
    )
    person, letter = visitor(case), results.answer_of(case)
    address = reverse("apply:paper", args=[row.pk])
    assert person.get(address).status_code == 404
    person.post(reverse("apply:letter", args=[letter.pk]))
    assert b"PUBLIC WORDS" in b"".join(person.get(address).streaming_content)
    assert Client().get(address).status_code == 404
    assert "附件：明细" in text(person.get(reverse("apply:letter", args=[letter.pk])))


@pytest.mark.parametrize("letters_there", [1, 30])
def test_the_case_page_asks_the_same_for_one_letter_and_thirty(
    world: Any, as_person: Any, letters_there: int, django_assert_max_num_queries: Any
) -> None:
    case, browser = in_hand(world), as_person("finance.officer")
    officer = world.actor("finance.officer")
    for _ in range(letters_there):
        letters.draft_letter(case=case, kind="receipt", facts={}, by=officer, now=world.now)
    browser.get(reverse("foi:case", args=[case.pk]))
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("foi:case", args=[case.pk]))
    assert len(re.findall("政府信息公开申请登记回执", text(page))) == letters_there


def test_every_result_has_words(world: Any) -> None:
    assert all(results.result_label(code) for code in DISPOSITIONS)


# -- the desk ------------------------------------------------------------------------------------------


def notice(world: Any, case: Case, **facts: Any) -> Letter:
    given = {"unclear": "没有写年份", "guidance": "请写年份", "period_ends": "2026-11-04"} | facts
    return letters.draft_letter(
        case=case, kind="correction_notice", facts=given, by=world.actor("finance.officer"), now=world.now
    )


def tasks(world: Any, name: str, today: Any = None) -> list[str]:
    from gongkai.foi.desk_letters import letter_tasks

    return [item.verb for item in letter_tasks(world.actor(name), today or world.today)]


def test_a_finished_draft_waits_for_its_signer_then_for_its_sender(world: Any) -> None:
    letter = notice(world, in_hand(world))
    notice(world, in_hand(world), unclear="")
    assert tasks(world, "finance.reviewer") == ["去签发"]
    assert tasks(world, "finance.officer") == tasks(world, "civil.reviewer") == []
    letter = letters.sign_letter(letter=letter, by=world.actor("finance.reviewer"), now=world.now)
    assert tasks(world, "finance.reviewer") == [] and tasks(world, "finance.officer") == ["去发出"]
    letters.dispatch_letter(
        letter=letter,
        way="hand",
        on=world.today,
        by=world.actor("finance.officer"),
        now=world.now,
        received_by="王某",
    )
    assert tasks(world, "finance.officer") == []


def test_an_answer_that_nobody_opens_comes_back_to_the_desk(world: Any) -> None:
    from datetime import timedelta

    served_online(world)
    assert tasks(world, "finance.officer", world.today + timedelta(days=6)) == []
    assert tasks(world, "finance.officer", world.today + timedelta(days=7)) == ["换方式送达"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_desk_asks_the_same_for_one_letter_and_thirty(
    world: Any, rows: int, django_assert_max_num_queries: Any
) -> None:
    case = in_hand(world)
    for _ in range(rows):
        notice(world, case)
    with django_assert_max_num_queries(3):
        assert tasks(world, "finance.reviewer") == ["去签发"] * rows
