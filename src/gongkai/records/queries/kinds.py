"""Which record types there are: those of the package, and the district's own schema files."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from gongkai.catalogue.queries import Item, item_of
from gongkai.law.clock import Clock, Reckoning
from gongkai.law.clock import Unit as ClockUnit
from gongkai.law.queries import calendar
from gongkai.law.rule_table import NoRule, rule
from gongkai.law.rule_table import table as rule_table
from gongkai.records.models import DeclaredType
from gongkai.records.rules.declared import RecordType
from gongkai.records.rules.schema import RULE, BadSchema, read_type


@cache
def shipped() -> dict[str, RecordType]:
    """The types of the package by their code, in the order of the catalogue."""
    folder = resources.files("gongkai.records") / "facts" / "types"
    found = [
        read_type(json.loads(one.read_text("utf-8")))
        for one in folder.iterdir()
        if one.name.endswith(".json")
    ]
    return {kind.code: kind for kind in sorted(found, key=lambda kind: (kind.item, kind.code))}


def kinds(*, retired: bool = False) -> dict[str, RecordType]:
    """Every type in use; with ``retired`` also those that take no new rows. One query."""
    found = dict(shipped())
    for row in DeclaredType.objects.all():
        if not row.active and not retired:
            found.pop(row.code, None)
        elif row.declared:
            found[row.code] = read_type(row.declared)
    return dict(sorted(found.items(), key=lambda one: (one[1].item or "20-15", one[0])))


def kind_of(code: str) -> RecordType | None:
    """The type of a code, also a retired one: its rows stay readable."""
    row = DeclaredType.objects.filter(code=code).first()
    if row is not None and row.declared:
        return read_type(row.declared)
    return shipped().get(code)


def item_of_kind(kind: RecordType) -> Item:
    """The item of the statutory catalogue under which the rows stand."""
    return item_of(kind.item)


def read_declaration(text: str) -> tuple[dict[str, Any], RecordType]:
    """A schema file as it was sent in; raises ``BadSchema`` with what is wrong and where."""
    try:
        declared = json.loads(text)
    except ValueError as wrong:
        raise BadSchema(
            f"文件不是JSON，第{getattr(wrong, 'lineno', 1)}行附近写法不对。请用文本编辑器核对。"
        ) from wrong
    if not isinstance(declared, dict):
        raise BadSchema("文件最外层要是一个对象，写明name、title、fields。")
    kind = read_type(declared)
    named = [kind.within_rule, *(step.due.rule for step in kind.steps if step.due)]
    unknown = [name for name in named if name not in rule_table()]
    if unknown:
        raise BadSchema(f"规则表没有“{'”“'.join(unknown)}”。请改为规则表里的名称。")
    return declared, kind


class Periods:
    """Last days of periods of the rule table, reckoned once for each day asked for."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, date], Reckoning] = {}
        self._calendar = calendar()

    def due(self, rule_id: str, start: date) -> date:
        """The last day of a period begun on a day, by the law of that day."""
        return self._reckoned(rule_id, start).due

    def change_by(self, changed_on: date | None) -> tuple[date | None, bool]:
        """The day until which a change of a public row must be public, and whether that day is provisional.

        条例第二十六条 counts from a change as from forming; shorter periods of a type run from the decision only.
        """
        if changed_on is None:
            return None, False
        found = self._reckoned(RULE, changed_on)
        return found.due, found.provisional

    def _reckoned(self, rule_id: str, start: date) -> Reckoning:
        found = self._known.get((rule_id, start))
        if found is None:
            try:
                held = rule(rule_id, on=start)
            except NoRule:  # older than the rule: judged by its first version
                held = rule_table()[rule_id][0]
            found = held.clock(start).reckon(self._calendar)
            self._known[rule_id, start] = found
        return found

    def publish_by(self, kind: RecordType, formed_on: date | None) -> date | None:
        """The day until which a row must be public: the type's own days, else the rule (条例第二十六条)."""
        if formed_on is None:
            return None
        if kind.within_working_days:
            own = Clock(ClockUnit.WORKING_DAYS, kind.within_working_days, formed_on)
            return own.reckon(self._calendar).due
        return self.due(kind.within_rule, formed_on)


def period_words(kind: RecordType, *, on: date) -> str:
    """Within which time a row is to be public, with its article."""
    if kind.within_working_days:
        return f"{kind.within_working_days}个工作日（本区规定）"
    return str(rule(kind.within_rule, on=on))
