"""The road of each invented case as a chain of steps; each step says when it happens and calls one real action.

A road yields the moment of its next step; the year plays the steps of all roads in the order of time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from gongkai.foi.actions import (
    answer_service,
    answers,
    answers_from_applicant,
    charging,
    consulting,
    ending,
    extending,
    intake,
    letters,
    routing,
    searching,
)
from gongkai.foi.actions.opening import Asked, Asking
from gongkai.foi.models import Case, Consultation, Letter, SearchPlace
from gongkai.foi.queries import results
from gongkai.foi.queries.clocks import dates_of
from gongkai.foi.queries.who import APPLICANT
from gongkai.foi.rules.letters import letter_kind
from gongkai.foi.rules.receipt import NEEDS_CONFIRMATION, Arrival, Channel
from gongkai.kernel.clock import LEGAL_ZONE, legal_day
from gongkai.law.calendar import WorkCalendar
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Unit

Road = Iterator[datetime]
CHANNELS = (
    (Channel.WEB, 60),
    (Channel.REGISTERED_MAIL, 20),
    (Channel.COUNTER, 12),
    (Channel.PLAIN_MAIL, 4),
    (Channel.FAX, 2),
    (Channel.ORAL, 2),
)
POST = {"way": "post", "carrier": "中国邮政"}


@dataclass(slots=True)
class Player:
    """Who acts for one case, with the dice and the calendar of the year."""

    unit: Unit
    officer: Actor
    reviewer: Actor
    leader: Actor
    dice: Random
    calendar: WorkCalendar
    number: int
    title: str = ""
    channel: Channel | None = None
    case: Case | None = None
    now: datetime = datetime.min.replace(tzinfo=LEGAL_ZONE)

    @property
    def today(self) -> date:
        return legal_day(self.now)

    def after(self, days: int) -> datetime:
        """A moment in office hours on the ``days``-th working day after this step."""
        day = self.today
        for _ in range(days):
            day = self.calendar.next_workday(day + timedelta(days=1))
        return moment(day if days else self.calendar.next_workday(day), self.dice)

    def fresh(self) -> Case:
        assert self.case is not None
        self.case = Case.objects.unscoped("an invented case of this training").get(pk=self.case.pk)
        return self.case


@cache
def said() -> dict[str, Any]:
    """The invented words."""
    return tomllib.loads(files("gongkai.running.simulating").joinpath("facts.toml").read_text("utf-8"))


def moment(day: date, dice: Random) -> datetime:
    """A moment in office hours of a day."""
    return datetime(
        day.year, day.month, day.day, 9 + dice.randrange(7), dice.randrange(60), tzinfo=LEGAL_ZONE
    )


def road(player: Player, code: str, asking: Asking, *, slow: bool) -> Road:
    """The whole road of one case to its result; ``slow`` cases are extended first."""
    yield from _arrive(player, asking)
    yield player.after(player.dice.randrange(0, 2))
    if code == "r6_3_withdrawn":
        yield player.after(2)
        ending.withdraw(
            case=player.fresh(),
            by=player.officer,
            on=player.today,
            reason="申请人来电表示已经得到所需信息。",
            now=player.now,
        )
        return
    player.case = routing.sign_for(case=player.fresh(), by=player.officer, now=player.now)
    yield from BEFORE.get(code, _nothing)(player)
    if slow:
        yield from _extend(player)
    yield player.after(player.dice.randrange(2, 9))
    yield from _answer(player, code)


def _arrive(player: Player, asking: Asking) -> Road:
    dice = player.dice
    drawn = dice.choices([one for one, _ in CHANNELS], [weight for _, weight in CHANNELS])[0]
    channel = player.channel or drawn
    titles = said()["asked"].get(player.unit.code) or said()["asked"]["zfb"]
    title = player.title or dice.choice(titles)
    asked = Asked(
        title=title,
        content=f"申请公开{title}，编号第{player.number}份。",
        form_wanted=Case.Form.PAPER,
        delivery_wanted=Case.Delivery.POST,
    )
    key = f"simulated-{player.number}-{dice.getrandbits(64):016x}"
    if channel is Channel.WEB:
        player.case = intake.submit(
            unit=player.unit, agency=player.unit, asking=asking, asked=asked, submit_key=key, now=player.now
        )
    else:
        arrival = Arrival(channel=channel, arrived_on=player.today)
        player.case = intake.register(
            unit=player.unit,
            arrival=arrival,
            asking=asking,
            asked=asked,
            submit_key=key,
            by=player.officer,
            now=player.now,
        )
    if channel in NEEDS_CONFIRMATION:
        yield player.after(dice.choices([0, 1], [9, 1])[0])
        player.case = intake.confirm(
            case=player.fresh(), on=player.today, by=player.officer, now=player.now, how="电话确认"
        )


def _letter(player: Player, kind: str, **facts: Any) -> Iterator[datetime]:
    """An interim letter is drafted, signed the same day, posted the next working day, received two days later."""
    case = player.fresh()
    worth = _facts(kind, player) | facts
    letter = letters.draft_letter(case=case, kind=kind, facts=worth, by=player.officer, now=player.now)
    letters.sign_letter(letter=letter, by=player.reviewer, now=player.now)
    yield player.after(1)
    letters.dispatch_letter(
        letter=letter,
        on=player.today,
        by=player.officer,
        now=player.now,
        tracking=f"XA{letter.pk:09d}CN",
        **POST,
    )
    yield player.after(2)
    row = Letter.objects.unscoped("an invented letter").get(pk=letter.pk)
    letters.deliver_letter(
        letter=row, on=player.today, by=player.officer, now=player.now, received_by="本人签收"
    )


def _nothing(player: Player) -> Road:
    yield from ()


def _correct(player: Player, *, comes: bool) -> Road:
    yield player.after(2)
    ends = player.after(20)
    yield from _letter(player, "correction_notice", period_ends=legal_day(ends).isoformat())
    if comes:
        yield player.after(4)
        player.case = answers_from_applicant.correction_arrives(
            case=player.fresh(), by=APPLICANT, on=player.today, now=player.now, text="补充了年度和项目名称。"
        )
        return
    yield player.after(24)
    player.case = answers_from_applicant.correction_lapses(
        case=player.fresh(), by=player.officer, now=player.now
    )


def _corrected(player: Player) -> Road:
    yield from _correct(player, comes=True)


def _uncorrected(player: Player) -> Road:
    yield from _correct(player, comes=False)


def _unpaid(player: Player) -> Road:
    yield player.after(1)
    charging.prepare_fee(
        case=player.fresh(),
        by=player.officer,
        mode="pages",
        pages=45,
        reason="申请提供的纸质材料明显超过合理数量。",
        now=player.now,
    )
    yield from _letter(player, "fee_notice")
    yield player.after(26)
    player.case = charging.fee_lapses(case=player.fresh(), by=player.officer, now=player.now)


def _asked_why(player: Player) -> Road:
    yield player.after(1)
    ends = player.after(12)
    yield from _letter(player, "reasons_notice", period_ends=legal_day(ends).isoformat())
    yield player.after(2)
    player.case = answers_from_applicant.reasons_arrive(
        case=player.fresh(), by=APPLICANT, on=player.today, now=player.now, text="想了解得更全面。"
    )


def _consulted(player: Player) -> Road:
    yield player.after(1)
    asked = consulting.add_consultation(
        case=player.fresh(),
        by=player.officer,
        kind=Consultation.Kind.THIRD_PARTY,
        party="滨海区某建设有限公司",
        concerning="合同中的单价和账号。",
        now=player.now,
    )
    yield from _letter(player, "third_party_letter", consultation=asked.pk)
    yield player.after(player.dice.randrange(3, 9))
    row = Consultation.objects.unscoped("an invented case").select_related("case").get(pk=asked.pk)
    consulting.opinion_arrives(
        consultation=row,
        by=player.officer,
        on=player.today,
        opinion=Consultation.Opinion.OBJECT,
        reasons="涉及商业秘密。",
        reasonable=True,
        now=player.now,
    )


def _searched(player: Player) -> Road:
    yield player.after(3)
    for place in SearchPlace.objects.unscoped("an invented case").filter(unit=player.unit, active=True):
        searching.record_search(
            case=player.fresh(),
            by=player.officer,
            place=place,
            terms=player.fresh().title[:20],
            result="没有找到",
            found=False,
            on=player.today,
            now=player.now,
        )


def _extend(player: Player) -> Road:
    yield player.after(3)
    case = player.fresh()
    before = dates_of(case).due
    days = player.dice.choice([5, 10, 15, 20])
    extension = extending.propose_extension(
        case=case, by=player.officer, days=days, reason=said()["letters"]["reason"], now=player.now
    )
    yield player.after(0)
    extending.approve_extension(extension=extension, by=player.reviewer, now=player.now)
    if before is None:
        return
    told = {"extension": extension.pk, "days": days, "old_due": before.isoformat()}
    told |= {"new_due": (before + timedelta(days=days * 7 // 5 + 2)).isoformat()}
    told |= {"approver": player.reviewer.name, "approved_on": player.today.isoformat()}
    yield from _letter(player, "extension_notice", **told)


def _answer(player: Player, code: str) -> Road:
    case = player.fresh()
    kind = results.letter_of(case, code).key
    worth = _facts(kind, player)
    if code == "r5_2":
        worth |= {"earlier_number": f"{player.unit.short_name}公复〔{player.today.year}〕1号"}
    suggested = {key: value for key, value in results.suggested_facts(case, code).items() if value}
    player.case = answers.dispose(
        case=case, code=code, by=player.officer, now=player.now, facts=worth | suggested
    )
    answers.draft_answer(case=player.case, by=player.officer, now=player.now)
    yield player.after(player.dice.choice([0, 0, 1]))
    small = player.unit.is_small
    answers.review(case=player.fresh(), by=player.leader if small else player.reviewer, now=player.now)
    yield player.after(player.dice.choice([0, 0, 1]))
    answers.sign(case=player.fresh(), by=player.leader, now=player.now)
    yield player.after(player.dice.choice([0, 1]))
    player.case = answer_service.dispatch(
        case=player.fresh(),
        on=player.today,
        by=player.officer,
        now=player.now,
        tracking=f"XB{player.number:09d}CN",
        **POST,
    )
    yield player.after(player.dice.randrange(2, 5))
    answer_service.deliver(
        case=player.fresh(), on=player.today, by=player.officer, now=player.now, received_by="本人签收"
    )


def _facts(kind: str, player: Player) -> dict[str, Any]:
    """The facts that a letter asks for, in invented words and days that fit."""
    worth: dict[str, Any] = {}
    for fact in letter_kind(kind).facts:
        if fact.kind == "date":
            worth[fact.key] = player.today.isoformat()
        elif fact.kind in ("number", "money"):
            worth[fact.key] = "150"
        elif fact.kind != "flag":
            worth[fact.key] = said()["letters"].get(fact.key, f"（练习）{fact.label}")
    return worth


BEFORE: dict[str, Callable[[Player], Road]] = {
    "r3_4": _consulted,
    "r4_1_absent": _searched,
    "r4_3": _corrected,
    "r5_4": _asked_why,
    "r6_1": _uncorrected,
    "r6_2": _unpaid,
}
