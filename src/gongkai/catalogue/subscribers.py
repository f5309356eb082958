"""What upstream events start here: a unit changed its functions, so the former ones are kept by date."""

from __future__ import annotations

from gongkai.catalogue import actions
from gongkai.events.orgs import UnitChanged
from gongkai.kernel import clock
from gongkai.orgs.models import Unit


def on_unit_changed(event: UnitChanged) -> None:
    """Twice does no harm: the same words are no new edition."""
    unit = Unit.objects.filter(pk=event.unit_id).first()
    if unit is not None:
        actions.note_functions(unit=unit, now=clock.now())
