"""Exchange in the demo: a package from an invented OA, and one paper entered on the city's platform."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from gongkai.exchange import actions, queries
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person, Unit

TABLE = "项目,补贴标准\n演示项目甲,每年一百元\n"


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """As the information officer of the finance bureau does it."""
    day = legal_day(now)
    by = actor_of(Person.objects.get(username="czj.officer"), today=day)
    paper = {
        "编号": f"OA-{day.year}-0001",
        "标题": "关于公布行政事业性收费目录的公告",
        "成文日期": day.isoformat(),
        "发文机关": units["czj"].name,
        "公开属性": "主动公开",
        "正文": "<p>现将行政事业性收费目录予以公布。</p>",
        "附件": [{"名称": "行政事业性收费目录", "文件": "收费目录.txt"}],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        with zipfile.ZipFile(path, "w") as box:
            box.writestr(
                "manifest.json", json.dumps({"source": "演示OA", "items": [paper]}, ensure_ascii=False)
            )
            box.writestr("收费目录.txt", TABLE)
        actions.bring_in(path=path, name="OA导出.zip", unit=units["czj"], by=by, now=now)
    platform = queries.PLATFORMS[0]
    first = queries.unentered(by, platform).first()
    if first is not None:
        actions.enter(publication=first, platform=platform, outer_id="演示-0001", by=by, now=now)
