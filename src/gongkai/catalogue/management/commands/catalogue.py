"""``gongkai catalogue import FILE --field NAME`` and ``gongkai catalogue export --field NAME OUT.xlsx``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.catalogue import actions, queries
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.trail.chain import SYSTEM

SHOWN = 50


class Command(BaseCommand):
    help = "导入、导出基层政务公开标准目录（官方表样，不用改动）。"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        into = verbs.add_parser("import", help="导入一个领域的目录表")
        into.add_argument("file", help="xlsx 文件")
        into.add_argument("--field", required=True, help="领域名称，如 养老服务")
        into.add_argument("--check", action="store_true", help="只看报告，不写入")
        out = verbs.add_parser("export", help="导出一个领域的现行目录")
        out.add_argument("out", help="要写的 xlsx 文件")
        out.add_argument("--field", required=True, help="领域名称")
        out.add_argument("--edition", type=int, default=0, help="第几版；不写为现行版")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['verb']}")(**options)

    def _import(self, *, file: str, field: str, check: bool, **_: Any) -> None:
        path = Path(file)
        if not path.is_file():
            raise CommandError(f"找不到文件 {path}。请核对路径。")
        reading = queries.read_path(path, name=path.name, field_name=field, today=clock.today())
        self._report(reading, field)
        if check:
            self.stdout.write("只看报告，没有写入。")
            return
        try:
            version = actions.import_catalogue(
                reading=reading, field_name=field, by=SYSTEM, now=clock.now(), source_name=path.name
            )
        except Refused as refused:
            raise CommandError(
                f"有 {len(reading.stopping)} 处没有读懂，没有写入任何内容。请改好后再导入。"
            ) from refused
        facts = version.facts
        self.stdout.write(
            f"“{field}”现在是第 {version.number} 版：新增 {facts['added']} 项，"
            f"改动 {facts['changed']} 项，删去 {facts['removed']} 项。"
        )

    def _report(self, reading: queries.Reading, field: str) -> None:
        self.stdout.write(f"“{field}”读到 {len(reading.meanings)} 个事项。")
        for label, faults in (("要改", reading.stopping), ("请看", reading.hints)):
            for fault in faults[:SHOWN]:
                place = f"第 {fault.row} 行 {fault.where}：" if fault.row else ""
                self.stdout.write(f"{label}　{place}{fault.text}")
            if len(faults) > SHOWN:
                self.stdout.write(f"{label}　另有 {len(faults) - SHOWN} 处。")

    def _export(self, *, out: str, field: str, edition: int, **_: Any) -> None:
        found = queries.field_named(field)
        if found is None:
            names = "、".join(one.name for one in queries.fields()) or "还没有"
            raise CommandError(f"没有“{field}”这个领域。现有：{names}。")
        version = queries.version_of(found, edition) if edition else queries.current_version(found)
        if version is None:
            raise CommandError(f"“{found.name}”没有这一版目录。请先导入，或者核对版次。")
        Path(out).write_bytes(queries.catalogue_xlsx(version))
        self.stdout.write(f"已写出“{found.name}”第 {version.number} 版：{out}")
