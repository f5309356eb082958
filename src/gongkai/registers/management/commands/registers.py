"""``gongkai registers import FILE --unit NAME``: a unit's 发文登记簿, with a report by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.files.actions import take_in
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import find_unit, nearest
from gongkai.registers import actions, queries
from gongkai.trail.chain import SYSTEM

CHUNK, SHOWN = 64 * 1024, 200
NOT_READ, NOT_UNDERSTOOD = 1, 3  # 2 is a wrong command line


class Command(BaseCommand):
    help = "导入单位的发文登记簿（xlsx 或者 csv），与网站逐号比对，问题成为该单位的待办。"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        reading = verbs.add_parser("import", help="导入一份登记簿")
        reading.add_argument("file", metavar="文件", help="xlsx，或者 UTF-8、GBK 的 csv")
        reading.add_argument("--unit", required=True, metavar="单位", help="单位的全称、简称或者曾用名")
        reading.add_argument("--dry-run", action="store_true", help="只看读出的内容和问题，不写入")
        parser.epilog = "退出码：0 已写入或没有改动；1 文件读不了；2 命令写错；3 有行没有读懂，没有写入。"

    def handle(self, *args: Any, **options: Any) -> None:
        unit, path, now = _unit(options["unit"]), Path(options["file"]), clock.now()
        if not path.is_file():
            raise CommandError(f"找不到文件 {path}。请核对路径。", returncode=NOT_READ)
        try:
            with path.open("rb") as opened:
                content = iter(lambda: opened.read(CHUNK), b"")
                file = take_in(content=content, name=path.name, unit=unit, by=SYSTEM, now=now)
        except Refused as refused:
            raise CommandError(_lines(refused), returncode=NOT_READ) from None
        reading = queries.read_stored(file)
        self._tell_problems(reading.problems)
        if reading.problems:
            text = f"有 {len(reading.problems)} 处没有读懂，没有写入任何内容。请在表里改好后再导入。"
            raise CommandError(text, returncode=NOT_UNDERSTOOD)
        changes = queries.changes_of(reading, unit)
        self.stdout.write(
            f"{unit.short_name}：读到 {len(reading.rows)} 件，新增 {len(changes.new)} 件，"
            f"改动 {len(changes.changed)} 件，不再登记 {len(changes.gone)} 件。"
        )
        for label, numbers in (("改动", changes.changed), ("不再登记", changes.gone)):
            if numbers:
                self.stdout.write(f"{label}：{'、'.join(numbers[:SHOWN])}")
        if not options["dry_run"]:
            try:
                done, _ = actions.import_register(reading=reading, unit=unit, file=file, by=SYSTEM, now=now)
            except Refused as refused:
                raise CommandError(_lines(refused), returncode=NOT_UNDERSTOOD) from None
            self.stdout.write("已写入登记簿。" if done else "与已有的登记簿相同，没有改动。")
        today = clock.today()
        for year in reading.years:
            faults = queries.faults_in(reading.rows, unit, year, today=today)
            self.stdout.write(f"{year}年：{len(faults)} 个问题。")
            for fault in faults[:SHOWN]:
                self.stdout.write(f"  {fault.text}")

    def _tell_problems(self, problems: Any) -> None:
        for one in problems[:SHOWN]:
            self.stderr.write(f"第 {one.row} 行 {one.where}：{one.text}" if one.row else one.text)


def _unit(name: str) -> Unit:
    unit = find_unit(name)
    if unit is None:
        likely = "、".join(nearest(name))
        hint = f"是不是：{likely}？" if likely else "请写单位的全称或者简称。"
        raise CommandError(f"没有叫“{name}”的单位。{hint}")
    return unit


def _lines(refused: Refused) -> str:
    return "\n".join(str(one) for one in refused.refusals)
