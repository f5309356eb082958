"""Practice: a person takes an invented case, judges it, and learns at once what was right and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.foi.models import Exercise
from gongkai.foi.queries import practice as queries
from gongkai.foi.rules import training
from gongkai.kernel.clock import legal_day
from gongkai.law.queries import calendar
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.models import Person
from gongkai.orgs.wall import can
from gongkai.trail import installation
from gongkai.trail.chain import record

LONGEST_ANSWER = 40
SPREAD = 100_000


def why_not_practise(*, by: Actor) -> list[Refusal]:
    """Why this person cannot practise here."""
    found = []
    if not installation.is_playground():
        text = "练习只在培训或演示环境里有，正式环境里没有。请打开单位的培训环境再做。"
        found.append(Refusal("practice.not_here", "", text))
    if not can(by, "foi.practise"):
        text = "您的角色没有依申请公开的练习。需要的请找系统管理员。"
        found.append(Refusal("foi.role", "本平台权限规定", text))
    return found


@transaction.atomic
def take_exercise(*, by: Actor, now: datetime) -> Exercise:
    """The next invented case for this person; one that is not answered yet is given again."""
    refuse_if(why_not_practise(by=by))
    open_one = queries.exercises_of(by).filter(answered_at=None).first()
    if open_one is not None:
        return open_one
    newest = queries.exercises_of(by).order_by("-seed").values_list("seed", flat=True).first()
    seed = newest + 1 if newest is not None else by.acting_id * SPREAD
    made = Exercise.objects.create(
        unit=Person.objects.get(pk=by.acting_id).unit,
        person_id=by.acting_id,
        seed=seed,
        title=queries.title_for(by, seed),
        begun_on=legal_day(now),
        begun_at=now,
    )
    record(verb="foi.take_exercise", by=by, at=now, about=made)
    return made


def why_not_answer_exercise(*, exercise: Exercise, by: Actor, given: Mapping[str, str]) -> list[Refusal]:
    """Why these answers cannot be handed in."""
    found = why_not_practise(by=by)
    if exercise.person_id != by.acting_id:
        found.append(Refusal("practice.not_yours", "", "这是同事的练习，只能看。请取自己的题。"))
    if exercise.answered_at is not None:
        found.append(Refusal("practice.done", "", "这道题已经交卷。请取下一题。"))
    asked = queries.scenario_of(exercise).questions
    missing = [f"第 {at} 题" for at, one in enumerate(asked, 1) if not given.get(one.key, "").strip()]
    if missing:
        text = f"还有没答的：{'、'.join(missing)}。全部答完才能交卷。"
        found.append(Refusal("practice.missing", "", text))
    return found


@transaction.atomic
def answer_exercise(
    *, exercise: Exercise, by: Actor, given: Mapping[str, str], now: datetime
) -> tuple[training.Graded, ...]:
    """Hand in the answers: each is held against the rules, the score is kept."""
    exercise = (
        Exercise.objects.unscoped("the action checks whose it is").select_for_update().get(pk=exercise.pk)
    )
    refuse_if(why_not_answer_exercise(exercise=exercise, by=by, given=given))
    found = queries.scenario_of(exercise)
    exercise.answers = {one.key: given.get(one.key, "").strip()[:LONGEST_ANSWER] for one in found.questions}
    graded = training.grade(found, exercise.answers, calendar())
    exercise.score, exercise.answered_at = training.score(graded), now
    exercise.save()
    record(verb="foi.answer_exercise", by=by, at=now, about=exercise, facts={"score": exercise.score})
    return graded
