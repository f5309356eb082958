"""What is done to the public record; one function per verb of the office."""

from gongkai.publishing.actions.publishing import publish, turn, why_not_publish
from gongkai.publishing.actions.reports import (
    report_error,
    set_template,
    why_not_report_error,
    why_not_set_template,
)
from gongkai.publishing.actions.withdrawing import why_not_withdraw, withdraw

__all__ = [
    "publish",
    "report_error",
    "set_template",
    "turn",
    "why_not_publish",
    "why_not_report_error",
    "why_not_set_template",
    "why_not_withdraw",
    "withdraw",
]
