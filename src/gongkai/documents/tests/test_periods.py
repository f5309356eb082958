"""Publication dates and the calendar notice that makes them certain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.documents import actions, queries
from gongkai.documents.models import Correction, Document
from gongkai.kernel.clock import legal_day
from gongkai.kernel.models import OutboxRow
from gongkai.law import queries as law
from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import working_days
from gongkai.law.refusal import Refused
from gongkai.publishing import queries as publishing
from gongkai.publishing.tests.world import AT, World, fresh
from gongkai.trail.models import TrailRow


@pytest.fixture
def town(db: None) -> World:
    return World()


def draft(world: Any, written_on: date | None) -> Document:
    return actions.draft(
        unit=world.units["finance"],
        by=world.actor("finance.officer"),
        now=world.now,
        fields={"title": "年末通知", "written_on": written_on, "body": "<p>正文</p>"},
    )


@pytest.mark.feature("B08")
@pytest.mark.law("条例26")
def test_due_day_is_the_twentieth_working_day(world: Any) -> None:
    document = draft(world, date(2026, 9, 30))
    assert (document.due_on, document.due_provisional) == (date(2026, 11, 3), False)
    assert draft(world, None).due_on is None
    assert draft(world, date(2007, 1, 5)).due_on is None


@pytest.mark.feature("B08")
def test_date_beyond_the_known_calendar_is_provisional(world: Any) -> None:
    assert draft(world, date(2026, 12, 10)).due_provisional


@pytest.mark.feature("B08")
def test_imported_notice_moves_open_dates_once_with_one_event_each(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_one, public = draft(world, date(2026, 12, 10)), draft(world, date(2026, 12, 11))
    Document.objects.unscoped("prepare").filter(pk=public.pk).update(state="published")

    class AllWork(WorkCalendar):
        """As if a notice had made every Saturday of January a working day."""

        def kind(self, day: date) -> Any:
            known = super().kind(day)
            if day.year != 2027:
                return known
            return super().kind(date(2026, 3, 2) if day.weekday() != 6 else date(2026, 3, 1))

    monkeypatch.setattr("gongkai.documents.actions.periods.calendar", lambda: AllWork(law.calendar().tables))
    from gongkai.events.publication import PublicationDueMoved
    from gongkai.kernel import outbox
    from gongkai.kernel.outbox import Stop

    stops = dict(outbox._stops)
    monkeypatch.setattr(
        outbox, "_stops", stops | {"PublicationDueMoved": Stop(PublicationDueMoved, ("x.y",))}
    )
    before = open_one.due_on
    assert actions.reckon_open_dates(now=world.now) == 1
    open_one.refresh_from_db()
    public.refresh_from_db()
    assert open_one.due_on < before and not open_one.due_provisional
    assert public.due_provisional
    assert OutboxRow.objects.filter(topic="PublicationDueMoved").count() == 1
    assert TrailRow.objects.filter(verb="documents.reckon_due").count() == 1
    assert actions.reckon_open_dates(now=world.now) == 0


@pytest.mark.feature("B08")
@pytest.mark.law("条例26")
def test_a_change_has_a_clock_of_its_own(town: World) -> None:
    published = town.published(title="关于补贴标准的通知")
    document, officer = fresh(published.document), town.actor(town.finance, "officer")
    later = AT + timedelta(days=120)
    correction = actions.correct(document=document, by=officer, now=later)
    work = law.calendar()
    assert correction.changed_on == legal_day(later)
    assert correction.due_on == working_days(legal_day(later), 20, work).due
    (row,) = queries.drafts_to_finish(officer)
    assert (row.due, row.correcting) == (correction.due_on, True)
    # The information changed before anybody began to correct it: art. 26 counts from then, never from later.
    words = {"document": fresh(document), "by": officer, "note": "补贴标准改为每月300元"}
    with pytest.raises(Refused, match="不能晚于"):
        actions.describe(**words, now=later, changed_on=legal_day(later) + timedelta(days=1))
    earlier = legal_day(later) - timedelta(days=10)
    again = actions.describe(**words, now=later, changed_on=earlier)
    assert again.due_on == working_days(earlier, 20, work).due
    assert actions.describe(**words, now=later).changed_on == earlier  # nothing said leaves it
    assert TrailRow.objects.filter(verb="documents.describe").first().facts["changed_on"] == str(earlier)
    assert publishing.lateness_of(fresh(document), today=legal_day(later)).due == again.due_on


@pytest.mark.feature("B08")
def test_a_notice_moves_the_day_of_a_change_too(town: World, monkeypatch: pytest.MonkeyPatch) -> None:
    published = town.published()
    correction = actions.correct(
        document=fresh(published.document), by=town.actor(town.finance, "officer"), now=AT
    )
    Correction.objects.filter(pk=correction.pk).update(
        due_on=correction.due_on + timedelta(days=3), due_provisional=True
    )
    assert actions.reckon_open_dates(now=AT) == 1
    before, due = correction.due_on, Correction.objects.get(pk=correction.pk)
    assert (due.due_on, due.due_provisional) == (before, False)
    assert actions.reckon_open_dates(now=AT) == 0
