"""``gongkai fee``: the 信息处理费 of so many pieces or pages."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.foi.rules import fees
from gongkai.kernel import clock
from gongkai.kernel.text.dates import read_date
from gongkai.law.basis import cite
from gongkai.law.rule_table import NoRule


class Command(BaseCommand):
    help = "计算信息处理费：按件（同一申请人一个自然月累计）或者按量（一件申请的页数），二者选一。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pieces", metavar="N", help="件数，同一申请人一个自然月累计")
        parser.add_argument("--pages", metavar="N", help="页数，A4及以下单面为一页，只算一件申请")
        parser.add_argument("--on", metavar="日期", help="按哪一天的标准计算，默认今天")
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        given = [name for name in ("pieces", "pages") if options[name] is not None]
        if len(given) != 1:
            found = "按件和按量不能同时计算" if given else "没有写件数或者页数"
            raise CommandError(f"{found}。请写 --pieces N 或者 --pages N 中的一个。")
        number = _number(str(options[given[0]]), f"--{given[0]}")
        on = _day(options["on"]) if options["on"] else clock.today()
        total = fees.piece_total if given[0] == "pieces" else fees.page_total
        try:
            sum_ = total(number, on=on)
        except (fees.FeeError, NoRule) as problem:
            raise CommandError(str(problem)) from problem
        if options["json"]:
            self.stdout.write(json.dumps({"total": sum_}))
        else:
            unit = "件" if given[0] == "pieces" else "页"
            self.stdout.write(f"{number}{unit}：{sum_}元（{cite(fees.MEASURE)}）")


def _number(text: str, option: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()):
        raise CommandError(f"{option} 的“{text}”不是 0 以上的整数。请写数字，如 {option} 35。")
    return int(text)


def _day(text: str) -> Any:
    read = read_date(str(text))
    if read.value is None:
        raise CommandError(f"--on 的日期“{text}”：{read.problem}")
    return read.value
