"""The first words of a unit's own plan, for its officer to change. No statute asks for a plan; the yearly plan of
the district does (制定实施意见或工作方案)."""

from __future__ import annotations

LONGEST_MEASURES = 1000
LONGEST_FIELD = 60


def title_of(unit: str, year: int) -> str:
    """
    >>> title_of("滨海区财政局", 2026)
    '滨海区财政局2026年政务公开工作实施方案'
    """
    return f"{unit}{year}年政务公开工作实施方案"


def opening_of(unit: str, plan: str, count: int) -> str:
    """Why there is a plan, and how many tasks are in it."""
    return (
        f"为落实《{plan}》，{unit}对涉及本单位的 {count} 项任务逐项明确举措、完成时间和责任人，制定本方案。"
    )


def closing_of(unit: str) -> str:
    """How the plan is kept."""
    return (
        "一、责任人按完成时间落实举措，每项任务都留下公开文件、网页、会议或材料作佐证。\n"
        f"二、{unit}信息公开员按时在政务公开平台填报进展，被退回的当天补正。\n"
        "三、任务、人员有变化的，修改本方案后重新报备。"
    )


def measures_of(*, field: str, requirement: str, kind: str, due: str, cycle_days: int) -> str:
    """What a unit can promise before it has thought about the task: three steps that fit its kind.

    >>> print(measures_of(field="财政信息", requirement="公开部门预算。", kind="date", due="10月底前", cycle_days=90))
    1.列出本单位与“财政信息”有关的信息清单。
    2.按要求“公开部门预算”逐条落实，10月底前完成。
    3.公开后把网址填入台账作佐证。
    """
    about = f"“{field}”" if field else "这项任务"
    clause = requirement.strip().rstrip("。；;")
    short = clause if len(clause) <= 60 else clause[:59] + "…"
    if kind == "date":
        steps = f"2.按要求“{short}”逐条落实，{due or '按期'}完成。\n3.公开后把网址填入台账作佐证。"
    else:
        steps = (
            f"2.按要求“{short}”，信息形成或变更后按《中华人民共和国政府信息公开条例》第二十六条的期限公开。\n"
            f"3.每{cycle_days}天至少核对一次，过期、失效的及时更新。"
        )
    return f"1.列出本单位与{about}有关的信息清单。\n{steps}"
