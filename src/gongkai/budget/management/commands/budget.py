"""``gongkai budget check FILE --json``: the arithmetic of a budget paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.budget import queries


class Command(BaseCommand):
    help = "核对一份预算或者决算文件（xlsx、docx、pdf）里的数。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["check"], help="check：核对")
        parser.add_argument("file", help="文件")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"找不到文件 {path}。请核对路径。")
        found = queries.check_file(path)
        if options["json"]:
            answer = {
                "readable": found.readable,
                "problem": found.problem,
                "findings": [
                    {
                        "rule": one.rule,
                        "level": one.level.value,
                        "where": one.where,
                        "text": one.text,
                        "says": one.says,
                    }
                    for one in found.findings
                ],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        elif not found.readable:
            self.stdout.write(f"读不出来：{found.problem}")
        else:
            for one in found.findings:
                self.stdout.write(f"{one.where}　{one.text}\n  {one.says}")
            self.stdout.write(f"共 {len(found.findings)} 处。")
