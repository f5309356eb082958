"""``gongkai trail verify | head | export``: check the chain, note its head, take it out."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.kernel import clock
from gongkai.trail import anchors, chain
from gongkai.trail.models import TrailRow


class Command(BaseCommand):
    """Checks the trail for whoever has a shell; changes nothing."""

    help = "核对留痕链、记下链头、导出留痕"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify|head|export")
        verify = verbs.add_parser("verify", help="逐行核对；有问题时退出码为 1")
        verify.add_argument("--anchor", type=Path, help="以前记下的链头文件")
        verify.add_argument("--export", type=Path, help="核对导出的文件，不读数据库")
        verify.add_argument("--json", action="store_true")
        head = verbs.add_parser("head", help="现在的行数和最后一行的摘要")
        head.add_argument("--out", type=Path, help="写到这个文件，请存到另一台机器")
        export = verbs.add_parser("export", help="导出全部留痕，每行一条 JSON")
        export.add_argument("--out", type=Path, help="写到这个文件；不写则到标准输出")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, options["verb"])(options)

    def verify(self, options: dict[str, Any]) -> None:
        try:
            anchor = anchors.read(options["anchor"]) if options["anchor"] else None
        except anchors.BadAnchor as problem:
            raise CommandError(str(problem)) from None
        point = (anchor.rows, anchor.digest) if anchor else None
        if options["export"]:
            verdict, _ = chain.walk(_exported(options["export"]), point)
        else:
            verdict = chain.verify(point)
        if options["json"]:
            answer = {"ok": verdict.ok, "rows": verdict.rows, "first_bad": verdict.first_bad}
            self.stdout.write(json.dumps(answer))
        elif verdict.ok:
            self.stdout.write(f"留痕完整：{verdict.rows} 行，前后相连。")
        if not verdict.ok:
            raise CommandError(
                f"留痕不完整：从第 {verdict.first_bad} 行起对不上。"
                "有人改动、删除或截断了留痕，或锚点不属于本系统。请停止写入，保留现场，用备份比对。"
            )

    def head(self, options: dict[str, Any]) -> None:
        anchor = anchors.present(now=clock.now())
        if options["out"]:
            try:
                anchors.write(anchor, options["out"])
            except OSError as problem:
                raise CommandError(f"写不到 {options['out']}：{problem.strerror}。请换一个位置。") from None
        else:
            self.stdout.write(anchor.as_json().rstrip("\n"))

    def export(self, options: dict[str, Any]) -> None:
        lines = (
            json.dumps(chain.fields_of(row), ensure_ascii=False)
            for row in TrailRow.objects.order_by("seq").iterator(chunk_size=2000)
        )
        if not options["out"]:
            for line in lines:
                self.stdout.write(line)
            return
        try:
            with options["out"].open("x", encoding="utf-8") as handle:
                handle.writelines(f"{line}\n" for line in lines)
        except FileExistsError:
            raise CommandError(f"{options['out']} 已经存在，没有覆盖。请换一个文件名。") from None
        except OSError as problem:
            raise CommandError(f"写不到 {options['out']}：{problem.strerror}。请换一个位置。") from None


def _exported(path: Path) -> Iterator[TrailRow]:
    try:
        with path.open(encoding="utf-8") as handle:
            for number, line in enumerate(handle, start=1):
                try:
                    yield chain.row_of(json.loads(line))
                except (ValueError, KeyError, TypeError):
                    raise CommandError(
                        f"{path} 第 {number} 行不是留痕。请使用 gongkai trail export 写出的文件。"
                    ) from None
    except OSError:
        raise CommandError(f"读不到 {path}。请核对文件名和权限。") from None
