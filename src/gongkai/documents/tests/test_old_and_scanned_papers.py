"""A folder of forty papers as offices have them passes recognition, or says what cannot be read and why (B13, B25)."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from gongkai.documents.rules.recognition import recognise
from gongkai.files import reading
from gongkai.files.problems import Unreadable
from gongkai.files.reader import __main__ as child
from gongkai.files.reader import doors
from gongkai.files.reader.answer import Answer
from gongkai.files.tests.oldpapers import folder_of_forty
from gongkai.kernel.text.blocks import Table

pytestmark = [pytest.mark.feature("B25"), pytest.mark.feature("B13")]


def read_here(path: Path) -> reading.Reading:
    """The reader called directly: these papers are our own, and forty children would take their time."""
    answer, problem, kind = Answer(io.BytesIO()), None, ""
    try:
        kind, box = child._kind_of(path, path.name, answer)
        doors.READERS[kind](path, box, answer)
    except Unreadable as found:
        problem = found
    except child._Known as found:
        kind, problem = found.kind, found.problem
    answer.verdict(kind, problem)
    lines = answer._stream.getvalue().splitlines()  # type: ignore[attr-defined]
    said = {key: json.loads(lines[-1])["verdict"][key] for key in reading._VERDICT}
    return reading._reading_of(([json.loads(line) for line in lines[:-1]], said))


def test_forty_papers_are_recognised_or_say_why_not(tmp_path):
    made = folder_of_forty()
    assert len(made) == 40
    for name, body, has_words in made:
        (tmp_path / name).write_bytes(body)
        found = read_here(tmp_path / name)
        assert found.readable is has_words, (name, found.problem)
        if not has_words:
            assert "请" in found.problem, name
            continue
        fields = recognise(found.blocks)
        if name.startswith("补贴表"):  # a list, not an official paper: its table is what counts
            assert any(
                isinstance(block, Table) and "高龄补贴残疾补贴".find(block.texts[1][0]) >= 0
                for block in found.blocks
            )
            continue
        assert "title" in fields, name
        if name.startswith("通知"):
            number = name[2:4]
            assert fields["title"]["value"] == "关于做好基层政务公开有关工作的通知", name
            assert fields["number"]["value"] == f"测财发〔2026〕{number}号", name
            assert fields["issuer"]["value"] == "测试区财政局", name
            assert fields["written_on"]["value"] == f"2026-03-{number}", name
            assert fields["recipients"]["value"], name
