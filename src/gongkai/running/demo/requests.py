"""The demo's disclosure requests: a dozen alive under every heading, by the roads of the simulation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from gongkai.foi import states
from gongkai.foi.actions import disputing, institutions, intake, judging_appeals, topics
from gongkai.foi.actions.opening import Asked
from gongkai.foi.models import Case, Institution, Sector
from gongkai.foi.rules.receipt import Arrival, Channel
from gongkai.foi.rules.topics import Quarter
from gongkai.kernel.clock import legal_day
from gongkai.law.calendar import WorkCalendar
from gongkai.law.queries import calendar
from gongkai.orgs.models import Unit
from gongkai.running.demo.district import GOVERNMENT
from gongkai.running.simulating.applicants import applicant
from gongkai.running.simulating.roads import Player, moment, road
from gongkai.running.simulating.year import furnish_letters, people_of

FIRST = 7000  # numbers of applicants beyond those of the district's people
TO_THE_END = ""


@dataclass(frozen=True, slots=True)
class Alive:
    """One case: whose, towards which result, begun how many working days ago, where it stands still."""

    unit: str
    code: str
    days_ago: int
    stop: str
    title: str = ""
    channel: Channel | None = None


ALIVE = (
    Alive("czj", "r1", 0, states.ARRIVED, "2025年度部门预算执行情况", Channel.WEB),
    Alive("czj", "r1", 1, states.REGISTERED, "老旧小区改造资金安排文件", Channel.REGISTERED_MAIL),
    Alive("czj", "r1", 6, states.IN_HAND, "政府采购办公设备合同", Channel.COUNTER),
    Alive("czj", "r1", 12, states.REVIEWED, "惠民补贴发放标准", Channel.COUNTER),
    Alive("czj", "r2", 14, states.DRAFTED, "学校食堂补助资金拨付文件", Channel.COUNTER),
    Alive("cgj", "r1", 27, states.IN_HAND, "停车场设置批准文件", Channel.REGISTERED_MAIL),
    Alive("zjj", "r4_3", 6, states.CORRECTION, "与我家有关的全部材料", Channel.COUNTER),
    Alive("zjj", "r3_4", 9, states.CONSULTING, "望潮小区改造施工合同", Channel.COUNTER),
    Alive("mzj", "r1", 16, states.SIGNED, "养老机构备案材料", Channel.COUNTER),
    Alive("czj", "r1", 30, TO_THE_END, "2024年度惠民补贴发放明细", Channel.COUNTER),
    Alive("zjj", "r3_6", 45, TO_THE_END, "房屋征收补偿方案讨论稿", Channel.COUNTER),
    Alive("cgj", "r4_1_absent", 110, TO_THE_END, "户外广告设置审批材料", Channel.COUNTER),
    Alive("jtj", "r1", 75, TO_THE_END, "学校食堂食材采购合同", Channel.COUNTER),
    Alive("jtj", "r1", 72, TO_THE_END, "学校食堂食材采购的中标结果", Channel.COUNTER),
    Alive("jtj", "r1", 69, TO_THE_END, "食堂食材采购合同和中标单位", Channel.COUNTER),
)
RECONSIDERED, LOST = 10, 11


def load_requests(units: dict[str, Unit], *, now: datetime) -> None:
    """Walk every case to where it stands now, then what comes after answers."""
    furnish_letters(units, now)
    work = calendar()
    oldest_first = sorted(enumerate(ALIVE), key=lambda pair: -pair[1].days_ago)
    cases = {number: _walk(number, one, units, work, now) for number, one in oldest_first}
    _disputes(cases, now)
    _topic(units["jtj"], cases[len(ALIVE) - 1], now)
    _appeal(units["jtj"], now)


def _walk(number: int, one: Alive, units: dict[str, Unit], work: WorkCalendar, now: datetime) -> Case:
    """Play the road of one case until it stands where it is shown, never beyond this moment."""
    begun = _back(work, legal_day(now), one.days_ago)
    unit = units[one.unit]
    dice = Random(number)
    player = Player(
        unit, *people_of(unit, begun), dice=dice, calendar=work, number=FIRST + number,
        title=one.title, channel=one.channel,
    )  # fmt: skip
    player.now = min(moment(begun, dice), now)
    for following in _steps(player, one, number):
        if (one.stop and player.fresh().state == one.stop) or following > now:
            break
        player.now = max(following, player.now + timedelta(minutes=1))
    return player.fresh()


def _steps(player: Player, one: Alive, number: int) -> Iterator[datetime]:
    yield from road(player, one.code, applicant(player.dice, FIRST + number), slow=False)


def _disputes(cases: dict[int, Case], now: datetime) -> None:
    """One reconsideration waits for the office's answer; one was lost and left a lesson."""
    case = cases[RECONSIDERED]
    by, today = people_of(case.unit, legal_day(now))[0], legal_day(now)
    disputing.enter_dispute(
        case=case, by=by, now=now, kind="reconsideration", body=GOVERNMENT,
        filed_on=today - timedelta(days=4), copy_received_on=today - timedelta(days=2),
    )  # fmt: skip
    lost = cases[LOST]
    by, filed = people_of(lost.unit, today)[0], today - timedelta(days=80)
    made = disputing.enter_dispute(
        case=lost, by=by, now=now, kind="reconsideration", body=GOVERNMENT,
        filed_on=filed, copy_received_on=filed + timedelta(days=2),
    )  # fmt: skip
    disputing.answer_dispute(dispute=made, by=by, now=now, on=filed + timedelta(days=9))
    made.refresh_from_db()
    disputing.decide_dispute(
        dispute=made, by=by, now=now, outcome="revoked", decided_on=filed + timedelta(days=45)
    )
    made.refresh_from_db()
    disputing.write_lesson(
        ground="r4_1_absent", mistake="演示：只检索了办公系统，没有查档案室和承办科室。",
        lesson="答复信息不存在之前，逐处检索并写明检索词和结果。", by=by, now=now,
        unit_id=lost.unit_id, dispute=made, source=GOVERNMENT,
    )  # fmt: skip


