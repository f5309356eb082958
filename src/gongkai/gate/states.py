"""The life of an entry of the word list, and of a finding on a live page."""

from __future__ import annotations

WAITING, ACTIVE, REFUSED, RETIRED = "waiting", "active", "refused", "retired"
WORD_LABELS = {
    WAITING: "核对中",
    ACTIVE: "在用",
    REFUSED: "未启用：已公开的文件里有这种写法",
    RETIRED: "已停用",
}
