"""``gongkai doctor``."""

from __future__ import annotations

import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.running import doctoring


class Command(BaseCommand):
    help = "检查这个环境有什么不安全、缺什么"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = doctoring.examine()
        bad = sum(finding.level == doctoring.BAD for finding in findings)
        if options["json"]:
            listed = [{"level": finding.level, "text": finding.text} for finding in findings]
            self.stdout.write(json.dumps({"ok": not bad, "findings": listed}, ensure_ascii=False))
        else:
            for finding in findings:
                self.stdout.write(f"[{finding.level}] {finding.text}")
            if not findings:
                self.stdout.write("没有发现问题。")
        if bad:
            raise CommandError(f"有 {bad} 项不安全，请按上面的说明处理。")
