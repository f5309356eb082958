"""Exchange in the rail."""

from __future__ import annotations

from gongkai.kernel.desk import PUBLICATION, RailEntry

RAIL = (
    RailEntry(
        key="exchange",
        label="交换包",
        icon="inbox",
        url_name="exchange:list",
        action="exchange.view",
        group=PUBLICATION,
        order=46,
    ),
    RailEntry(
        key="exchange-entries",
        label="上级平台录入",
        icon="upload",
        url_name="exchange:entries",
        action="exchange.view",
        group=PUBLICATION,
        order=47,
    ),
)
