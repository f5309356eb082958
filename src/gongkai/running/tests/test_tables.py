"""A fresh database is laid in one go; it must be what walking all migrations would have made."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

START = (
    "import django; django.setup(); from django.db import connection; from gongkai.running import preparing; "
)
LAY = START + "preparing.lay_tables(connection)"
WALK = START + "from django.core.management import call_command; call_command('migrate', verbosity=0)"


def run(folder: Path, program: str) -> Path:
    """The database that a program leaves in a directory of its own."""
    folder.mkdir(exist_ok=True)
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "gongkai.settings",
        "SECRET_KEY": "only-for-tests",
    }
    subprocess.run([sys.executable, "-c", program], env=env, check=True, timeout=300)
    return folder / "gongkai.sqlite3"


def schema(file: Path) -> dict[str, list[str]]:
    """Each table with its columns and constraints, and each index, without regard to the order of columns."""
    with sqlite3.connect(file) as opened:
        rows = opened.execute("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    found = {}
    for name, kind, sql in rows:
        text = " ".join(sql.split())
        if kind == "table":
            text = text[text.index("(") + 1 : text.rindex(")")]
        if kind in ("table", "index"):
            found[name] = sorted(part.strip() for part in re.split(r', (?="|CONSTRAINT|UNIQUE|CHECK)', text))
    return found


def applied(file: Path) -> set[tuple[str, str]]:
    """The migrations that a database takes for done."""
    with sqlite3.connect(file) as opened:
        return set(opened.execute("SELECT app, name FROM django_migrations"))


def test_laid_tables_are_the_migrated_ones(tmp_path: Path) -> None:
    laid, walked = run(tmp_path / "laid", LAY), run(tmp_path / "walked", WALK)
    one, other = schema(laid), schema(walked)
    different = {name: (one.get(name), other.get(name)) for name in one.keys() | other.keys()}
    different = {name: both for name, both in different.items() if both[0] != both[1]}
    assert len(one) > 200
    assert different == {}
    assert applied(walked) <= applied(laid)


def test_a_start_that_was_cut_off_before_its_note_goes_on(tmp_path: Path) -> None:
    laid = run(tmp_path / "laid", LAY)
    with sqlite3.connect(laid) as opened:
        opened.execute("DROP TABLE django_migrations")
    assert applied(run(tmp_path / "laid", LAY))
