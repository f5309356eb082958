"""The ledger at its size: finding evidence among very many records, and the page of all tasks after five years."""

from __future__ import annotations

import hashlib
import random
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.ground import BATCH, START, _like
from bench.report import Result, write
from gongkai.documents.models import Document, Edition
from gongkai.ledger import actions, queries
from gongkai.ledger.actions import Source, import_plan
from gongkai.ledger.models import Match, Member, Plan, ProgressReport, Sweep, Task, TaskUnit
from gongkai.orgs.accounts import PROVEN
from gongkai.orgs.models import Person, RoleHolding, Unit
from gongkai.orgs.roles import Role
from gongkai.publishing.models import IndexNumber, Publication
from gongkai.running.demo.district import FACTS, rows
from gongkai.trail.chain import SYSTEM

YEAR = timezone.localdate().year
YEARS, UNITS, TIMES, SEED = 5, 60, 60, 7
ADDRESS = "/workbench/ledger/"
TOPICS = (
    "部门预算", "行政规范性文件清理结果", "区政府常务会议议题", "年度重大行政决策事项目录", "专项规划", "历史规划",
    "惠企政策兑现进度", "惠民补贴发放情况", "污染防治措施", "人大代表建议答复", "重点项目建设进度", "公共数据开放目录",
    "公共法律服务网点", "公平竞争执法结果", "安全生产检查情况", "消费政策落实情况", "排污许可信息", "健康科普提示",
    "就业创业政策", "义务教育招生政策", "养老服务标准", "申诉处理流程", "政务服务大厅专区", "社区政务公开示范点",
    "道路维修施工", "停水停电", "机关值班安排", "文艺演出", "防汛值守", "物业服务", "干部任免", "公园开放时间",
)  # fmt: skip
ITEMS = ("20-01", "20-03", "20-05", "20-07", "20-10", "20-11", "20-13", "20-15")
THEMES = ("综合政务", "财政、金融、审计", "科技、教育", "卫生、体育", "民政、扶贫、救灾", "其他")


def measure(scratch: Path, model: Publication, records: int) -> None:
    """Five plans with their reports, then the records of one year, then both figures."""
    units = _units()
    head = _head()
    plans = [_plan(scratch, year) for year in range(YEAR - YEARS + 1, YEAR + 1)]
    for plan in plans:
        _members(plan, units)
        _reports(plan, units, head)
    _records(model, units, records)
    _matching(plans[-1], records)
    _page(head, records)


