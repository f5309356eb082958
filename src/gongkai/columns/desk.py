"""Columns in the rail; what waits in them is told by ``upkeep``, which sees what was published."""

from __future__ import annotations

from gongkai.kernel.desk import PUBLICATION, RailEntry

RAIL = (
    RailEntry(
        key="columns",
        label="专栏",
        icon="feed",
        url_name="columns:list",
        action="columns.view",
        group=PUBLICATION,
        order=32,
    ),
)
