"""Acts on the ledger."""

from gongkai.ledger.actions.importing import (
    Source,
    correct_unit,
    import_plan,
    retitle_task,
    why_not_correct,
    why_not_import,
)
from gongkai.ledger.actions.progress import (
    accept_progress,
    report_progress,
    return_progress,
    why_not_accept,
    why_not_report,
    why_not_return,
)

__all__ = [
    "Source",
    "accept_progress",
    "correct_unit",
    "import_plan",
    "report_progress",
    "retitle_task",
    "return_progress",
    "why_not_accept",
    "why_not_correct",
    "why_not_import",
    "why_not_report",
    "why_not_return",
]
