"""``gongkai columns install FILE|CODE``, ``export CODE OUT.json``, ``uninstall CODE``: column packs at the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.columns import actions, queries
from gongkai.columns.rules.packs import read_pack, write_pack
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import find_unit
from gongkai.trail.chain import SYSTEM


class Command(BaseCommand):
    help = "安装、导出、卸载专栏包。"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("packs", help="列出随系统提供的和已安装的专栏包")
        into = verbs.add_parser("install", help="安装")
        into.add_argument("pack", help="专栏包文件，或者随系统提供的代码")
        into.add_argument(
            "--owner", action="append", default=[], help="责任单位，如 财政部门=区财政局；可写多次"
        )
        into.add_argument("--unit", default="", help="逐个单位安装的专栏包：单位名称")
        out = verbs.add_parser("export", help="导出已安装的专栏包")
        out.add_argument("code")
        out.add_argument("out", help="要写的 json 文件")
        gone = verbs.add_parser("uninstall", help="卸载")
        gone.add_argument("code")
        gone.add_argument("--close", action="store_true", help="只停用，不撤去")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(**options)
        except Refused as refused:
            raise CommandError("\n".join(str(one) for one in refused.refusals)) from refused

    def _packs(self, **_: Any) -> None:
        held = {pack.code for pack in queries.installed()}
        for pack in queries.shipped():
            mark = "已安装" if pack.code in held else "未安装"
            self.stdout.write(f"{pack.code}　{pack.name}　{len(pack.columns)} 个专栏　{mark}")

    def _install(self, *, pack: str, owner: list[str], unit: str, **_: Any) -> None:
        found = queries.shipped_pack(pack)
        if found is None:
            path = Path(pack)
            if not path.is_file():
                raise CommandError(
                    f"没有“{pack}”这个专栏包，也没有这个文件。请用 gongkai columns packs 看代码。"
                )
            found, problems = read_pack(path.read_text(encoding="utf-8-sig", errors="replace"))
            if found is None:
                raise CommandError("\n".join(problems[:20]) + "\n没有安装任何专栏。")
        chosen = dict(self._owner(words) for words in owner)
        one = self._unit(unit) if unit else None
        made = actions.install(pack=found, by=SYSTEM, now=clock.now(), chosen=chosen, unit=one)
        self.stdout.write(f"已安装“{found.name}”，新开设 {len(made)} 个专栏，已有的保持不变。")

    def _export(self, *, code: str, out: str, **_: Any) -> None:
        pack = queries.exported(code)
        if pack is None:
            raise CommandError(f"没有安装“{code}”。请用 gongkai columns packs 看已安装的。")
        Path(out).write_text(write_pack(pack), encoding="utf-8")
        self.stdout.write(f"已写出“{pack.name}”{len(pack.columns)} 个专栏：{out}")

    def _uninstall(self, *, code: str, close: bool, **_: Any) -> None:
        pack = next((one for one in queries.installed() if one.code == code), None)
        if pack is None:
            raise CommandError(f"没有安装“{code}”。请用 gongkai columns packs 看已安装的。")
        count = actions.uninstall(pack=pack, by=SYSTEM, now=clock.now(), only_close=close)
        self.stdout.write(f"已停用 {count} 个专栏。" if close else f"已卸载，撤去 {count} 个空专栏。")

    def _owner(self, words: str) -> tuple[str, Unit]:
        word, _, name = words.partition("=")
        return word.strip(), self._unit(name)

    def _unit(self, name: str) -> Unit:
        unit = find_unit(name.strip())
        if unit is None:
            raise CommandError(f"没有“{name}”这个单位，或者不止一个。请写单位全称。")
        return unit
