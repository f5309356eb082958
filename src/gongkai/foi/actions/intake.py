"""A request comes in by one of the ways of 条例第二十九条 and 第三十一条, and its day of receipt is settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.files.models import StoredFile
from gongkai.foi import states
from gongkai.foi.actions import engine
from gongkai.foi.actions.opening import Asked, Asking, open_case
from gongkai.foi.models import Case, CaseEvent, Paper
from gongkai.foi.queries.channels import is_open
from gongkai.foi.queries.codes import code_digest, code_of
from gongkai.foi.queries.who import APPLICANT, Doer, why_not_step
from gongkai.foi.rules.receipt import CHANNEL_NAMES, Arrival, Channel, Receipt, receipt, why_not_received
from gongkai.kernel.clock import legal_day
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.messaging.actions import send_to_role
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit
from gongkai.orgs.wall import can

ARTICLE = "条例第三十一条"


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that came with the request, and what it is (a word of ``Paper.Kind``)."""

    file: StoredFile
    kind: str


def why_not_submit(*, unit: Unit, agency: Unit) -> list[Refusal]:
    """Why a visitor cannot send a request to this unit over the web."""
    found = []
    if not unit.active or not agency.active:
        text = f"{agency.name}已经撤并，不再受理申请。请回到第一步，选择承接它职责的单位。"
        found.append(Refusal("foi.unit_gone", "", text))
    if not is_open(unit, Channel.WEB):
        text = f"{agency.name}暂时没有开通网上申请。请当面提交或者邮寄，地址见“依申请公开”页面。"
        found.append(Refusal("foi.channel_closed", "条例第二十九条", text))
    return found


@transaction.atomic
def submit(
    *,
    unit: Unit,
    agency: Unit,
    asking: Asking,
    asked: Asked,
    papers: Iterable[Filed] = (),
    submit_key: str,
    now: datetime,
) -> Case:
    """A visitor sends in his request: it waits until the office has confirmed it with him (条例第三十一条第三项).

    The same ``submit_key`` gives the same case, however often the button is pressed. Raises ``Refused``.
    """
    refuse_if(why_not_submit(unit=unit, agency=agency))
    case = open_case(
        unit=unit,
        agency=agency,
        channel=Channel.WEB,
        asking=asking,
        asked=asked,
        by=APPLICANT,
        now=now,
        code_digest=code_digest(code_of(submit_key)),
        submit_key=submit_key,
    )
    file_papers(case, papers, by=APPLICANT, now=now)
    _tell(case, now=now)
    return case


def why_not_register(
    *, unit: Unit, arrival: Arrival, by: Actor, now: datetime, agency: Unit | None = None
) -> list[Refusal]:
    """Why this person cannot enter this request now: not his unit, a closed way, days that cannot be."""
    found = []
    if not can(by, "foi.register", unit.pk):
        text = f"您不能为{unit.name}登记申请。请由该单位信息员或者窗口人员登记。"
        found.append(Refusal("foi.role", "本平台权限规定", text))
    if not unit.active or (agency is not None and not agency.active):
        found.append(Refusal("foi.unit_gone", "", f"{unit.name}已经撤并。请选择承接它职责的单位。"))
    if not is_open(unit, arrival.channel):
        text = (
            f"{unit.name}没有开通“{CHANNEL_NAMES[arrival.channel]}”渠道。请先在“受理渠道”里开通，"
            "或者告知申请人改用其他渠道。"
        )
        found.append(Refusal("foi.channel_closed", "条例第二十九条", text))
    return found + why_not_received(arrival, today=legal_day(now))


@transaction.atomic
def register(
    *,
    unit: Unit,
    agency: Unit | None = None,
    arrival: Arrival,
    asking: Asking,
    asked: Asked,
    papers: Iterable[Filed] = (),
    submit_key: str,
    by: Actor,
    now: datetime,
) -> Case:
    """Staff enters a request that came over the counter, by post, fax, e-mail or word of mouth.

    Over the counter and by registered mail the clock starts with the day of arrival; else with the day on
    which it was confirmed with the applicant. Who typed it stands in the case. Raises ``Refused``.
    """
    refuse_if(why_not_register(unit=unit, agency=agency, arrival=arrival, by=by, now=now))
    found = receipt(arrival, today=legal_day(now), calendar=calendar())
    facts = dict(asked.facts) | _way(arrival)
    case = open_case(
        unit=unit,
        agency=agency or unit,
        channel=arrival.channel,
        asking=asking,
        asked=Asked(
            title=asked.title,
            content=asked.content,
            docnumber=asked.docnumber,
            form_wanted=asked.form_wanted,
            delivery_wanted=asked.delivery_wanted,
            purpose=asked.purpose,
            kind=asked.kind,
            facts=facts,
        ),
        by=by,
        now=now,
        arrived_on=arrival.arrived_on,
        received_on=found.on,
        received_why=_why(found),
        code_digest=code_digest(code_of(submit_key)),
        submit_key=submit_key,
    )
    file_papers(case, papers, by=by, now=now)
    _tell(case, now=now)
    return case


