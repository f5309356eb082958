"""What reviewers do: approve, return, review for secrecy; file a signed sheet; ask, answer and settle."""

from gongkai.review.actions.coordinating import (
    answer,
    ask,
    call_off,
    settle,
    usual_answer_by,
    why_not_answer,
    why_not_ask,
    why_not_call_off,
    why_not_settle,
)
from gongkai.review.actions.deciding import (
    decide,
    review_secrecy,
    why_not_decide,
    why_not_review_secrecy,
)
from gongkai.review.actions.signing import (
    record_sheet,
    why_not_accept_sheet,
    why_not_record_sheet,
)

__all__ = [
    "answer",
    "ask",
    "call_off",
    "decide",
    "record_sheet",
    "review_secrecy",
    "settle",
    "usual_answer_by",
    "why_not_accept_sheet",
    "why_not_answer",
    "why_not_ask",
    "why_not_call_off",
    "why_not_decide",
    "why_not_record_sheet",
    "why_not_review_secrecy",
    "why_not_settle",
]
