"""``gongkai site verify|rebuild|export|ipv6``: is the tree what the rows say, how it becomes so again, who can read it."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.kernel.clock import now, today
from gongkai.kernel.progress import progress
from gongkai.portal import building, exporting, ipv6, projection, tree
from gongkai.portal.pages.scene import scene
from gongkai.publishing.models import TreeFile
from gongkai.publishing.queries import altered

SHOWN = 50
USES = {ipv6.OWN: "本站", ipv6.DRAWN: "页面资源", ipv6.LINKED: "外链"}


class Command(BaseCommand):
    """The static tree of public pages."""

    help = "静态页面：verify 核对，rebuild 重新生成，export 导出离线副本，ipv6 检查 IPv6 支持"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, told in (
            ("verify", "逐个文件核对页面、回执和发布记录"),
            ("rebuild", "重新生成全部页面"),
            ("ipv6", "查本站和页面上每个域名的 IPv6 支持"),
        ):
            sub = verbs.add_parser(verb, help=told)
            sub.add_argument("--json", action="store_true", help="只输出 JSON")
        out = verbs.add_parser("export", help="把整个公开网站写成不用服务器就能打开的文件夹")
        out.add_argument("folder", type=Path, help="空的或者还没有的文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "export":
            self._export(options["folder"])
        elif options["verb"] == "verify":
            self._verify(as_json=options["json"])
        elif options["verb"] == "ipv6":
            self._ipv6(as_json=options["json"])
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

    def _ipv6(self, *, as_json: bool) -> None:
        hosts = ipv6.check()
        faults = [host for host in hosts if host.is_fault]
        if as_json:
            told = [asdict(host) | {"fault": host.is_fault, "words": host.words} for host in hosts]
            self.stdout.write(json.dumps({"ok": not faults, "hosts": told}, ensure_ascii=False))
        else:
            for host in hosts:
                self.stdout.write(f"{host.name}　{USES[host.use]}，{host.pages} 页　{host.words}")
                self.stdout.write(f"    A {'、'.join(host.four) or '无'}　AAAA {'、'.join(host.six) or '无'}")
            outside = [host for host in hosts if host.use == ipv6.LINKED and host.is_known]
            good = sum(bool(host.six) for host in outside)
            ratio = f"；外链域名 {len(outside)} 个，支持 {good} 个" if outside else ""
            self.stdout.write(
                f"{'有 ' + str(len(faults)) + ' 处要改' if faults else 'IPv6 读者能看到全部内容'}{ratio}。"
            )
        if faults:
            sys.exit(1)

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
