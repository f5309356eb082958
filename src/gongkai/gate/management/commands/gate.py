"""``gongkai gate FILE …``: what may not go out in these files."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.gate import queries
from gongkai.gate.queries import Checked
from gongkai.gate.rules.finding import Finding, Level

LEVELS = {Level.BLOCK: "阻断", Level.WARN: "警示", Level.HINT: "提示"}
MOST = 200


class Command(BaseCommand):
    help = (
        "检查文件能不能公开：个人信息、看不见的内容、日期和用词。"
        "退出码：0 没有阻断问题；1 有阻断问题（读不懂的文件也算）；2 文件打不开。"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files",
            nargs="+",
            metavar="文件",
            help="docx、xlsx、pdf、网页、文本（UTF-8 或 GBK）、图片；可以写几个",
        )
        parser.add_argument("--json", action="store_true", help="只输出 JSON；几个文件时每行一个，带 file")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = [Path(name) for name in options["files"]]
        if wrong := [said for path in paths if (said := _why_not_open(path))]:
            raise CommandError("\n".join(wrong), returncode=2)
        known, blocked = queries.known(), False
        for path in paths:
            checked = queries.check_file(path, path.name, known)
            blocked |= any(one.level == Level.BLOCK for one in checked.findings)
            if options["json"]:
                self.stdout.write(_as_json(checked, path.name if len(paths) > 1 else ""))
            else:
                self._tell(path.name, checked)
        if blocked:
            sys.exit(1)

    def _tell(self, name: str, checked: Checked) -> None:
        if not checked.findings:
            self.stdout.write(f"{name}：没有发现问题。")
            return
        counts = {level: sum(one.level == level for one in checked.findings) for level in LEVELS}
        summary = "，".join(f"{LEVELS[level]} {count} 处" for level, count in counts.items() if count)
        self.stdout.write(f"{name}：{summary}。")
        for one in sorted(checked.findings, key=lambda one: list(LEVELS).index(one.level))[:MOST]:
            quote = f"“{_line(one)}”　" if one.text else ""
            self.stdout.write(f"  {LEVELS[one.level]}　{one.where}　{quote}{one.says}（{one.rule}）")
        if len(checked.findings) > MOST:
            self.stdout.write(f"  另有 {len(checked.findings) - MOST} 处，用 --json 看全部。")


def _why_not_open(path: Path) -> str:
    if path.is_dir():
        return f"{path} 是文件夹。请写出要检查的文件。"
    if not path.is_file():
        return f"没有找到 {path}。请核对路径。"
    return "" if os.access(path, os.R_OK) else f"打不开 {path}：没有读取的权限。请换一个账户，或者改权限。"


def _line(one: Finding) -> str:
    return " ".join(f"{one.before[-8:]}{one.text}{one.after[:8]}".split())


def _as_json(checked: Checked, name: str) -> str:
    findings = [
        {"rule": one.rule, "level": str(one.level), "where": one.where, "text": one.text or one.says}
        for one in checked.findings
    ]
    return json.dumps(
        {**({"file": name} if name else {}), "findings": findings, "readable": checked.readable},
        ensure_ascii=False,
    )
