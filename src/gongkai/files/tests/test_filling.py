"""The office's Word templates: blanks are told, papers are filled, nothing in a template computes or gets out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from gongkai.files.filling import blanks_of, fill, why_not_template
from gongkai.law.refusal import Refused

pytestmark = pytest.mark.feature("L12")


@pytest.fixture
def template(tmp_path: Path) -> Callable[..., Path]:
    def make(*lines: str, head: str = "") -> Path:
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        if head:
            document.sections[0].header.paragraphs[0].text = head
        path = tmp_path / "模板.docx"
        document.save(str(path))
        return path

    return make


def words(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def test_blanks_of_text_lists_and_heads_are_told(template: Callable[..., Path]) -> None:
    path = template("{{标题}}", "{%p for 行 in 表扬 %}", "{{行.单位}}", "{%p endfor %}", head="{{期号}}")
    assert blanks_of(path).names == {"标题", "表扬", "表扬.单位", "期号"}


def test_filled_paper_has_rows_paragraphs_and_plain_signs(template: Callable[..., Path]) -> None:
    path = template("{{标题}}", "{%p for 行 in 表扬 %}", "{{行.单位}}好", "{%p endfor %}")
    made = fill(path, {"标题": "甲<b>&乙\n第二段", "表扬": [{"单位": "区财政局"}, {"单位": "区民政局"}]})
    assert [line for line in words(made) if line] == ["甲<b>&乙", "第二段", "区财政局好", "区民政局好"]


def test_words_that_look_like_a_blank_stay_words(template: Callable[..., Path]) -> None:
    assert "{{ 7*7 }}" in words(fill(template("{{标题}}"), {"标题": "{{ 7*7 }}"}))


def test_unknown_blank_is_named_with_the_nearest(template: Callable[..., Path]) -> None:
    refusals = why_not_template(template("{{标提}}"), known=["标题", "期号"])
    assert "标提" in refusals[0].text and "标题" in refusals[0].text


@pytest.mark.parametrize(
    "line",
    [
        "{{ ''.__class__ }}",
        "{{ 标题.x.y }}",
        "{{ 9**99999999 }}",
        "{{ 标题() }}",
        "{{ 标题|length }}",
        "{% set 甲 = 1 %}{{ 甲 }}",
        "{% include '/etc/passwd' %}",
        "{% for 行 in range(10) %}{{ 行 }}{% endfor %}",
        "{{ 标题",
        "没有空格处",
    ],
)
def test_a_template_that_computes_is_refused(template: Callable[..., Path], line: str) -> None:
    path = template(line)
    assert why_not_template(path, known=["标题"])
    if "没有" not in line:
        with pytest.raises(Refused):
            fill(path, {"标题": "甲"})


def test_a_file_that_is_no_docx_gets_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(b"PK nothing")
    assert why_not_template(path, known=["标题"])[0].text
    with pytest.raises(Refused):
        fill(path, {})