def _topic(unit: Unit, newest: Case, now: datetime) -> None:
    """The requests of that quarter put together; deciding is left to whoever tries the demo."""
    quarter = Quarter.of(newest.arrived_on)
    topics.analyse(unit=unit, quarter=quarter, by=people_of(unit, legal_day(now))[0], now=now)


def _appeal(unit: Unit, now: datetime) -> None:
    """A school did not publish what its duty list names."""
    by = people_of(unit, legal_day(now))[0]
    school = institutions.add_institution(
        name="滨海区望潮小学", sector=Sector.EDUCATION, supervisor=unit, address="滨海区望潮路90号",
        phone="0000-88889001", by=by, now=now,
    )  # fmt: skip
    for item in ("招生范围和入学条件", "收费项目和标准"):
        institutions.add_duty(
            sector=Sector.EDUCATION, item=item, basis="教育部关于推进中小学信息公开工作的意见", by=by, now=now
        )
    case = intake.register(
        unit=unit,
        arrival=Arrival(channel=Channel.COUNTER, arrived_on=legal_day(now)),
        asking=applicant(Random(FIRST), FIRST + len(ALIVE)),
        asked=Asked(
            title="望潮小学没有公开收费项目和标准",
            content="学校网站和公示栏都没有收费项目和标准，请督促公开。",
            kind=Case.Kind.APPEAL,
        ),
        submit_key="demo-appeal",
        by=by,
        now=now,
    )
    judging_appeals.name_institution(
        case=case,
        institution=Institution.objects.get(pk=school.pk),
        item_named="收费项目和标准",
        by=by,
        now=now,
    )


def _back(work: WorkCalendar, day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= work.is_workday(day)
    return day
