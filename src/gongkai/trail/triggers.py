"""Triggers that refuse to change or remove a trail row, on both databases."""

from __future__ import annotations

from typing import Any

from django.db import connections

TABLE = "trail_trailrow"
NAMES = ("trail_no_update", "trail_no_delete")

_SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS trail_no_update BEFORE UPDATE ON {TABLE}"
    " BEGIN SELECT RAISE(ABORT, '留痕不可修改'); END",
    f"CREATE TRIGGER IF NOT EXISTS trail_no_delete BEFORE DELETE ON {TABLE}"
    " BEGIN SELECT RAISE(ABORT, '留痕不可删除'); END",
]
_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '留痕不可修改或删除'; END $$",
    f"DROP TRIGGER IF EXISTS trail_no_update ON {TABLE}",
    f"CREATE TRIGGER trail_no_update BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
    f"DROP TRIGGER IF EXISTS trail_no_delete ON {TABLE}",
    f"CREATE TRIGGER trail_no_delete BEFORE DELETE OR TRUNCATE ON {TABLE}"
    " FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()",
]


def set_triggers(using: str = "default", **_: Any) -> None:
    """Set the triggers; called after every migrate because a remade table has lost them."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL:
            cursor.execute(statement)


def missing_triggers(using: str = "default") -> list[str]:
    """Names of triggers that do not stand; start-up and ``/ready`` fail when there is one."""
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
