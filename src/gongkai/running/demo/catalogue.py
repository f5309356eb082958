"""The standard catalogue of the demo: two fields in the official layout, one revised, one proposal that waits."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from gongkai.catalogue import actions, queries
from gongkai.catalogue.models import Matter, StandardField
from gongkai.catalogue.rules.powers import Power
from gongkai.catalogue.rules.ticks import CHANNELS
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.running.demo.district import rows

LEADS = {"养老服务": "mzj", "义务教育": "jtj"}
GROUPS = (
    ("公开事项", ("一级事项", "二级事项")),
    ("公开渠道和载体", CHANNELS),
    ("公开对象", ("全社会", "特定群体")),
    ("公开方式", ("主动", "依申请公开")),
    ("公开层级", ("县级", "乡级", "村级")),
)
HEADS = (
    "序号",
    "公开事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    *(name for name, _ in GROUPS[1:]),
)


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """As the district office brought them in last month; the civil affairs bureau proposes since then."""
    then = now - timedelta(days=30)
    office = _actor("gkb", then)
    for name, lead in LEADS.items():
        StandardField.objects.create(name=name, code=lead, order=len(LEADS), lead=units[lead])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}领域基层政务公开标准目录.xlsx"
            _write(path, name)
            reading = queries.read_path(path, name=path.name, field_name=name, today=legal_day(then))
        actions.import_catalogue(
            reading=reading,
            field_name=name,
            by=office,
            now=then,
            source_name=f"{name}领域基层政务公开标准目录.xlsx",
        )
    _powers(units, now)
    subsidy = Matter.objects.get(name="老年人补贴")
    done = _propose(
        units["mzj"], "老年人补贴增加申领进度", "跟踪评估发现群众问得最多的是办到哪一步", subsidy, now - timedelta(days=9),
        content="●老年人补贴名称；\n●各项补贴的依据；\n●补贴对象；\n●补贴内容和标准；\n●办理渠道；\n●申领进度查询方式",
    )  # fmt: skip
    actions.decide(proposal=done, verb="approve", opinion="同意", by=office, now=now - timedelta(days=7))
    _propose(
        units["mzj"], "评估结果公示期改为7天", "与上级新办法一致", Matter.objects.get(name="养老机构评估信息"),
        now - timedelta(days=1), limit="及时，公示期7天",
    )  # fmt: skip


def _powers(units: Mapping[str, Unit], now: datetime) -> None:
    """Two items of the approval bureau; one reads otherwise since last week."""
    first, later = legal_day(now) - timedelta(days=200), legal_day(now) - timedelta(days=7)
    by = _actor("spj.officer", now)
    powers = [
        Power(
            "370000-0101",
            "建筑工程施工许可证核发",
            "行政许可",
            "《中华人民共和国建筑法》第七条",
            "受理、审查、决定、送达",
        ),
        Power(
            "370000-0102",
            "食品经营许可",
            "行政许可",
            "《中华人民共和国食品安全法》第三十五条",
            "受理、现场核查、决定、送达",
        ),
    ]
    actions.import_powers(unit=units["spj"], powers=powers, faults=[], on=first, by=by, now=now)
    changed = replace(powers[1], content="受理、告知承诺、决定、送达；仅销售预包装食品的改为备案")
    actions.change_power(unit=units["spj"], power=changed, on=later, by=by, now=now)
    actions.note_functions(unit=units["spj"], now=now)


def _propose(unit: Unit, title: str, reason: str, matter: Matter, then: datetime, **words: str) -> Any:
    by = _actor("mzj.officer", then)
    made = actions.propose(field=matter.field, unit=unit, title=title, reason=reason, by=by, now=then)
    actions.add_change(proposal=made, verb="change", matter=matter.pk, cells=words, by=by, now=then)
    return actions.submit(proposal=made, by=by, now=then)


def _write(path: Path, name: str) -> None:
    """A sheet as the ministries lay it out: title, heads in two rows, merged cells, ticks."""
    book = Workbook()
    page: Any = book.active
    page.title = name
    groups, at = dict(GROUPS), 1
    places: dict[str, int] = {}
    for head in HEADS:
        parts = groups.get(head, ())
        page.cell(2, at, head)
        for part in parts:
            page.cell(3, at, part)
            places[f"{head}:{part}"] = at
            at += 1
        if not parts:
            page.merge_cells(start_row=2, start_column=at, end_row=3, end_column=at)
            places[head] = at
            at += 1
        else:
            page.merge_cells(start_row=2, start_column=at - len(parts), end_row=2, end_column=at - 1)
    page.cell(1, 1, f"{name}领域基层政务公开标准目录")
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=at - 1)
    matters = [row for row in rows("standard.txt", 9) if row[0] == name]
    for row, matter in enumerate(matters, 4):
        _write_matter(page, row, row - 3, matter, places, begins=row == 4 or matters[row - 5][1] != matter[1])
    _merge_groups(page, [matter[1] for matter in matters], places["公开事项:一级事项"])
    book.save(path)


def _write_matter(
    page: Any, row: int, number: int, matter: list[str], places: Mapping[str, int], *, begins: bool
) -> None:
    _, group, name, elements, basis, limit, subject, channels, tiers = matter
    page.cell(row, places["序号"], number)
    if begins:
        page.cell(row, places["公开事项:一级事项"], group)
    page.cell(row, places["公开事项:二级事项"], name)
    page.cell(row, places["公开内容（要素）"], "\n".join(f"●{one}；" for one in elements.split("；")))
    for head, words in (("公开依据", basis), ("公开时限", limit), ("公开主体", subject)):
        page.cell(row, places[head], words)
    ticked = [f"公开渠道和载体:{channel}" for channel in channels.split("、")]
    ticked += [f"公开层级:{tier}级" for tier in tiers]
    for key in (*ticked, "公开对象:全社会", "公开方式:主动"):
        page.cell(row, places[key], "√")


def _merge_groups(page: Any, groups: list[str], column: int) -> None:
    start = 0
    for at in range(1, len(groups) + 1):
        if at == len(groups) or groups[at] != groups[start]:
            if at - start > 1:
                page.merge_cells(start_row=start + 4, start_column=column, end_row=at + 3, end_column=column)
            start = at


def _actor(username: str, now: datetime) -> Actor:
    return actor_of(Person.objects.get(username=username), today=legal_day(now))
