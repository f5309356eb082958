"""``gongkai plan import``: JSON alone on standard output, sentences on standard error."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.ledger.models import Plan, Task
from gongkai.ledger.tests.samples import HEADS, TASKS, rows, seed_plan
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("L01")]
TABLE = "\n".join("\n".join(text for text in row if text) for row in rows(HEADS, "nfrud"))


def run(path: Path, *more: str, year: str = "2026") -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("plan", "import", str(path), "--year", year, *more, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def plan_file(folder: Path, text: str = TABLE, encoding: str = "utf-8") -> Path:
    path = folder / "要点.txt"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_dry_run_prints_the_tasks_and_stores_nothing(tmp_path: Path, encoding: str) -> None:
    out, err = run(plan_file(tmp_path, encoding=encoding), "--dry-run", "--json")
    found = json.loads(out)
    assert [task["number"] for task in found["tasks"]] == list(range(1, len(TASKS) + 1))
    assert found["tasks"][5] == {
        "number": 6,
        "field": "财政资金",
        "requirement": "部门所属单位的预算和决算全部公开。",
        "units_as_written": "区财政局牵头，各相关部门、各街道办事处配合",
        "units": [
            {"text": "区财政局", "role": "lead"},
            {"text": "各相关部门", "role": "support"},
            {"text": "各街道办事处", "role": "support"},
        ],
        "deadline": {"kind": "date", "date": "2026-09-30", "as_written": "三季度前"},
    }
    assert {"task": 6, "text": "区财政局", "nearest": []} in found["unresolved"]
    assert found["problems"] == [] and "不在单位名录里" in err
    assert not Plan.objects.exists() and not TrailRow.objects.exists()


def test_import_stores_once(tmp_path: Path) -> None:
    _, err = run(plan_file(tmp_path))
    assert f"新增 {len(TASKS)} 项" in err and Task.objects.count() == len(TASKS)
    _, err = run(plan_file(tmp_path))
    assert "没有改动" in err and Task.objects.count() == len(TASKS)


def test_rows_that_were_not_understood_are_named_and_nothing_is_stored(tmp_path: Path) -> None:
    path = plan_file(tmp_path, TABLE.replace("6月底前", "31月底前"))
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="没有写入台账") as told:
        call_command("plan", "import", str(path), "--year", "2026", "--json", stdout=out, stderr=err)
    assert told.value.returncode == 3
    found = json.loads(out.getvalue())
    assert (
        not found["stored"]
        and found["problems"][0]["task"] == 2
        and "31 月" in found["problems"][0]["message"]
    )
    assert "第 2 项：没有 31 月" in err.getvalue() and not Plan.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.txt", b"", "空"),
        ("图片.png", b"\x89PNG\r\n\x1a\n" + bytes(64), "图片"),
        ("坏.docx", b"PK\x03\x04" + bytes(64), "坏.docx"),
    ],
)
def test_file_that_cannot_be_read_gets_a_sentence(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError) as told:
        run(path, "--dry-run")
    assert says in str(told.value) and "请" in str(told.value)


def test_impossible_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="年度 21 不对"):
        run(plan_file(tmp_path), year="21")


def test_program_gets_json_for_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as told:
        call_command(
            "plan", "import", str(tmp_path / "无.docx"), "--year", "2026", "--json", stdout=out, stderr=err
        )
    found = json.loads(out.getvalue())
    assert told.value.returncode == 1 and "找不到这个文件" in found["problems"][0]["message"]
    assert found["tasks"] == [] and not found["stored"]
    assert found.keys() == json.loads(run(plan_file(tmp_path), "--dry-run", "--json")[0]).keys()


def test_changed_file_says_field_by_field_what_it_changes(tmp_path: Path) -> None:
    run(plan_file(tmp_path))
    path = plan_file(tmp_path, TABLE.replace("6月底前", "9月底前"))
    found = json.loads(run(path, "--dry-run", "--json")[0])
    assert found["changes"]["changed"] == [2] and found["changes"]["new"] == []
    assert found["changes"]["fields"] == [
        {"task": 2, "origin": "annex", "field": "完成时限", "old": "6月底前", "new": "9月底前"}
    ]


def test_tasks_that_are_gone_are_kept_unless_the_command_says_so(tmp_path: Path) -> None:
    run(plan_file(tmp_path))
    short = TABLE[: TABLE.index("\n10\n")]
    assert "1 项仍然保留" in run(plan_file(tmp_path, short))[1] or Task.objects.count() == len(TASKS)
    _, err = run(plan_file(tmp_path, short), "--missing", "end")
    assert "1 项已移出或终止" in err and Task.objects.count() == len(TASKS) - 1


def test_deadline_in_the_past_is_told_on_the_way(tmp_path: Path) -> None:
    out, err = run(plan_file(tmp_path), "--dry-run", "--json", year="2020")
    assert "已经过去" in err and any("已经过去" in one for one in json.loads(out)["remarks"])


@pytest.mark.feature("A26")
def test_work_plan_of_the_commission_through_the_real_reader(db: Any) -> None:
    if not seed_plan().exists():
        pytest.skip("the work plan is not beside this checkout")
    found = json.loads(run(seed_plan(), "--dry-run", "--json", year="2021")[0])
    assert [task["number"] for task in found["tasks"]] == list(range(1, 33))
    assert found["tasks"][26]["units"][-1] == {"text": "公共企事业单位主管部门", "role": "responsible"}
    assert sum(task["deadline"]["kind"] == "continuous" for task in found["tasks"]) == 23
    assert found["chapter_tasks"] and found["problems"] == []
