"""Whether the tree shows what the rows hold."""

from __future__ import annotations

from gongkai.kernel.models import OutboxRow
from gongkai.portal import building

HANDLERS = "gongkai.portal.subscribers."


def checks() -> list[tuple[str, bool, str]]:
    """Two questions of ``/ready``: is there a whole tree, and has every event reached it."""
    late = OutboxRow.objects.filter(state=OutboxRow.WAITING, handler__startswith=HANDLERS).count()
    left = building.waiting()
    return [
        (
            "tree",
            building.is_built(),
            f"静态页面还没有生成完，剩 {left} 步。请稍候，或运行 gongkai site rebuild。",
        ),
        ("tree_events", not late, f"有 {late} 个变化还没有写进静态页面。请稍候，后台任务会继续写。"),
    ]
