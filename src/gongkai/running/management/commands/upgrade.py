"""``gongkai upgrade``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.running import preparing, upgrading
from gongkai.running.data_dir import Unusable, say


class Command(BaseCommand):
    help = "升级数据目录：备份、迁移、触发器、页面和索引、核对"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--if-needed", action="store_true", help="已经是当前版本时什么也不做")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_needed"] and preparing.fits(Path(settings.DATA_DIR)):
            return
        try:
            place = upgrading.upgrade(at=timezone.now(), say=say)
        except Unusable as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write("升级完成。" + (f"升级前的备份：{place}" if place else ""))
