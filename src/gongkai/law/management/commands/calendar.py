"""``gongkai calendar``: the notices on holidays that the clocks rest on; import of a new one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.kernel import clock
from gongkai.kernel.text.dates import read_date
from gongkai.law import actions, queries
from gongkai.law.calendar import NoticeTable, WorkCalendar
from gongkai.law.notice_text import Reading, read_notice
from gongkai.law.refusal import Refused
from gongkai.trail.chain import SYSTEM

LARGEST = 200_000  # bytes; a notice has some two thousand


class Command(BaseCommand):
    help = "放假安排：列出已有通知，导入国务院办公厅新发的通知。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|import")
        listing = verbs.add_parser("list", help="列出放假通知")
        listing.add_argument("--json", action="store_true", help="只输出 JSON")
        taking = verbs.add_parser(
            "import", help="导入通知：通知原文（txt），或“日期,名称,安排”三列的表（csv）"
        )
        taking.add_argument("file", metavar="文件")
        taking.add_argument("--year", type=int, help="年份；原文里有的可以不写")
        taking.add_argument("--number", default="", help="发文字号，如 国办发明电〔2026〕1号")
        taking.add_argument("--published-on", default="", help="发布日期")
        taking.add_argument("--amends", action="store_true", help="只调整部分日期的通知")
        taking.add_argument("--dry-run", action="store_true", help="只读不存")
        taking.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "list":
            self._list(as_json=options["json"])
        else:
            self._import(options)

    def _list(self, *, as_json: bool) -> None:
        tables = queries.notices()
        if as_json:
            self.stdout.write(json.dumps([_as_json(table) for table in tables], ensure_ascii=False))
            return
        for table in tables:
            kind = "调整" if table.amends else "全年"
            off = sum(1 for holiday in table.holidays for _ in holiday.days())
            self.stdout.write(f"{table.year}  {kind}  {table.number}  放假 {off} 天  {table.title}")
        self.stdout.write("没有通知的年份按周一至周五减法定节假日暂定。")

    def _import(self, options: dict[str, Any]) -> None:
        reading = read_notice(
            _text(Path(options["file"])),
            year=options["year"],
            number=options["number"],
            amends=options["amends"],
        )
        table = _with_date(reading.table, options["published_on"])
        refused = _refused(reading, table)
        if refused:
            raise CommandError("没有导入，什么也没有保存：\n" + "\n".join(refused))
        before = queries.calendar()
        after = WorkCalendar([*before.tables, table])
        changed = [day.isoformat() for day in actions.changed_days(before, after)]
        if not options["dry_run"]:
            try:
                actions.import_notice(table=table, by=SYSTEM, at=clock.now())
            except Refused as refusal:  # another process was quicker
                raise CommandError(str(refusal)) from refusal
        self._report(table, changed, dry_run=options["dry_run"], as_json=options["json"])

    def _report(self, table: NoticeTable, changed: list[str], *, dry_run: bool, as_json: bool) -> None:
        if as_json:
            answer = {**_as_json(table), "imported": not dry_run, "changed_days": changed}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        verb = "可以导入（未保存）" if dry_run else "已导入"
        self.stdout.write(f"{verb}：{table.year} 年放假安排（{table.number}）")
        for holiday in table.holidays:
            worked = "、".join(day.isoformat() for day in holiday.workdays)
            self.stdout.write(
                f"  {holiday.name}  {holiday.first} 至 {holiday.last}"
                + (f"，上班 {worked}" if worked else "")
            )
        self.stdout.write(f"与暂定相比变动 {len(changed)} 天，未到期的期限随即重新计算。")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f"文件“{path.name}”超过 {LARGEST // 1000} KB，不像放假通知。请核对文件。")
        content = path.read_bytes()
    except OSError as problem:
        raise CommandError(f"读不到文件“{path}”。请核对文件名和权限。") from problem
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip() and "\0" not in text:
            return text
    raise CommandError(f"文件“{path.name}”是空的或不是文本。请另存为 txt 或 csv 后再导入。")


def _with_date(table: NoticeTable, written: str) -> NoticeTable:
    if not written:
        return table
    read = read_date(written)
    if read.value is None:
        raise CommandError(f"--published-on 的日期“{written}”：{read.problem}")
    return NoticeTable(
        year=table.year,
        number=table.number,
        holidays=table.holidays,
        published_on=read.value,
        title=table.title,
        amends=table.amends,
    )


def _refused(reading: Reading, table: NoticeTable) -> list[str]:
    if reading.faults:
        return [str(fault) for fault in reading.faults]
    return [str(refusal) for refusal in actions.why_not_import_notice(table=table)]


def _as_json(table: NoticeTable) -> dict[str, Any]:
    return {
        "year": table.year,
        "number": table.number,
        "title": table.title,
        "published_on": table.published_on.isoformat() if table.published_on else None,
        "amends": table.amends,
        "holidays": [
            {
                "name": holiday.name,
                "first": holiday.first.isoformat(),
                "last": holiday.last.isoformat(),
                "workdays": [day.isoformat() for day in holiday.workdays],
            }
            for holiday in table.holidays
        ],
    }
