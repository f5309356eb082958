"""Which roles one person may hold together, and which changes of a unit make sense. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from gongkai.law.refusal import Refusal

SEPARATE = "《信息安全技术 网络安全等级保护基本要求》（GB/T 22239-2019）8.1.7"
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})


def why_not_hold(*, wanted: str, held: Collection[str]) -> list[Refusal]:
    """Why a person with these roles cannot have another: the three administrators check each other."""
    together = (set(held) | {wanted}) & ADMINISTRATORS
    if wanted in ADMINISTRATORS and len(together) > 1:
        return [
            Refusal(
                "orgs.three_administrators",
                SEPARATE,
                "系统、安全、审计三类管理员不能由一人兼任。请授予另一位同事，或先收回他现有的管理员角色。",
            )
        ]
    if wanted in held:
        return [Refusal("orgs.role_held", "", "此人已经有这个角色，不用再授予。")]
    return []


def why_not_change_unit(
    *,
    kind: str,
    active: bool,
    name: str,
    basis: str,
    on: date,
    today: date,
    same: bool,
    successor_active: bool,
) -> list[Refusal]:
    """Why an institutional change cannot be entered: no document behind it, no successor, not yet in force."""
    found = []
    if not active:
        found.append(Refusal("orgs.unit_ended", "", "这个单位已经撤销或并入，不能再办变动。"))
    if not basis.strip():
        found.append(Refusal("orgs.no_basis", "", "没有写机构变动的依据。请填写批准文件的名称和文号。"))
    if on > today:
        found.append(
            Refusal("orgs.not_yet", "", f"生效日期是{on}，还没有到。请在当天或以后登记，网站当天换名。")
        )
    if kind == "rename" and not name.strip():
        found.append(Refusal("orgs.no_name", "", "没有写新名称。请填写批准文件上的全称。"))
    if kind in ("merge", "split") and (same or not successor_active):
        found.append(Refusal("orgs.no_successor", "", "没有选在用的承接单位。请选择接手职能的另一个单位。"))
    return found
