"""``gongkai registers import``: 300 numbers with six planted faults give exactly six tasks; bad input stores nothing."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.registers import actions, queries
from gongkai.registers.desk import tasks_for
from gongkai.registers.models import IssuedPaper, RegisterTask
from gongkai.registers.tests.samples import as_file, on_site, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B24")]
NUMBER = "测财发〔2026〕{}号"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


def line(at: int, **more: Any) -> dict[str, Any]:
    openness = ("主动公开", "依申请公开", "不予公开")[at % 3]
    return {
        "copies": 30,
        "openness": openness,
        "title": f"关于第{at}件事的通知",
        "day": date(2026, 1, 4) + timedelta(days=at // 2),
        "number": f"测财发[2026]{at:03d}号",
        "ground": "条例第十六条" if openness == "不予公开" else "",
    } | more


def lines(at: int = 300) -> dict[int, dict[str, Any]]:
    return {number: line(number) for number in range(1, at + 1)}


def run(folder: Path, content: bytes, *more: str, name: str = "登记簿.xlsx", unit: str = "区财政局") -> str:
    out = StringIO()
    call_command("registers", "import", as_file(folder, content, name), "--unit", unit, *more, stdout=out)
    return out.getvalue()


def tasks() -> set[tuple[str, str]]:
    rows = RegisterTask.objects.unscoped("test").filter(state="open")
    return set(rows.values_list("kind", "number"))


def test_six_planted_faults_are_six_tasks_on_the_desk_and_nothing_else(
    world: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.kernel.clock.now", lambda: world.now)
    register = lines()
    for at in range(3, 301, 3):
        if at != 90:
            on_site(world, NUMBER.format(at), f"关于第{at}件事的通知")
    on_site(world, NUMBER.format(301), "登记簿里没有的")
    register[100]["openness"] = ""
    register[250]["day"] = date(2026, 2, 1)
    del register[41]
    rows = [tuple(one.values()) for one in register.values()]
    said = run(tmp_path, xlsx(*rows, tuple(line(200).values())))
    planted = {
        ("gap", NUMBER.format(41)),
        ("unmarked", NUMBER.format(100)),
        ("not_on_site", NUMBER.format(90)),
        ("not_in_register", NUMBER.format(301)),
        ("duplicate", NUMBER.format(200)),
        ("out_of_order", NUMBER.format(250)),
    }
    assert tasks() == planted and "2026年：6 个问题" in said
    desk = tasks_for(world.actor("finance.officer"), world.today)
    assert len(desk) == 6 and all(item.verb == "去处理" for item in desk)
    assert tasks_for(world.actor("civil.officer"), world.today) == []
    total = queries.issued_in_year(world.units["finance"], 2026)
    assert total.registered == 299 and total.words == "年报制发件数还没有填"
    actions.declare_total(
        unit=world.units["finance"], year=2026, count=299, by=world.actor("finance.officer"), now=world.now
    )
    assert not queries.issued_in_year(world.units["finance"], 2026).differs
    again = run(tmp_path, xlsx(*rows, tuple(line(200).values())))
    assert "没有改动" in again and tasks() == planted
    register[100]["openness"] = "主动"
    on_site(world, NUMBER.format(100), "关于第100件事的通知")
    changed = run(tmp_path, xlsx(*(tuple(one.values()) for one in register.values())))
    assert "改动 2 件" in changed and NUMBER.format(100) in changed
    assert tasks() == planted - {("unmarked", NUMBER.format(100)), ("duplicate", NUMBER.format(200))}


def test_bad_rows_are_told_by_cell_and_nothing_is_stored(world: Any, tmp_path: Path) -> None:
    content = xlsx(
        tuple(line(1).values()),
        (1, "看情况", "甲", "二月三十日", "没有号", ""),
        (1, "主动公开", "", "2026-03-01", "测财发〔2026〕3号", ""),
        (1, "主动公开", "乙", 46082, "测财发〔2026〕4号", ""),
        (1, "主动公开", "=1+1", "2026年3月5日", "测财发〔2026〕5号", ""),
    )
    err = StringIO()
    with pytest.raises(CommandError, match="没有写入任何内容") as refused:
        call_command(
            "registers", "import", as_file(tmp_path, content), "--unit", "区财政局", stderr=err, stdout=err
        )
    said = err.getvalue()
    assert refused.value.returncode == 3
    for cell in ("B4", "D4", "E4", "C5", "D6"):
        assert cell in said, said
    assert not IssuedPaper.objects.unscoped("test").exists()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("标题,日期\r\n甲,2026-01-01\r\n".encode("gbk"), "登记簿.csv", "没有找到表头"),
        (b"\x00\x01\x02not a table", "登记簿.xlsx", ""),
        (b"PK\x03\x04broken", "登记簿.xlsx", ""),
        ("文号,标题\r\n".encode("utf-8-sig"), "登记簿.csv", "表头下面没有文件"),
    ],
)
def test_files_that_are_no_register_are_refused(
    world: Any, tmp_path: Path, content: bytes, name: str, words: str
) -> None:
    err = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(
            "registers", "import", as_file(tmp_path, content, name), "--unit", "区财政局", stderr=err
        )
    assert words in err.getvalue() + str(refused.value)
    assert not IssuedPaper.objects.unscoped("test").exists()


def test_a_hundred_thousand_rows_are_refused_in_words(world: Any, tmp_path: Path) -> None:
    rows = "".join(f"测财发〔2026〕{at}号,关于第{at}件事\r\n" for at in range(1, 100_001))
    err = StringIO()
    with pytest.raises(CommandError):
        call_command(
            "registers", "import", as_file(tmp_path, ("文号,标题\r\n" + rows).encode("gbk"), "登记簿.csv"),
            "--unit", "区财政局", stderr=err,
        )  # fmt: skip
    assert "过多" in err.getvalue() and "拆成几个文件" in err.getvalue()
    assert not IssuedPaper.objects.unscoped("test").exists()


def test_dry_run_stores_nothing_and_a_wrong_unit_is_told(world: Any, tmp_path: Path) -> None:
    content = "文号,标题\r\n测财发〔2026〕1号,甲\r\n".encode("gbk")
    said = run(tmp_path, content, "--dry-run", name="登记簿.csv")
    assert "读到 1 件" in said and not IssuedPaper.objects.unscoped("test").exists()
    with pytest.raises(CommandError, match="区财政局"):
        run(tmp_path, content, name="登记簿.csv", unit="财政")
