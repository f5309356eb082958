"""What the applicant sends while the office waits for him, and what his silence means."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions.days import why_not_day
from gongkai.foi.actions.engine import advance, locked
from gongkai.foi.models import Case
from gongkai.foi.queries.clocks import asked_and_received, dates_of, reasons_end
from gongkai.foi.queries.who import Doer, why_not_step
from gongkai.foi.rules import steps
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if


def why_not_correction_arrives(
    *, case: Case, by: Doer, on: date | None, now: datetime, text: str = "", papers: int = 0
) -> list[Refusal]:
    """Why no correction can be entered: nothing was asked for, a wrong day, or there is nothing in it."""
    found = why_not_step(case, "correction_arrives", by)
    found += why_not_day(case, on=on, now=now, what="收到补正")
    if not text.strip() and not papers:
        article = states.EVENTS["correction_arrives"].basis
        found.append(
            Refusal("foi.empty_correction", article, "补正没有内容。请写明补正的内容，或者附上材料。")
        )
    return found


@transaction.atomic
def correction_arrives(
    *, case: Case, by: Doer, on: date, now: datetime, text: str = "", papers: tuple[int, ...] = ()
) -> Case:
    """The corrected request came in: the reply period is counted from here (条例第三十条).

    ``text`` is what the applicant wrote, ``papers`` are the keys of papers already in the file.
    """
    case = locked(case)
    refuse_if(why_not_correction_arrives(case=case, by=by, on=on, now=now, text=text, papers=len(papers)))
    facts = {"papers": list(papers)}
    return advance(case, "correction_arrives", by=by, now=now, on=on, note=text.strip(), facts=facts)


def why_not_correction_lapses(*, case: Case, by: Doer, now: datetime) -> list[Refusal]:
    """Why the request cannot be taken as abandoned: the period has not passed, or nobody knows when it began."""
    found = why_not_step(case, "correction_lapses", by)
    if found:
        return found
    if not asked_and_received(case):
        # Even where the letter names the last day: nobody forgoes his request by a letter that he never had.
        text = "还没有登记补正告知书的送达日期，不能认定逾期不补正。请先登记送达。"
        return [Refusal("foi.lapse_undelivered", states.EVENTS["correction_lapses"].basis, text)]
    return steps.why_not_lapse_correction(dates_of(case), today=legal_day(now))


@transaction.atomic
def correction_lapses(*, case: Case, by: Doer, now: datetime) -> Case:
    """No correction came in the period without good reason: the request is taken as abandoned (条例第三十条).

    The case goes back to its handler, who closes it with ``r6_1`` and tells the applicant.
    """
    case = locked(case)
    refuse_if(why_not_correction_lapses(case=case, by=by, now=now))
    return advance(case, "correction_lapses", by=by, now=now)


def why_not_reasons_arrive(
    *, case: Case, by: Doer, on: date | None, now: datetime, text: str
) -> list[Refusal]:
    """Why no reasons can be entered now."""
    found = why_not_step(case, "reasons_arrive", by)
    found += why_not_day(case, on=on, now=now, what="收到理由")
    if not text.strip():
        article = states.EVENTS["reasons_arrive"].basis
        found.append(Refusal("foi.empty_reasons", article, "没有写申请人说明的理由。请照录要点。"))
    return found


@transaction.atomic
def reasons_arrive(*, case: Case, by: Doer, on: date, now: datetime, text: str) -> Case:
    """The applicant said why he asks so much or so often; the agency judges (条例第三十五条)."""
    case = locked(case)
    refuse_if(why_not_reasons_arrive(case=case, by=by, on=on, now=now, text=text))
    return advance(case, "reasons_arrive", by=by, now=now, on=on, note=text.strip())


def why_not_reasons_lapse(*, case: Case, by: Doer, now: datetime) -> list[Refusal]:
    """Why silence cannot be noted yet."""
    found = why_not_step(case, "reasons_lapse", by)
    if found:
        return found
    article = states.EVENTS["reasons_lapse"].basis
    ends = reasons_end(case)
    if ends is None:
        text = "还没有登记说明理由通知的送达日期，无法确认期限。请先登记送达。"
        return [Refusal("foi.lapse_undelivered", article, text)]
    if legal_day(now) <= ends:
        text = f"说明理由的期限到 {ends}，还没有届满。请在届满后再登记。"
        return [Refusal("foi.lapse_early", article, text)]
    return []


@transaction.atomic
def reasons_lapse(*, case: Case, by: Doer, now: datetime) -> Case:
    """No reasons came in the period; the agency may decide that the number of requests is not justified."""
    case = locked(case)
    refuse_if(why_not_reasons_lapse(case=case, by=by, now=now))
    return advance(case, "reasons_lapse", by=by, now=now)
