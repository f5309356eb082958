"""``gongkai plan import FILE --year Y``: a yearly plan into the ledger, or only onto the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.queries import Understanding
from gongkai.ledger.rules.plan import PlanReading
from gongkai.ledger.rules.responsible import ROLE_NAMES, NamedUnit
from gongkai.trail.chain import sm3

FIRST_YEAR, LAST_YEAR = 2008, 2100


class Command(BaseCommand):
    help = "读入年度政务公开工作要点：任务、责任单位、期限；写入台账，或用 --dry-run 只看不写。"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        reading = verbs.add_parser("import", help="读入一份工作要点")
        reading.add_argument("file", metavar="文件", help="docx、xlsx、带文字的 pdf、html 或 txt")
        reading.add_argument("--year", type=int, required=True, help="工作要点的年度，如 2026")
        reading.add_argument("--dry-run", action="store_true", help="只看读出的内容，不写入台账")
        reading.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        year, path = options["year"], Path(options["file"])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError(f"年度 {year} 不对：应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间，如 --year 2026。")
        try:
            plan = queries.read_plan_file(path, name=path.name, year=year)
        except Refused as refused:
            raise CommandError("\n".join(str(refusal) for refusal in refused.refusals)) from None
        names = queries.understand(plan)
        changes = None if options["dry_run"] or plan.problems else self._store(plan, path)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(plan, names), ensure_ascii=False))
        else:
            self._tell(plan, names)
        self._warn(plan, names)
        if plan.problems:
            raise CommandError(
                f"有 {len(plan.problems)} 处没有读懂（见上），没有写入台账。请在原文件改正后重新导入。"
            )
        if changes is not None:
            self.stderr.write(changes)

    def _store(self, plan: PlanReading, path: Path) -> str:
        source = actions.Source(name=path.name, digest=sm3(path.read_bytes()))
        try:
            _, changes = actions.import_plan(reading=plan, source=source, now=clock.now())
        except Refused as refused:
            raise CommandError("\n".join(str(refusal) for refusal in refused.refusals)) from None
        if not changes.any and changes.stored:
            return f"{plan.year}年台账里已有相同的 {len(changes.same)} 项任务，没有改动。"
        gone = f"；台账里另有 {len(changes.gone)} 项不在这个文件里，仍然保留" if changes.gone else ""
        return f"已写入{plan.year}年台账：新增 {len(changes.new)} 项，更新 {len(changes.changed)} 项{gone}。"

    def _warn(self, plan: PlanReading, names: Understanding) -> None:
        for problem in plan.problems:
            self.stderr.write(problem.message)
        for remark in plan.remarks:
            self.stderr.write(remark)
        if names.unknown:
            texts = "、".join(name.text for name in names.unknown)
            self.stderr.write(f"{len(names.unknown)} 个单位名称不在单位名录里：{texts}。可以在台账里更正。")

    def _tell(self, plan: PlanReading, names: Understanding) -> None:
        self.stdout.write(
            f"{plan.title or '工作要点'}：{len(plan.tasks)} 项任务，{len(plan.duties)} 条章节任务"
        )
        for task in plan.tasks:
            units = "、".join(f"{unit.text}（{ROLE_NAMES[unit.role]}）" for unit in task.units)
            due = task.deadline
            words = due.day.isoformat() if due.day else {"continuous": "持续公开"}.get(due.kind, "没有期限")
            self.stdout.write(f"{task.number:>3}  {task.field}  {task.requirement}\n     {units}  {words}")
        for duty in plan.duties:
            self.stdout.write(f"  ·  {duty.chapter}{duty.section}  {duty.sentence}")
        for name in names.unknown:
            near = f"，最接近的是：{'、'.join(name.nearest)}" if name.nearest else ""
            self.stdout.write(f"没有“{name.text}”这个单位{near}")


def as_json(plan: PlanReading, names: Understanding) -> dict[str, Any]:
    """The reading as programs take it; ``problems`` are the rows that were not understood."""
    return {
        "tasks": [
            {
                "number": task.number,
                "field": task.field,
                "requirement": task.requirement,
                "units_as_written": task.units_as_written,
                "units": _units(task.units),
                "deadline": {
                    "kind": task.deadline.kind,
                    "date": task.deadline.day.isoformat() if task.deadline.day else None,
                    "as_written": task.deadline.as_written,
                },
            }
            for task in plan.tasks
        ],
        "chapter_tasks": [
            {"chapter": duty.chapter, "sentence": duty.sentence, "units": _units(duty.units)}
            for duty in plan.duties
        ],
        "unresolved": [
            {"task": number, "text": name.text, "nearest": list(name.nearest)}
            for number, name in sorted(
                ((number, name) for name in names.unknown for number in name.tasks or (None,)),
                key=lambda pair: (pair[0] is None, pair[0] or 0),
            )
        ],
        "problems": [
            {"task": problem.task, "text": problem.text, "message": problem.message}
            for problem in plan.problems
        ],
    }


def _units(units: tuple[NamedUnit, ...]) -> list[dict[str, str]]:
    return [{"text": unit.text, "role": unit.role} for unit in units]
