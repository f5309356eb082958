"""Accounts, roles, posts and hand-over. Three administrators share it: none can do all of it alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.kernel import ids
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refusal, refuse_if
from gongkai.orgs.actor import Actor
from gongkai.orgs.carried import carried_by, carriers
from gongkai.orgs.models import Duty, Person, Post, PostHolding, RoleHolding, Unit
from gongkai.orgs.queries.people import deputy_until, open_duties_of, roles_on
from gongkai.orgs.roles import Role
from gongkai.orgs.rules.offices import why_not_hold
from gongkai.orgs.wall import can
from gongkai.trail.chain import SYSTEM, SystemActor, record

# The operator at the terminal of the server acts as the system: the first accounts, and a lost second factor.
By = Actor | SystemActor


def _not_granted(by: By, action: str, unit_id: int, whose: str) -> list[Refusal]:
    if by is SYSTEM or (isinstance(by, Actor) and can(by, action, unit_id)):
        return []
    return [Refusal("orgs.not_granted", "", f"您没有这项权限。此事由{whose}办理，请与其联系。")]


def why_not_add_person(*, username: str, name: str, unit: Unit, by: By) -> list[Refusal]:
    """Why this account cannot be made."""
    found = _not_granted(by, "orgs.keep_people", unit.pk, "系统管理员")
    if not username.strip() or not name.strip():
        found.append(Refusal("orgs.no_name", "", "没有写登录名或姓名。请两项都填写。"))
    if Person.objects.filter(username__iexact=username.strip()).exists():
        found.append(Refusal("orgs.name_taken", "", "这个登录名已经有人用。请换一个，例如加上单位简称。"))
    if not unit.active:
        found.append(Refusal("orgs.unit_ended", "", "这个单位已经撤销或并入。请选择承接的单位。"))
    return found


@transaction.atomic
def add_person(*, username: str, name: str, unit: Unit, by: By, now: datetime) -> tuple[Person, str]:
    """Make an account without any role; gives the first password, which is shown once."""
    refuse_if(why_not_add_person(username=username, name=name, unit=unit, by=by))
    password = ids.code(groups=4)
    person = Person.objects.create_person(
        username=username.strip(), password=password, name=name.strip(), unit=unit, joined_on=legal_day(now)
    )
    record(verb="orgs.add_person", by=by, at=now, about=person, facts={"unit": unit.pk})
    return person, password


def why_not_reset_login(*, person: Person, by: By) -> list[Refusal]:
    """Why this login cannot be set anew."""
    found = _not_granted(by, "orgs.keep_people", person.unit_id, "系统管理员")
    if by.person_id == person.pk:
        found.append(Refusal("orgs.own_login", "", "不能重设自己的登录。请在“登录安全”里修改。"))
    if not person.is_active:
        found.append(Refusal("orgs.person_gone", "", "此人已停用，不能重设登录。"))
    return found


@transaction.atomic
def reset_login(*, person: Person, by: By, now: datetime) -> str:
    """A new password, shown once, and no second factor: for who forgot or lost it. All logins end."""
    refuse_if(why_not_reset_login(person=person, by=by))
    password = ids.code(groups=4)
    person.set_password(password)
    person.save(update_fields=["password"])
    person.authenticator_set.all().delete()  # type: ignore[attr-defined]
    record(verb="orgs.reset_login", by=by, at=now, about=person)
    return password


def why_not_disable_person(*, person: Person, by: Actor, today: date) -> list[Refusal]:
    """Why this person cannot leave yet (feature C12): duties and tasks must have somebody."""
    found = _not_granted(by, "orgs.keep_people", person.unit_id, "系统管理员")
    if by.person_id == person.pk:
        found.append(Refusal("orgs.own_account", "", "不能停用自己的账号。请由另一位系统管理员办理。"))
    if not person.is_active:
        found.append(Refusal("orgs.person_gone", "", "此人已经停用。"))
    duties = [*open_duties_of(person, on=today), *carried_by(person)]
    if duties:
        named = "、".join(f"“{duty}”" for duty in duties[:3])
        more = f"等 {len(duties)} 项" if len(duties) > 3 else ""
        found.append(
            Refusal("orgs.open_duties", "岗位责任制", f"{named}{more}职责还没有移交。请先办理移交，再停用。")
        )
    until = deputy_until(person, on=today)
    if until:
        found.append(Refusal("orgs.is_deputy", "", f"此人代理同事至{until}。请先为那位同事另选代理人。"))
    return found


@transaction.atomic
def disable_person(*, person: Person, by: Actor, now: datetime) -> None:
    """The person has left: no login, no role, no post; everything he did stays under his name."""
    today = legal_day(now)
    refuse_if(why_not_disable_person(person=person, by=by, today=today))
    person.is_active, person.left_on = False, today
    person.save(update_fields=["is_active", "left_on"])
    RoleHolding.objects.filter(person=person, valid_to=None).update(valid_to=today)
    PostHolding.objects.filter(person=person, valid_to=None).update(valid_to=today)
    record(verb="orgs.disable_person", by=by, at=now, about=person)


def why_not_grant_role(*, person: Person, role: Role, unit: Unit, by: By, today: date) -> list[Refusal]:
    """Why this person cannot have this role."""
    found = _not_granted(by, "orgs.grant_roles", unit.pk, "安全管理员")
    if by.person_id == person.pk:
        found.append(Refusal("orgs.own_role", "", "不能给自己授权。请由另一位安全管理员办理。"))
    if not person.is_active:
        found.append(Refusal("orgs.person_gone", "", "此人已停用，不能授予角色。"))
    held = {
        row.role for row in roles_on(person, today) if row.unit_id == unit.pk or row.role.endswith("_admin")
    }
    return found + why_not_hold(wanted=role.value, held=held)


@transaction.atomic
def grant_role(*, person: Person, role: Role, unit: Unit, by: By, now: datetime) -> RoleHolding:
    """Give a role for a unit from today on."""
    today = legal_day(now)
    refuse_if(why_not_grant_role(person=person, role=role, unit=unit, by=by, today=today))
    holding = RoleHolding.objects.create(person=person, role=role, unit=unit, valid_from=today)
    record(verb="orgs.grant_role", by=by, at=now, about=person, facts={"role": role.value, "unit": unit.pk})
    return holding


def why_not_end_role(*, holding: RoleHolding, by: Actor) -> list[Refusal]:
    """Why this role cannot be taken back."""
    found = _not_granted(by, "orgs.grant_roles", holding.unit_id, "安全管理员")
    if by.person_id == holding.person_id:
        found.append(Refusal("orgs.own_role", "", "不能收回自己的角色。请由另一位安全管理员办理。"))
    if holding.valid_to is not None:
        found.append(Refusal("orgs.role_over", "", "这个角色已经收回。"))
    return found


@transaction.atomic
def end_role(*, holding: RoleHolding, by: Actor, now: datetime) -> None:
    """Take a role back; it counts no more from this moment on."""
    refuse_if(why_not_end_role(holding=holding, by=by))
    today = legal_day(now)
    holding.valid_to = max(holding.valid_from, today - timedelta(days=1))
    if holding.valid_from == today:
        holding.delete()
    else:
        holding.save(update_fields=["valid_to"])
    record(
        verb="orgs.end_role",
        by=by,
        at=now,
        about=holding.person,
        facts={"role": holding.role, "unit": holding.unit_id},
    )


def why_not_take_post(*, post: Post, person: Person, seat: str, by: Actor) -> list[Refusal]:
    """Why this person cannot fill this post."""
    found = _not_granted(by, "orgs.hand_over", post.unit_id, "本单位负责人")
    if not person.is_active or person.unit_id != post.unit_id:
        found.append(Refusal("orgs.not_of_unit", "", "任岗的人要在本单位在岗。请另选一位。"))
    others = PostHolding.objects.filter(post=post, valid_to=None)
    if others.filter(seat=seat).exists():
        found.append(Refusal("orgs.seat_taken", "", "这个岗位的这一角已经有人。请用“移交”换人。"))
    if others.filter(person=person).exists():
        found.append(Refusal("orgs.both_seats", "AB角制度", "A角、B角不能是同一个人。请另选一位。"))
    return found


@transaction.atomic
def take_post(*, post: Post, person: Person, seat: str, by: Actor, now: datetime) -> PostHolding:
    """A person fills a post as A or B from today on."""
    refuse_if(why_not_take_post(post=post, person=person, seat=seat, by=by))
    holding = PostHolding.objects.create(post=post, person=person, seat=seat, valid_from=legal_day(now))
    record(verb="orgs.take_post", by=by, at=now, about=person, facts={"post": post.pk, "seat": seat})
    return holding


def why_not_hand_over(*, person: Person, to: Person, by: Actor, today: date) -> list[Refusal]:
    """Why this person's posts cannot pass to the other."""
    found = _not_granted(by, "orgs.hand_over", person.unit_id, "本单位负责人")
    if to.pk == person.pk or not to.is_active or to.unit_id != person.unit_id:
        found.append(Refusal("orgs.not_of_unit", "", "接手的人要是本单位在岗的另一位同事。请另选一位。"))
    held = PostHolding.objects.filter(person=person, valid_to=None)
    if not held.exists() and not carried_by(person):
        found.append(Refusal("orgs.no_posts", "", "此人没有任岗，也没有记名的职责，没有可移交的。"))
    clash = PostHolding.objects.filter(person=to, valid_to=None, post__in=held.values("post"))
    main = clash.filter(seat=PostHolding.Seat.MAIN).exists()
    if main:
        found.append(
            Refusal("orgs.both_seats", "AB角制度", "接手的人已是同一岗位的A角，不能再任B角。请另选。")
        )
    return found


