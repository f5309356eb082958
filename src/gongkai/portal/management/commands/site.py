"""``gongkai site verify|rebuild``: is the tree what the rows say, and how it becomes so again."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.kernel.clock import now, today
from gongkai.kernel.progress import progress
from gongkai.portal import building, exporting, projection, tree
from gongkai.portal.pages.scene import scene
from gongkai.publishing.models import TreeFile
from gongkai.publishing.queries import altered

SHOWN = 50


class Command(BaseCommand):
    """The static tree of public pages."""

    help = "静态页面：verify 核对，rebuild 重新生成，export 导出离线副本"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, told in (("verify", "逐个文件核对页面、回执和发布记录"), ("rebuild", "重新生成全部页面")):
            sub = verbs.add_parser(verb, help=told)
            sub.add_argument("--json", action="store_true", help="只输出 JSON")
        out = verbs.add_parser("export", help="把整个公开网站写成不用服务器就能打开的文件夹")
        out.add_argument("folder", type=Path, help="空的或者还没有的文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "export":
            self._export(options["folder"])
        elif options["verb"] == "verify":
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

    def _export(self, folder: Path) -> None:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(f"{folder} 不是空文件夹。请写一个空的或者还没有的文件夹，以免混进别的文件。")
        if not building.is_built():
            raise CommandError("静态页面还没有全部生成。请先运行 gongkai site rebuild，再导出。")
        folder.mkdir(parents=True, exist_ok=True)
        with progress(self.stderr, "正在写") as tell:
            done = exporting.export(to=folder, scene=scene(today()), now=now(), tell=tell)
        self.stdout.write(
            f"已导出 {done.pages} 页、{done.files} 个文件，搜索里有 {done.documents} 件。用浏览器打开 {folder}/index.html。"
        )

    def _rebuild(self, *, as_json: bool) -> None:
        steps = building.plan()
        with progress(self.stderr, "正在生成") as tell:
            left = steps
            while left:
                tell(steps - left, steps)
                left = building.go_on(today=today(), seconds=1)
            tell(steps, steps)
        files = TreeFile.objects.count()
        ok = building.is_built()
        if as_json:
            self.stdout.write(json.dumps({"ok": ok, "steps": steps, "files": files}))
        else:
            self.stdout.write(f"已生成 {files} 个文件。")
        if not ok:
            sys.exit(1)
