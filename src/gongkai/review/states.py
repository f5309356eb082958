"""The steps of a review round. 三审: 初审, 复审, 终审（签发）."""

from __future__ import annotations

FIRST, SECOND, FINAL = "first", "second", "final"
LABELS = {FIRST: "初审", SECOND: "复审", FINAL: "终审签发"}
ACTIONS = {FIRST: "review.first", SECOND: "review.second", FINAL: "review.final"}
APPROVED, RETURNED = "approved", "returned"
DECISIONS = {APPROVED: "同意", RETURNED: "退回修改"}
