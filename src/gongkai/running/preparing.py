"""Bringing a data directory to what this program needs: migrations, triggers, reference data.

A fresh directory is prepared by whatever command comes first. One that an older version left is changed by
``gongkai upgrade`` only, which makes a backup before; every other command refuses it and says so.
No step writes a row to the trail: a directory stays fresh until somebody acts in it.
"""

from __future__ import annotations

import io
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError

from gongkai.running import data_dir
from gongkai.running.data_dir import Unusable, say
from gongkai.trail import triggers


def fits(folder: Path) -> bool:
    """Whether the directory was prepared for exactly this program; looks at names only, so it is quick."""
    if not settings.DATABASE_URL and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return False
    return data_dir.read_marker(folder) == _wanted()


def prepare(folder: Path) -> None:
    """Prepare a fresh directory, or go on where a first start was interrupted; refuse an older version's."""
    with data_dir.locked(folder, waiting="另一个命令正在准备数据目录，请稍候……"):
        if fits(folder):
            return
        if holds_work():
            if waiting_migrations() or data_dir.read_marker(folder):
                raise Unusable(
                    f"数据目录 {folder} 是另一个版本留下的，需要先升级。请运行 gongkai upgrade（会先自动备份）。"
                )
        else:
            say(f"正在准备数据目录 {folder} ……")
        bring_up()
        data_dir.write_marker(folder, _wanted())
        say("数据目录已准备好。")


def bring_up() -> None:
    """Migrate, set the triggers, load the reference data of every station."""
    # One writer, nothing acknowledged yet: an interrupted first start begins again from what is there.
    make_tables()
    triggers.set_triggers()
    load_reference()


def make_tables() -> None:
    """The tables as this program needs them, in an empty database or in one of an older version."""
    if not MigrationRecorder(connection).has_table():
        lay_tables(connection)
    call_command("migrate", interactive=False, verbosity=0, stdout=io.StringIO())


def lay_tables(database: BaseDatabaseWrapper) -> None:
    """Make all tables of an empty database at once, as the models say, and note every migration as done.

    Walking the history of the tables costs some twenty times as much; a test holds the two ways equal. The
    tables are one transaction, so a start that is cut off leaves all of them or none.
    """
    there = set(database.introspection.table_names())
    with database.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(database) and model._meta.db_table not in there:
                editor.create_model(model)
    recorder = MigrationRecorder(database)
    recorder.ensure_schema()
    rows = [recorder.Migration(app=app, name=name) for app, name in MigrationLoader(database).disk_migrations]
    recorder.Migration.objects.using(database.alias).bulk_create(rows)


def collect_static() -> None:
    """Copy style sheets and scripts to where the front and nginx look; only what is newer is copied."""
    call_command("collectstatic", interactive=False, verbosity=0)


def mark_prepared(folder: Path) -> None:
    """Note that the directory fits this program; ``upgrade`` calls it at its end."""
    data_dir.write_marker(folder, _wanted())


def load_reference() -> None:
    """Load what the law and the state fix (articles, calendar); each station says what and writes no trail."""
    for station in stations():
        if find_spec(f"{station}.reference"):
            import_module(f"{station}.reference").load()


def stations() -> list[str]:
    """The packages of the house in the order of settings, which is the order of the stations."""
    return [config.name for config in apps.get_app_configs() if config.name.startswith("gongkai.")]


def waiting_migrations() -> list[str]:
    """Names of migrations that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def holds_work() -> bool:
    """Whether anything has happened in this database yet; a directory without a trail row is fresh."""
    try:
        if triggers.TABLE not in connection.introspection.table_names():
            return False
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {triggers.TABLE} LIMIT 1")
            return cursor.fetchone() is not None
    except OperationalError as problem:
        raise Unusable(f"数据库打不开：{problem}。请检查 DATABASE_URL，或运行 gongkai doctor。") from None


def _wanted() -> dict[str, str]:
    return data_dir.fingerprint(settings.INSTALLED_APPS, settings.DATABASE_URL or "sqlite")


def rebuild_projections() -> None:
    """Make the tree, the index and whatever else is only a view of the rows anew.

    Each station that has such a view offers ``projections.rebuild()``.
    """
    for module in _projections():
        module.rebuild()


def put_right() -> None:
    """What a crash left half done is put right before the first request; ``projections.put_right()``."""
    for module in _projections():
        if hasattr(module, "put_right"):
            module.put_right()


def _projections() -> list[ModuleType]:
    return [
        import_module(f"{station}.projections")
        for station in stations()
        if find_spec(f"{station}.projections")
    ]


def put_right_projections() -> None:
    """What a start does before the first request: mend what a crash left, make what is not there yet.

    Each station that has such a view may offer ``projections.put_right()``.
    """
    for station in stations():
        if find_spec(f"{station}.projections"):
            getattr(import_module(f"{station}.projections"), "put_right", lambda: None)()
