"""Reads of the ledger: what a file says, how far the tasks are, what the public sees."""

from gongkai.ledger.queries.importing import (
    Changes,
    Name,
    Understanding,
    changes_of,
    members_of,
    read_plan_file,
    understand,
)
from gongkai.ledger.queries.public import PublicProgress, PublicReport, PublicTask, public_progress
from gongkai.ledger.queries.standing import (
    LedgerPage,
    LedgerRow,
    UnitRow,
    answerable_units,
    by_unit,
    ledger,
    plan_of,
    row_of,
    units_to_report_for,
    waiting_reports,
)

__all__ = [
    "Changes",
    "LedgerPage",
    "LedgerRow",
    "Name",
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
    "plan_of",
    "public_progress",
    "read_plan_file",
    "row_of",
    "understand",
    "units_to_report_for",
    "waiting_reports",
]
