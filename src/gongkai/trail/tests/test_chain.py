"""The chain: whatever is done to a stored row is found; an anchor finds what the chain alone cannot."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_pre_migrate_signal
from django.db import DatabaseError, connection, transaction

from gongkai.trail import anchors, chain, tasks, triggers
from gongkai.trail.models import TrailHead, TrailRow

NOW = datetime(2026, 10, 14, 2, 0, tzinfo=UTC)


def fill(count: int = 8) -> None:
    for number in range(count):
        with transaction.atomic():
            chain.record(
                verb="test.act",
                by=chain.SYSTEM,
                at=NOW + timedelta(seconds=number, microseconds=number),
                note=f"第{number}次",
                facts={"n": number, "half": 0.5, "list": (1, "二")},
            )


def tamper(sql: str, *values: Any) -> None:
    """What somebody with the database file can do: drop the triggers and write."""
    of_table = "" if connection.vendor == "sqlite" else f" ON {triggers.TABLE}"
    with connection.cursor() as cursor:
        for name in triggers.NAMES:
            cursor.execute(f"DROP TRIGGER {name}{of_table}")
        cursor.execute(sql, values)
    triggers.set_triggers()


def head_again() -> None:
    last = TrailRow.objects.order_by("-seq").first()
    TrailHead.objects.update(seq=last.seq if last else 0, digest=last.digest if last else "")


@pytest.mark.feature("X02")
def test_whole_chain_holds(db: None) -> None:
    assert chain.verify() == chain.Verdict(ok=True, rows=0, first_bad=None)
    fill()
    assert chain.verify() == chain.Verdict(ok=True, rows=8, first_bad=None)
    assert chain.verify(chain.head()).ok


@pytest.mark.parametrize(
    "change",
    [
        "note = 'x'",
        "at = '2020-01-01 00:00:00'",
        "actor_name = 'x'",
        "actor_id = 7",
        "unit_id = 7",
        "unit_name = 'x'",
        "verb = 'x'",
        "object_kind = 'x'",
        "object_id = 'x'",
        "object_name = 'x'",
        "facts = '{}'",
        "algorithm = 'x'",
        "digest = 'x'",
        "previous = 'x'",
    ],
)
def test_every_edited_field_is_found_at_its_row(db: None, change: str) -> None:
    fill()
    tamper(f"UPDATE trail_trailrow SET {change} WHERE seq = 5")
    assert chain.verify() == chain.Verdict(ok=False, rows=4, first_bad=5)


def test_deleted_row_is_found(db: None) -> None:
    fill()
    tamper("DELETE FROM trail_trailrow WHERE seq = 3")
    assert chain.verify().first_bad == 3


def test_swapped_rows_are_found(db: None) -> None:
    fill()
    tamper("UPDATE trail_trailrow SET seq = 100 WHERE seq = 3")
    tamper("UPDATE trail_trailrow SET seq = 3 WHERE seq = 4")
    tamper("UPDATE trail_trailrow SET seq = 4 WHERE seq = 100")
    assert chain.verify().first_bad == 3


def test_cut_end_is_found_by_head_and_with_a_forged_head_by_anchor(db: None) -> None:
    fill()
    anchor = chain.head()
    tamper("DELETE FROM trail_trailrow WHERE seq > 6")
    assert chain.verify() == chain.Verdict(ok=False, rows=6, first_bad=7)
    head_again()
    assert chain.verify().ok  # the chain alone cannot know
    assert chain.verify(anchor) == chain.Verdict(ok=False, rows=6, first_bad=7)


def test_chain_written_anew_is_found_by_anchor(db: None) -> None:
    fill()
    anchor = chain.head()
    tamper("DELETE FROM trail_trailrow WHERE seq > 0")
    TrailHead.objects.update(seq=0, digest="")
    fill(9)
    tamper("DELETE FROM trail_trailrow WHERE seq = 9")
    head_again()
    assert chain.verify(anchor).ok  # the same acts at the same time are the same chain
    tamper("DELETE FROM trail_trailrow WHERE seq > 3")
    head_again()
    for number in range(5):
        with transaction.atomic():
            chain.record(verb="forged.act", by=chain.SYSTEM, at=NOW, note=str(number))
    assert chain.verify().ok
    assert chain.verify(anchor).ok is False


def test_triggers_refuse_change_and_removal(db: None) -> None:
    fill(2)
    for sql in ("UPDATE trail_trailrow SET note = 'x'", "DELETE FROM trail_trailrow"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(DatabaseError), transaction.atomic():
        TrailRow.objects.all().delete()
    assert chain.verify().rows == 2


def test_row_is_refused_outside_a_transaction(transactional_db: None) -> None:
    with pytest.raises(RuntimeError):
        chain.record(verb="test.act", by=chain.SYSTEM, at=NOW)


def test_act_and_row_fall_together(transactional_db: None) -> None:
    fill(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        chain.record(verb="test.act", by=chain.SYSTEM, at=NOW)
        raise ZeroDivisionError
    assert chain.verify() == chain.Verdict(ok=True, rows=1, first_bad=None)


def test_triggers_stand_again_after_table_was_remade(transactional_db: None) -> None:
    fill(2)
    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")  # as every migration begins
    if connection.vendor == "sqlite":
        with connection.schema_editor() as editor:
            editor._remake_table(TrailRow)
    else:
        tamper_drop = "DROP TRIGGER trail_no_update ON trail_trailrow"
        with connection.cursor() as cursor:
            cursor.execute(tamper_drop)
    assert "trail_no_update" in triggers.missing_triggers()
    call_command("migrate", verbosity=0)
    assert triggers.missing_triggers() == []
    assert chain.verify().ok


def run(*words: str) -> str:
    out = StringIO()
    call_command("trail", *words, stdout=out)
    return out.getvalue()


def test_verify_command_with_anchor_of_head_command(db: None, tmp_path: Path) -> None:
    fill()
    noted = tmp_path / "head.json"
    run("head", "--out", str(noted))
    fill(2)
    assert json.loads(run("verify", "--anchor", str(noted), "--json")) == {
        "ok": True,
        "rows": 10,
        "first_bad": None,
    }
    tamper("DELETE FROM trail_trailrow WHERE seq > 7")
    head_again()
    out = StringIO()
    with pytest.raises(CommandError, match="第 8 行") as failure:
        call_command("trail", "verify", "--anchor", str(noted), "--json", stdout=out)
    assert failure.value.returncode == 1
    assert json.loads(out.getvalue()) == {"ok": False, "rows": 7, "first_bad": 8}


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"rows": 3, "digest": "ab"}', '{"rows": "x", "digest": 1}']
)
def test_file_that_is_no_anchor_is_refused(db: None, tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content)
    with pytest.raises(CommandError, match="锚点|摘要"):
        run("verify", "--anchor", str(tmp_path / "bad.json"))
    with pytest.raises(CommandError, match="读不到"):
        run("verify", "--anchor", str(tmp_path / "absent.json"))


@pytest.mark.feature("X02")
def test_export_verifies_without_the_database(db: None, tmp_path: Path) -> None:
    fill()
    out = tmp_path / "trail.jsonl"
    run("export", "--out", str(out))
    assert "完整：8 行" in run("verify", "--export", str(out))
    lines = out.read_text().splitlines()
    out.write_text("\n".join(lines[:4] + [lines[4].replace("第4次", "第9次")] + lines[5:]))
    with pytest.raises(CommandError, match="第 5 行"):
        run("verify", "--export", str(out))
    with pytest.raises(CommandError, match="已经存在"):
        run("export", "--out", str(out))


def test_head_is_noted_once_a_legal_day(db: None, tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    tasks.note_head(NOW)
    assert not (tmp_path / "anchors").exists()  # nothing has happened: nothing to note
    fill(3)
    tasks.minute(NOW)
    noted = (tmp_path / "anchors" / "2026-10-14.json").read_text()
    fill(2)
    tasks.minute(NOW + timedelta(hours=1))
    assert (tmp_path / "anchors" / "2026-10-14.json").read_text() == noted
    tasks.minute(NOW + timedelta(hours=15))  # past midnight in China
    assert anchors.read(tmp_path / "anchors" / "2026-10-15.json").rows == 5
    assert chain.verify((3, anchors.read(tmp_path / "anchors" / "2026-10-14.json").digest)).ok
