"""``gongkai demo load|reset|accounts|code``: the invented district to look at and to train with."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.kernel import clock
from gongkai.running.data_dir import Unusable, say
from gongkai.running.demo import accounts, loading, resetting
from gongkai.trail import installation


class Command(BaseCommand):
    help = "演示环境：装入、重置、账号、一次性验证码"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="load|reset|accounts|code")
        verbs.add_parser("load", help="把空的 DATA_DIR 建成演示环境；已经是演示环境的不改动")
        verbs.add_parser("reset", help="清空演示环境重来；网站运行时拒绝")
        listing = verbs.add_parser("accounts", help="列出演示账号")
        listing.add_argument("--all", action="store_true", help="列出全部人员")
        listing.add_argument("--json", action="store_true", help="以 JSON 输出")
        code = verbs.add_parser("code", help="显示某人此刻的一次性验证码")
        code.add_argument("user", help="登录名")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options)
        except (installation.NotAPlayground, Unusable) as refusal:
            raise CommandError(str(refusal)) from None

    def _load(self, options: dict[str, Any]) -> None:
        if installation.is_fresh():
            say("正在装入滨海区演示数据……")
        loaded = loading.load(now=clock.now())
        self.stdout.write("演示环境已装好。" if loaded else "已经是演示环境，没有改动。")

    def _reset(self, options: dict[str, Any]) -> None:
        resetting.reset(now=clock.now())
        self.stdout.write("演示环境已重新装入。")

    def _accounts(self, options: dict[str, Any]) -> None:
        _only_in_a_playground("列出演示账号")
        found = accounts.accounts(everybody=options["all"])
        if options["json"]:
            rows = [asdict(account) | {"password": accounts.password()} for account in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for line in accounts.lines(found):
            self.stdout.write(line)

    def _code(self, options: dict[str, Any]) -> None:
        _only_in_a_playground("显示验证码")
        code = accounts.code_now(options["user"])
        if code is None:
            raise CommandError(
                f"“{options['user']}”没有启用验证器，或者没有这个登录名。用 gongkai demo accounts --all 查看全部账号。"
            )
        self.stdout.write(code)


def _only_in_a_playground(verb: str) -> None:
    if not installation.is_playground():
        raise installation.NotAPlayground(f"这里不是演示或培训环境，不能{verb}。")
