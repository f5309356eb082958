"""``gongkai rules import FILE``: official texts of laws and rules, one JSON object a line (also .gz)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.kernel import clock
from gongkai.kernel.progress import Tell, progress
from gongkai.registers import actions
from gongkai.trail.chain import SYSTEM


class Command(BaseCommand):
    help = "导入国家和省的官方文本（JSON Lines，可以是 .gz），用于核对网站上的转载件。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["import"], help="import：导入")
        parser.add_argument("file", help="文件，每行一个 JSON：title、text、published、effective、source")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"找不到文件 {path}。请核对路径。")
        rows, faults = [], []
        opened = (
            gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")  # noqa: SIM115 -- closed by the with below
        )
        try:
            with opened as lines:
                for number, line in enumerate(lines, 1):
                    try:
                        row = json.loads(line)
                        if not (str(row["title"]).strip() and str(row["text"]).strip()):
                            raise KeyError("text")
                        rows.append(row)
                    except (ValueError, KeyError, TypeError):
                        faults.append(f"第 {number} 行没有读懂：应是有 title 和 text 的 JSON。")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError("文件读不出来：应是 UTF-8 的 JSON Lines 或者它的 .gz。") from error
        if faults:
            more = f"\n另有 {len(faults) - 20} 行。" if len(faults) > 20 else ""
            raise CommandError("\n".join(faults[:20]) + more + "\n没有导入任何内容。")
        with progress(self.stderr, "正在导入") as tell:
            count = actions.import_official_texts(texts=_told(rows, tell), by=SYSTEM, now=clock.now())
        self.stdout.write(f"读到 {len(rows)} 个文本，新导入 {count} 个，其余已经有了。")


def _told(rows: list[dict[str, Any]], tell: Tell) -> Iterator[dict[str, Any]]:
    """The rows one by one, each told as it is taken."""
    for number, row in enumerate(rows, 1):
        if number % 50 == 0 or number == len(rows):
            tell(number, len(rows))
        yield row
