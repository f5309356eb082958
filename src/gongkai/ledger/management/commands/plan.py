"""``gongkai plan import FILE --year Y``: a yearly plan into the ledger, or only onto the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.kernel import clock
from gongkai.law.refusal import Refusal, Refused
from gongkai.ledger import actions, queries
from gongkai.ledger.queries import Changes, Missing, Understanding
from gongkai.ledger.rules.plan import PlanReading
from gongkai.ledger.rules.responsible import ROLE_NAMES, NamedUnit
from gongkai.trail.chain import sm3

FIRST_YEAR, LAST_YEAR = 2008, 2100
NOT_READ, NOT_UNDERSTOOD = 1, 3  # 2 is a wrong command line
EXIT_CODES = "退出码：0 已写入或没有改动（--dry-run 时为全部读懂）；1 文件读不了；2 命令写错；3 有行没有读懂，没有写入。"


class Command(BaseCommand):
    help = "读入年度政务公开工作要点：任务、责任单位、期限；写入台账，或用 --dry-run 只看不写。"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        reading = verbs.add_parser("import", help="读入一份工作要点")
        reading.add_argument("file", metavar="文件", help="docx、xlsx、带文字的 pdf、html 或 txt")
        reading.add_argument("--year", type=int, required=True, help="工作要点的年度，如 2026")
        reading.add_argument("--dry-run", action="store_true", help="只看读出的内容，不写入台账")
        reading.add_argument("--json", action="store_true", help="只输出 JSON")
        reading.add_argument(
            "--missing", choices=("keep", "end"), default="keep",
            help="台账里有、文件里没有的任务：keep 保留（默认），end 移出或终止",
        )  # fmt: skip
        parser.epilog = EXIT_CODES

    def handle(self, *args: Any, **options: Any) -> None:
        year, path, as_program = options["year"], Path(options["file"]), options["json"]
        try:
            if not FIRST_YEAR <= year <= LAST_YEAR:
                text = f"年度 {year} 不对：应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间，如 --year 2026。"
                raise Refused([Refusal("plan.year", "", text)])
            plan = queries.read_plan_file(path, name=path.name, year=year)
        except Refused as refused:
            if as_program:
                self.stdout.write(json.dumps(unread(refused), ensure_ascii=False))
            raise CommandError("\n".join(str(one) for one in refused.refusals), returncode=NOT_READ) from None
        names = queries.understand(plan)
        changes = queries.changes_of(plan)
        said = "" if options["dry_run"] or plan.problems else self._store(plan, path, options["missing"])
        past = queries.past_deadlines(plan, today=clock.today())
        if as_program:
            stored = bool(said)
            found = as_json(plan, names) | {"remarks": [*plan.remarks, *past], "stored": stored}
            self.stdout.write(json.dumps(found | {"changes": changes_as_json(changes)}, ensure_ascii=False))
        else:
            self._tell(plan, names)
        self._warn(plan, names, past)
        if plan.problems:
            text = f"有 {len(plan.problems)} 处没有读懂（见上），没有写入台账。请在原文件改正后重新导入。"
            raise CommandError(text, returncode=NOT_UNDERSTOOD)
        if said:
            self.stderr.write(said)

    def _store(self, plan: PlanReading, path: Path, missing: Missing) -> str:
        source = actions.Source(name=path.name, digest=sm3(path.read_bytes()))
        try:
            _, changes = actions.import_plan(reading=plan, source=source, now=clock.now(), missing=missing)
        except Refused as refused:
            raise CommandError("\n".join(str(refusal) for refusal in refused.refusals)) from None
        ended = missing == "end" and bool(changes.removed)
        if not changes.any and changes.stored and not ended:
            return f"{plan.year}年台账里已有相同的 {len(changes.same)} 项任务，没有改动。"
        gone = ""
        if changes.gone:
            gone = f"；不在这个文件里的 {len(changes.gone)} 项" + (
                "已移出或终止" if ended else "仍然保留（加 --missing end 可移出）"
            )
        return f"已写入{plan.year}年台账：新增 {len(changes.new)} 项，更新 {len(changes.changed)} 项{gone}。"

    def _warn(self, plan: PlanReading, names: Understanding, past: list[str]) -> None:
        for problem in plan.problems:
            self.stderr.write(problem.message)
        for remark in plan.remarks:
            self.stderr.write(remark)
        if past:
            self.stderr.write(f"{past[0]}" + (f"共 {len(past)} 项期限已过。" if len(past) > 1 else ""))
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
            shared = "有不止一个单位叫" if name.shared else "没有"
            near = f"，最接近的是：{'、'.join(name.nearest)}" if name.nearest else ""
            self.stdout.write(f"{shared}“{name.text}”{'这个单位' if not name.shared else ''}{near}")


def unread(refused: Refused) -> dict[str, Any]:
    """What a program gets for a file that could not be read at all: the same keys, and why."""
    problems = [{"task": None, "text": "", "message": str(one)} for one in refused.refusals]
    nothing = {"tasks": [], "chapter_tasks": [], "unresolved": [], "remarks": [], "stored": False}
    return nothing | {"problems": problems, "changes": changes_as_json(Changes(pairs=(), stored=False))}


def changes_as_json(changes: Changes) -> dict[str, Any]:
    """How the file differs from the ledger: numbers of the annex, and each field that reads differently."""
    return {
        "new": list(changes.new),
        "changed": list(changes.changed),
        "same": list(changes.same),
        "gone": list(changes.gone),
        "chapters": changes.of_chapters,
        "fields": [
            {
                "task": pair.words.number,
                "origin": pair.words.origin,
                "field": one.label,
                "old": one.old,
                "new": one.new,
            }
            for pair in changes.pairs
            for one in pair.fields
        ],
    }


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
