"""What stands over every page of a unit that is no more: since when, why, and who carries on (A03)."""

from __future__ import annotations

from gongkai.orgs.models import Unit, UnitChange
from gongkai.portal.context import Banner, Link

ENDED = (UnitChange.Kind.MERGE, UnitChange.Kind.SPLIT, UnitChange.Kind.ABOLISH)
_WORDS = {"merge": "并入", "split": "拆分", "abolish": "撤销"}


def succession(unit: Unit) -> tuple[Banner, ...]:
    """Nothing for a unit that works; for others their successor, who answers for what they published."""
    if unit.active:
        return ()
    change = (
        UnitChange.objects.filter(unit=unit, kind__in=ENDED)
        .select_related("successor")
        .order_by("-on", "-pk")
        .first()
    )
    if change is None:
        return (Banner("amb", f"{unit.name}已经停用。", "这里是它公开过的信息。"),)
    heir = change.successor
    what = f"{change.old_name or unit.name}已于 {change.on.isoformat()} {_WORDS[change.kind]}"
    if heir is None:
        return (Banner("amb", f"{what}。", f"依据：{change.basis}。这里是它公开过的信息。"),)
    return (
        Banner(
            "amb",
            f"{what}{heir.name}。"
            if change.kind == UnitChange.Kind.MERGE
            else f"{what}，职责由{heir.name}承接。",
            "本网址继续有效，有疑问请找承接单位。",
            Link(heir.name, f"/units/{heir.code}/"),
        ),
    )
