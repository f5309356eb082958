"""A case begins: from the web, at the counter, by post, by fax, by word of mouth, from another platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.foi import states
from gongkai.foi.actions import engine
from gongkai.foi.models import Applicant, Case
from gongkai.foi.models.applicant import PURPOSE
from gongkai.foi.queries.codes import identity_digest
from gongkai.foi.queries.who import Doer
from gongkai.kernel import sealing
from gongkai.kernel.clock import legal_day
from gongkai.orgs.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks, as the form gave it and the rules found it in order."""

    kind: str
    name: str
    document: str
    document_number: str
    document_masked: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    contact_person: str = ""
    agent_name: str = ""
    agent_document: str = ""
    agent_authorised: bool = False
    help_needed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, in which form, by which way it is to come (条例第二十九条)."""

    title: str
    content: str
    docnumber: str = ""
    form_wanted: str = Case.Form.ELECTRONIC
    delivery_wanted: str = Case.Delivery.ONLINE
    purpose: str = ""
    kind: str = Case.Kind.REQUEST
    facts: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def open_case(
    *,
    unit: Unit,
    agency: Unit | None = None,
    channel: str,
    asking: Asking,
    asked: Asked,
    by: Doer,
    now: datetime,
    arrived_on: date | None = None,
    received_on: date | None = None,
    received_why: str = "",
    code_digest: str = "",
    submit_key: str | None = None,
    origin: str = "",
    origin_number: str = "",
) -> Case:
    """Store a request with its applicant and its first event; the same ``submit_key`` gives the same case.

    With ``received_on`` (当面, 挂号信) the clock starts at once; without it the case waits for confirmation
    (条例第三十一条). The caller has checked what was typed.
    """
    found = _sent_before(submit_key)
    if found is not None:
        return found
    given = {
        "channel": channel,
        "arrived_on": arrived_on or legal_day(now),
        "received_on": received_on,
        "received_why": received_why,
        "code_digest": code_digest,
        "submit_key": submit_key or None,
        "origin": origin,
        "origin_number": origin_number,
    }
    try:
        with transaction.atomic():
            return _store(unit, agency or unit, _applicant(unit, asking), asked, by=by, now=now, given=given)
    except IntegrityError:
        # Ten clicks at once: the first one stored the case while this one waited.
        again = _sent_before(submit_key)
        if again is None:
            raise
        return again


def _sent_before(submit_key: str | None) -> Case | None:
    """The case that came in under this key, if one did: the same key is the same visitor."""
    if not submit_key:
        return None
    rows = Case.objects.unscoped("the same submit key is the same visitor").filter(submit_key=submit_key)
    found: Case | None = rows.first()
    return found


def _store(
    unit: Unit,
    agency: Unit,
    applicant: Applicant,
    asked: Asked,
    *,
    by: Doer,
    now: datetime,
    given: dict[str, Any],
) -> Case:
    day: date = given["arrived_on"]
    seq = engine.next_number(unit, "case", day.year)
    case = Case.objects.create(
        kind=asked.kind,
        unit=unit,
        agency=agency,
        applicant=applicant,
        year=day.year,
        seq=seq,
        number=f"SQ{day.year}-{unit.code.upper()}-{seq:04d}",
        title=asked.title,
        content=asked.content,
        docnumber=asked.docnumber,
        form_wanted=asked.form_wanted,
        delivery_wanted=asked.delivery_wanted,
        purpose=asked.purpose,
        submitted_at=now,
        state=states.REGISTERED if given["received_on"] else states.ARRIVED,
        state_since=now,
        registered_by_id=by.person_id,
        **given,
    )
    return engine.begin(case, by=by, now=now, on=day, facts=asked.facts)


def _applicant(unit: Unit, asking: Asking) -> Applicant:
    def sealed(text: str) -> str:
        return sealing.seal(text.strip(), purpose=PURPOSE) if text.strip() else ""

    return Applicant.objects.create(
        unit=unit,
        kind=asking.kind,
        name=asking.name.strip(),
        document=asking.document,
        document_sealed=sealed(asking.document_number),
        document_masked=asking.document_masked,
        identity_digest=identity_digest(asking.document_number) if asking.document_number.strip() else "",
        phone_sealed=sealed(asking.phone),
        email_sealed=sealed(asking.email),
        address_sealed=sealed(asking.address),
        postcode=asking.postcode,
        contact_person=asking.contact_person.strip(),
        agent_name=asking.agent_name.strip(),
        agent_document_sealed=sealed(asking.agent_document),
        agent_authorised=asking.agent_authorised,
        help_needed=asking.help_needed.strip(),
    )
