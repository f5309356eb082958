"""``gongkai publish FILE --unit NAME --openness 主动公开``: a paper on its whole way, in a playground."""

from __future__ import annotations

import json
from argparse import SUPPRESS
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.files.reading import read_file
from gongkai.kernel.clock import now
from gongkai.law.refusal import Refused, refuse_if
from gongkai.publishing import actions, walk
from gongkai.trail.chain import SystemActor


class Command(BaseCommand):
    """Take in, recognise, review, publish with the invented people of a demo or training installation."""

    help = "演示、培训环境：把一份公文从文件走到网页（收件、识别、三审、发布）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="文件", help="docx、带文字的 pdf、html 或 txt")
        parser.add_argument("--unit", required=True, help="承办单位，全称或者简称")
        parser.add_argument("--openness", required=True, help="公开属性：主动公开")
        parser.add_argument("--json", action="store_true", help="只输出 JSON")
        # Nobody can give a time; whoever tries is told so and is on record.
        parser.add_argument("--published-at", default="", help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        claimed = {"published_at": options["published_at"]}
        if refusals := actions.claim_refusals(claimed):
            actions.note_claim(values=claimed, door="命令", by=SystemActor("服务器管理员"), now=now())
            raise CommandError(str(refusals[0]))
        try:
            refuse_if(walk.why_not_walk())
            # Read before anything is stored, so that a bad file is told of without having touched a row.
            reading = read_file(path)
            if not reading.readable:
                raise CommandError(f"“{path.name}”没有读成。{reading.problem}")
            published = walk.publish_file(
                path=path, unit=walk.unit_named(options["unit"]), openness=options["openness"], now=now()
            )
        except Refused as refused:
            raise CommandError("；".join(str(refusal) for refusal in refused.refusals)) from None
        answer = {
            "url": settings.SITE_URL.rstrip("/") + published.path,
            "index_number": published.index_number.number,
            "receipt": published.receipt,
        }
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.stdout.write(
                f"已发布：{answer['url']}\n索引号：{answer['index_number']}\n回执编号：{answer['receipt']}"
            )
