"""A paper that the gate holds back: numbers in a table of its text and in a hidden sheet, a wrong word, a wrong day."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, timedelta

import openpyxl

from gongkai.documents import actions as drafting
from gongkai.files.actions import take_in
from gongkai.gate import actions as gate
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.trail.chain import SYSTEM

# Nobody's numbers: the place and the days of birth of the examples in GB 11643, with their check digits.
PEOPLE = (
    ("张伟", "11010519491231002X", "139 0000 0001", "望潮街道望潮路12号3号楼2单元501户"),
    ("王芳", "440524188001010014", "139 0000 0002", "望潮街道云霄路5号1号楼1单元202户"),
    ("李娜", "11010519491231002X", "139 0000 0003", "望潮街道云霄路7号2单元301户"),
)


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """By the real actions: a draft of the civil affairs bureau that cannot go out as it is."""
    today = legal_day(now)
    gate.add_shipped(by=SYSTEM, now=now)
    while gate.examine(now=now):
        pass
    if "mzj" not in units:
        return
    by = actor_of(Person.objects.get(username="mzj.officer"), today=today)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in PEOPLE)
    weekday = "一二三四五六日"[(today.weekday() + 3) % 7]
    body = (
        f"<p>按照滨民发[{today.year}]19号文件布署，现将本季度临时救助对象名单公示如下，公示期自"
        f"{today.year}年{today.month}月{today.day}日（星期{weekday}）起7日。</p>"
        "<table><tbody><tr><td>姓名</td><td>身份证号</td><td>手机</td><td>家庭住址</td></tr>"
        f"{rows}</tbody></table><p>监督电话：0000-88880001。</p><p>附件：1. 救助对象名单</p>"
    )
    fields = {
        "title": f"{today.year}年第三季度临时救助对象名单公示", "written_on": today - timedelta(days=2),
        "body": body, "catalogue_item": "20-11",
    }  # fmt: skip
    document = drafting.draft(unit=units["mzj"], by=by, now=now, fields=fields)
    drafting.determine(document=document, by=by, now=now, openness="主动公开")
    file = take_in(content=iter([_sheet()]), name="公示名单.xlsx", unit=units["mzj"], by=by, now=now)
    drafting.attach(document=document, by=by, now=now, file=file, title="公示名单")
    drafting.check(document=document, by=by, now=now)


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "救助金额（元）"])
    for name, *_ in PEOPLE:
        book.active.append([f"{name[0]}*", 1200])
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "hidden"
    for row in [("姓名", "身份证号", "手机", "家庭住址"), *PEOPLE]:
        hidden.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
