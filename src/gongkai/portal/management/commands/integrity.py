"""``gongkai integrity sweep``: hold rows, files and pages against the seals and the trail (B17)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.kernel.clock import now
from gongkai.portal import sweeping, tree
from gongkai.publishing import queries
from gongkai.trail import chain

SHOWN = 50


class Command(BaseCommand):
    """One full turn over the three layers; changes nothing, unless ``--mend`` restores pages and notes the rest."""

    help = "完整性：逐条核对发布记录、附件原件和静态页面有没有被改过"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
        sub = verbs.add_parser("sweep", help="核对一遍，只报告，不改动")
        sub.add_argument("--json", action="store_true", help="只输出 JSON")
        sub.add_argument("--mend", action="store_true", help="同时按记录恢复网页，并记入告警")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(_found())
        if options["mend"] and found:
            sweeping.turn(now())
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not found, "faults": found}, ensure_ascii=False))
        else:
            for one in found[:SHOWN]:
                self.stdout.write(f"{one['layer']}　{one['path']}　{one['what']}")
            if len(found) > SHOWN:
                self.stdout.write(f"只列出前 {SHOWN} 处，全部请加 --json。")
            self.stdout.write(
                f"有 {len(found)} 处与发布时不一致。请先留存现场，再查留痕。"
                if found
                else "三层核对完毕，全部一致。"
            )
        if found:
            sys.exit(1)


def _found() -> Iterator[dict[str, str]]:
    verdict = chain.verify()
    if not verdict.ok:
        yield {"layer": "留痕", "path": f"#{verdict.first_bad}", "what": "留痕链从这一行起断了"}
    for row in (*queries.altered(), *queries.vanished()):
        yield {"layer": "记录", "path": row.path, "what": row.what}
    for row in queries.changed_files():
        yield {"layer": "原件", "path": row.path, "what": row.what}
    for fault in tree.faults():
        yield {"layer": "页面", "path": fault.path, "what": fault.what}
