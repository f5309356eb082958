"""Taking in requests of the city's or province's platform, each once, and giving ours out (条例第四十五条)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.foi.actions.opening import Asked, Asking, open_case
from gongkai.foi.models import Case
from gongkai.foi.queries import exchange
from gongkai.foi.queries.codes import code_digest, code_of
from gongkai.foi.rules.exchange import Row
from gongkai.foi.rules.identity import masked
from gongkai.foi.rules.receipt import Arrival, Channel, receipt, why_not_received
from gongkai.kernel.clock import legal_day
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, SystemActor, record

Doer = Actor | SystemActor


def why_not_import(*, plan: exchange.Plan, by: Doer, only_understood: bool, now: datetime) -> list[Refusal]:
    """Why the package is not taken in: not allowed, or rows that are not understood."""
    found = why_not_exchange(by)
    whole = [text for place, text in plan.faults if place == 0]
    found += [Refusal("foi.exchange", "", text) for text in whole]
    bad = [f"第 {place} 件：{text}" for place, text in plan.faults if place]
    for row, _ in plan.new:
        bad += [f"第 {row.place} 件：{one.text}" for one in _why_not_day(row, now)]
    if bad and not only_understood and not whole:
        text = (
            f"有 {len(bad)} 处没有看懂，什么都没有写入。{'；'.join(bad[:3])}。改好再导入，或者只写入看懂的。"
        )
        found.append(Refusal("foi.exchange_rows", "", text))
    return found


def why_not_exchange(by: Doer) -> list[Refusal]:
    """Why this person does not exchange cases: the packages hold the personal data of the whole district."""
    if by is SYSTEM or isinstance(by, Actor) and can(by, "foi.supervise"):
        return []
    return [Refusal("foi.role", "本平台权限规定", "与上级平台交换由区政务公开主管部门办理。")]


@transaction.atomic
def import_package(
    *, content: bytes, by: Doer, now: datetime, only_understood: bool = False
) -> tuple[int, exchange.Plan]:
    """Open the cases that are not here yet; those that are here stay as they are. Returns how many are new."""
    plan = exchange.plan_of(content)
    refuse_if(why_not_import(plan=plan, by=by, only_understood=only_understood, now=now))
    done = 0
    for row, unit in plan.new:
        if not _why_not_day(row, now):
            _open(row, unit, plan.platform, by=by, now=now)
            done += 1
    facts = {"platform": plan.platform, "new": done, "known": len(plan.known), "faults": len(plan.faults)}
    record(verb="foi.import_package", by=by, at=now, facts=facts)
    return done, plan


@transaction.atomic
def export_package(*, year: int, platform: str, by: Doer, now: datetime) -> bytes:
    """The requests of a year for the other platform; who took them out stands in the trail."""
    refuse_if(why_not_exchange(by))
    content = exchange.package(exchange.of_year(year), platform=platform, now=now)
    record(verb="foi.export_package", by=by, at=now, facts={"year": year, "bytes": len(content)})
    return content


def _why_not_day(row: Row, now: datetime) -> list[Refusal]:
    return why_not_received(_arrival(row), today=legal_day(now))


def _arrival(row: Row) -> Arrival:
    return Arrival(channel=Channel(row.channel), arrived_on=row.submitted_on, confirmed_on=row.received_on)


def _open(row: Row, unit: Unit, platform: str, *, by: Doer, now: datetime) -> Case:
    found = receipt(_arrival(row), today=legal_day(now), calendar=calendar())
    person = row.applicant
    key = f"exchange-{platform}-{row.number}"
    return open_case(
        unit=unit,
        channel=row.channel,
        asking=Asking(
            kind=person.kind,
            name=person.name,
            document=person.document,
            document_number=person.document_number,
            document_masked=masked(person.document_number),
            phone=person.phone,
            email=person.email,
            address=person.address,
            agent_name=person.agent_name,
        ),
        asked=Asked(title=row.title, content=row.content, docnumber=row.docnumber),
        by=by,
        now=now,
        arrived_on=row.submitted_on,
        received_on=found.on,
        received_why=f"{found.why}（{found.basis}）"[:200] if found.on else "",
        code_digest=code_digest(code_of(key)),
        submit_key=key[:64],
        origin=platform[:40],
        origin_number=row.number,
    )
