"""The decisions of a review step."""

from __future__ import annotations

APPROVED, RETURNED = "approved", "returned"
DECISIONS = {APPROVED: "同意", RETURNED: "退回修改"}
