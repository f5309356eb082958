"""``gongkai requests``: requests for practice, their tables, their sealed files, the exchange with other platforms."""

from __future__ import annotations

import argparse
import json
import os
from datetime import MAXYEAR
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.foi import sealed_zip
from gongkai.foi.actions.exchanging import export_package, import_package
from gongkai.foi.queries import annual, exchange
from gongkai.foi.rules import tables
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.models import Unit
from gongkai.orgs.queries import find_unit
from gongkai.running import simulating
from gongkai.running.data_dir import say
from gongkai.trail import installation
from gongkai.trail.chain import SYSTEM


class Command(BaseCommand):
    help = "依申请公开：模拟一年的案件、统计表三和表四、核验卷宗"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(
            dest="verb", required=True, metavar="simulate|table|export|import|reconcile|verify"
        )
        simulate = verbs.add_parser("simulate", help="在空的 DATA_DIR 里模拟一年的申请，供培训和试验")
        simulate.add_argument("--cases", type=int, required=True, help="案件数，1 到 20000")
        simulate.add_argument("--year", type=int, required=True, help="年度")
        simulate.add_argument("--seed", type=int, default=1, help="随机种子，同样的种子得到同样的案件")
        table = verbs.add_parser("table", help="某年的表三、表四（国办公开办函〔2021〕30号）")
        table.add_argument("--year", type=int, required=True, help="年度，2019 起")
        table.add_argument("--unit", default="", help="单位全称或简称；不写为全区合计")
        table.add_argument("--json", action="store_true", help="只输出 JSON")
        out = verbs.add_parser("export", help="导出某年的申请给市、省平台（含个人信息，妥善保管）")
        out.add_argument("--year", type=int, required=True, help="年度")
        out.add_argument("--platform", required=True, help="对方平台的名称，两边写得一样")
        out.add_argument("file", type=Path, help="写到哪个文件；已有的不覆盖")
        take = verbs.add_parser("import", help="导入市、省平台转来的申请；同一份导入两次不会重复")
        take.add_argument("file", type=Path, help="交换文件")
        take.add_argument("--only-understood", action="store_true", help="只写入看懂的，没看懂的列出来")
        match = verbs.add_parser("reconcile", help="与对方平台逐件对账，不改动任何数据")
        match.add_argument("file", type=Path, help="对方平台导出的交换文件")
        verify = verbs.add_parser("verify", help="核验归档卷宗文件是否完整、没有改动")
        verify.add_argument("file", type=Path, help="卷宗文件")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['verb']}")(options)

    def _simulate(self, options: dict[str, Any]) -> None:
        try:
            done = simulating.simulate(
                cases=options["cases"], year=options["year"], seed=options["seed"], tell=say
            )
        except installation.NotAPlayground as refusal:
            raise CommandError(str(refusal)) from None
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(done)

    def _table(self, options: dict[str, Any]) -> None:
        unit = _unit(options["unit"])
        if not 1 <= options["year"] < MAXYEAR:
            raise CommandError(f"--year 的“{options['year']}”不是年份。请写四位数字，如 --year 2026。")
        try:
            found = annual.tables_of(options["year"], unit)
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        if options["json"]:
            self.stdout.write(json.dumps(annual.as_json(found), ensure_ascii=False))
            return
        for line in _lines(found):
            self.stdout.write(line)
        for finding in annual.findings(found):
            self.stderr.write(finding.text)

    def _export(self, options: dict[str, Any]) -> None:
        if options["file"].exists():
            raise CommandError(f"{options['file']} 已经存在，没有覆盖。请换一个文件名。")
        content = export_package(
            year=options["year"], platform=options["platform"], by=SYSTEM, now=clock.now()
        )
        with open(os.open(options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
        self.stdout.write(f"已导出 {len(json.loads(content)['cases'])} 件到 {options['file']}。")

    def _import(self, options: dict[str, Any]) -> None:
        content = _bytes(options["file"])
        try:
            done, plan = import_package(
                content=content, by=SYSTEM, now=clock.now(), only_understood=options["only_understood"]
            )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"新登记 {done} 件，已有 {len(plan.known)} 件没有改动。")
        for place, text in plan.faults:
            self.stdout.write(f"第 {place} 件没有写入：{text}")

    def _reconcile(self, options: dict[str, Any]) -> None:
        plan = exchange.plan_of(_bytes(options["file"]))
        for place, text in plan.faults:
            self.stdout.write(f"第 {place} 件：{text}" if place else text)
        for row, _ in plan.new:
            self.stdout.write(f"本平台没有：{row.number}（{row.unit}）")
        for number in plan.missing_there:
            self.stdout.write(f"对方文件里没有：{number}")
        for number, differences in plan.differences:
            self.stdout.write(f"{number}：{'；'.join(differences)}")
        agreed = len(plan.known) - len(plan.differences)
        self.stdout.write(f"一致 {agreed} 件，不一致 {len(plan.differences)} 件。")

    def _verify(self, options: dict[str, Any]) -> None:
        faults = sealed_zip.faults(options["file"])
        if faults:
            raise CommandError("卷宗不完整：\n" + "\n".join(faults))
        index = sealed_zip.index_of(options["file"])
        self.stdout.write(
            f"卷宗完整：{index['案件'].get('受理编号', '')}，共 {len(index['目录'])} 件，没有改动。"
        )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise CommandError(f"打不开 {path}。请核对路径和读取权限。") from None


def _unit(name: str) -> Unit | None:
    if not name.strip():
        return None
    found = find_unit(name.strip())
    if found is None:
        raise CommandError(f"没有找到单位“{name}”。请写全称或简称，如 区财政局。")
    return found


def _lines(found: annual.YearTables) -> list[str]:
    heads = "\t".join(tables.COLUMNS.values())
    lines = [f"{found.year}年 表三", f"\t{heads}"]
    labels = tables.row_labels(found.year)
    lines += ["\t".join([label, *map(str, found.rows[row])]) for row, label in labels.items()]
    lines += ["", f"{found.year}年 表四", "\t" + "\t".join(tables.REVIEW_COLUMNS.values())]
    lines += [
        "\t".join([label, *map(str, found.review[group])]) for group, label in tables.REVIEW_GROUPS.items()
    ]
    return lines
