"""The proof of the wall: every address x role x method x {own unit, other unit, none}, from the same table.

Run as a module it works on a throw-away data directory: it migrates, plants rows with canary words in two
units, asks every address as everybody, compares each answer with what the table grants, and prints the
figures. A leak is a foreign canary in an answer, an open answer where the table says no, or a trail row
written by such a request.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import models, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from gongkai.kernel import clock
from gongkai.orgs.accounts import PROVEN
from gongkai.orgs.actor import ANONYMOUS, Actor, actor_of
from gongkai.orgs.checks import Door, doors
from gongkai.orgs.models import Person, RoleHolding, Unit
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import ALL_UNITS, can, field_behind, shown_by, unit_path_of, units_for
from gongkai.publishing.specimens import PUBLISHED
from gongkai.running.wall_specimens import Rows, plant
from gongkai.trail import chain

OWN, OTHER, NONE = "own", "other", "none"
GET, POST = "GET", "POST"
CANARY = "金丝雀"
SAMPLES = {"IntConverter": 987654321, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One request of the matrix."""

    door: Door
    role: Role | None
    method: str
    whose: str

    def __str__(self) -> str:
        return f"{self.method} /{self.door.pattern} as {self.role or 'anonymous'} on {self.whose}"


@dataclass(slots=True)
class Result:
    """What the matrix found."""

    urls: int = 0
    cells: int = 0
    leaks: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    granted: int = 0
    own_rows_seen: int = 0


@dataclass(slots=True)
class World:
    """Two units with the same people and rows; everybody who asks is of the first."""

    units: dict[str, Unit]
    actors: dict[Role | None, Actor]
    sessions: dict[Role, str]
    rows: dict[str, Rows]
    canaries: dict[str, str]


EVERYBODY: tuple[Role | None, ...] = (None, *Role)


def run(*, under: str = "", roles: tuple[Role | None, ...] = EVERYBODY) -> Result:
    """Fill the database, ask every cell, undo every request. Give it a database of its own.

    ``under`` tries only the addresses that begin so, ``roles`` only as these; the proofs that switch guards
    off need no more.
    """
    world = _build(timezone.now())
    result = Result()
    logging.disable(logging.CRITICAL)  # refusals are what is wanted here
    try:
        for door in doors():
            if not door.pattern.startswith(under):
                continue
            result.urls += 1
            for cell in _cells(door, roles):
                result.cells += 1
                _ask(world, cell, result)
    finally:
        logging.disable(logging.NOTSET)
    return result


def _cells(door: Door, roles: tuple[Role | None, ...]) -> Iterator[Cell]:
    whose = (OWN, OTHER, NONE) if door.declared and door.declared.objects else (NONE,)
    for role in roles:
        for method in (GET, POST):
            for owner in whose:
                yield Cell(door, role, method, owner)


def _ask(world: World, cell: Cell, result: Result) -> None:
    actor = world.actors[cell.role]
    allowed = _expected(world, cell, actor)
    result.granted += allowed
    client = Client(raise_request_exception=False)
    if cell.role:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[cell.role]
    before = chain.head()
    with transaction.atomic():
        address = _address(world, cell)
        response = client.get(address) if cell.method == GET else client.post(address)
        text = _text(response)
        written = chain.head() != before
        transaction.set_rollback(True)
    # A page that breaks, or refuses whom the table lets in, proves nothing about the wall.
    if response.status_code >= 500 and not address.startswith("/ready"):
        result.broken.append(f"{cell}: {response.status_code}")
    elif allowed and response.status_code in (403, 404) and _is_whole(cell):
        result.broken.append(f"{cell}: granted, but answered {response.status_code}")
    # What is published may stand on a public page; any other row of a unit there is a leak.
    is_public = bool(cell.door.declared and cell.door.declared.public)
    result.own_rows_seen += world.canaries[OWN] in text
    for unit, canary in world.canaries.items():
        if is_public:
            text = text.replace(canary + PUBLISHED, "")
        if canary in text and not _may_see(world, actor, unit):
            result.leaks.append(f"{cell}: shows rows of {unit}")
    if cell.door.is_library:
        return
    if not allowed and _is_open(response):
        result.leaks.append(f"{cell}: answered {response.status_code}")
    if not allowed and written:
        result.leaks.append(f"{cell}: wrote to the trail")


