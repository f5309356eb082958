"""``gongkai publish`` and ``gongkai withdraw``: the whole way with invented people, only in a playground."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.documents.models import Document
from gongkai.files.models import StoredFile
from gongkai.publishing.models import Publication
from gongkai.publishing.tests.world import AT, World
from gongkai.review.models import ReviewStep, SecrecyReview
from gongkai.trail import installation
from gongkai.trail.chain import verify

pytestmark = pytest.mark.django_db
PAPER = """滨海区财政局文件

滨财字〔2026〕7号

滨海区财政局关于开展财政票据检查的通知

各街道办事处，区政府各部门：
为规范财政票据管理，现就开展检查的有关事项通知如下。
一、检查范围
全区各用票单位。
                                        滨海区财政局
                                        2026年1月5日
（此件公开发布）
"""


@pytest.fixture
def playground(tmp_path: Path, settings: Any) -> World:
    settings.FILES_DIR = tmp_path / "files"
    settings.TREE_DIR = tmp_path / "tree"
    installation.mark(kind=installation.DEMO, at=AT)
    return World()


def told(*words: str) -> dict[str, Any]:
    out = StringIO()
    call_command(*words, "--json", stdout=out)
    return json.loads(out.getvalue())


def paper(tmp_path: Path, text: str = PAPER) -> str:
    file = tmp_path / "通知.txt"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_paper_walks_from_file_to_page(playground: World, tmp_path: Path) -> None:
    answer = told("publish", paper(tmp_path), "--unit", "区财政局", "--openness", "主动公开")
    assert set(answer) == {"url", "index_number", "receipt"}
    published = Publication.objects.unscoped("test").get()
    assert answer["url"].endswith(published.path) and answer["receipt"] == published.receipt
    document = Document.objects.unscoped("test").get()
    assert document.number == "滨财字〔2026〕7号" and document.state == "published"
    deciders = {step.by_id for step in ReviewStep.objects.all()}
    assert len(deciders) == 3 and not deciders & set(document.writers)
    assert SecrecyReview.objects.filter(document=document, passed=True).exists()
    assert set(document.justifications.values_list("code", flat=True)) == {
        "interpretation.exempt",
        "publishing.late",
    }
    assert verify().ok


@pytest.mark.parametrize("whole", [True, False])
def test_withdrawn_by_full_address_or_path(playground: World, tmp_path: Path, whole: bool) -> None:
    url = told("publish", paper(tmp_path), "--unit", "滨海区财政局", "--openness", "主动公开")["url"]
    address = url if whole else "/" + url.split("/", 3)[3]
    answer = told("withdraw", address, "--kind", "误发")
    assert answer["status"] == 410 and Publication.objects.unscoped("test").get().state == "withdrawn"


def test_live_installation_refuses_both(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="正式环境"):
        told("publish", paper(tmp_path), "--unit", "区财政局", "--openness", "主动公开")
    with pytest.raises(CommandError, match="正式环境"):
        told("withdraw", "/doc/2026/1.html")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"--unit": "区不存在局"}, "没有叫"),
        ({"--openness": "不予公开"}, "不能发布"),
        ({"file": "empty"}, "没有读成"),
        ({"file": "missing"}, "没有读成"),
    ],
)
def test_refusal_leaves_nothing_behind(
    playground: World, tmp_path: Path, change: dict[str, str], words: str
) -> None:
    file = paper(tmp_path, "" if change.get("file") == "empty" else PAPER)
    if change.get("file") == "missing":
        file += ".not"
    options = {
        "--unit": "区财政局",
        "--openness": "主动公开",
        **{k: v for k, v in change.items() if k != "file"},
    }
    with pytest.raises(CommandError, match=words):
        told("publish", file, *(part for pair in options.items() for part in pair))
    assert not Document.objects.unscoped("test").exists() and not StoredFile.objects.exists()


def test_number_of_next_year_is_refused_with_nothing_stored(playground: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="年"):
        told(
            "publish",
            paper(tmp_path, PAPER.replace("2026", "2099")),
            "--unit",
            "区财政局",
            "--openness",
            "主动公开",
        )
    assert not Document.objects.unscoped("test").exists()


def test_unknown_address_is_told(playground: World) -> None:
    with pytest.raises(CommandError, match="没有找到"):
        told("withdraw", "/doc/1999/1.html")
