"""Reads of the ledger: what a file says, how far the tasks are, what the public sees."""

from gongkai.ledger.queries.importing import (
    Changes,
    Name,
    Understanding,
    changes_of,
    members_of,
    plan_file,
    read_plan_file,
    read_stored_plan,
    understand,
)
from gongkai.ledger.queries.previewing import Preview, PreviewRow, preview_of
from gongkai.ledger.queries.public import PublicProgress, PublicReport, PublicTask, public_progress
from gongkai.ledger.queries.standing import (
    LedgerPage,
    LedgerRow,
    UnitRow,
    answerable_units,
    by_unit,
    ledger,
    plan_of,
    reports_of,
    row_of,
    units_to_report_for,
    waiting_reports,
)

__all__ = [
    "Changes",
    "LedgerPage",
    "LedgerRow",
    "Name",
    "Preview",
    "PreviewRow",
    "PublicProgress",
    "PublicReport",
    "PublicTask",
    "Understanding",
    "UnitRow",
    "answerable_units",
    "by_unit",
    "changes_of",
    "ledger",
    "members_of",
    "plan_file",
    "plan_of",
    "preview_of",
    "public_progress",
    "read_plan_file",
    "read_stored_plan",
    "reports_of",
    "row_of",
    "understand",
    "units_to_report_for",
    "waiting_reports",
]
