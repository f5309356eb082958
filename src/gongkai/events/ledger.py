"""What the ledger tells: a plan came in, a task moved."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanImported:
    """The plan of a year was written into the ledger, or changed there."""

    plan_id: int
    year: int


@dataclass(frozen=True, slots=True)
class TaskProgressChanged:
    """A report on a task was sent, accepted or returned, or its units or title were corrected."""

    task_id: int
    plan_id: int
    year: int


@dataclass(frozen=True, slots=True)
class PlanMoved:
    """Many tasks of a plan moved at once: the published records were looked through for it."""

    plan_id: int
    year: int
