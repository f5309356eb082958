"""What the public pages hear. Each handler draws the present state, so twice or out of order does no harm."""

from __future__ import annotations

from gongkai.events.foi import CaseMoved
from gongkai.events.ledger import PlanImported, PlanMoved, TaskProgressChanged
from gongkai.events.orgs import UnitChanged
from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.events.site import PartChanged, SiteChanged
from gongkai.kernel.clock import today
from gongkai.orgs.models import Unit
from gongkai.portal import building, projection, redrawing

ENDINGS = ("dispatch", "withdraw", "join")


def on_published(event: DocumentPublished) -> None:
    """A document stands in public, or stands there differently."""
    if not building.is_left():
        projection.show_publication(event.publication_id, today=today())


def on_withdrawn(event: DocumentWithdrawn) -> None:
    """A document was taken back: its tombstone, then its files, lists and feeds."""
    if not building.is_left():
        projection.show_publication(event.publication_id, today=today())


def on_site_changed(event: SiteChanged) -> None:
    """Head and foot of every page are drawn anew, step by step; a tree that is yet to be built has them then."""
    if building.has_mark():
        building.plan()
        building.go_on_soon()


def on_unit_changed(event: UnitChanged) -> None:
    """A unit has another name, phone, place, or successor."""
    for unit_id in (event.unit_id, event.successor_id):
        if unit_id is not None and not building.is_left():
            projection.show_unit(unit_id, today=today())
    ended = Unit.objects.filter(pk=event.unit_id, active=False).first()
    if ended is not None and building.has_mark() and building.plan_unit(ended):
        building.go_on_soon()


def on_progress_changed(event: TaskProgressChanged | PlanMoved | PlanImported) -> None:
    """A task of a yearly plan moved, or many of them, or the plan itself came in."""
    if building.is_left():
        return
    if isinstance(event, TaskProgressChanged):
        projection.show_task(event.task_id, year=event.year, today=today())
    elif isinstance(event, PlanMoved):
        projection.show_progress(today=today(), years=(event.year,))
    else:
        projection.show_plan(event.year, today=today())


def on_case_moved(event: CaseMoved) -> None:
    """An answer left the house, or a case ended otherwise: the public figures follow."""
    if event.event in ENDINGS and building.has_mark():
        projection.show_request_figures(today=today())


def on_part_changed(event: PartChanged) -> None:
    """A list, a column or the catalogue changed; a tree that is yet to be built has it then."""
    if not building.has_mark():
        return
    if event.may_wait and redrawing.put_off(event.part, event.key, event.gone, today=today()):
        building.go_on_soon()
    else:
        projection.show_part(event.part, event.key, today=today())
