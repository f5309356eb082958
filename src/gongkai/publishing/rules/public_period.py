"""How long information stays in public: which rule of the office holds for it, until when (B14).

A period begins on the day of first publication; that day is not counted (民法典第二百零一条). A correction does not
begin it anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import WorkCalendar
from gongkai.law.clock import Clock, Unit
from gongkai.law.refusal import Refusal

WEBSITE = "政府网站"
# Where else the same information hangs; what is over there is taken down by a person, who says so.
CHANNELS = (
    WEBSITE,
    "两微一端",
    "政务服务中心",
    "便民服务站",
    "公开查阅点",
    "社区、企事业单位、村公示栏",
    "入户、现场",
)
TYPES = ("公示", "公告", "通告", "通知", "启事", "名单", "公示名单", "招聘公告", "征求意见")
ARCHIVE, HIDE, ANONYMISE = "archive", "hide", "anonymise"
BASIS = "本区公开期限规则"
LONGEST = {"days": 3650, "working_days": 2500, "months": 120}
_TAIL = re.compile(
    r"(公示名单|招聘公告|征求意见|公示|公告|通告|通知|启事|名单)(稿)?(的公告|的通知|的公示)?(（[^（）]*）)?$"
)


@dataclass(frozen=True, slots=True)
class Period:
    """One rule: for which type or column, how long, then what."""

    id: int
    type: str
    column: int | None
    amount: int
    unit: str
    then: str


def type_of(*, kind: str, title: str) -> str:
    """The type of a publication for these rules: the word with which its title ends, else its 文种.

    >>> type_of(kind="", title="2026年第三季度救助对象名单公示（第二批）")
    '公示'
    """
    found = _TAIL.search(title.strip())
    return found[1] if found else kind


def rule_for(periods: Sequence[Period], *, type: str, column: int | None) -> Period | None:
    """The rule that fits most closely: type and column, else the column, else the type."""
    fitting = [
        period
        for period in periods
        if (not period.type or period.type == type) and (period.column is None or period.column == column)
    ]
    return max(fitting, key=lambda period: (period.column is not None, bool(period.type)), default=None)


def last_day(period: Period, *, published_on: date, calendar: WorkCalendar) -> date:
    """The last day on which the information stands in public."""
    return Clock(Unit(period.unit), period.amount, published_on).reckon(calendar).due


def period_refusals(
    *, type: str, has_column: bool, channel: str, amount: int, unit: str, then: str, basis: str
) -> list[Refusal]:
    """Why a rule cannot be set like this."""
    found = []
    if not type and not has_column:
        found.append(Refusal("period.what", BASIS, "请选信息类型或者专栏，至少选一项。"))
    if channel not in CHANNELS:
        found.append(Refusal("period.channel", BASIS, "没有这个渠道。请从列表中选择。"))
    if unit not in LONGEST or not 1 <= amount <= LONGEST.get(unit, 0):
        found.append(
            Refusal("period.amount", BASIS, "期限读不懂或者太长。请写 1 以上的整数，最长不超过十年。")
        )
    if then not in (ARCHIVE, HIDE, ANONYMISE):
        found.append(Refusal("period.then", BASIS, "请选期满后怎样处理：归档、撤下或者去标识。"))
    if len(basis.strip()) < 4:
        found.append(Refusal("period.basis", BASIS, "请写明依据哪个文件或者规定，至少4个字。"))
    return found
