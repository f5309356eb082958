"""Whether the index finds what is published."""

from __future__ import annotations

from gongkai.kernel.clock import now
from gongkai.search import queries


def checks() -> list[tuple[str, bool, str]]:
    """One question of ``/ready``."""
    status = queries.status(now())
    told = f"搜索还没有跟上，剩 {status.waiting} 条。请稍候，或运行 gongkai search rebuild。"
    return [("index", status.caught_up, told)]
