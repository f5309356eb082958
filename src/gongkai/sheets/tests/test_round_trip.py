"""A table goes out, is filled and comes back: only what was changed counts, what is wrong is said by row."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gongkai.sheets.queries import Report, Verdict, export_csv, export_xlsx, read_back
from gongkai.sheets.queries.writing import HEAD_ROW
from gongkai.sheets.tests.samples import (
    FIRST,
    HARD,
    NOW,
    PLACE,
    SHEET,
    as_csv,
    filled,
    other_workbook,
    put,
    returned,
    row,
    rows,
)

pytestmark = pytest.mark.feature("X17")


def only(report: Report, verdict: Verdict) -> Any:
    (found,) = report.of(verdict)
    assert len(report.of(*Verdict)) - report.unchanged == 1
    return found


def test_what_nobody_filled_changes_nothing(tmp_path: Path) -> None:
    report = returned(filled(tmp_path))
    assert report.problems == report.warnings == report.absent == ()
    assert [one.verdict for one in report.rows] == [Verdict.UNCHANGED] * 5


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_hard_values_come_back_as_they_went_out(tmp_path: Path, form: str) -> None:
    path = filled(tmp_path, present=HARD) if form == "xlsx" else as_csv(tmp_path, HARD)
    report = returned(path, HARD)
    assert [one.verdict for one in report.rows] == [Verdict.UNCHANGED] * len(HARD)
    assert report.warnings == report.problems == ()


def test_thirty_filled_cells_are_thirty_changes(tmp_path: Path) -> None:
    present = rows(40)

    def fill(page: Any) -> None:
        for number in range(1, 31):
            put(number, text=f"第{number}项做完了")(page)

    report = returned(filled(tmp_path, fill, present), present)
    assert len(report.changed) == 30 and report.unchanged == 10 and report.refused == ()
    change = report.changed[0].changes[0]
    assert (change.column.key, change.old, change.new) == ("text", "第1次核对", "第1项做完了")


def test_every_kind_is_read(tmp_path: Path) -> None:
    given = {
        "text": "完成", "count": "１，２００", "day": "2026年11月3日", "kind": "窗口", "done": "√", "unit": "区民政局",
    }  # fmt: skip
    found = only(returned(filled(tmp_path, put(2, **given))), Verdict.CHANGED)
    assert found.values == {
        "text": "完成", "count": 1200, "day": date(2026, 11, 3), "kind": "窗口", "done": True, "unit": "区民政局",
    }  # fmt: skip
    assert len(found.changes) == 6 and found.name == "第2项公开预算"


def test_row_that_somebody_changed_meanwhile_is_stale_and_says_who(tmp_path: Path) -> None:
    path = filled(tmp_path, put(2, text="我的"))
    now = rows()
    now[1] = replace(
        row(2, text="别人的"), changed_at=datetime(2026, 10, 14, 3, 30, tzinfo=UTC), changed_by="李某"
    )
    found = only(returned(path, now), Verdict.STALE)
    assert "2026-10-14 11:30 李某" in found.messages[0] and "重新导出" in found.messages[0]


def test_stale_row_that_nobody_filled_hinders_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path, put(1, text="我的"))
    now = rows()
    now[1] = row(2, text="别人的")
    report = returned(path, now)
    assert [one.key for one in report.changed] == ["1"] and report.refused == ()


def test_table_that_was_written_already_changes_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path, put(2, text="新的"))
    now = rows()
    now[1] = row(2, text="新的")
    assert returned(path, now).changed == () and returned(path, now).refused == ()


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("text", "字" * 51, "写了 51 字，最多 50 字"),
        ("text", "=A1", "是公式"),
        ("count", "三件", "不是数字"),
        ("day", "2026-02-30", "2 月没有 30 日，是否为 2026-02-28"),
        ("day", "下个月", "日期没有读懂"),
        ("kind", "网站", "最接近的是“网上”"),
        ("done", "差不多", "不是“是”或“否”"),
        ("unit", "区财政管理局", "没有这个单位。最接近的是“区财政局”"),
    ],
)
def test_bad_cell_is_named_by_its_address(tmp_path: Path, key: str, value: Any, says: str) -> None:
    found = only(returned(filled(tmp_path, put(3, **{key: value}))), Verdict.BAD)
    letter = "ABCDEFGHI"[PLACE[key] - 1]
    assert found.messages[0].startswith(f"{letter}{HEAD_ROW + 3}（") and says in found.messages[0]


def test_date_that_lost_its_form_is_asked_for_and_never_guessed(tmp_path: Path) -> None:
    def change(page: Any) -> None:
        put(3, day=46357)(page)
        page.cell(HEAD_ROW + 3, PLACE["day"]).number_format = "General"

    found = only(returned(filled(tmp_path, change)), Verdict.BAD)
    assert "像是丢了日期格式，是否为 2026-12-01" in found.messages[0]


def test_required_cell_must_not_be_emptied(tmp_path: Path) -> None:
    columns = tuple(replace(one, required=one.key == "text") for one in SHEET.columns)
    report = read_back(filled(tmp_path, put(1, text=None)), replace(SHEET, columns=columns), rows())
    assert "必须填" in only(report, Verdict.BAD).messages[0]


def test_moved_and_added_columns_deleted_and_moved_rows(tmp_path: Path) -> None:
    def change(page: Any) -> None:
        put(4, text="动过")(page)
        page.delete_rows(HEAD_ROW + 2)
        page.move_range(f"A{HEAD_ROW + 3}:I{HEAD_ROW + 3}", rows=10)
        page.insert_cols(4)
        page.cell(HEAD_ROW, 4).value = "我的备注"

    report = returned(filled(tmp_path, change))
    assert [one.key for one in report.changed] == ["4"]
    assert report.absent == ("第2项公开预算",) and report.refused == ()
    assert report.warnings == ("“我的备注”不是这张表的列，没有读取。",)


def test_row_twice_is_a_duplicate(tmp_path: Path) -> None:
    def change(page: Any) -> None:
        for at in range(1, 10):
            page.cell(HEAD_ROW + 6, at).value = page.cell(HEAD_ROW + 1, at).value

    report = returned(filled(tmp_path, change))
    assert [one.place for one in report.of(Verdict.DUPLICATE)] == [HEAD_ROW + 1, HEAD_ROW + 6]
    assert "出现了 2 次" in report.refused[0].messages[0]


def test_row_of_ones_own_and_broken_number_are_unknown(tmp_path: Path) -> None:
    def change(page: Any) -> None:
        page.cell(HEAD_ROW + 7, PLACE["text"]).value = "自己加的一行"
        token = page.cell(HEAD_ROW + 1, 1)
        token.value = token.value.replace("1~", "2~", 1)

    report = returned(filled(tmp_path, change))
    assert [one.place for one in report.of(Verdict.UNKNOWN)] == [HEAD_ROW + 1, HEAD_ROW + 7]
    assert report.unchanged == 4


def test_row_that_is_no_longer_there_is_unknown(tmp_path: Path) -> None:
    report = returned(filled(tmp_path, put(5, text="晚了")), rows(4))
    assert "不在您的表里" in only(report, Verdict.UNKNOWN).messages[0]


def test_merged_cells_to_be_filled_are_refused(tmp_path: Path) -> None:
    path = filled(tmp_path, lambda page: page.merge_cells("D5:D6"))
    report = returned(path)
    assert [one.place for one in report.of(Verdict.BAD)] == [5, 6]
    assert "D5:D6 合并了单元格" in report.refused[0].messages[0]


def test_hidden_rows_are_read_and_locked_cells_are_not_taken(tmp_path: Path) -> None:
    def change(page: Any) -> None:
        put(2, text="在隐藏行里")(page)
        page.row_dimensions[HEAD_ROW + 2].hidden = True
        page.cell(HEAD_ROW + 1, 3).value = "改了任务名"

    report = returned(filled(tmp_path, change))
    assert [one.key for one in report.changed] == ["2"]
    assert "第 5 行是隐藏的" in report.warnings[0] and "C4" in report.warnings[1]


def rename(page: Any) -> None:
    page.cell(HEAD_ROW, PLACE["text"]).value = "情况"


def double(page: Any) -> None:
    page.cell(HEAD_ROW, 10).value = "进展（填写）"


@pytest.mark.parametrize(
    ("change", "says"),
    [(rename, "缺少列：进展（填写）"), (double, "出现了两次（D3 和 J3）")],
)
def test_wrong_head_is_said_once_for_the_whole_table(tmp_path: Path, change: Any, says: str) -> None:
    report = returned(filled(tmp_path, change))
    assert says in report.problems[0] and "请" in report.problems[0] and report.rows == ()


def test_another_table_of_ours_is_named(tmp_path: Path) -> None:
    report = read_back(filled(tmp_path), replace(SHEET, key="other", title="信息公开目录"), rows())
    assert report.problems == ("这是“填报表”的表，不是“信息公开目录”。请核对是否选错了文件。",)


def test_other_workbook_picture_and_paper_get_a_sentence(tmp_path: Path) -> None:
    other_workbook(tmp_path / "别的.xlsx")
    (tmp_path / "图.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (tmp_path / "空.csv").write_bytes(b"")
    (tmp_path / "字.txt").write_text("今天天气好。")
    said = {path.name: returned(path).problems[0] for path in sorted(tmp_path.iterdir())}
    assert "不是从本系统导出的" in said["别的.xlsx"] and "图片" in said["图.xlsx"]
    assert "空的" in said["空.csv"] and "不是从本系统导出的" in said["字.txt"]
    assert all("请" in text for text in said.values())


def test_hundred_thousand_rows_are_one_sentence(tmp_path: Path) -> None:
    path = as_csv(tmp_path, rows())
    path.write_text(path.read_text(encoding="utf-8-sig") + "1,多出的\n" * 90_000, encoding="utf-8-sig")
    (told,) = returned(path).problems
    assert "90000 行不是导出时的行" in told
    path.write_text("a,b,c\n" * 100_000, encoding="utf-8-sig")
    assert "20 万个单元格" in returned(path).problems[0]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-8", "gb18030"])
def test_csv_comes_back_in_any_coding(tmp_path: Path, coding: str) -> None:
    report = returned(as_csv(tmp_path, rows(), "第2次核对", "改过，带逗号".replace("，", "、"), coding))
    assert only(report, Verdict.CHANGED).changes[0].new == "改过、带逗号"


def test_csv_that_a_spreadsheet_saved_with_tabs_is_read(tmp_path: Path) -> None:
    path = as_csv(tmp_path, rows(), "第2次核对", "改过")
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",", "\t"), encoding="utf-16")
    assert only(returned(path), Verdict.CHANGED).changes[0].new == "改过"


def test_token_of_another_installation_is_unknown(tmp_path: Path, settings: Any) -> None:
    path = filled(tmp_path, put(1, text="新"))
    settings.SECRET_KEY = "another"
    assert {one.verdict for one in returned(path).rows} == {Verdict.UNKNOWN}


def test_nothing_in_the_workbook_is_ever_run() -> None:
    book = load_workbook(io.BytesIO(export_xlsx(SHEET, HARD, by="=cmd", now=NOW).content))
    kinds = {cell.data_type for page in book for line in page.iter_rows() for cell in line}
    assert "f" not in kinds
    text = export_csv(SHEET, HARD, now=NOW).content.decode("utf-8-sig")
    assert not any(field[:1] in "=+@\t" for line in text.splitlines() for field in line.split(",") if field)


def test_workbook_says_what_to_fill_without_colour_and_locks_the_rest() -> None:
    page = load_workbook(io.BytesIO(export_xlsx(SHEET, rows(), by="王某", now=NOW).content)).worksheets[0]
    heads = [cell.value for cell in page[HEAD_ROW]]
    assert heads[1:4] == ["序号", "任务", "进展（填写）"] and page.column_dimensions["A"].hidden
    assert page.freeze_panes == f"C{HEAD_ROW + 1}" and page.protection.sheet
    assert page.cell(HEAD_ROW, PLACE["text"]).comment.text.endswith("条例第四十六条。")
    assert (
        page.cell(HEAD_ROW, PLACE["text"]).font.bold and page.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
    )
    locked = [page.cell(HEAD_ROW + 1, at).protection.locked for at in range(1, 10)]
    assert locked == [True] * 3 + [False] * 6
    assert page.cell(HEAD_ROW + 1, PLACE["day"]).is_date
    lists = {rule.type for rule in page.data_validations.dataValidation}
    assert lists == {"list", "date", "decimal", "textLength"}
    assert len(FIRST) == len(page.data_validations.dataValidation)
