"""``gongkai records declare FILE``: a schema file becomes a record type of this district."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.records import actions, queries


class Command(BaseCommand):
    help = "信息类型：types 列出，declare 用一个表结构文件增加类型。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["types", "declare"], help="types：列出；declare：增加")
        parser.add_argument("file", nargs="?", help="表结构文件（JSON）")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "types":
            for kind in queries.kinds().values():
                self.stdout.write(f"{kind.code}　{kind.title}　{len(kind.fields)} 个字段")
            return
        path = Path(options["file"] or "")
        if not path.is_file():
            raise CommandError(f"找不到文件 {path}。请核对路径。")
        try:
            row = actions.declare(text=path.read_text("utf-8-sig"), by=None, now=clock.now())
        except UnicodeDecodeError:
            raise CommandError("这个文件不是 UTF-8 编码。请另存为 UTF-8 后再试。") from None
        except Refused as refused:
            raise CommandError("；".join(str(one) for one in refused.refusals)) from None
        self.stdout.write(f"类型“{row.code}”可以用了。")