def _matching(plan: Plan, records: int) -> None:
    spent: list[float] = []
    for _ in range(5):
        Match.objects.all().delete()
        Sweep.objects.all().delete()
        began = time.perf_counter()
        lookout = queries.lookout_of(plan)
        while not actions.sweep(lookout=lookout, now=timezone.now()):
            pass
        spent.append(round(time.perf_counter() - began, 2))
    found = Match.objects.count()
    write(
        Result(
            name="evidence", what="matching evidence of all tasks", peer="-", unit="s",
            sizes={"records": records, "tasks": 32, "units": UNITS}, runs={"s": spent},
            value=sorted(spent)[len(spent) // 2], goal=5, seed=SEED, more={"found": found},
            notes="reading the records, matching and storing what was found, in chunks, and drawing the public pages of "
            "the plan at the end; all records in the plan's year",
        )
    )  # fmt: skip


def _page(head: Person, records: int) -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(head, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[PROVEN] = str(head.pk)
    session.save()
    times: list[float] = []
    for turn in range(TIMES + 3):
        began = time.perf_counter()
        answer = client.get(ADDRESS)
        assert answer.status_code == 200, answer.status_code
        if turn >= 3:
            times.append(round((time.perf_counter() - began) * 1000, 1))
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    sizes = {"tasks": 32, "units": UNITS, "years": YEARS, "records": records, "reports": _reported()}
    write(
        Result(name="ledger_queries", what="ledger page: queries", peer="-", unit="queries", sizes=sizes,
               runs={"count": [len(captured)]}, value=len(captured), goal=8)
    )  # fmt: skip
    write(
        Result(name="ledger_p95", what="ledger page: p95", peer="-", unit="ms", sizes=sizes, runs={"ms": times},
               value=sorted(times)[int(len(times) * 0.95)], goal=150)
    )  # fmt: skip


def _reported() -> int:
    return ProgressReport.objects.unscoped("bench").count()


def _units() -> list[Unit]:
    """The units of the demo district beside those that are there."""
    found = []
    for number, (code, short, full, kind, _) in enumerate(list(rows("units.txt", 5))[1:UNITS], 1):
        found.append(
            Unit.objects.create(
                code=f"ledger-{code}", name=f"滨海区{full}", short_name=short, kind=kind, order=number
            )
        )
    return [Unit.objects.get(code="office"), *found]


def _head() -> Person:
    head = Person.objects.get(username="head")
    RoleHolding.objects.get_or_create(
        person=head, role=Role.DISCLOSURE_OFFICE, unit=head.unit, defaults={"valid_from": START}
    )
    return head


def _plan(scratch: Path, year: int) -> Plan:
    text = (FACTS / "plan.txt").read_text(encoding="utf-8").replace("{year}", str(year))
    paper = scratch / f"plan{year}.txt"
    paper.write_text(text, encoding="utf-8")
    reading = queries.read_plan_file(paper, name=paper.name, year=year)
    source = Source(name=paper.name, digest=hashlib.sha256(text.encode()).hexdigest())
    return import_plan(reading=reading, source=source, by=SYSTEM, now=timezone.now())[0]


def _members(plan: Plan, units: list[Unit]) -> None:
    """Every unit answers for every task: the widest plan there can be."""
    for task in Task.objects.filter(plan=plan, origin=Task.Origin.ANNEX):
        task.answerable.all().delete()
        named = TaskUnit.objects.create(
            task=task, order=1, text="各部门、各单位", role="responsible", is_group=True
        )
        Member.objects.bulk_create(Member(task_unit=named, unit=unit) for unit in units)


def _reports(plan: Plan, units: list[Unit], by: Person) -> None:
    """Four accepted reports of each unit on each task, one each quarter."""
    made = []
    for task in Task.objects.filter(plan=plan, origin=Task.Origin.ANNEX):
        for unit in units:
            for quarter in range(4):
                at = datetime(plan.year, 3 * quarter + 1, 5, 2, tzinfo=UTC)
                made.append(
                    ProgressReport(task=task, unit=unit, text="已按要求公开。", by=by, at=at, state="accepted",
                                   decided_by=by, decided_at=at)
                )  # fmt: skip
    ProgressReport.objects.bulk_create(made, batch_size=BATCH)


def _records(model: Publication, units: list[Unit], count: int) -> None:
    """Records of all units with titles as districts write them, all published in this year."""
    luck = random.Random(SEED)
    first = datetime(YEAR, 1, 2, 2, tzinfo=UTC)
    days = max(1, (timezone.localdate() - date(YEAR, 1, 2)).days)
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        titles = [f"关于公布{luck.choice(TOPICS)}的通知（第{n}号）" for n in numbers]
        owners = [luck.choice(units) for _ in numbers]
        documents = Document._base_manager.bulk_create(
            _like(model.document, title=title, number=f"测发〔{YEAR}〕{n}号", unit=unit)
            for n, title, unit in zip(numbers, titles, owners, strict=True)
        )
        editions = Edition.objects.bulk_create(
            _like(model.edition, document=document, fields=model.edition.fields | {
                "title": document.title, "catalogue_item": luck.choice(ITEMS), "theme": luck.choice(THEMES),
            })
            for document in documents
        )  # fmt: skip
        index = IndexNumber.objects.bulk_create(
            _like(model.index_number, year=YEAR, seq=200_000 + n, number=f"ledger-{n}") for n in numbers
        )
        Publication._base_manager.bulk_create(
            _like(model, document=document, edition=edition, index_number=number, unit=document.unit,
                  title=document.title, path=f"/doc/ledger/{number.seq}.html", receipt=f"ledger-{number.seq}",
                  first_published_at=at, published_at=at)
            for document, edition, number in zip(documents, editions, index, strict=True)
            for at in [first + timedelta(days=luck.randrange(days))]
        )  # fmt: skip
