"""Search in the rail: what people look for."""

from __future__ import annotations

from gongkai.kernel.desk import OVERSIGHT, RailEntry

RAIL = (
    RailEntry(
        key="searches",
        label="搜索词报告",
        icon="search",
        url_name="search:report",
        action="search.report",
        group=OVERSIGHT,
        order=40,
    ),
)
