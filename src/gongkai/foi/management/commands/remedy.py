"""``gongkai remedy``: the remedy paragraph of a result, on a day, for a unit."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.foi.rules.agencies import Agency, Seats, UnknownAgency, agency_of, seats_of
from gongkai.foi.rules.dispositions import UnknownDisposition, remedy_class, result_of_row
from gongkai.foi.rules.remedies import RemedyText, remedy_text
from gongkai.kernel.text.dates import read_date
from gongkai.law.rule_table import NoRule
from gongkai.orgs import lists as orgs_lists
from gongkai.orgs.queries import units


class Command(BaseCommand):
    help = "给出答复书的救济段落：按处理结果、作出日期和机关确定。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--disposition",
            metavar="代码",
            help="处理结果代码，如 r1、r2、r3_4、r4_1_absent；逾期未答复写 overdue，未主动公开写 unpublished",
        )
        parser.add_argument("--decided", metavar="日期", help="作出答复的日期；逾期的写期限届满之日")
        parser.add_argument("--unit", metavar="名称", help="作出答复的机关")
        parser.add_argument("--online", metavar="渠道", help="网络送达时告知的复议互联网渠道")
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, example in (("disposition", "r3_4"), ("decided", "2026-03-02"), ("unit", "市南区财政局")):
            if not (options[name] or "").strip():
                raise CommandError(f"没有写 --{name}。请补上，如 --{name} {example}。")
        code, decided_on = result_of_row(options["disposition"].strip()), _day(options["decided"])
        try:
            remedy_class(code)  # a wrong code is told before a wrong name
            agency, seats = _agency(options["unit"], decided_on)
            found = remedy_text(
                code,
                decided_on=decided_on,
                agency=agency,
                seats=seats,
                served_online=bool(options["online"]),
                internet_channel=options["online"] or "",
            )
        except (UnknownDisposition, UnknownAgency, NoRule) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(_as_json(found) if options["json"] else f"{found.text}\n依据：{found.basis}")


def _agency(name: str, on: date) -> tuple[Agency, Seats]:
    """By the register where it knows the name, else by the name itself."""
    district = units.district()
    government = district.name if district else ""
    unit = units.find_unit(name, on=on)
    if unit is not None:
        return agency_of(unit.name, unit.kind), seats_of(unit.name, government=government)
    try:
        agency = agency_of(name)
    except UnknownAgency as problem:
        near = units.nearest(name)
        hint = f"名录里相近的有：{'、'.join(near)}。" if near else ""
        raise UnknownAgency(f"{problem}{hint}") from problem
    own = seats_of(name)
    if not own.named and government:
        return agency, seats_of(name, government=government)
    return agency, own if district else _in_reference_lists(own)


def _in_reference_lists(own: Seats) -> Seats:
    """Without a register, a district that is named without its city is looked up in the lists of the package."""
    for listed in orgs_lists.references():
        for row in orgs_lists.reference(listed):
            if row.kind == "district" and own.named and row.name.endswith(own.government):
                return seats_of(row.name)
    return own


def _day(text: str) -> date:
    read = read_date(str(text))
    if read.value is None:
        raise CommandError(f"--decided 的日期“{text}”：{read.problem}")
    return read.value


def _as_json(found: RemedyText) -> str:
    return json.dumps(
        {
            "class": found.remedy_class,
            "text": found.text,
            "reconsideration_first": found.reconsideration_first,
        },
        ensure_ascii=False,
    )
