"""``gongkai recognise FILE``: the fields of an official document, each with how sure we are (B13)."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.documents.rules.recognition import from_scan, recognise
from gongkai.files.reading import read_file

NAMES = {
    "title": "标题", "number": "发文字号", "issuer": "发文机关", "recipients": "主送机关", "written_on": "成文日期",
    "kind": "文种", "attachments": "附件", "openness": "公开属性",
}  # fmt: skip
SURE = 0.8
NO_PAPER = "“{name}”是表格，不是公文正文。请上传公文的 docx、pdf、网页或文本文件；表格可以作附件，或用 gongkai plan import 读入。"
NOTHING = "“{name}”里没有认出公文的标题、文号等字段。请核对是否选错了文件；内容无误的，可以在网站上直接填写。"


class Command(BaseCommand):
    help = "识别公文文件里的标题、文号、发文机关、主送机关、成文日期、文种、附件、公开属性，并给出可信度。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="文件", help="docx、doc、wps、ofd、pdf、html 或 txt；装了文字识别时也可以是扫描件"
        )
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        fields = self._fields(options["file"])
        if options["json"]:
            self.stdout.write(json.dumps({"fields": fields}, ensure_ascii=False))
            return
        for name, found in fields.items():
            value = found["value"]
            words = "；".join(value) if isinstance(value, list) else value
            doubt = "" if found["confidence"] >= SURE else "  ← 请核对"
            self.stdout.write(f"{NAMES[name]}：{words}（可信度 {found['confidence']:.2f}）{doubt}")
        missing = [label for name, label in NAMES.items() if name not in fields]
        if missing:
            self.stdout.write("没有认出：" + "、".join(missing))

    def _fields(self, path: str) -> dict[str, dict[str, Any]]:
        reading = read_file(path)
        name = path.rsplit("/", 1)[-1]
        if not reading.readable:
            raise CommandError(f"“{name}”没有读成。{reading.problem}")
        if reading.kind == "xlsx":
            raise CommandError(NO_PAPER.format(name=name))
        for warning in reading.warnings:
            self.stderr.write(warning)
        fields = from_scan(recognise(reading.blocks), reading.ocr)
        if not fields:
            self.stderr.write(NOTHING.format(name=name))
        return fields
