"""What the file already says when a letter is begun: the party that is asked, the extension, the fee, usual periods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.foi.models import Case, Consultation, Extension, Fee, Letter, Paper
from gongkai.foi.queries.clocks import dates_of
from gongkai.foi.queries.results import letter_of, result_label
from gongkai.foi.rules.letters import LetterKind
from gongkai.kernel.clock import legal_day
from gongkai.law.queries import calendar
from gongkai.law.rule_table import rule

WHY = "the caller has the case"
TO_PARTIES = (
    "third_party_letter", "third_party_confirm", "third_party_told", "joint_maker_letter", "other_agency_letter",
)  # fmt: skip


def known_facts(case: Case, kind: LetterKind, about: Mapping[str, int], *, today: date) -> dict[str, Any]:
    """The facts that the form opens with; the clerk checks and completes them."""
    found: dict[str, Any] = {}
    if kind.key in TO_PARTIES:
        found |= _of_party(case, about.get("consultation"))
    match kind.key:
        case "correction_notice" | "reasons_notice":
            clock = rule("correction_by_applicant_working_days", on=today).clock(today)
            found["period_ends"] = clock.reckon(calendar()).due
        case "extension_notice":
            found |= _of_extension(case, about.get("extension"))
        case "fee_notice":
            found |= _of_fee(case, about.get("fee"))
        case "third_party_notice_to_applicant":
            row = _consultations(case).filter(sent_on__isnull=False).order_by("-sent_on").first()
            found["sent_on"] = row.sent_on if row else None
        case "transfer_notice" | "assist_letter":
            name = case.holder.name if case.holder else ""
            found |= {"holder": name, "addressee": name}
        case "close_withdrawn":
            found |= {"withdrawn_on": case.closed_on, "withdrawn_how": "书面"}
        case "close_merged":
            found |= {"into_number": case.about.number if case.about else ""}
        case "amend_letter":
            found |= _of_answer(case)
        case "service_proof":
            found |= _of_service(case)
        case "approval_sheet":
            basis = letter_of(case, case.disposition).basis if case.disposition else ""
            label = result_label(case.disposition)
            found["proposal"] = f"{label}（{basis}）" if basis else label
        case "archive_index":
            found |= _of_file(case)
        case "proactive_list":
            found["items"] = case.title
    return {key: worth for key, worth in found.items() if worth not in (None, "")}


def _consultations(case: Case) -> Any:
    return Consultation.objects.unscoped(WHY).filter(case=case)


def _of_party(case: Case, pk: int | None) -> dict[str, Any]:
    row = _consultations(case).filter(pk=pk).first() if pk else None
    if row is None:
        return {}
    return {
        "addressee": row.party,
        "concerning": row.concerning,
        "paper": row.concerning,
        "content": row.concerning,
        "opinion_on": row.answered_on,
        "public_interest": row.overridden_why,
    }


def _of_extension(case: Case, pk: int | None) -> dict[str, Any]:
    rows = Extension.objects.unscoped(WHY).filter(case=case, approved_at__isnull=False, told_on=None)
    row = (rows.filter(pk=pk) if pk else rows).select_related("approved_by").order_by("pk").first()
    if row is None or row.approved_at is None or case.received_on is None:
        return {}
    dates, work = dates_of(case), calendar()
    before = dates.due
    after = before
    for _ in range(row.days if before else 0):
        assert after is not None
        after = work.next_workday(date.fromordinal(after.toordinal() + 1))
    return {
        "reason": row.reason,
        "days": row.days,
        "old_due": before,
        "new_due": after,
        "approver": row.approved_by.name if row.approved_by else "",
        "approved_on": legal_day(row.approved_at),
    }


def _of_fee(case: Case, pk: int | None) -> dict[str, Any]:
    rows = Fee.objects.unscoped(WHY).filter(case=case, cancelled_why="", paid_on=None)
    row = (rows.filter(pk=pk) if pk else rows).order_by("-pk").first()
    if row is None:
        return {}
    if row.mode == Fee.Mode.PIECES:
        how = f"按件计收：本月此前累计{row.before}件，本次{row.pieces}件，按两次累计总额之差计收"
    else:
        how = f"按量计收：共{row.pages}页，A4单面为一页"
    return {"amount": row.amount, "reckoning": how}


def _of_answer(case: Case) -> dict[str, Any]:
    rows = Letter.objects.unscoped(WHY).filter(case=case, is_answer=True, signed_at__isnull=False)
    row = rows.order_by("-round").first()
    return {"answer_number": row.number, "answer_on": case.decided_on} if row else {}


def _of_file(case: Case) -> dict[str, Any]:
    """The file in the order of its papers: the request, what came in, what went out."""
    papers = Paper.objects.unscoped(WHY).filter(case=case, purged_at=None)
    sent = Letter.objects.unscoped(WHY).filter(case=case, signed_at__isnull=False, cancelled_at=None)
    names = ["政府信息公开申请表", *(paper.title for paper in papers.order_by("pk"))]
    names += [f"{row.title} {row.number}".strip() for row in sent.order_by("signed_at", "pk")]
    lines = "\n".join(f"{place}. {name}" for place, name in enumerate(names, 1))
    return {"paper_count": len(names), "paper_list": lines}


def _of_service(case: Case) -> dict[str, Any]:
    rows = Letter.objects.unscoped(WHY).filter(case=case, dispatched_on__isnull=False)
    row = rows.order_by("-dispatched_on", "-pk").first()
    if row is None:
        return {}
    return {
        "served_letter": row.number or row.kind,
        "served_to": row.addressee,
        "way": row.get_way_display(),
        "sent_on": row.dispatched_on,
        "mail_number": row.tracking,
        "got_on": row.received_on,
    }
