"""``gongkai backup FILE``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.running import backups
from gongkai.running.data_dir import Unusable


class Command(BaseCommand):
    help = "备份数据库和文件（网站运行时也可以做）"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="备份文件，例如 gongkai-20260301.tar.gz")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        if target.is_dir():
            raise CommandError(f"{target} 是一个目录。请写明备份文件的名字，例如 {target}/gongkai.tar.gz")
        try:
            # Real time on purpose: the age of a backup does not depend on a demo's shifted clock.
            manifest = backups.make(target, at=timezone.now())
        except Unusable as problem:
            raise CommandError(str(problem)) from None
        except PermissionError:
            raise CommandError(f"不能写入 {target}。请检查目录权限，或换一个地方。") from None
        files, rows = len(manifest.members) - 1, sum(manifest.rows.values())
        size = target.stat().st_size
        if options["json"]:
            told = {"file": str(target), "bytes": size, "rows": rows, "files": files}
            self.stdout.write(json.dumps(told | {"trail_rows": manifest.trail_rows}, ensure_ascii=False))
            return
        self.stdout.write(
            f"已备份到 {target}：{rows} 行数据，{files} 个文件，留痕 {manifest.trail_rows} 行，共 {size // 1024 + 1} KB。"
        )
        self.stdout.write(
            "备份里没有密钥。请把 DATA_DIR/secrets 另外保存；没有它也能恢复，但所有人要重新登录，并重新设置第二重验证（gongkai account reset）。"
        )
