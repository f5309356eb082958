"""The two lines on one page: which station hears which event, in which order.

Reading this page is reading the process. Nothing else subscribes to anything.
"""

from __future__ import annotations

from gongkai.events.law import CalendarImported
from gongkai.events.ledger import PlanImported, TaskProgressChanged
from gongkai.events.orgs import UnitChanged
from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.events.site import SiteChanged
from gongkai.kernel.outbox import Stop

PUBLICATION_LINE: tuple[Stop, ...] = (
    Stop(CalendarImported, ("gongkai.documents.subscribers.on_calendar_imported",)),
    Stop(
        DocumentPublished,
        ("gongkai.portal.subscribers.on_published", "gongkai.search.subscribers.on_published"),
    ),
    # The page goes first: what the office takes back is gone for readers before it is gone from the index.
    Stop(
        DocumentWithdrawn,
        ("gongkai.portal.subscribers.on_withdrawn", "gongkai.search.subscribers.on_withdrawn"),
    ),
    Stop(SiteChanged, ("gongkai.portal.subscribers.on_site_changed",)),
    Stop(UnitChanged, ("gongkai.portal.subscribers.on_unit_changed",)),
)
OVERSIGHT: tuple[Stop, ...] = (
    Stop(PlanImported, ("gongkai.portal.subscribers.on_progress_changed",)),
    Stop(TaskProgressChanged, ("gongkai.portal.subscribers.on_progress_changed",)),
)

LINES = PUBLICATION_LINE + OVERSIGHT
