"""Publication dates and the calendar notice that makes them certain."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.documents import actions
from gongkai.documents.models import Document
from gongkai.kernel.models import OutboxRow
from gongkai.law import queries as law
from gongkai.law.calendar import WorkCalendar
from gongkai.trail.models import TrailRow


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
