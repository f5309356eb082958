"""A table is written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.files.actions import take_in
from gongkai.law.refusal import Refusal, Refused
from gongkai.sheets.actions import apply_sheet
from gongkai.sheets.queries import RowReport, SheetRow, read_back
from gongkai.sheets.tests.samples import SHEET, filled, put, row, rows
from gongkai.trail.chain import verify
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X17")]


class Register:
    """A register in memory; its own action refuses what says 不行."""

    def __init__(self) -> None:
        self.rows = {one.key: one for one in rows()}
        self.written: list[str] = []

    def present(self) -> list[SheetRow]:
        return list(self.rows.values())

    def write(self, found: RowReport) -> None:
        if found.values["text"] == "不行":
            raise Refused([Refusal("test.no", "", "这样写不行。请改写。")])
        self.written.append(found.key)


@pytest.fixture
def bring(world: Any, settings: Any, tmp_path: Path) -> Any:
    settings.FILES_DIR = tmp_path / "files"

    def apply(register: Register, path: Path, **more: Any) -> Any:
        file = take_in(
            content=[path.read_bytes()],
            name=path.name,
            unit=None,
            by=world.actor("office.head"),
            now=world.now,
        )
        return apply_sheet(
            sheet=SHEET,
            file=file,
            read=lambda: read_back(file, SHEET, register.present()),
            write=register.write,
            by=world.actor("office.head"),
            now=world.now,
            **more,
        )

    return apply


def two(first: Any, second: Any) -> Any:
    def change(page: Any) -> None:
        first(page)
        second(page)

    return change


def test_rows_are_written_and_the_trail_says_which(bring: Any, tmp_path: Path) -> None:
    register = Register()
    path = filled(tmp_path, two(put(1, text="做完"), put(3, done="是")))
    report = bring(register, path)
    assert register.written == ["1", "3"] and report.unchanged == 3
    facts = TrailRow.objects.get(verb="sheets.apply")
    assert '"1"' in str(facts.facts).replace("'", '"') and verify().ok


def test_one_bad_row_keeps_all_out_unless_the_person_says_so(bring: Any, tmp_path: Path) -> None:
    register = Register()
    path = filled(tmp_path, two(put(1, text="做完"), put(3, day="没有日期")))
    with pytest.raises(Refused, match="有 1 行不能写入（第 6 行）"):
        bring(register, path)
    assert register.written == []
    bring(register, path, only_understood=True)
    assert register.written == ["1"]


def test_row_that_the_station_refuses_stops_all(bring: Any, tmp_path: Path) -> None:
    register = Register()
    with pytest.raises(Refused, match="第 6 行“第3项公开预算”：这样写不行"):
        bring(register, filled(tmp_path, two(put(1, text="做完"), put(3, text="不行"))))
    assert not TrailRow.objects.filter(verb="sheets.apply").exists()


def test_what_moved_since_it_was_confirmed_is_not_written(bring: Any, tmp_path: Path) -> None:
    register = Register()
    path = filled(tmp_path, two(put(1, text="做完"), put(2, text="做完")))
    seen = read_back(path, SHEET, register.present()).digest
    register.rows["2"] = row(2, text="别人先写了")
    with pytest.raises(Refused, match="核对以后"):
        bring(register, path, only_understood=True, seen=seen)
    assert register.written == []


def test_table_without_changes_and_unreadable_table_are_refused(bring: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有可以写入的改动"):
        bring(Register(), filled(tmp_path))
