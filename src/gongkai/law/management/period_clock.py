"""When a period ends, and every day of it explained: what ``gongkai clock`` (station ``foi``) stands on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.kernel.text.dates import read_date
from gongkai.law import queries
from gongkai.law.calendar import OutsideCalendar
from gongkai.law.clock import Clock, ClockError, Reckoning, TraceDay, Unit

UNITS = {
    "working_days": (Unit.WORKING_DAYS, "--working-days"),
    "days": (Unit.DAYS, "--days"),
    "months": (Unit.MONTHS, "--months"),
    "before": (Unit.BEFORE, "--before"),
}
WAYS = "、".join(option for _, option in UNITS.values())


class PeriodCommand(BaseCommand):
    help = "计算期限：从起算日的次日起数工作日、自然日或月，或者倒数天数，逐日说明。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="start", metavar="日期", help="起算日，如 2026-09-30；次日为第 1 日"
        )
        parser.add_argument("--working-days", metavar="N", help="N 个工作日")
        parser.add_argument("--days", metavar="N", help="N 个自然日，末日遇休假日顺延（民法典第二百零三条）")
        parser.add_argument("--months", metavar="N", help="N 个月（民法典第二百零二条），末日遇休假日顺延")
        parser.add_argument("--before", metavar="N", help="倒数 N 个自然日，不顺延")
        parser.add_argument(
            "--exclude",
            action="append",
            default=[],
            metavar="A..B",
            help="扣除 A 之后到 B（含）的日子，可以写多次，重叠的只扣一次",
        )
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reckoning = _clock(options).reckon(queries.calendar())
        except (ClockError, OutsideCalendar) as problem:
            raise CommandError(str(problem)) from problem
        except OverflowError as problem:
            raise CommandError("期限超出可以表示的日期。请核对起算日和期限。") from problem
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(reckoning), ensure_ascii=False))
        else:
            self.stdout.write(_as_text(reckoning))


def _clock(options: dict[str, Any]) -> Clock:
    given = [name for name in UNITS if options[name] is not None]
    if not options["start"]:
        raise CommandError("没有写起算日。请用 --from 写明，如 --from 2026-09-30。")
    if len(given) != 1:
        found = "同时写了几种期限" if given else "没有写期限"
        raise CommandError(f"{found}。请在 {WAYS} 中选一种，如 --working-days 20。")
    unit, option = UNITS[given[0]]
    clock = Clock(unit, _amount(options[given[0]], option), day_of(options["start"], "--from"))
    for text in options["exclude"]:
        clock = clock.exclude(*_stretch(text))
    return clock


def _amount(text: str | int, option: str) -> int:
    written = str(text).strip()
    if not re.fullmatch(r"[0-9]{1,9}", written) or int(written) == 0:
        raise CommandError(f"{option} 的“{text}”不是正整数。请写 1 以上的数，如 {option} 20。")
    return int(written)


def day_of(text: str | date, option: str) -> date:
    read = read_date(str(text))
    if read.value is None:
        raise CommandError(f"{option} 的日期“{text}”：{read.problem}")
    return read.value


def _stretch(text: str) -> tuple[date, date]:
    after, dots, until = text.partition("..")
    if not dots or not after.strip() or not until.strip():
        raise CommandError(
            f"--exclude 的“{text}”没有读懂。请写成“开始日..结束日”，如 2021-10-12..2021-10-28。"
        )
    return day_of(after, "--exclude"), day_of(until, "--exclude")


def _as_json(reckoning: Reckoning) -> dict[str, Any]:
    return {
        "due": reckoning.due.isoformat(),
        "provisional": reckoning.provisional,
        "trace": trace_as_json(reckoning.trace),
    }


def _as_text(reckoning: Reckoning) -> str:
    mark = "（暂定：有年份的放假通知还没有导入，导入后会重新计算）" if reckoning.provisional else ""
    lines = [f"到期日：{reckoning.due}{mark}", ""]
    return "\n".join((*lines, *trace_as_lines(reckoning.trace)))


def trace_as_json(trace: Iterable[TraceDay]) -> list[dict[str, Any]]:
    """The days of a period for programs."""
    return [{"date": day.day.isoformat(), "counted": day.counted, "why": day.why} for day in trace]


def trace_as_lines(trace: Iterable[TraceDay]) -> list[str]:
    """The days of a period for reading."""
    return [f"{day.day}  {'计' if day.counted else '－'}  {day.why}" for day in trace]
