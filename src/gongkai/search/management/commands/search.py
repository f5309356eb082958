"""``gongkai search``: build the index anew, or ask it from the command line."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.kernel.clock import now, today
from gongkai.search import actions, queries
from gongkai.search.engine import engine, lock, wish_rebuild
from gongkai.search.ports import PUBLIC, Unusable


class Command(BaseCommand):
    """``rebuild`` and ``query``."""

    help = "搜索索引：重建、查询"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        rebuild = verbs.add_parser("rebuild", help="从数据库重建索引，重建期间旧索引照常回答")
        rebuild.add_argument("--json", action="store_true", help="只输出 JSON")
        query = verbs.add_parser("query", help="查询公开内容")
        query.add_argument("text", help="要找的词、题目或发文字号")
        query.add_argument("--page", type=int, default=1, help="第几页")
        query.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "rebuild":
            self._rebuild(as_json=options["json"])
        else:
            self._query(options["text"], options["page"], as_json=options["json"])

    def _rebuild(self, *, as_json: bool) -> None:
        writer = lock()
        if not writer.take():
            wish_rebuild()
            raise CommandError(
                "索引进程正在运行：已请它重建。请稍后用 gongkai search query 查看结果，不必再次执行。"
            )
        try:
            count = actions.rebuild(now=now())
            actions.work(now=now())
        finally:
            engine().close()
            writer.release()
        self.stdout.write(json.dumps({"records": count}) if as_json else f"索引已重建，共 {count} 条。")

    def _query(self, text: str, page: int, *, as_json: bool) -> None:
        try:
            answer = queries.search(text, visibility=PUBLIC, today=today(), page=page)
        except Unusable as problem:
            raise CommandError("还没有可用的索引。请运行 gongkai search rebuild，再查询。") from problem
        hits = [
            {"title": hit.title, "path": hit.path, "number": hit.number, "unit": hit.unit}
            for hit in answer.found.hits
        ]
        if as_json:
            self.stdout.write(json.dumps({"total": answer.found.total, "hits": hits}, ensure_ascii=False))
            return
        self.stdout.write(f"找到 {answer.found.total} 条")
        for hit in hits:
            self.stdout.write(
                "　".join(part for part in (hit["title"], hit["number"], hit["unit"], hit["path"]) if part)
            )
