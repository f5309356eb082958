"""What an applicant was charged for in a month, and what of a case is not paid yet."""

from __future__ import annotations

from gongkai.foi import states
from gongkai.foi.models import Case, Fee

WHY = "pieces of one applicant add up over the agency's cases of the month"


def pieces_before(case: Case) -> int:
    """Pieces of the same applicant to the same agency in the calendar month of receipt, before this case.

    A case counts as one piece where nobody divided it into more (一事一申请). Without an identity number
    nothing can be added up. 国办函〔2020〕109号.
    """
    digest = case.applicant.identity_digest
    if not digest or case.received_on is None:
        return 0
    month = {"received_on__year": case.received_on.year, "received_on__month": case.received_on.month}
    others = Case.objects.unscoped(WHY).filter(applicant__identity_digest=digest, unit=case.unit_id, **month)
    others = others.exclude(state=states.VOID).exclude(pk=case.pk)
    earlier = [
        pk for pk, day in others.values_list("pk", "received_on") if (day, pk) < (case.received_on, case.pk)
    ]
    counted = dict.fromkeys(earlier, 1)
    charged = Fee.objects.unscoped(WHY).filter(case__in=earlier, mode=Fee.Mode.PIECES, cancelled_why="")
    for pk, pieces in charged.values_list("case_id", "pieces"):
        counted[pk] = max(1, pieces)
    return sum(counted.values())


def open_fee(case: Case) -> Fee | None:
    """The fee that was laid into the file and is neither paid nor taken back."""
    rows = Fee.objects.unscoped("the caller has the case").filter(case=case, paid_on=None, cancelled_why="")
    return rows.order_by("-pk").first()
