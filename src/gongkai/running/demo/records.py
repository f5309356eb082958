"""Typed records of the demo: a subsidy list, a project with a missing stage, an overdue review, and some that wait.

All by the real actions: the information officer of a unit enters, its leader lets out. People are invented and
their numbers cannot be real ones (area 990202 does not exist).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from gongkai.kernel.clock import legal_day
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Person, Unit
from gongkai.publishing.models import Publication
from gongkai.records import actions, queries
from gongkai.running.demo.district import names

Rows = list[dict[str, str]]
DAY = timedelta(days=1)


def load(units: Mapping[str, Unit], *, now: datetime) -> None:
    """Nine types in public; one draft that is late and one row that waits, so that desks are not empty."""
    today = legal_day(now)
    for code, unit, rows in (
        ("subsidies", "mzj", _subsidies(today)),
        ("enforcement", "zfj", _enforcement(today)),
        ("projects", "fgj", _projects(today)),
        ("accidents", "yjj", _accidents(today)),
        ("plans", "fgj", _plans(today)),
        ("vacancies", "rsj", _vacancies(today)),
        ("legal-services", "sfj", _services(today)),
        ("proposals", "jtysj", _proposals(today)),
        ("schools", "jtj", _schools(today)),
    ):
        _publish(code, units[unit], rows, now)
    _late_draft(units["scj"], now)


def _publish(code: str, unit: Unit, rows: Rows, now: datetime) -> None:
    kind = queries.kind_of(code)
    assert kind is not None
    officer, leader = _people(unit, now)
    added = [actions.add_row(kind=kind, unit=unit, values=values, by=officer, now=now).pk for values in rows]
    if not added:
        return
    actions.submit(kind=kind, ids=added, by=officer, now=now)
    actions.publish(kind=kind, ids=added, by=leader, now=now)


def _late_draft(unit: Unit, now: datetime) -> None:
    kind = queries.kind_of("enforcement")
    assert kind is not None
    officer, _ = _people(unit, now)
    values = _result("滨市监罚", legal_day(now) - 30 * DAY, 7, "区市场监管局", "食品经营许可检查")
    actions.add_row(kind=kind, unit=unit, values=values, by=officer, now=now)
    waits = _result("滨市监罚", legal_day(now) - 2 * DAY, 8, "区市场监管局", "计量器具检查")
    row = actions.add_row(kind=kind, unit=unit, values=waits, by=officer, now=now)
    actions.submit(kind=kind, ids=[row.pk], by=officer, now=now)


def _people(unit: Unit, now: datetime) -> tuple[Actor, Actor]:
    today = legal_day(now)
    officer, leader = (
        actor_of(Person.objects.get(username=f"{unit.code}.{role}"), today=today)
        for role in ("officer", "leader")
    )
    return officer, leader


def _subsidies(today: date) -> Rows:
    communities = ("海晏社区", "望潮社区", "听涛社区")
    return [
        {
            "batch": f"{today.year}年第一批", "project": "高龄津贴", "community": communities[at % 3],
            "name": names(1200 + at), "id_number": f"9902021940010{at:02d}0{at % 10}X"[:18],
            "phone": f"000880{at:05d}", "bank_card": f"00000000000000{at:02d}", "amount": "300",
            "paid_on": (today - 4 * DAY).isoformat(),
        }
        for at in range(12)
    ]  # fmt: skip


def _enforcement(today: date) -> Rows:
    return [
        _result("滨综执罚", today - (3 + at) * DAY, at + 1, "区综合行政执法局", ("占道经营", "夜间施工噪声", "乱设广告牌")[at % 3])
        for at in range(9)
    ]  # fmt: skip


def _result(code: str, day: date, number: int, agency: str, matter: str) -> dict[str, str]:
    kind = ("行政处罚", "双随机抽查")[number % 3 == 0]
    result = "罚款200元" if kind == "行政处罚" else "未发现问题"
    return {
        "number": f"{code}〔{day.year}〕{number}号", "kind": kind, "agency": agency, "matter": matter,
        "party": f"滨海区某商行（{number}）", "result": result, "decided_on": day.isoformat(),
    }  # fmt: skip


def _projects(today: date) -> Rows:
    year = today.year
    return [
        {
            "name": "望潮路慢行系统改造", "code": f"{year}-990202-01", "owner": "滨海区城市建设集团", "street": "望潮街道",
            "industry": "市政交通", "investment": "3200", "approval_on": f"{year - 1}-03-02",
            "approval_text": "可行性研究报告已批复", "building_on": f"{year - 1}-09-10", "building_text": "完成一半路段",
        },
        {
            "name": "海晏小学扩建", "code": f"{year}-990202-02", "owner": "滨海区教育和体育局", "street": "海晏街道",
            "industry": "教育", "investment": "5800", "approval_on": f"{year - 1}-05-12",
            "tender_on": f"{year - 1}-08-20", "tender_text": "施工单位已确定", "building_on": f"{year - 1}-10-08",
        },
    ]  # fmt: skip


def _accidents(today: date) -> Rows:
    year = today.year
    return [
        {
            "name": "某仓库一般火灾事故", "happened_on": f"{year - 2}-02-11", "place": "望潮街道", "level": "一般", "deaths": "0",
            "report_on": f"{year - 2}-05-20", "report_text": "电气线路老化引起，属一般事故。",
            "closed_on": f"{year - 2}-06-10", "blame_on": f"{year - 2}-07-01", "blame_text": "对经营单位罚款，对两人给予处分。",
        },
    ]  # fmt: skip


def _plans(today: date) -> Rows:
    return [
        {
            "name": "滨海区教育发展“十三五”规划", "period": "十三五", "kind": "专项规划", "streets": "望潮街道、海晏街道",
            "approved_on": "2016-11-03", "valid_to": "2020-12-31", "successor": "滨海区教育发展“十四五”规划",
        },
        {
            "name": "滨海区教育发展“十四五”规划", "period": "十四五", "kind": "专项规划", "streets": "全区",
            "approved_on": "2021-08-16", "valid_to": "2025-12-31",
        },
    ]  # fmt: skip


def _vacancies(today: date) -> Rows:
    return [
        {
            "number": f"{today.year}-{at:03d}", "employer": f"滨海区示范企业{at}", "post": post, "seats": "2", "pay": "面议",
            "audience": audience, "contact": "0000-88880123", "issued_on": (today - DAY).isoformat(),
            "closes_on": (today + (5 + at) * DAY).isoformat(),
        }
        for at, (post, audience) in enumerate((("仓储管理员", "退役军人"), ("软件测试", "高校毕业生"), ("社区网格员", "就业困难人员")), 1)
    ]  # fmt: skip


def _services(today: date) -> Rows:
    return [
        {
            "name": f"{street}公共法律服务站", "kind": "法律援助", "street": f"{street}街道", "address": f"{street}路{at}号",
            "hours": "工作日 9:00—17:00", "phone": f"0000-8888010{at}", "languages": "普通话、手语",
            "east": f"120.{at}1", "north": f"36.0{at}",
        }
        for at, street in enumerate(("望潮", "海晏", "听涛"), 1)
    ]  # fmt: skip


def _proposals(today: date) -> Rows:
    year = today.year
    return [
        {
            "number": f"{year}-041", "kind": "人大建议", "topic": "关于增设望潮路公交站的建议", "lead": "区交通运输局",
            "replied_on": (today - 6 * DAY).isoformat(), "result": "列入计划",
            "reply": "您提出的建议收悉。\n经实地查看，望潮路中段确需增设站点，已列入明年一季度计划。",
        },
        {
            "number": f"{year}-042", "kind": "政协提案", "topic": "关于某企业搬迁补偿的提案", "lead": "区交通运输局",
            "replied_on": (today - 5 * DAY).isoformat(), "ground": "条例第十五条：涉及企业商业秘密，企业不同意公开。",
        },
    ]  # fmt: skip


def _schools(today: date) -> Rows:
    rows = Publication.objects.unscoped("the demo").filter(unit__code="jtj", state=Publication.State.LIVE)
    document = rows.order_by("pk").values_list("path", flat=True).first()
    if document is None:
        return []
    return [
        {
            "school": school, "level": "小学", "year": f"{today.year}年", "street": f"{street}街道", "estates": estates,
            "seats": "160", "phone": "0000-88880211", "issued_on": (today - 8 * DAY).isoformat(), "document": document,
        }
        for school, street, estates in (
            ("滨海区第一小学", "望潮", "望潮路1至99号、望潮花园、滨江新村"),
            ("海晏小学", "海晏", "海晏小区、海晏东里、盐场路"),
        )
    ]  # fmt: skip
