"""What ought to be public, alive: a register with a gap, a withheld paper that waits for its opinion, a paper that
waits for another agency, a campaign of re-determination."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from gongkai.documents import actions as drafting
from gongkai.documents.models import Document
from gongkai.files.actions import take_in
from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.registers import actions, queries
from gongkai.review import actions as reviewing

WITHHELD = {
    "title": "关于局机关人员轮岗安排的通知",
    "body": "<p>局各科室：经研究，现将局机关人员轮岗安排通知如下。</p><p>轮岗人员自下月起到新岗位工作，做好交接。</p>",
}
TOUCHES = {
    "title": "关于调整困难家庭学生资助办法的公告",
    "body": "<p>为做好困难家庭学生资助工作，现公告如下。</p><p>一、资助对象为本区学校就读的困难家庭学生。</p>"
    "<p>二、困难家庭的认定，由区民政局负责。</p><p>三、资助标准每学期一次发放。</p>",
    "catalogue_item": "20-11",
    "theme": "科技、教育",
}


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """Each piece by the real actions, as the people of the units do it."""
    _register(units["czj"], now)
    _withheld(units["czj"], now)
    _coordination(units, now)
    office = _actor("gkb", now)
    today = legal_day(now)
    actions.open_recheck(year=today.year, until=today + timedelta(days=30), by=office, now=now)


def _register(unit: Unit, now: datetime) -> None:
    """Three numbers of the finance bureau: the second is missing, the third has no mark."""
    today = legal_day(now)
    year, day = today.year, today - timedelta(days=3)
    first = day if day.year == year else today
    lines = (
        "发文字号,标题,成文日期,公开属性",
        f"滨财内〔{year}〕1号,关于做好票据管理的通知,{first},依申请公开",
        f"滨财内〔{year}〕3号,关于开展资产清查的通知,{first},",
    )
    by = _actor("czj.officer", now)
    file = take_in(
        content=iter(["\r\n".join(lines).encode("gbk")]),
        name=f"{year}年发文登记簿.csv",
        unit=unit,
        by=by,
        now=now,
    )
    actions.import_register(reading=queries.read_stored(file), unit=unit, file=file, by=by, now=now)


def _withheld(unit: Unit, now: datetime) -> None:
    """Through 初审 and 复审; it waits for the opinion of the unit's disclosure office."""
    by = _actor("czj.officer", now)
    document = _draft(unit, by, now, WITHHELD)
    drafting.determine(
        document=document,
        by=by,
        now=now,
        openness="不予公开",
        ground="E16a",
        reason="属于人事管理的内部事务信息",
    )
    drafting.submit(document=document, by=by, now=now)
    reviewer = _actor("czj.reviewer", now)
    reviewing.review_secrecy(
        document=document, by=reviewer, now=now, passed=True, opinion="不涉及国家秘密，属内部事务"
    )
    for who in (_actor("czj.officer2", now), reviewer):
        reviewing.decide(document=document, by=who, now=now, approve=True, opinion="同意")


def _coordination(units: Mapping[str, Unit], now: datetime) -> None:
    """The education bureau asks the civil affairs bureau about one sentence."""
    unit, by = units["jtj"], _actor("jtj.officer", now)
    document = _draft(unit, by, now, TOUCHES)
    drafting.determine(document=document, by=by, now=now, openness="主动公开")
    drafting.submit(document=document, by=by, now=now)
    reviewing.ask(
        document=document, asked=units["mzj"], matter="第二条，困难家庭的认定由区民政局负责", by=by, now=now
    )


def _draft(unit: Unit, by: Actor, now: datetime, fields: Mapping[str, str]) -> Document:
    day = legal_day(now) - timedelta(days=1)
    return drafting.draft(unit=unit, by=by, now=now, fields={**fields, "written_on": day})


def _actor(username: str, now: datetime) -> Actor:
    return actor_of(Person.objects.get(username=username), today=legal_day(now))
