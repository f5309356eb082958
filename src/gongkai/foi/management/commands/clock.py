"""``gongkai clock``: a period of the law, or, as ``gongkai clock case``, every date of a request."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser

from gongkai.foi.rules.case_dates import CaseDates, SubClock
from gongkai.foi.rules.case_events import (
    AnswerDispatched,
    Asked,
    CaseEvent,
    ConsultationSent,
    CorrectionAsked,
    CorrectionReceived,
    Extended,
    FeeAsked,
    FeePaid,
    ReasonableDelay,
    ReasonsAsked,
    Received,
)
from gongkai.foi.rules.clocks import CaseError, reckon_case
from gongkai.kernel import clock
from gongkai.law import queries
from gongkai.law.calendar import OutsideCalendar, WorkCalendar
from gongkai.law.clock import ClockError
from gongkai.law.management.period_clock import PeriodCommand, day_of, trace_as_json, trace_as_lines
from gongkai.law.rule_table import NoRule

KINDS = {"第三方": Asked.THIRD_PARTY, "共同制作": Asked.JOINT_MAKER, "其他机关": Asked.OTHER_AGENCY}
CASE_OPTIONS = (
    *("received", "correction_sent", "correction_received", "consult", "extend", "fee_sent", "fee_paid"),
    *("reasons_asked", "delay_until", "answered", "today"),
)
PERIOD_OPTIONS = {
    "start": "from",
    "working_days": "working-days",
    "days": "days",
    "months": "months",
    "before": "before",
    "exclude": "exclude",
}
PROVISIONAL = "（暂定：有年份的放假通知还没有导入，导入后会重新计算）"


class Command(PeriodCommand):
    help = "计算期限并逐日说明。gongkai clock case 按一件依申请公开的经过计算全部日期。"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "what", nargs="?", choices=["case"], metavar="case", help="计算一件申请，而不是一个期限"
        )
        case = parser.add_argument_group("一件申请（gongkai clock case）")
        case.add_argument("--received", metavar="日期", help="收到申请之日")
        case.add_argument("--correction-sent", metavar="日期", help="发出补正告知书之日")
        case.add_argument("--correction-received", metavar="日期", help="收到补正的申请之日")
        case.add_argument(
            "--consult",
            action="append",
            default=[],
            metavar="A..B",
            help="A 发出征求意见书，B 收到意见；没有答复写 A..；共同制作机关写 共同制作:A..B；可以写多次",
        )
        case.add_argument(
            "--extend",
            action="append",
            default=[],
            metavar="N[@日期]",
            help="延长 N 个工作日，日期为告知申请人之日；不写日期视为期限内告知；可以写多次",
        )
        case.add_argument("--fee-sent", metavar="日期", help="发出收费通知之日")
        case.add_argument("--fee-paid", metavar="日期", help="缴费之日")
        case.add_argument("--reasons-asked", metavar="日期", help="要求说明理由之日（不停止计算）")
        case.add_argument("--delay-until", metavar="日期", help="依第三十五条告知延迟到哪一天答复")
        case.add_argument("--answered", metavar="日期", help="发出答复之日（邮寄的为交邮之日）")
        case.add_argument("--today", metavar="日期", help="按哪一天判断是否逾期，默认今天")

    def handle(self, *args: Any, **options: Any) -> None:
        given = [name for name in CASE_OPTIONS if options.get(name)]
        if options.get("what") != "case":
            if given:
                option = "--" + given[0].replace("_", "-")
                raise CommandError(f"{option} 用于计算一件申请。请写成 gongkai clock case {option} …")
            super().handle(*args, **options)
            return
        if other := next((name for name in PERIOD_OPTIONS if options.get(name)), ""):
            raise CommandError(
                f"--{PERIOD_OPTIONS[other]} 用于计算单个期限。一件申请请用 --received 写收到之日。"
            )
        calendar = queries.calendar()
        try:
            dates = reckon_case(_events(options), calendar)
            today = day_of(options["today"], "--today") if options["today"] else clock.today()
            shown = _as_json(dates, today, calendar) if options["json"] else _as_text(dates, today, calendar)
        except (CaseError, ClockError, OutsideCalendar, NoRule) as problem:
            raise CommandError(str(problem)) from problem
        except OverflowError as problem:
            raise CommandError("期限超出可以表示的日期。请核对各个日期。") from problem
        self.stdout.write(shown)


def _events(options: dict[str, Any]) -> list[CaseEvent]:
    """The events as typed; a restart without its letter is taken as asked for in time."""
    if not options["received"]:
        raise CommandError("没有写收到申请之日。请用 --received 写明，如 --received 2026-03-02。")

    def day(name: str) -> date | None:
        return day_of(options[name], "--" + name.replace("_", "-")) if options[name] else None

    received = day("received")
    assert received is not None
    events: list[CaseEvent] = [Received(received)]
    if asked := day("correction_sent") or (received if options["correction_received"] else None):
        events.append(CorrectionAsked(asked))
    if corrected := day("correction_received"):
        events.append(CorrectionReceived(corrected))
    if fee := day("fee_sent") or (corrected or received if options["fee_paid"] else None):
        events.append(FeeAsked(fee))
    if paid := day("fee_paid"):
        events.append(FeePaid(paid))
    if reasons := day("reasons_asked") or (received if options["delay_until"] else None):
        events.append(ReasonsAsked(reasons))
    if until := day("delay_until"):
        events.append(ReasonableDelay(until))
    if answered := day("answered"):
        events.append(AnswerDispatched(answered))
    events += [_consultation(text, place) for place, text in enumerate(options["consult"], 1)]
    events += [_extension(text, received) for text in options["extend"]]
    return events


def _consultation(text: str, place: int) -> ConsultationSent:
    who, colon, stretch = text.replace("：", ":").rpartition(":")
    kind = KINDS.get(who.strip()) if colon else Asked.THIRD_PARTY
    sent, dots, answered = stretch.partition("..")
    if kind is None or not dots or not sent.strip():
        raise CommandError(
            f"--consult 的“{text}”没有读懂。请写成“发出日..答复日”，如 2021-10-12..2021-10-28；"
            f"前面可以写{'、'.join(KINDS)}加冒号。"
        )
    return ConsultationSent(
        kind,
        f"第 {place} 个被征求意见方",
        day_of(sent, "--consult"),
        None,
        day_of(answered, "--consult") if answered.strip() else None,
    )


def _extension(text: str, received: date) -> Extended:
    amount, at, told = str(text).partition("@")
    if not re.fullmatch(r"[0-9]{1,4}", amount.strip()) or int(amount) == 0 or (at and not told.strip()):
        raise CommandError(f"--extend 的“{text}”没有读懂。请写工作日数，如 20，或者 20@2026-03-20。")
    on = day_of(told, "--extend") if at else received
    return Extended(int(amount), on, on, reason="命令行计算")


def _as_json(dates: CaseDates, today: date, calendar: WorkCalendar) -> str:
    standing = dates.standing(today=today, calendar=calendar)
    return json.dumps(
        {
            "due": _iso(dates.due),
            "provisional": dates.provisional,
            "risk_due": _iso(dates.risk_due),
            "first_due": _iso(dates.first_due),
            "started": _iso(dates.started),
            "working_days": dates.working_days,
            "status": standing.status.value,
            "days_left": standing.days_left,
            "days_over": standing.days_over,
            "stopped_for": standing.stopped_for,
            "sub_clocks": [_sub_clock(one) for one in dates.sub_clocks()],
            "reminders": {one.kind: _iso(one.on) for one in dates.reminders},
            "problems": [{"code": one.code, "text": one.text, "basis": one.basis} for one in dates.problems],
            "story": [{"date": _iso(one.on), "text": one.text} for one in dates.story],
            "trace": trace_as_json(dates.trace),
        },
        ensure_ascii=False,
    )


def _sub_clock(one: SubClock) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "about": one.about,
        "due": _iso(one.due),
        "provisional": one.provisional,
        "done": _iso(one.done_on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _as_text(dates: CaseDates, today: date, calendar: WorkCalendar) -> str:
    standing = dates.standing(today=today, calendar=calendar)
    due = f"{dates.due}{PROVISIONAL if dates.provisional else ''}" if dates.due else "暂停计算"
    lines = [f"最晚答复日：{due}", f"现状：{standing.text}"]
    if dates.risk_due:
        lines.append(f"风险日期：{dates.risk_due}（{dates.risk_why}）")
    lines += [f"请注意：{problem}" for problem in dates.problems]
    lines += ["", "经过："]
    lines += [f"{step.on}  {step.text}" for step in dates.story]
    lines += ["", "各项期限："]
    lines += [f"{one.due}  {one.name}（{one.basis}）" for one in dates.sub_clocks()]
    return "\n".join((*lines, "", "逐日：", *trace_as_lines(dates.trace)))
