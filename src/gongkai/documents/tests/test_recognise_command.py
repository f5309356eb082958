"""``gongkai recognise``: JSON alone on standard output, or a sentence and exit 1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

pytestmark = pytest.mark.feature("B13")

TEXT = """滨海区财政局关于公开预算的通知
滨财发〔2022〕1号
各预算单位：
请按时公开。
滨海区财政局
2022年2月3日
（此件公开发布）
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(TEXT, encoding="gbk")
    return path


def test_json_holds_every_field_with_value_and_confidence(paper, capsys):
    call_command("recognise", str(paper), "--json")
    fields = json.loads(capsys.readouterr().out)["fields"]
    assert fields["number"]["value"] == "滨财发〔2022〕1号"
    assert fields["written_on"]["value"] == "2022-02-03"
    assert "attachments" not in fields
    assert all(set(found) == {"value", "confidence"} for found in fields.values())


def test_without_json_a_person_reads_it_and_what_is_missing(paper, capsys):
    call_command("recognise", str(paper))
    out = capsys.readouterr().out
    assert "标题：滨海区财政局关于公开预算的通知" in out
    assert "没有认出：附件" in out


def test_a_sheet_is_no_paper(tmp_path):
    Workbook().save(tmp_path / "空表.xlsx")
    book = Workbook()
    book.active["XFD1048576"] = "远"
    book.save(tmp_path / "表.xlsx")
    with pytest.raises(CommandError, match="没有文字"):
        call_command("recognise", str(tmp_path / "空表.xlsx"))
    with pytest.raises(CommandError, match="是表格，不是公文正文"):
        call_command("recognise", str(tmp_path / "表.xlsx"), "--json")


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00" + b"\0" * 99, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path, capsys, content):
    path = tmp_path / "文件.doc"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="“文件.doc”没有读成。.*请"):
        call_command("recognise", str(path), "--json")
    assert capsys.readouterr().out == ""


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match="找不到这个文件"):
        call_command("recognise", str(tmp_path / "没有.docx"))


def test_a_text_without_fields_is_an_empty_answer_with_a_note(tmp_path, capsys):
    path = tmp_path / "日记.txt"
    path.write_text("今天天气很好。\n", encoding="utf-8")
    call_command("recognise", str(path), "--json")
    shown = capsys.readouterr()
    assert json.loads(shown.out) == {"fields": {}}
    assert "没有认出" in shown.err
