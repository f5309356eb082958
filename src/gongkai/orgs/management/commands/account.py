"""``gongkai account add | reset``: the first accounts of an installation, and a login that nobody can reset."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs import actions, queries
from gongkai.orgs.models import Person, Unit
from gongkai.orgs.roles import Role
from gongkai.trail.chain import SYSTEM


class Command(BaseCommand):
    help = "开设账号、重设登录：给新装系统的第一批管理员，或管理员自己也登录不了的时候用"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="add|reset")
        adding = verbs.add_parser("add", help="开设账号，可以同时授予角色")
        adding.add_argument("username", metavar="登录名")
        adding.add_argument("--name", required=True, help="姓名")
        adding.add_argument("--unit", required=True, help="单位的代码或名称")
        adding.add_argument(
            "--role", action="append", default=[], choices=Role.values, help="角色，可以写几次"
        )
        reset = verbs.add_parser("reset", help="换新密码，去掉第二因素，本人登录后重新登记")
        reset.add_argument("username", metavar="登录名")
        for one in (adding, reset):
            one.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                person, password = getattr(self, f"_{options['verb']}")(options)
        except Refused as refused:
            raise CommandError("\n".join(str(refusal) for refusal in refused.refusals)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"username": person.username, "password": password}))
        else:
            self.stdout.write(f"{person.name}（{person.unit}）　登录名 {person.username}　密码 {password}")
            self.stdout.write("密码只显示这一次，请当面交给本人，登录后改掉。")

    def _add(self, options: dict[str, Any]) -> tuple[Person, str]:
        unit = Unit.objects.filter(code=options["unit"]).first() or queries.find_unit(options["unit"])
        if unit is None:
            near = "、".join(queries.nearest(options["unit"]))
            hint = f"最接近的是：{near}。" if near else "请先用 gongkai units import 导入单位名录。"
            raise CommandError(f"名录里没有“{options['unit']}”。{hint}")
        now = clock.now()
        person, password = actions.add_person(
            username=options["username"], name=options["name"], unit=unit, by=SYSTEM, now=now
        )
        for role in options["role"]:
            actions.grant_role(person=person, role=Role(role), unit=unit, by=SYSTEM, now=now)
        return person, password

    def _reset(self, options: dict[str, Any]) -> tuple[Person, str]:
        person = Person.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError(f"没有登录名“{options['username']}”。请核对大小写。")
        return person, actions.reset_login(person=person, by=SYSTEM, now=clock.now())
