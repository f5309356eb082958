"""``gongkai exchange import|export``: papers in from the OA, a publication out as a package."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.exchange import actions, queries
from gongkai.kernel import clock
from gongkai.law.refusal import Refused
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person
from gongkai.orgs.queries import find_unit, nearest
from gongkai.publishing.queries import find_public
from gongkai.trail import installation


class Command(BaseCommand):
    """In the name of a named person, by the same actions as the page."""

    help = "交换：import 把 OA 导出的包变成草稿，export 导出一条公开信息"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
        sub = verbs.add_parser("import", help="导入交换包（zip、json、xml）")
        sub.add_argument("file", metavar="文件")
        sub.add_argument("--unit", required=True, help="承办单位，全称或者简称")
        sub.add_argument("--as", dest="person", required=True, help="以谁的名义：信息员的登录名")
        sub.add_argument("--partial", action="store_true", help="有问题的跳过，其余先导入")
        sub.add_argument("--json", action="store_true", help="只输出 JSON")
        sub = verbs.add_parser("export", help="导出一条公开信息的交换包")
        sub.add_argument("address", metavar="网址", help="完整网址、路径或者索引号")
        sub.add_argument("--out", required=True, help="写到哪个文件")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "export":
            self._export(options)
        else:
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"打不开 {path}。请看文件名有没有写错。")
        unit = find_unit(options["unit"])
        if unit is None:
            likely = "、".join(nearest(options["unit"]))
            raise CommandError(f"没有叫“{options['unit']}”的单位。{f'是不是：{likely}？' if likely else ''}")
        person = Person.objects.filter(username=options["person"], is_active=True).first()
        if person is None:
            raise CommandError(f"没有登录名是“{options['person']}”的在岗人员。请核对登录名。")
        now = clock.now()
        try:
            outcome = actions.bring_in(
                path=path,
                name=path.name,
                unit=unit,
                by=actor_of(person, today=clock.legal_day(now)),
                now=now,
                partial=options["partial"],
            )
        except Refused as refused:
            raise CommandError("；".join(str(one) for one in refused.refusals)) from None
        self._tell(outcome, as_json=options["json"])
        if not outcome.ok:
            sys.exit(1)

    def _tell(self, outcome: actions.Outcome, *, as_json: bool) -> None:
        if as_json:
            rows = [
                {"row": one.row, "field": one.field, "text": one.text, "warns": one.warns}
                for one in outcome.faults
            ]
            drafts = [{"id": one.pk, "title": one.title} for one in outcome.drafts]
            told = {"ok": outcome.ok, "drafts": drafts, "known": len(outcome.known), "report": rows}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for one in outcome.faults:
            where = f"第 {one.row} 份" if one.row else "整个包"
            self.stdout.write(f"{'提示' if one.warns else '问题'}　{where}　{one.text}")
        if outcome.ok:
            self.stdout.write(f"已建 {len(outcome.drafts)} 份草稿，以前导入过 {len(outcome.known)} 份。")
        else:
            self.stdout.write("没有导入，什么都没有改。改好后再试，或者加 --partial 先导入没有问题的。")

    def _export(self, options: dict[str, Any]) -> None:
        publication = find_public(options["address"])
        if publication is None or publication.state != publication.State.LIVE:
            raise CommandError("没有找到正在公开的信息。请填完整网址、路径（/doc/…html）或者索引号。")
        label = installation.LABELS[installation.kind()]
        content = queries.export_package(publication, site_url=settings.SITE_URL, label=label)
        Path(options["out"]).write_bytes(content)
        self.stdout.write(f"已导出 {publication.title}，{len(content)} 字节：{options['out']}")
