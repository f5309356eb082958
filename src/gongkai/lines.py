"""The two lines on one page: which station hears which event, in which order.

Reading this page is reading the process. Nothing else subscribes to anything.
"""

from __future__ import annotations

from gongkai.events.foi import CaseMoved
from gongkai.events.law import CalendarImported
from gongkai.events.ledger import PlanImported, PlanMoved, TaskProgressChanged
from gongkai.events.orgs import UnitChanged
from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.events.records import RecordsChanged
from gongkai.events.site import PartChanged, SiteChanged
from gongkai.kernel.outbox import Stop

PUBLICATION_LINE: tuple[Stop, ...] = (
    Stop(
        CalendarImported,
        (
            "gongkai.documents.subscribers.on_calendar_imported",
            "gongkai.publishing.subscribers.on_calendar_imported",
            "gongkai.foi.subscribers.on_calendar_imported",
        ),
    ),
    Stop(
        DocumentPublished,
        (
            # First: a record stands again in every column that took it in before its pages are drawn.
            "gongkai.upkeep.subscribers.on_published",
            "gongkai.portal.subscribers.on_published",
            "gongkai.search.subscribers.on_published",
            "gongkai.budget.subscribers.on_published",
            "gongkai.registers.subscribers.on_published",
            "gongkai.foi.subscribers.on_published",
            "gongkai.ledger.subscribers.on_published",
        ),
    ),
    # The page goes first: what the office takes back is gone for readers before it is gone from the index.
    Stop(
        DocumentWithdrawn,
        (
            "gongkai.portal.subscribers.on_withdrawn",
            "gongkai.search.subscribers.on_withdrawn",
            "gongkai.upkeep.subscribers.on_withdrawn",
            "gongkai.budget.subscribers.on_withdrawn",
            "gongkai.registers.subscribers.on_withdrawn",
            "gongkai.foi.subscribers.on_withdrawn",
            "gongkai.ledger.subscribers.on_withdrawn",
        ),
    ),
    Stop(SiteChanged, ("gongkai.portal.subscribers.on_site_changed",)),
    Stop(PartChanged, ("gongkai.portal.subscribers.on_part_changed",)),
    Stop(RecordsChanged, ("gongkai.search.subscribers.on_records_changed",)),
    Stop(
        UnitChanged,
        (
            "gongkai.catalogue.subscribers.on_unit_changed",
            "gongkai.portal.subscribers.on_unit_changed",
        ),
    ),
)
REQUEST_LINE: tuple[Stop, ...] = (Stop(CaseMoved, ("gongkai.portal.subscribers.on_case_moved",)),)
OVERSIGHT: tuple[Stop, ...] = (
    Stop(PlanImported, ("gongkai.portal.subscribers.on_progress_changed",)),
    Stop(PlanMoved, ("gongkai.portal.subscribers.on_progress_changed",)),
    Stop(TaskProgressChanged, ("gongkai.portal.subscribers.on_progress_changed",)),
)

LINES = PUBLICATION_LINE + REQUEST_LINE + OVERSIGHT
