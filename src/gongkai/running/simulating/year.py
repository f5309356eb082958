"""A whole year of invented requests, played in the order of time."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from gongkai.foi import states
from gongkai.foi.actions import disputing
from gongkai.foi.models import Case, Dispute, LetterSettings, RemedyPlaces, SearchPlace
from gongkai.foi.queries.letters import abbreviation_of
from gongkai.foi.rules import fees
from gongkai.kernel.clock import legal_day
from gongkai.kernel.remembering import remembering
from gongkai.law.calendar import WorkCalendar
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refusal, Refused
from gongkai.orgs.actor import Actor, actor_of
from gongkai.orgs.models import Person, SiteIdentity, Unit
from gongkai.running.demo.district import GOVERNMENT, make_people, make_units
from gongkai.running.simulating.applicants import applicant
from gongkai.running.simulating.roads import Player, Road, moment, road
from gongkai.trail import installation
from gongkai.trail.chain import SYSTEM, record

MOST_CASES = 20000
FIRST_YEAR, LAST_YEAR = 2020, 2090  # the present regulation holds since May 2019
# Share of each result in a hundred thousand, as a district sees them; every row occurs in a year of some size.
SHARES = (
    ("r1", 30), ("r1_public", 10), ("r2", 13), ("r3_1", 1), ("r3_2", 1), ("r3_3", 1), ("r3_4", 3),
    ("r3_5", 2), ("r3_6", 2), ("r3_7", 2), ("r3_8", 2), ("r4_1_absent", 9), ("r4_1_elsewhere", 9),
    ("r4_2", 2), ("r4_3", 1), ("r5_1", 3), ("r5_2", 2), ("r5_3", 1), ("r5_4", 1), ("r5_5", 1),
    ("r6_1", 1), ("r6_2", 1), ("r6_3", 1), ("r6_3_withdrawn", 3),
)  # fmt: skip
UNITS = ("zjj", "czj", "zfb", "cgj", "jtj", "mzj", "scj", "fgj", "yjj", "wjj", "rsj", "dfz")
BUSY = (9, 5, 6, 5, 3, 3, 4, 3, 2, 2, 3, 1)
CARRIED_IN = 0.08  # of the cases came at the end of the year before
CARRIED_OUT = 0.03  # came in the last week, too late to be answered in the year
SLOW = 0.06
DISPUTED = 0.04
PLACES = ("机关档案室", "办公系统", "承办科室")


def simulate(*, cases: int, year: int, seed: int, tell: Callable[[str], None] = lambda words: None) -> str:
    """Play a year in a fresh installation and mark it as training. Returns what came of it, in one line.

    Raises ``NotAPlayground`` where something has happened already, ``Refused`` on numbers that cannot be.
    """
    if not installation.is_fresh():
        raise installation.NotAPlayground(
            "这里已经有记录，不能放进模拟案件。请换一个空的 DATA_DIR 再运行 gongkai requests simulate。"
        )
    if not 1 <= cases <= MOST_CASES or not FIRST_YEAR <= year <= LAST_YEAR:
        text = f"案件数应在 1 到 {MOST_CASES} 之间，年度应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间。"
        raise Refused([Refusal("simulate.numbers", "", text)])
    dice, work = Random(seed), calendar()
    last = moment(date(year, 12, 31), dice)
    with transaction.atomic():
        installation.mark(kind=installation.TRAINING, at=moment(date(year - 1, 11, 1), dice))
        _furnish(last)
        with remembering():  # nobody else is here
            done = _play(list(_roads(cases, year, dice, work)), last, tell)
            _dispute(dice, last)
        installation.set_clock(moment=last, by=SYSTEM, at=last)
        facts = {"cases": cases, "year": year, "seed": seed}
        record(verb="installation.simulate", by=SYSTEM, at=last, facts=facts)
    results = Counter(
        Case.objects.unscoped("the whole training")
        .exclude(counted_disposition="")
        .values_list("counted_disposition", flat=True)
    )
    return (
        f"培训环境已建成：{cases} 件申请，办结 {sum(results.values())} 件、{len(results)} 种结果，"
        f"走了 {done} 步。系统时钟停在 {year}-12-31。"
    )


def _roads(
    cases: int, year: int, dice: Random, work: WorkCalendar
) -> Iterator[tuple[datetime, Player, Road]]:
    units = {unit.code: unit for unit in Unit.objects.all()}
    people: dict[str, tuple[Actor, Actor, Actor]] = {}
    codes = _results(cases, dice)
    for number, code in enumerate(codes, start=1):
        unit = units[dice.choices(UNITS, BUSY)[0]]
        if unit.is_small and code in ("r3_4", "r4_3", "r5_4", "r6_1", "r6_2"):
            unit = units["zjj"]  # a unit of two people has no reviewer to sign interim letters
        if unit.code not in people:
            people[unit.code] = people_of(unit, date(year, 1, 1))
        day = _day_of_arrival(number, cases, year, dice)
        start = moment(work.next_workday(day), dice)
        if code == "r6_2" and start.date() < fees.rule_since():
            code = "r6_3"  # before 2021 there was no measure by which to charge
        player = Player(
            unit, *people[unit.code], dice=Random(dice.getrandbits(64)), calendar=work, number=number
        )
        slow = dice.random() < SLOW and code.startswith(("r1", "r2", "r3")) and not unit.is_small
        yield start, player, road(player, code, applicant(dice, _asker(number, dice)), slow=slow)


def _results(cases: int, dice: Random) -> list[str]:
    """First every result once where there is room, the rest by their shares."""
    codes = [code for code, _ in SHARES]
    rest = dice.choices(codes, [share for _, share in SHARES], k=max(0, cases - len(codes)))
    listed = [*codes[:cases], *rest]
    dice.shuffle(listed)
    return listed


def _day_of_arrival(number: int, cases: int, year: int, dice: Random) -> date:
    if number <= cases * CARRIED_IN:
        return date(year - 1, 12, 14) + timedelta(days=dice.randrange(16))
    if number > cases * (1 - CARRIED_OUT):
        return date(year, 12, 24) + timedelta(days=dice.randrange(4))
    return date(year, 1, 2) + timedelta(days=dice.randrange(356))


def _asker(number: int, dice: Random) -> int:
    """Some people ask again: one in eight is somebody who asked before."""
    return dice.randrange(1, number) if number > 8 and dice.random() < 1 / 8 else number  # noqa: PLR2004


def _play(roads: list[tuple[datetime, Player, Road]], last: datetime, tell: Callable[[str], None]) -> int:
    """The steps of all roads in the order of time, up to the end of the year."""
    heap = [(start, player.number, player, way) for start, player, way in roads]
    heapq.heapify(heap)
    steps, total = 0, len(heap)
    while heap:
        now, number, player, way = heapq.heappop(heap)
        if now > last:
            continue  # carried out into the next year
        player.now = now
        steps += 1
        following = next(way, None)
        if following is not None:
            heapq.heappush(heap, (max(following, now + timedelta(minutes=1)), number, player, way))
        if steps % 1000 == 0:
            tell(f"已走 {steps} 步，还有 {len(heap)} 件在途（共 {total} 件）……")
    return steps


def _dispute(dice: Random, last: datetime) -> None:
    """A few answers are fought; some of these fights are open when the year ends."""
    rows = Case.objects.unscoped("the whole training").filter(
        state=states.ANSWERED, served_on__isnull=False, counted_disposition__startswith="r"
    )
    for case in rows.exclude(counted_disposition__startswith="r6").select_related("unit").order_by("pk"):
        if dice.random() >= DISPUTED or case.served_on is None:
            continue
        filed = case.served_on + timedelta(days=dice.randrange(10, 50))
        by = people_of(case.unit, filed)[0]
        if filed > legal_day(last):
            continue
        kind = dice.choices(["reconsideration", "direct"], [8, 2])[0]
        body = GOVERNMENT if kind == "reconsideration" else "滨海区人民法院"
        made = disputing.enter_dispute(
            case=case, by=by, now=last, kind=kind, body=body, filed_on=filed, copy_received_on=filed
        )
        decided = filed + timedelta(days=dice.randrange(20, 60))
        if decided <= legal_day(last):
            _decide(made, decided, by, dice, last)


def _decide(made: Dispute, decided: date, by: Actor, dice: Random, last: datetime) -> None:
    disputing.answer_dispute(dispute=made, by=by, now=last, on=made.copy_received_on + timedelta(days=3))
    outcome = dice.choices(["upheld", "revoked", "terminated", "ordered"], [12, 3, 3, 2])[0]
    disputing.decide_dispute(dispute=made, by=by, now=last, outcome=outcome, decided_on=decided)


def _furnish(now: datetime) -> None:
    """Units, people, places of search and the places of remedy of the invented district."""
    units = make_units()
    make_people(units)
    site = {"name": "滨海区政务公开（培训）", "government": GOVERNMENT, "changed_at": now}
    SiteIdentity.objects.update_or_create(pk=SiteIdentity.ONLY, defaults=site)
    furnish_letters(units, now)


def furnish_letters(units: dict[str, Unit], now: datetime) -> None:
    """What letters and searches need: places of remedy, abbreviations, places of search."""
    RemedyPlaces.objects.update_or_create(
        pk=RemedyPlaces.ONLY, defaults={"superior_government": "望潮市人民政府", "changed_at": now}
    )
    office = Person.objects.get(username="gkb")
    for code in UNITS:
        unit = units[code]
        LetterSettings._base_manager.update_or_create(
            unit=unit,
            defaults={"abbreviation": abbreviation_of(unit)[:20], "at": now, "by": office},
        )
        for name in PLACES:
            SearchPlace._base_manager.get_or_create(unit=unit, name=name)


def people_of(unit: Unit, on: date) -> tuple[Actor, Actor, Actor]:
    """Officer, reviewer and leader of a unit; in the unit of two the leader is both."""
    found = {person.username.partition(".")[2]: person for person in Person.objects.filter(unit=unit)}
    names = ("officer", "reviewer" if "reviewer" in found else "leader", "leader")
    officer, reviewer, leader = (actor_of(found[name], today=on) for name in names)
    return officer, reviewer, leader
