"""``gongkai site verify|rebuild``: is the tree what the rows say, and how it becomes so again."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.kernel.clock import today
from gongkai.portal import building, projection, tree
from gongkai.publishing.models import TreeFile
from gongkai.publishing.queries import altered

SHOWN = 50


class Command(BaseCommand):
    """The static tree of public pages."""

    help = "静态页面：verify 核对，rebuild 重新生成"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, told in (("verify", "逐个文件核对页面、回执和发布记录"), ("rebuild", "重新生成全部页面")):
            sub = verbs.add_parser(verb, help=told)
            sub.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "verify":
            self._verify(as_json=options["json"])
        else:
            self._rebuild(as_json=options["json"])

    def _verify(self, *, as_json: bool) -> None:
        faults = [{"path": fault.path, "what": fault.what} for fault in tree.faults()]
        faults += [{"path": f"publication:{pk}", "what": "页面没有写到最新"} for pk in projection.behind()]
        faults += [{"path": one.path, "what": one.what} for one in altered()]
        files = TreeFile.objects.count()
        if not building.is_built():
            faults.append({"path": "/", "what": "静态页面还没有全部生成"})
        if as_json:
            self.stdout.write(
                json.dumps({"ok": not faults, "files": files, "faults": faults}, ensure_ascii=False)
            )
        else:
            for fault in faults[:SHOWN]:
                self.stdout.write(f"{fault['path']}　{fault['what']}")
            words = f"有 {len(faults)} 处问题，请运行 gongkai site rebuild" if faults else "全部一致"
            self.stdout.write(f"核对了 {files} 个文件：{words}。")
        if faults:
            sys.exit(1)

    def _rebuild(self, *, as_json: bool) -> None:
        steps = building.plan()
        while left := building.go_on(today=today(), seconds=5):
            self.stderr.write(f"正在生成：{steps - left}/{steps} 步")
        files = TreeFile.objects.count()
        ok = building.is_built()
        if as_json:
            self.stdout.write(json.dumps({"ok": ok, "steps": steps, "files": files}))
        else:
            self.stdout.write(f"已生成 {files} 个文件。")
        if not ok:
            sys.exit(1)
