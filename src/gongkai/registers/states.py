"""States of a task that a register gives to its unit, of a hosted copy, of a campaign of re-determination."""

from __future__ import annotations

OPEN, EXPLAINED, DONE = "open", "explained", "done"
LABELS = {OPEN: "待处理", EXPLAINED: "已说明", DONE: "已消除"}
LIGHTS = {OPEN: "late", EXPLAINED: "idle", DONE: "done"}
# What was decided about a hosted copy.
TO_DECIDE, LINK, REPLACE, KEEP = "open", "link", "replace", "keep"
DECISIONS = {
    TO_DECIDE: "待处理",
    LINK: "改为链接官方文本",
    REPLACE: "换成官方文本",
    KEEP: "保留并改正",
}

# A campaign, and what was decided about each of its papers.
COLLECTING, RESULT = "collecting", "result"
RECHECK_LABELS = {COLLECTING: "评估中", RESULT: "已公布结果"}
UNDECIDED, STAYS, ON_REQUEST, TO_PUBLIC = "undecided", "stays", "request", "public"
RECHECK_DECISIONS = {
    UNDECIDED: "待评估",
    STAYS: "维持原属性",
    ON_REQUEST: "改为依申请公开",
    TO_PUBLIC: "改为主动公开",
}