def why_not_confirm(
    *, case: Case, on: date | None, by: Doer, now: datetime, reached_office_on: date | None = None
) -> list[Refusal]:
    """Why the receipt cannot be confirmed so: it was already, a day in the future, a day before it arrived."""
    found = why_not_step(case, "confirm", by)
    if on is None:
        return [*found, Refusal("foi.no_day", ARTICLE, "没有填写与申请人确认的日期。请填写日期。")]
    arrival = _arrival(case, on, reached_office_on)
    found += why_not_received(arrival, today=legal_day(now))
    if arrival.other_office and arrival.reached_office_on is None:
        text = "申请先递到了其他内设机构，没有填写转到公开机构的日期。请补上，期限从那一天起算。"
        found.append(Refusal("foi.no_reach", "国办公开办函〔2015〕207号", text))
    return found


@transaction.atomic
def confirm(
    *,
    case: Case,
    on: date,
    by: Doer,
    now: datetime,
    how: str = "",
    reached_office_on: date | None = None,
) -> Case:
    """The request was confirmed with the applicant: the reply period runs from the day after (条例第三十一条).

    ``how``: by which means he was reached, without his number. ``reached_office_on``: where the request lay
    with another office of the agency first, the day on which the disclosure office had it.
    """
    case = engine.locked(case)
    refuse_if(why_not_confirm(case=case, on=on, by=by, now=now, reached_office_on=reached_office_on))
    found = receipt(_arrival(case, on, reached_office_on), today=legal_day(now), calendar=calendar())
    return engine.advance(
        case,
        "confirm",
        by=by,
        now=now,
        on=on,
        note=how.strip(),
        facts={"received_on": found.on.isoformat() if found.on else ""},
        changes={"received_on": found.on, "received_why": _why(found)},
    )


def why_not_note_unreachable(*, case: Case, how: str, by: Doer) -> list[Refusal]:
    """Why it cannot be noted that the applicant was not reached."""
    found = why_not_step(case, "note_unreachable", by)
    if not how.strip():
        text = "没有写怎样联系的。请写明几点、用什么方式联系，例如“9:30 打电话，无人接听”。"
        found.append(Refusal("foi.no_reason", ARTICLE, text))
    return found


@transaction.atomic
def note_unreachable(*, case: Case, how: str, by: Doer, now: datetime) -> Case:
    """The applicant could not be reached: it stays registered, the clock runs from restored contact (207号)."""
    case = engine.locked(case)
    refuse_if(why_not_note_unreachable(case=case, how=how, by=by))
    return engine.advance(case, "note_unreachable", by=by, now=now, note=how.strip())


def _arrival(case: Case, on: date, reached_office_on: date | None) -> Arrival:
    """What is known of the way in, from the first event of the case and what was typed now."""
    rows = list(CaseEvent.objects.unscoped("the way in is part of the case").filter(case=case))
    first: dict[str, Any] = next((row.facts for row in rows if row.name == "open"), {})
    unreached = any(row.name == "note_unreachable" for row in rows)
    noted = first.get("reached_office_on") or ""
    return Arrival(
        channel=Channel(case.channel),
        arrived_on=case.arrived_on,
        confirmed_on=None if unreached else on,
        other_office=bool(first.get("other_office") or reached_office_on),
        reached_office_on=reached_office_on or (date.fromisoformat(noted) if noted else None),
        unreachable=unreached,
        contact_restored_on=on if unreached else None,
    )


def _way(arrival: Arrival) -> dict[str, object]:
    if not arrival.other_office:
        return {}
    reached = arrival.reached_office_on
    return {"other_office": True, "reached_office_on": reached.isoformat() if reached else ""}


def _why(found: Receipt) -> str:
    return f"{found.why}（{found.basis}）"[:200] if found.on else ""


def file_papers(case: Case, papers: Iterable[Filed], *, by: Doer, now: datetime) -> list[int]:
    """The files become papers of the case, each once; the keys of those that are new."""
    rows = Paper.objects.unscoped("papers of the case at hand").filter(case=case)
    there = set(rows.values_list("file_id", flat=True))
    made = [
        Paper.objects.create(
            case=case,
            unit_id=case.unit_id,
            kind=one.kind,
            title=one.file.name,
            file=one.file,
            at=now,
            by_id=by.person_id,
        )
        for one in papers
        if one.file.pk not in there
    ]
    return [paper.pk for paper in made]


def _tell(case: Case, *, now: datetime) -> None:
    """The officers of the unit hear on the same day; a request that needs confirming is urgent (条例第三十一条)."""
    waiting = case.state == states.ARRIVED
    send_to_role(
        action="foi.sign_for",
        unit=case.unit,
        subject=f"{case.number} 今天要与申请人确认收到" if waiting else f"收到新的申请 {case.number}",
        text=f"{case.get_kind_display()}，{case.get_channel_display()}提交。"
        + ("请今天与申请人确认，确认之日起算期限。" if waiting else "期限已经起算，请签收办理。"),
        url=f"/workbench/foi/{case.pk}/",
        key=f"foi.arrived:{case.pk}",
        now=now,
        due=case.arrived_on if waiting else case.due_on,
        urgent=waiting,
        about=case,
    )
