"""The rows of a plan as they stand, so that an import can be undone to the letter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db import models

from gongkai.ledger.models import Member, Plan, ProgressReport, Task, TaskUnit

Rows: TypeAlias = list[dict[str, Any]]
Snapshot: TypeAlias = dict[str, Any]


def snapshot(plan: Plan | None, task_ids: Iterable[int]) -> Snapshot:
    """The plan's own row, these tasks, their names and the units behind them (three queries)."""
    ids = sorted(set(task_ids))
    return {
        "plan": _row(plan) if plan is not None else None,
        "tasks": _rows(Task.objects.filter(pk__in=ids)),
        "units": _rows(TaskUnit.objects.filter(task__in=ids)),
        "members": _rows(Member.objects.filter(task_unit__task__in=ids)),
    }


def reported_since(task_ids: Iterable[int], moment: datetime) -> set[int]:
    """Those of the tasks on which something was reported after this moment."""
    reports = ProgressReport.objects.unscoped("an import is undone only where no unit's work is lost")
    return set(reports.filter(task__in=list(task_ids), at__gt=moment).values_list("task_id", flat=True))


def _rows(rows: models.QuerySet[Any]) -> Rows:
    return [_row(row) for row in rows.order_by("pk")]


def _row(row: models.Model) -> dict[str, Any]:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return json.loads(json.dumps(values, default=_in_words))


def _in_words(value: Any) -> str:
    """A date or moment to its last digit; Django's own encoder drops the microseconds."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"a snapshot holds no {type(value).__name__}")
