"""``gongkai withdraw URL --kind 误发``: take back what stands at an address, in a playground."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.kernel.clock import now
from gongkai.law.refusal import Refused
from gongkai.publishing import rules, walk


class Command(BaseCommand):
    """Withdraw with an invented person of a demo or training installation."""

    help = "演示、培训环境：撤回一条公开信息"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="网址", help="完整网址、路径或者索引号")
        parser.add_argument("--kind", default=rules.MISTAKE, help="误发、并入或者失效，默认 %(default)s")
        parser.add_argument("--reason", default="演示：核对后撤下", help="原因，会显示在原网址上")
        parser.add_argument("--successor", default="", help="并入哪一条：网址、路径或者索引号")
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            publication = walk.withdraw(
                text=options["address"],
                kind=options["kind"],
                reason=options["reason"],
                successor=options["successor"],
                now=now(),
            )
        except Refused as refused:
            raise CommandError("；".join(str(refusal) for refusal in refused.refusals)) from None
        answer = {
            "url": settings.SITE_URL.rstrip("/") + publication.path,
            "kind": options["kind"],
            "status": rules.status_of(options["kind"]),
        }
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.stdout.write(f"已撤回（{answer['kind']}）：{answer['url']} 现在回答 {answer['status']}")
