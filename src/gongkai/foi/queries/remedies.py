"""The remedy of a case's answer: the law of the day, the agency, the names that the district has set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.foi.models import Case, RemedyPlaces
from gongkai.foi.rules.agencies import Agency, AgencyKind, Seats, UnknownAgency, agency_of, seats_of
from gongkai.foi.rules.dispositions import DISPOSITIONS, OMISSIONS
from gongkai.foi.rules.remedies import RemedyText, remedy_text
from gongkai.kernel.remembering import remembered
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import district


@remembered
def remedy_places() -> RemedyPlaces:
    """The district's row; an empty one where nobody filled it in yet."""
    return RemedyPlaces.objects.filter(pk=RemedyPlaces.ONLY).first() or RemedyPlaces(pk=RemedyPlaces.ONLY)


def remedy_for(
    case: Case, code: str, *, decided_on: date, words: str = "本答复", places: RemedyPlaces | None = None
) -> RemedyText:
    """The paragraph for a result of this case on that day.

    The internet channel is named whenever the district has one: it harms nobody on paper, and a letter that is
    served online must name it (行政复议法第二十二条第二款); without one it cannot be served online.
    """
    kept = places or remedy_places()
    online = bool(kept.online_channel)
    # Results about records and institutions stand open like any other act of the agency.
    known = code in DISPOSITIONS or code in OMISSIONS
    found = remedy_text(
        code if known else "r6_3",
        decided_on=decided_on,
        agency=agency_for(case.agency),
        seats=seats_for(case.agency, kept),
        served_online=online,
        internet_channel=kept.online_channel,
        silence_may_be_sued=kept.silence_may_be_sued,
    )
    return replace(found, text=found.text.replace("本答复", words)) if words != "本答复" else found


def agency_for(unit: Unit) -> Agency:
    """What a unit is for the law of reconsideration, by its kind and name."""
    try:
        return agency_of(unit.name, unit.kind)
    except UnknownAgency:
        return Agency(unit.name, AgencyKind.DEPARTMENT)


def seats_for(unit: Unit, places: RemedyPlaces) -> Seats:
    """Governments and courts around a unit; what the district has set goes before what the names say."""
    government = unit if unit.kind == Unit.Kind.DISTRICT else district()
    found = seats_of(unit.name, government=government.name if government else "")
    return replace(
        found,
        government=government.name if government else found.government,
        higher_government=places.superior_government or found.higher_government,
        basic_court=places.basic_court or found.basic_court,
        intermediate_court=places.intermediate_court or found.intermediate_court,
    )
