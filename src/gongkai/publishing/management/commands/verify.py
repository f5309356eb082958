"""``gongkai verify RECEIPT.json [PAGE.html|FILE]``: check a receipt without database and network (B17)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.publishing.rules import verifying

PAGES = {".html", ".htm"}


class Command(BaseCommand):
    """Compare a receipt with itself, then with a saved page or an attachment."""

    help = "离线核验：发布回执本身，以及保存下来的网页或者附件是不是发布时的内容"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("receipt", metavar="回执", help="从网页下载的 .receipt.json")
        parser.add_argument("file", metavar="文件", nargs="?", help="保存的网页（.html）或者附件")
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        checks = _checks(options["receipt"], options["file"])
        agrees = all(check.agrees for check in checks)
        if options["json"]:
            rows = [{"what": c.what, "agrees": c.agrees, "told": c.told} for c in checks]
            self.stdout.write(json.dumps({"ok": agrees, "checks": rows}, ensure_ascii=False))
        else:
            for check in checks:
                self.stdout.write(f"{'一致' if check.agrees else '不一致'}　{check.what}：{check.told}")
            self.stdout.write("回执由谁出具要看网站：请在信息原网址上核对同一摘要。")
        if not agrees:
            sys.exit(1)


def _checks(receipt_name: str, file_name: str | None) -> list[verifying.Check]:
    try:
        receipt: Any = json.loads(_bytes(receipt_name).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        receipt = None
    checks = [verifying.check_receipt(receipt)]
    if file_name and checks[0].agrees:
        content = _bytes(file_name)
        if Path(file_name).suffix.lower() in PAGES:
            checks.append(verifying.check_page(receipt, content.decode(errors="replace")))
        else:
            checks.append(verifying.check_file(receipt, content))
    return checks


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError:
        raise CommandError(f"打不开 {name}。请看文件名有没有写错。") from None
