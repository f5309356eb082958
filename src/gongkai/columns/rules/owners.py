"""Who owns a column of a pack: a pack names an office by what it does (教育部门), each district has its own unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.kernel.text.numerals import bare

# Word of the pack: parts of the names that such a unit bears in a district, the most exact first.
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "政府办公室": ("政府办公室",),
    "发展改革部门": ("发展和改革局", "发展改革局", "发改"),
    "教育部门": ("教育和体育局", "教育体育局", "教育局"),
    "工业和信息化部门": ("工业和信息化局", "工信局"),
    "民政部门": ("民政局",),
    "财政部门": ("财政局",),
    "人力资源社会保障部门": ("人力资源和社会保障局", "人力资源社会保障局", "人社局"),
    "自然资源部门": ("自然资源和规划", "自然资源局"),
    "生态环境部门": ("生态环境",),
    "住房城乡建设部门": ("住房和城乡建设局", "住房城乡建设局", "住建局"),
    "商务部门": ("商务局",),
    "卫生健康部门": ("卫生健康局", "卫健局"),
    "退役军人部门": ("退役军人事务局", "退役军人局"),
    "应急管理部门": ("应急管理局", "应急局"),
    "市场监管部门": ("市场监督管理局", "市场监管局"),
    "医疗保障部门": ("医疗保障局", "医保局"),
    "行政审批部门": ("行政审批服务局", "行政审批局"),
    "地方金融部门": ("地方金融监督管理局", "地方金融局", "金融"),
    "科技部门": ("科学技术局", "科技局"),
    "税务部门": ("税务局",),
    "社会保险经办机构": ("社会保险服务中心", "社保中心"),
}
SELF = "安装单位"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with every name that it bears."""

    id: int
    names: tuple[str, ...]


def owner_of(word: str, units: Sequence[Candidate]) -> int | None:
    """The one unit that is meant by a word; None where none or several could be, then a person chooses.

    >>> owner_of("财政部门", [Candidate(7, ("滨海区财政局", "区财政局"))])
    7
    """
    wanted = bare(word)
    exact = {unit.id for unit in units if wanted in (bare(name) for name in unit.names)}
    if len(exact) == 1:
        return exact.pop()
    for part in ROLE_WORDS.get(wanted, (wanted,) if len(wanted) >= 3 else ()):
        found = {unit.id for unit in units if any(part in bare(name) for name in unit.names)}
        if len(found) == 1:
            return found.pop()
        if len(found) > 1:
            return None
    return None
