"""What the holder of a code sees and does: plain words, every day explained, nothing of the house inside."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.foi import states
from gongkai.foi.actions.intake import confirm
from gongkai.foi.actions.routing import assign, sign_for
from gongkai.foi.forms.asking import first_words
from gongkai.foi.models import Case, Paper
from gongkai.foi.queries.codes import code_of
from gongkai.foi.queries.daygrid import COUNTED, LAST, REST, STOPPED, weeks_of
from gongkai.foi.queries.progress import TOLD, progress_of
from gongkai.foi.rules import case_events as facts
from gongkai.foi.rules.clocks import reckon_case
from gongkai.foi.tests.cases import answered, at, in_hand, letter
from gongkai.foi.tests.test_intake import sent_in
from gongkai.kernel import clock
from gongkai.law.queries import calendar
from gongkai.messaging.models import Message

DAY = date(2026, 10, 14)


@pytest.fixture
def visitor(world: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setattr(clock, "now", lambda: at(DAY, 12))
    return Client()


def coming_back(visitor: Client, world: Any) -> Case:
    """A case of the web whose applicant gave his code, taken in hand by an officer."""
    case = confirm(case=sent_in(world), on=DAY, by=world.actor("finance.officer"), now=world.now)
    case = sign_for(case=case, by=world.actor("finance.officer"), now=world.now)
    assert visitor.post("/apply/progress/", {"code": code_of(case.submit_key or "")}).status_code == 302
    return case


@pytest.mark.django_db
@pytest.mark.feature("D03")
def test_the_page_says_when_at_the_latest_and_why_that_day(visitor: Client, world: Any) -> None:
    case = coming_back(visitor, world)
    text = visitor.get("/apply/progress/").content.decode()
    assert "正在办理，最迟2026年11月11日答复您" in text and "2026年11月11日是这样算出来的" in text
    assert "2026-10-14，收到申请，从次日起计算" in text and "经办人开始办理" in text
    officer = world.people["finance.officer"].name
    assert officer not in text and case.applicant.name not in text


@pytest.mark.django_db
@pytest.mark.feature("D03")
def test_moves_inside_the_house_are_not_told(visitor: Client, world: Any) -> None:
    case = coming_back(visitor, world)
    assign(case=case, to=world.units["civil"], by=world.actor("finance.officer"), now=world.now, note="请办")
    text = visitor.get("/apply/progress/").content.decode()
    assert "区民政局" not in text and "转办" not in text
    assert set(TOLD) <= {*states.EVENTS, "open"}


@pytest.mark.django_db
@pytest.mark.feature("D06")
@pytest.mark.law("条例30")
def test_the_applicant_corrects_and_the_clock_begins_anew(visitor: Client, world: Any) -> None:
    case = coming_back(visitor, world)
    letter(world, case, "correction_notice", on=DAY, received=DAY)
    assert "请您补正" in visitor.get("/apply/progress/").content.decode()
    empty = visitor.post("/apply/progress/correct/", {"text": " "})
    assert empty.status_code == 422 and "补正没有内容" in empty.content.decode()
    bad = visitor.post(
        "/apply/progress/correct/", {"text": "写好的补正", "files": SimpleUploadedFile("a.exe", b"MZ\0" * 9)}
    )
    assert bad.status_code == 422 and "写好的补正" in bad.content.decode()
    paper = SimpleUploadedFile("委托书.txt", "授权".encode())
    good = visitor.post("/apply/progress/correct/", {"text": "2025年的合同", "authorisation_file": paper})
    assert good.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.due_on) == (states.IN_HAND, date(2026, 11, 11))
    assert Paper.objects.unscoped("test").get().kind == "authorisation"
    told = Message.objects.unscoped("test").filter(subject__contains="提交了补正")
    assert told.exists() and "合同" not in str(list(told.values()))
    assert visitor.post("/apply/progress/correct/", {"text": "再来一次"}).status_code == 422


@pytest.mark.django_db
@pytest.mark.law("条例35")
def test_the_applicant_gives_his_reasons(visitor: Client, world: Any) -> None:
    case = coming_back(visitor, world)
    letter(world, case, "reasons_notice", on=DAY, received=DAY)
    assert visitor.post("/apply/progress/reasons/", {"text": ""}).status_code == 422
    assert visitor.post("/apply/progress/reasons/", {"text": "为写论文收集资料"}).status_code == 302
    case.refresh_from_db()
    assert case.state == states.IN_HAND


@pytest.mark.django_db
@pytest.mark.feature("D03")
def test_the_applicant_takes_his_request_back_on_a_page_of_its_own(visitor: Client, world: Any) -> None:
    case = coming_back(visitor, world)
    assert "不能恢复" in visitor.get("/apply/progress/withdraw/").content.decode()
    assert visitor.post("/apply/progress/withdraw/", {"reason": ""}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.disposition) == (states.ANSWERED, "r6_3_withdrawn")
    text = visitor.get("/apply/progress/").content.decode()
    assert "您已经撤回这件申请" in text and "撤回申请</a>" not in text
    assert visitor.post("/apply/progress/withdraw/", {"reason": ""}).status_code == 422


@pytest.mark.django_db
@pytest.mark.law("条例31")
def test_the_applicant_says_how_he_can_be_reached(visitor: Client, world: Any) -> None:
    case = coming_back(visitor, world)
    assert visitor.post("/apply/progress/contact/", {"contact-phone": ""}).status_code == 422
    given = {"contact-phone": "13900009999", "contact-email": "new@example.com"}
    assert visitor.post("/apply/progress/contact/", given).status_code == 302
    applicant = Case.objects.unscoped("test").select_related("applicant").get(pk=case.pk).applicant
    assert (applicant.opened("phone"), applicant.opened("email")) == ("13900009999", "new@example.com")
    assert applicant.contact_confirmed_at == at(DAY, 12)


@pytest.mark.django_db
def test_an_answered_case_says_so(world: Any) -> None:
    case = answered(world, in_hand(world, on=DAY), on=DAY + timedelta(days=1))
    found = progress_of(case, today=DAY + timedelta(days=40))
    assert found.headline == "已经答复" and not found.may & {"withdraw", "contact"}


@pytest.mark.django_db
def test_a_late_case_says_what_can_be_done(visitor: Client, world: Any) -> None:
    case = coming_back(visitor, world)
    assert progress_of(case, today=date(2026, 11, 12)).headline == "已经超过答复期限"


@pytest.mark.django_db
def test_the_page_asks_few_questions(visitor: Client, world: Any) -> None:
    coming_back(visitor, world)
    visitor.get("/apply/progress/")
    with CaptureQueriesContext(connection) as asked:
        visitor.get("/apply/progress/")
    assert len(asked) <= 14


# -- the calendar of days -------------------------------------------------------------------------------

starts = st.dates(date(2026, 1, 1), date(2026, 10, 31))


@pytest.mark.feature("D05")
@pytest.mark.django_db
@settings(max_examples=80, deadline=None)
@given(start=starts, sent=st.integers(1, 20), took=st.none() | st.integers(1, 15), late=st.integers(0, 60))
def test_the_calendar_shows_every_day_once_and_counts_as_the_clock_does(
    start: date, sent: int, took: int | None, late: int
) -> None:
    events: list[Any] = [facts.Received(start)]
    if took is not None:
        asked = start + timedelta(days=sent)
        answer = asked + timedelta(days=took)
        events.append(
            facts.ConsultationSent(
                kind=facts.Asked.THIRD_PARTY, party="甲", sent=asked, delivered=asked, answered=answer
            )
        )
    dates = reckon_case(tuple(events), calendar())
    weeks = weeks_of(dates, today=start + timedelta(days=late))
    cells = [cell for week in weeks for cell in week if cell]
    assert all(len(week) == 7 for week in weeks)
    assert [cell.day for cell in cells] == [start + timedelta(days=at) for at in range(len(cells))]
    assert all(week[place].day.weekday() == place for week in weeks for place in range(7) if week[place])
    assert (cells[-1].day, cells[-1].kind, cells[-1].sign) == (dates.due, LAST, "20")
    counted = {day.day for day in dates.trace if day.counted}
    for cell in cells[1:]:
        assert (cell.kind in (STOPPED, REST)) == (cell.day not in counted) and cell.said
        assert cell.kind != COUNTED or cell.day <= start + timedelta(days=late)


@given(st.text(min_size=1, max_size=400))
def test_a_title_is_the_beginning_of_what_was_written(content: str) -> None:
    title = first_words(content)
    assert len(title) <= 60 and "\n" not in title and (title or not content.strip())
