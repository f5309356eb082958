"""What upstream events start here: the registers and hosted copies of a unit are compared anew."""

from __future__ import annotations

from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.kernel import clock
from gongkai.orgs.models import Unit
from gongkai.publishing.models import Publication
from gongkai.registers import actions


def on_published(event: DocumentPublished) -> None:
    """A paper that was missing may be there now; a hosted copy may be new."""
    _again(event.publication_id, event.unit_id)


def on_withdrawn(event: DocumentWithdrawn) -> None:
    """A paper that was there is missing again."""
    _again(event.publication_id, event.unit_id)


def _again(publication_id: int, unit_id: int) -> None:
    now = clock.now()
    actions.reconcile_unit(unit=Unit.objects.get(pk=unit_id), now=now)
    rows = Publication.objects.unscoped("an event of the system").select_related("edition", "unit")
    publication = rows.filter(pk=publication_id).first()
    if publication is not None:
        actions.compare_copy(publication=publication, now=now)