@transaction.atomic
def hand_over(*, person: Person, to: Person, by: Actor, now: datetime) -> int:
    """Pass every post of a person to a colleague, with the duties that hang on it, and what he answers for by name.

    Returns how many posts and duties by name passed.
    """
    today = legal_day(now)
    refuse_if(why_not_hand_over(person=person, to=to, by=by, today=today))
    held = list(PostHolding.objects.filter(person=person, valid_to=None).select_related("post"))
    for holding in held:
        # Who was B of the post becomes A: the B seat is free until the unit names somebody.
        PostHolding.objects.filter(post=holding.post, person=to, valid_to=None).update(valid_to=today)
        holding.valid_to = today
        holding.save(update_fields=["valid_to"])
        PostHolding.objects.create(post=holding.post, person=to, seat=holding.seat, valid_from=today)
    named = sum(module.pass_on(person=person, to=to, by=by, now=now) for module in carriers())
    record(
        verb="orgs.hand_over",
        by=by,
        at=now,
        about=person,
        facts={"to": to.pk, "posts": [holding.post_id for holding in held], "named": named},
    )
    return len(held) + named


def why_not_set_up_post(*, unit: Unit, title: str, by: Actor) -> list[Refusal]:
    """Why the unit cannot have this post."""
    found = _not_granted(by, "orgs.hand_over", unit.pk, "本单位负责人")
    if not title.strip():
        found.append(Refusal("orgs.no_post", "", "没有写岗位名称。请填写，例如“信息公开员”。"))
    if not unit.active:
        found.append(Refusal("orgs.unit_ended", "", "这个单位已经撤销或并入，不能再设岗。"))
    return found


@transaction.atomic
def set_up_post(*, unit: Unit, title: str, duties: Sequence[str], by: Actor, now: datetime) -> Post:
    """A post of the unit with what it answers for; an existing post gains the duties that are new."""
    refuse_if(why_not_set_up_post(unit=unit, title=title, by=by))
    today = legal_day(now)
    post, made = Post.objects.get_or_create(unit=unit, title=title.strip())
    there = set(Duty.objects.filter(post=post, until=None).values_list("subject", flat=True))
    new = [words for words in dict.fromkeys(duty.strip()[:200] for duty in duties) if words not in there]
    new = [words for words in new if words]
    Duty.objects.bulk_create(Duty(post=post, subject=words, since=today) for words in new)
    if made or new:
        record(
            verb="orgs.set_up_post", by=by, at=now, about=post, facts={"unit": unit.pk, "duties": len(new)}
        )
    return post
