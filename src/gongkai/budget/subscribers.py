"""What upstream events start here: a new publication may fill a field of the matrix, a withdrawn one opens it."""

from __future__ import annotations

from django.db import transaction

from gongkai.budget import actions
from gongkai.budget.models import BudgetPaperLink
from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.events.site import PartChanged
from gongkai.kernel import clock
from gongkai.kernel.outbox import emit
from gongkai.publishing.models import Publication


def on_published(event: DocumentPublished) -> None:
    """Recognise budgets and final accounts by title."""
    rows = Publication.objects.unscoped("an event of the system").select_related("unit")
    publication = rows.filter(pk=event.publication_id).first()
    if publication is not None:
        actions.recognise_publication(publication=publication, now=clock.now())
        actions.recognise_release(publication=publication, now=clock.now())


def on_withdrawn(event: DocumentWithdrawn) -> None:
    """The field is a hole again."""
    rows = BudgetPaperLink.objects.unscoped("an event of the system")
    if rows.filter(publication=event.publication_id).exists():
        with transaction.atomic():
            emit(PartChanged(actions.PART))
