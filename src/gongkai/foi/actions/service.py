"""A signed letter on its way: sent, received, come back. Two dates: sending ends a clock, receipt starts one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.foi.models import Case, Letter, Paper
from gongkai.foi.queries.letters import remedy_faults
from gongkai.foi.queries.remedies import remedy_places
from gongkai.foi.queries.results import answers_of, of_case
from gongkai.foi.rules import letters as rules
from gongkai.foi.rules import service
from gongkai.kernel.clock import legal_day
from gongkai.law.basis import cite
from gongkai.law.refusal import Refusal

WHY = "the action checks the unit of the case itself"
ONLINE = (Case.Delivery.ONLINE, Case.Delivery.EMAIL)


@dataclass(frozen=True, slots=True)
class Sending:
    """How and when a letter leaves. ``received_by``: who signed for it, where it was handed over."""

    way: str
    on: date
    carrier: str = ""
    tracking: str = ""
    received_by: str = ""


def locked_letter(letter: Letter) -> Letter:
    """The letter as it is now, kept from everybody else until the transaction ends."""
    rows = Letter.objects.unscoped(WHY).select_for_update(of=("self",))
    return rows.select_related("case__unit", "case__agency", "case__holder", "case__applicant", "agency").get(
        pk=letter.pk
    )


def locked_answer(case: Case) -> Letter | None:
    """The answer of the round of a locked case, itself locked, looking at that case; ``None`` before there is one."""
    return of_case(answers_of(case).select_for_update(of=("self",)).first(), case)


def why_not_leave(letter: Letter, sending: Sending, *, now: datetime) -> list[Refusal]:
    """Why this letter cannot be sent so."""
    if letter.cancelled_at is not None:
        return [Refusal("letter.cancelled", "", "这份文书已经作废，不能发出。请另拟一份。")]
    if letter.signed_at is None:
        text = "文书还没有签发，不能发出。请先送签。"
        return [Refusal("letter.unsigned", cite("条例45"), text)]
    if letter.dispatched_on is not None and letter.failed_on is None:
        return [Refusal("letter.sent", "", f"文书已于 {letter.dispatched_on} 发出，不用再发。")]
    kind = rules.letter_kind(letter.kind)
    to_applicant = kind.addressee == rules.APPLICANT
    found = service.why_not_send(
        sending.way,
        on=sending.on,
        today=legal_day(now),
        signed_on=legal_day(letter.signed_at),
        carrier=sending.carrier,
        tracking=sending.tracking,
        wants_online=not to_applicant or letter.case.delivery_wanted in ONLINE,
        names_channel=_names_channel(letter, kind),
    )
    found += remedy_faults(letter, signed_on=legal_day(letter.signed_at))
    if sending.way == service.HAND and not sending.received_by.strip():
        text = "当面交付要写明由谁签收。请填写签收人姓名。"
        found.append(Refusal("service.no_signer", cite(service.ARTICLE), text))
    return found


def leave(letter: Letter, sending: Sending) -> None:
    """Write the day and the way; the caller saves nothing more of the letter."""
    letter.way, letter.dispatched_on = sending.way, sending.on
    letter.carrier, letter.tracking = sending.carrier.strip()[:60], sending.tracking.strip()[:60]
    letter.failed_on, letter.failed_why = None, ""
    letter.received_on, letter.received_by = None, ""
    letter.save()


def arrive(letter: Letter, *, on: date, received_by: str = "", proof: Paper | None = None) -> None:
    """Write the day on which the other side had it, and the proof."""
    letter.received_on, letter.received_by = on, received_by.strip()[:160]
    if proof is not None:
        letter.proof = proof
    letter.save(update_fields=["received_on", "received_by", "proof"])


def why_not_arrive(letter: Letter, *, on: date, now: datetime) -> list[Refusal]:
    """Why no receipt can be entered."""
    if letter.received_on is not None:
        return [Refusal("letter.received", "", f"已经登记于 {letter.received_on} 收到。请刷新页面。")]
    return service.why_not_serve(on=on, today=legal_day(now), dispatched_on=letter.dispatched_on)


def why_not_come_back(letter: Letter, *, on: date, why: str, now: datetime) -> list[Refusal]:
    """Why the letter cannot have come back."""
    found = why_not_arrive(letter, on=on, now=now)
    if not why.strip():
        found.append(
            Refusal("service.no_why", cite(service.ARTICLE), "没有写退回的原因。请照邮件上的批注填写。")
        )
    return found


def come_back(letter: Letter, *, on: date, why: str) -> None:
    """Write that the letter came back and why."""
    letter.failed_on, letter.failed_why = on, why.strip()[:200]
    letter.save(update_fields=["failed_on", "failed_why"])


def _names_channel(letter: Letter, kind: rules.LetterKind) -> bool:
    """Whether a letter with a remedy says how to file for reconsideration online (行政复议法第二十二条第二款)."""
    if kind.part(rules.REMEDY) is None:
        return True
    channel = remedy_places().online_channel
    told = next((row["text"] for row in letter.text if row["key"] == rules.REMEDY), "")
    return bool(channel) and channel in told or "互联网渠道：" in told
