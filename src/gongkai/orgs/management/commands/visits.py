"""``gongkai visits show|recount|nginx``: how often the public pages were read, and the same numbers again."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gongkai.kernel import clock
from gongkai.orgs.actions.visits import count_nginx, log_name, recount
from gongkai.orgs.models import VisitDay
from gongkai.orgs.queries.visits import visits


class Command(BaseCommand):
    help = "访问量：显示、按记录重算、读 nginx 访问日志"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="show|recount|nginx")
        verbs.add_parser("show", help="最近每天的访问量")
        again = verbs.add_parser("recount", help="按当天的访问记录重新计算，应与已有数字相同")
        again.add_argument("day", help="日期，如 2026-03-05")
        nginx = verbs.add_parser("nginx", help="由 nginx 直接答复页面时，读它的访问日志（combined 格式）")
        nginx.add_argument("files", nargs="+", type=Path, help="日志文件")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['verb']}")(options)

    def _show(self, options: dict[str, Any]) -> None:
        found = visits()
        for row in found.days:
            self._say(row)
        since = f"（自 {found.since} 起）" if found.since else ""
        self.stdout.write(f"累计页面访问量 {found.views}{since}")

    def _recount(self, options: dict[str, Any]) -> None:
        try:
            day = date.fromisoformat(options["day"])
        except ValueError:
            raise CommandError(f"“{options['day']}”不是日期。请写成 2026-03-05。") from None
        if not log_name(settings.VISITS_DIR, day).exists():
            raise CommandError(f"没有 {day} 的访问记录。请核对日期，或者核对 DATA_DIR。")
        self._say(recount(folder=settings.VISITS_DIR, day=day, now=clock.now()))

    def _nginx(self, options: dict[str, Any]) -> None:
        for file in options["files"]:
            if not file.is_file():
                raise CommandError(f"找不到文件 {file}。请核对路径。")
            rows = count_nginx(file=file, now=clock.now())
            if not rows:
                self.stdout.write(f"{file.name}：没有读到页面访问。日志要是 combined 格式。")
            for row in rows:
                self._say(row)

    def _say(self, row: VisitDay) -> None:
        self.stdout.write(f"{row.day}　访问 {row.views}　访客 {row.visitors}　{row.get_source_display()}")
