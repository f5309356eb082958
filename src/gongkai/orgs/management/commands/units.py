"""``gongkai units import FILE | list``: the register of units from a list, or onto the screen."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs import actions, lists
from gongkai.orgs.queries.units import register
from gongkai.orgs.rules.register import UnitRow
from gongkai.trail.chain import SYSTEM


class Command(BaseCommand):
    help = "单位名录：从 csv、json 清单或参考名录导入，或列出"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="import|list")
        taking = verbs.add_parser("import", help="导入单位；已有的不改，有一处不对就全部不导入")
        taking.add_argument("file", nargs="?", type=Path, metavar="文件", help="csv（第一行是列名）或 json")
        taking.add_argument("--dry-run", action="store_true", help="只核对，不写入")
        listing = verbs.add_parser("list", help="列出名录里的单位")
        for one in (taking, listing):
            one.add_argument("--reference", metavar="名称", help=f"参考名录：{'、'.join(lists.references())}")
            one.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options)
        except Refused as refused:
            texts = [str(refusal) for refusal in refused.refusals]
            more = [f"另有 {len(texts) - 20} 处。"] if len(texts) > 20 else []
            raise CommandError("\n".join([*texts[:20], *more, "没有导入任何单位。"])) from None

    def _import(self, options: dict[str, Any]) -> None:
        file, name = options["file"], options["reference"]
        if bool(file) == bool(name):
            raise CommandError("请给出一个清单文件，或用 --reference 指定参考名录，二者选一。")
        rows = lists.reference(name) if name else lists.read(file)
        if options["dry_run"]:
            refusals = actions.why_not_import_units(rows=rows, by=SYSTEM)
            if refusals:
                raise Refused(refusals)
            new = 0
        else:
            source = f"参考名录 {name}" if name else f"清单 {file.name}"
            new = actions.import_units(rows=rows, source=source, by=SYSTEM, now=clock.now())
        unsure = sum(not row.confirmed for row in rows)
        if options["json"]:
            self.stdout.write(json.dumps({"rows": len(rows), "new": new, "to_confirm": unsure}))
            return
        if options["dry_run"]:
            self.stdout.write(f"清单里 {len(rows)} 个单位核对无误，没有写入。")
        else:
            self.stdout.write(
                f"清单里 {len(rows)} 个单位，新增 {new} 个，已有 {len(rows) - new} 个没有改动。"
            )
        if unsure:
            self.stdout.write(f"其中 {unsure} 个标为“待确认”，请各单位在工作台核对名称和信息。")

    def _list(self, options: dict[str, Any]) -> None:
        name = options["reference"]
        rows: list[UnitRow] = lists.reference(name) if name else register()
        if options["json"]:
            self.stdout.write(json.dumps({"units": [asdict(row) for row in rows]}, ensure_ascii=False))
            return
        for row in rows:
            doubt = "" if row.confirmed else "　待确认"
            self.stdout.write(f"{row.code}\t{row.short_name}\t{row.name}\t{row.area_code}{doubt}")
        self.stdout.write(f"共 {len(rows)} 个单位。")
