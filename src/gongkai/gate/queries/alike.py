"""Texts that are nearly the same: public ones, and the unit's own drafts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from gongkai.gate.models import Sketch
from gongkai.gate.rules import sketch as rules
from gongkai.gate.rules.finding import Finding, Level

RULE = "duplicate.near"
MOST = 40


def alike(*, text: str, unit_id: int, but: str = "", signature: Sequence[int] = ()) -> list[Finding]:
    """Each text that shares most of its words with this one; a bounded number of candidates is compared."""
    signature = signature or rules.sketch(text)
    if not signature:
        return []
    rows = (
        Sketch.objects.unscoped("only public texts and the unit's own are compared with")
        .filter(Q(public=True) | Q(unit_id=unit_id), bands__value__in=rules.bands(signature))
        .exclude(key=but)
        .distinct()[:MOST]
    )
    found = []
    for row in rows:
        share = rules.likeness(signature, row.signature)
        if share >= rules.ALIKE:
            found.append(
                Finding(
                    RULE, Level.WARN, "正文", row.title[:80],
                    f"与“{row.title[:60]}”{'（已公开）' if row.public else '（本单位）'}的文字大约 {share:.0%} 相同。"
                    "重复发布的请撤下一份；转载的请写明来源。",
                    "政府网站检查指标：内容重复",
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: one.says)
