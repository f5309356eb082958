"""The database itself refuses to change what was published, by whatever door somebody comes (B17).

Triggers on both databases, set anew after every migrate; a refusal is laid down for the trail, also when it came
from a bulk update, a console or raw SQL of this program. A playground may stand at another time, so the order of
publication times is held on live installations only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from gongkai.publishing.actions.attempts import VERB
from gongkai.trail import attempts

FROZEN = (
    "documents_edition",
    "publishing_release",
    "publishing_withdrawal",
    "publishing_editionclosure",
    "publishing_indexnumber",
)
PUBLICATION = "publishing_publication"
FIXED = ("first_published_at", "path", "index_number_id", "document_id")
MARK = "公开记录不可改写"
MINUTES = 5
_CHANGED = {
    "sqlite": " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED),
    "postgresql": " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED),
}
_LIVE = "NOT EXISTS (SELECT 1 FROM trail_trailrow WHERE seq = 1 AND verb = 'installation.mark')"
_LAST = f"(SELECT MAX(published_at) FROM {PUBLICATION})"
NAMES = tuple(
    [f"{table}_no_{verb}" for table in FROZEN for verb in ("update", "delete")]
    + [f"{PUBLICATION}_{what}" for what in ("no_delete", "fixed", "in_order")]
)


def set_guards(using: str = "default", **_: Any) -> None:
    """Set the triggers; called after every migrate because a remade table has lost them."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if not {*FROZEN, PUBLICATION, "trail_trailrow"} <= present:
        return
    with connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)


def step_aside(using: str = "default", **_: Any) -> None:
    """Let a migration remake tables; ``set_guards`` comes after it, ``/ready`` fails where it did not."""
    if PUBLICATION in connections[using].introspection.table_names():
        drop_guards(using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of triggers that do not stand."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in NAMES if name not in present]


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Without the triggers, as somebody with the database in his hands would have it. For tests and drills only."""
    drop_guards(using)
    try:
        yield
    finally:
        set_guards(using)


def drop_guards(using: str = "default") -> None:
    """Take the triggers away, for a migration; otherwise for tests and drills only."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in NAMES:
            on = "" if connection.vendor == "sqlite" else f" ON {_table_of(name)}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Let every statement of this connection pass by ``_told``."""
    if _told not in connection.execute_wrappers:
        connection.execute_wrappers.append(_told)


def _told(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    try:
        return execute(sql, params, many, context)
    except DatabaseError as problem:
        if MARK in str(problem):
            attempts.note(
                verb=VERB,
                by=attempts.UNKNOWN,
                at=timezone.now(),
                words=f"{MARK}，数据库已拒绝",
                # The statement without its values: they may hold personal data.
                facts={"door": "数据库", "statement": sql[:200]},
            )
        raise


def _sqlite() -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MARK}'); END"
    for table in FROZEN:
        for verb in ("update", "delete"):
            yield f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb.upper()} ON {table} {refuse}"
    yield f"CREATE TRIGGER IF NOT EXISTS {PUBLICATION}_no_delete BEFORE DELETE ON {PUBLICATION} {refuse}"
    yield (
        f"CREATE TRIGGER IF NOT EXISTS {PUBLICATION}_fixed BEFORE UPDATE ON {PUBLICATION}"
        f" WHEN {_CHANGED['sqlite']} OR NEW.published_at < OLD.published_at {refuse}"
    )
    early = f"julianday(NEW.published_at) < julianday({_LAST}) - {MINUTES}.0 / 1440"
    yield (
        f"CREATE TRIGGER IF NOT EXISTS {PUBLICATION}_in_order BEFORE INSERT ON {PUBLICATION}"
        f" WHEN {early} AND {_LIVE} {refuse}"
    )


def _postgresql() -> Iterator[str]:
    raises = f"RAISE EXCEPTION '{MARK}'"
    yield f"CREATE OR REPLACE FUNCTION gongkai_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raises}; END $$"
    yield (
        "CREATE OR REPLACE FUNCTION gongkai_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {_CHANGED['postgresql']} OR NEW.published_at < OLD.published_at THEN {raises}; END IF;"
        " RETURN NEW; END $$"
    )
    yield (
        "CREATE OR REPLACE FUNCTION gongkai_in_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NEW.published_at < {_LAST} - interval '{MINUTES} minutes' AND {_LIVE} THEN {raises}; END IF;"
        " RETURN NEW; END $$"
    )
    made = [(f"{t}_no_{v}", v.upper(), t, "gongkai_frozen") for t in FROZEN for v in ("update", "delete")]
    made += [
        (f"{PUBLICATION}_no_delete", "DELETE", PUBLICATION, "gongkai_frozen"),
        (f"{PUBLICATION}_fixed", "UPDATE", PUBLICATION, "gongkai_fixed"),
        (f"{PUBLICATION}_in_order", "INSERT", PUBLICATION, "gongkai_in_order"),
    ]
    for name, verb, table, function in made:
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"


def _table_of(name: str) -> str:
    return PUBLICATION if name.startswith(PUBLICATION) else name.rpartition("_no_")[0]
