"""``gongkai gate FILE``: findings as JSON or in words, and what the exit code says."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = [pytest.mark.django_db, pytest.mark.feature("C02")]
ID = "11010519491231002X"


def run(*names: Path, asked: str = "--json") -> tuple[str, int]:
    out, code = StringIO(), 0
    try:
        call_command("gate", *map(str, names), *([asked] if asked else []), stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return out.getvalue(), code


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_text_file(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"联系电话：0532-88888888\n身份证 {ID}，手机１３９１２３４５６７８".encode(encoding))
    text, code = run(path)
    answer = json.loads(text)
    assert code == 1 and answer["readable"] is True and set(answer) == {"findings", "readable"}
    assert {(one["rule"], one["level"]) for one in answer["findings"]} == {
        ("personal.id_number", "block"),
        ("personal.mobile", "block"),
    }
    assert all(set(one) == {"rule", "level", "where", "text"} for one in answer["findings"])
    assert ID not in text and "１３９１２３４５６７８" not in text


def test_a_page_whose_tags_part_a_number(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text('<meta charset="utf-8"><p>手机139<b>1234</b>5678</p>', encoding="utf-8")
    answer = json.loads(run(path)[0])
    assert [one["rule"] for one in answer["findings"]] == ["personal.mobile"]


def test_a_spreadsheet_with_a_title_row_and_a_hidden_sheet(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (
        ["临时救助对象名单"],
        ["序号", "姓名", "身份证号"],
        [1, "张伟", ID],
        [2, "王芳", "无"],
        [3, "李娜", "无"],
    ):
        book.active.append(row)
    book.create_sheet("底稿").append(["13912345678"])
    book["底稿"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    answer = json.loads(run(tmp_path / "a.xlsx")[0])
    found = {(one["rule"], one["level"]) for one in answer["findings"]}
    assert {
        ("personal.id_number", "block"),
        ("personal.name_list", "block"),
        ("personal.mobile", "block"),
        ("hidden.sheet", "block"),
    } <= found


def test_what_cannot_be_read_blocks(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04 no container")
    text, code = run(path)
    answer = json.loads(text)
    assert code == 1 and answer["readable"] is False
    assert [(one["rule"], one["level"]) for one in answer["findings"]] == [("file.unreadable", "block")]


def test_words_for_people_and_several_files(tmp_path: Path) -> None:
    good, bad = tmp_path / "好.txt", tmp_path / "坏.txt"
    good.write_text("各单位要认真落实。", encoding="utf-8")
    bad.write_text("手机13912345678", encoding="utf-8")
    text, code = run(good, bad, asked="")
    assert (
        code == 1 and "好.txt：没有发现问题。" in text and "阻断 1 处" in text and "13912345678" not in text
    )
    assert run(good, asked="") == ("好.txt：没有发现问题。\n", 0)
    lines = [json.loads(line) for line in run(good, bad)[0].splitlines()]
    assert [line["file"] for line in lines] == ["好.txt", "坏.txt"]
    with pytest.raises(CommandError) as missing:
        run(tmp_path / "没有.txt")
    assert missing.value.returncode == 2
