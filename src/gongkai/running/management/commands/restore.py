"""``gongkai restore FILE --verify``."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.running import restoring
from gongkai.running.data_dir import Unusable


class Command(BaseCommand):
    help = "把备份恢复到一个空的 DATA_DIR"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="备份文件")
        parser.add_argument(
            "--verify", action="store_true", help="恢复后核对行数、摘要、留痕、文件和样本页面"
        )
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = restoring.restore(options["file"], verify=options["verify"])
        except Unusable as problem:
            raise CommandError(str(problem)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not outcome.problems} | asdict(outcome), ensure_ascii=False))
        else:
            self.stdout.write(
                f"已恢复：{outcome.rows} 行数据，{outcome.files} 个文件，留痕 {outcome.trail_rows} 行。"
            )
            if options["verify"] and not outcome.problems:
                self.stdout.write(f"核对通过：行数、摘要、留痕、文件，{outcome.pages} 个样本页面。")
        if outcome.problems:
            raise CommandError("恢复后核对没有通过：\n" + "\n".join(outcome.problems))
