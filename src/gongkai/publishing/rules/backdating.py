"""Publication times are the server's: what counts as claiming another one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ARTICLE = "发布时间由服务器记录"
# Names under which a form, a package or a program might bring a time of publication.
CLAIMS = frozenset(
    {
        "published_at",
        "first_published_at",
        "published_on",
        "publish_time",
        "publish_date",
        "pub_date",
        "pubdate",
        "made_at",
        "发布时间",
        "发布日期",
        "公开时间",
        "公开日期",
    }
)


def claimed_times(values: Mapping[str, Any]) -> dict[str, str]:
    """Every time of publication that is claimed in what came in, by its name there.

    >>> claimed_times({"title": "通知", "published_at": "2020-01-01"})
    {'published_at': '2020-01-01'}
    """
    return {
        name: str(value)[:60]
        for name, value in values.items()
        if name.strip().lower() in CLAIMS and str(value).strip()
    }
