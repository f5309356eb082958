"""A small district for tests: two units with people, and documents that went through real reviews."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from gongkai.documents import actions as drafting
from gongkai.documents.models import Document
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Person, RoleHolding, Unit
from gongkai.orgs.roles import Role
from gongkai.publishing import actions
from gongkai.publishing.models import Publication
from gongkai.review import actions as reviewing

AT = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
SEATS = {
    "officer": Role.OFFICER,
    "first": Role.OFFICER,
    "reviewer": Role.REVIEWER,
    "leader": Role.LEADER,
}


class World:
    """The government, a finance bureau, a civil affairs bureau, the disclosure office."""

    def __init__(self) -> None:
        self.people: dict[tuple[str, str], Person] = {}
        self.count = 0
        self.government = self._unit("qzf", "滨海区人民政府", "区政府", Unit.Kind.DISTRICT, None)
        self.office = self._unit(
            "qzfb", "滨海区人民政府办公室", "区政府办公室", Unit.Kind.DEPARTMENT, self.government
        )
        Unit.objects.filter(pk=self.office.pk).update(is_disclosure_office=True)
        self.finance = self._unit("czj", "滨海区财政局", "区财政局", Unit.Kind.DEPARTMENT, self.government)
        self.civil = self._unit("mzj", "滨海区民政局", "区民政局", Unit.Kind.DEPARTMENT, self.government)
        for unit in (self.finance, self.civil, self.office):
            for seat, role in SEATS.items():
                self._person(unit, seat, role)
        self._person(self.office, "disclosure", Role.DISCLOSURE_OFFICE)

    def actor(self, unit: Unit, seat: str, *, on: date | None = None) -> Actor:
        return actor_of(self.people[unit.code, seat], today=on or legal_day(AT))

    def approved(self, unit: Unit | None = None, *, now: datetime = AT, **fields: Any) -> Document:
        """A document that has all its reviews and waits for its publication."""
        unit = unit or self.finance
        self.count += 1
        by = self.actor(unit, "officer")
        given = {
            "title": f"关于第{self.count}件事的公示",
            "written_on": legal_day(now) - timedelta(days=3),
            "body": f"<p>第{self.count}件事的正文。</p>",
            "catalogue_item": "20-07",
            "theme": "财政、金融、审计",
            **fields,
        }
        document = drafting.draft(unit=unit, by=by, now=now, fields=given)
        drafting.determine(document=document, by=by, now=now, openness="主动公开")
        if given.get("number"):
            drafting.justify(
                document=document, by=by, now=now, code="interpretation.exempt", reason="内容简单，不需要解读"
            )
        drafting.submit(document=document, by=by, now=now)
        return self.reviewed(document, now=now)

    def reviewed(self, document: Document, *, now: datetime = AT) -> Document:
        """Let the reviewers of its unit approve a submitted document."""
        unit = document.unit
        reviewing.review_secrecy(
            document=fresh(document),
            by=self.actor(unit, "reviewer"),
            now=now,
            passed=True,
            opinion="不涉密，可以公开",
        )
        for seat in ("first", "reviewer", "leader"):
            reviewing.decide(
                document=fresh(document), by=self.actor(unit, seat), now=now, approve=True, opinion="同意"
            )
        return fresh(document)

    def published(self, unit: Unit | None = None, *, now: datetime = AT, **fields: Any) -> Publication:
        """A document that stands in public."""
        document = self.approved(unit, now=now, **fields)
        return actions.publish(document=document, by=self.actor(document.unit, "leader"), now=now)

    def _unit(self, code: str, name: str, short: str, kind: Unit.Kind, parent: Unit | None) -> Unit:
        return Unit.objects.create(
            code=code,
            name=name,
            short_name=short,
            kind=kind,
            parent=parent,
            uscc=f"11990202{code.upper():0<10}",
        )

    def _person(self, unit: Unit, seat: str, role: Role) -> None:
        person = Person.objects.create_person(
            username=f"{unit.code}-{seat}", password=None, name=f"{unit.short_name}{seat}", unit=unit
        )
        RoleHolding.objects.create(person=person, role=role, unit=unit, valid_from=date(2020, 1, 1))
        self.people[unit.code, seat] = person


def fresh(document: Document) -> Document:
    """The row as it is now."""
    return Document.objects.unscoped("test").select_related("unit").get(pk=document.pk)
