"""Bands over the site and the grey mode: scheduled, switched by the minute, each switch on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.refusal import Refused
from gongkai.orgs import tasks
from gongkai.orgs.actions.notices import end_notice, schedule_notice
from gongkai.orgs.models import SiteNotice
from gongkai.orgs.rules.notices import LONGEST, notice_faults
from gongkai.orgs.tests.test_people import client_of
from gongkai.portal.pages.notices import _quoted
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.feature("I10")
HOUR = timedelta(hours=1)


def _schedule(world: Any, **more: Any) -> SiteNotice:
    given = {
        "kind": "band", "text": "今晚系统维护", "detail": "22时起暂停网上申请", "basis": "",
        "starts_at": world.now + HOUR, "ends_at": world.now + 2 * HOUR,
        "by": world.actor("office.head"), "now": world.now,
    }  # fmt: skip
    return schedule_notice(**(given | more))


def test_a_band_comes_and_goes_with_its_time_and_each_switch_is_on_record(world: Any) -> None:
    notice = _schedule(world)
    tasks.minute(world.now)
    assert not TrailRow.objects.filter(verb="orgs.show_notice").exists()
    for moment in (world.now + HOUR, world.now + HOUR, world.now + 2 * HOUR, world.now + 3 * HOUR):
        tasks.minute(moment)
    notice.refresh_from_db()
    assert (notice.shown_at, notice.hidden_at) == (world.now + HOUR, world.now + 2 * HOUR)
    verbs = list(TrailRow.objects.filter(verb__endswith="_notice").values_list("verb", flat=True))
    assert verbs == ["orgs.schedule_notice", "orgs.show_notice", "orgs.hide_notice"]


def test_a_missed_span_is_never_shown(world: Any) -> None:
    notice = _schedule(world)
    tasks.minute(world.now + 5 * HOUR)
    notice.refresh_from_db()
    assert notice.shown_at is None
    assert notice.hidden_at is not None


def test_ending_early_takes_it_away_and_not_twice(world: Any) -> None:
    notice = _schedule(world)
    tasks.minute(world.now + HOUR)
    end_notice(notice=notice, by=world.actor("office.head"), now=world.now + HOUR)
    with pytest.raises(Refused):
        end_notice(notice=notice, by=world.actor("office.head"), now=world.now + HOUR)


def test_others_do_not_schedule_and_grey_needs_its_basis(world: Any) -> None:
    with pytest.raises(Refused):
        _schedule(world, by=world.actor("finance.officer"))
    with pytest.raises(Refused) as refused:
        _schedule(world, kind="grey", text="")
    assert [one.code for one in refused.value.refusals] == ["notice.basis"]


@pytest.mark.django_db(transaction=True)
def test_sheets_and_page_follow(world: Any) -> None:
    from gongkai.portal import projections

    def sheet(view: str = "") -> str:
        return Path(f"{settings.TREE_DIR}{view}/view.css").read_text()

    projections.rebuild()
    assert "grayscale" not in sheet()
    _schedule(world, kind="grey", text="", basis="国务院公告")
    _schedule(world, text='一"}body{display:none}')
    tasks.minute(world.now + HOUR)
    assert "grayscale(1)" in sheet()
    assert "grayscale(1)" in sheet("/large")
    assert "site-notice{display:block}" in sheet("/contrast")
    assert "body{" not in sheet()
    assert "22时起暂停网上申请" in Path(f"{settings.TREE_DIR}/notice/index.html").read_text()
    tasks.minute(world.now + 2 * HOUR)
    assert "grayscale" not in sheet()


def test_the_page_schedules_and_keeps_what_was_typed(world: Any) -> None:
    client = client_of(world, "office.head")
    typed = {"kind": "band", "text": "维护", "starts_at": "2030-01-02T08:00", "ends_at": "2030-01-02T07:00"}
    answer = client.post("/workbench/notices/", typed)
    assert answer.status_code == 422
    assert "结束时间不在开始时间之后" in answer.content.decode()
    assert 'value="维护"' in answer.content.decode()
    assert client.post("/workbench/notices/", typed | {"ends_at": "2030-01-02T09:00"}).status_code == 302
    assert "维护" in client.get("/workbench/notices/").content.decode()


@given(st.integers(-100, 100), st.integers(-100, 2000))
def test_only_spans_that_lie_ahead_are_taken(start: int, length: int) -> None:
    now = datetime(2026, 4, 4, tzinfo=UTC)
    begins = now + start * HOUR
    ends = begins + length * HOUR
    faults = notice_faults(grey=False, text="有事", basis="", starts_at=begins, ends_at=ends, now=now)
    assert (faults == []) == (length > 0 and ends > now and length * HOUR <= LONGEST)


@given(st.text(max_size=60))
def test_no_text_leaves_its_string(text: str) -> None:
    assert not set(_quoted(text)) & set("\"'<>{};\n") and _quoted(text).count("\\") <= len(text)
