"""``gongkai files sweep``: remove what a crash left in the private store."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.files.actions import remove_leftovers
from gongkai.kernel import clock


class Command(BaseCommand):
    help = "私有文件库：清除没有登记的残留文件（断电或中断留下的，超过一天）。"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
        verbs.add_parser("sweep", help="清除没有登记的残留文件")

    def handle(self, *args: Any, **options: Any) -> None:
        count = remove_leftovers(now=clock.now())
        self.stdout.write(f"已清除 {count} 个残留文件。" if count else "没有残留文件。")