def _expected(world: World, cell: Cell, actor: Actor) -> bool:
    """What the table says: the action is granted, and for the unit of the object in the address."""
    declared = cell.door.declared
    if declared is None or declared.public:
        return True
    if actor.is_anonymous:
        return False
    action = declared.post if cell.method == POST and declared.post else declared.action
    if not can(actor, action):
        return False
    if not declared.objects:
        return True
    if cell.whose == NONE:
        return False
    return all(
        can(actor, action, world.units[cell.whose].pk) for _, model in declared.objects if unit_path_of(model)
    )


def _may_see(world: World, actor: Actor, unit: str) -> bool:
    """Whether any visibility of the table shows this person rows of that unit."""
    pk = world.units[unit].pk
    for model in world.rows[unit]:
        # Units and people carry no canary; who may look them up may not see papers for that.
        actions = shown_by(model) if model._meta.app_label != "orgs" else ()
        for action in actions:
            units = units_for(actor, action)
            if units is ALL_UNITS or pk in units:
                return True
    return False


def _is_whole(cell: Cell) -> bool:
    """Whether the address is of a guarded page and names nothing but the planted rows."""
    declared = cell.door.declared
    return bool(declared and not declared.public) and len(cell.door.keys) == len(declared.objects)


def _is_open(response: HttpResponseBase) -> bool:
    """Whether the answer is a page or a done deed, not a refusal or the way to the login."""
    if 300 <= response.status_code < 400:
        target = response.headers.get("Location", "")
        return not target.startswith(("/account/", "/workbench/second-factor/"))
    return response.status_code < 300 or response.status_code == 422


def _address(world: World, cell: Cell) -> str:
    objects = dict(cell.door.declared.objects) if cell.door.declared else {}
    values: dict[str, Any] = {}
    for key, converter in cell.door.keys:
        model = objects.get(key)
        row = world.rows[cell.whose].get(model) if model and cell.whose != NONE else None
        values[key] = _key(row, key) if row is not None else SAMPLES.get(converter, "nothing-here")
    # The few addresses written as regular expressions belong to closed pages without an object.
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", cell.door.pattern)
    plain = re.sub(r"/\?\$|[\^$]", "", plain)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values.get(found[1], "nothing-here")), plain)


def _key(row: models.Model, key: str) -> Any:
    return getattr(row, field_behind(type(row), key))


def _text(response: HttpResponseBase) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    headers = "".join(f"{name}{value}" for name, value in response.headers.items())
    return content.decode(errors="replace") + headers


# -- the throw-away district ----------------------------------------------------------------------------


@transaction.atomic
def _build(now: datetime) -> World:
    district = Unit.objects.create(code="d", name="甲市乙区人民政府", short_name="乙区政府", kind="district")
    units, people, rows, canaries = {}, {}, {}, {}
    for name in (OWN, OTHER):
        units[name] = Unit.objects.create(
            code=name, name=f"乙区{name}局", short_name=f"区{name}局", kind="department", parent=district
        )
        people[name] = {role: _person(role, units[name]) for role in Role}
    for name in (OWN, OTHER):
        canaries[name] = f"{CANARY}{name}"
        rows[name] = plant(units[name], people[name], canaries[name], now=now)
    today = clock.today()
    actors: dict[Role | None, Actor] = {None: ANONYMOUS}
    actors |= {role: actor_of(person, today=today) for role, person in people[OWN].items()}
    sessions = {role: _session(person, now) for role, person in people[OWN].items()}
    return World(units=units, actors=actors, sessions=sessions, rows=rows, canaries=canaries)


def _person(role: Role, unit: Unit) -> Person:
    person = Person.objects.create(
        username=f"{unit.code}-{role}",
        name=f"{role.label}",
        unit=unit,
        password="!",
        joined_on=date(2020, 1, 1),
    )
    RoleHolding.objects.create(person=person, role=role, unit=unit, valid_from=date(2020, 1, 1))
    return person


def _session(person: Person, now: datetime) -> str:
    """A login as it is after the second factor."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store[PROVEN] = str(person.pk)
    store["gk_began"] = store["gk_seen"] = int(now.astimezone(UTC).timestamp())
    store.create()
    return str(store.session_key)
