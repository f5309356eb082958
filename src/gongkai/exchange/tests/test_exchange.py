"""Packages in and out, and entries on other platforms (B18)."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongkai.documents.models import Document
from gongkai.exchange import actions, queries
from gongkai.exchange.models import Package, PlatformEntry
from gongkai.law.refusal import Refused
from gongkai.publishing.tests.test_views import at_desk
from gongkai.publishing.tests.world import AT, World
from gongkai.trail.models import TrailRow

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B18")]
PAPER = {
    "编号": "OA-1",
    "标题": "关于印发资金管理办法的通知",
    "发文字号": "滨财发〔2026〕9号",
    "成文日期": "2026年3月11日",
    "主送机关": "各街道办事处、区直各部门",
    "正文": "<p>各单位：</p><script>alert(1)</script>",
    "公开属性": "（此件公开发布）",
    "附件": [{"名称": "明细表", "文件": "附件/表.txt"}],
}
FILES = {"附件/表.txt": "项目,金额\n甲,1\n".encode()}
XML = """<package source="OA"><item id="X-1"><title>关于做好防汛工作的通知</title>
<written_on>2026-03-10</written_on><body>正文</body></item></package>"""


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> World:
    settings.FILES_DIR, settings.DATA_DIR = tmp_path / "files", tmp_path
    return World()


def packed(path: Path, rows: list[Any], files: dict[str, bytes] = FILES) -> Path:
    with zipfile.ZipFile(path / "p.zip", "w") as box:
        box.writestr("manifest.json", json.dumps({"source": "OA", "items": rows}, ensure_ascii=False))
        for name, content in files.items():
            box.writestr(name, content)
    return path / "p.zip"


def bring(world: World, path: Path, **more: Any) -> actions.Outcome:
    by = world.actor(world.finance, "officer")
    return actions.bring_in(path=path, name=path.name, unit=world.finance, by=by, now=AT, **more)


def documents() -> Any:
    return Document.objects.unscoped("test")


def test_package_becomes_a_draft_with_fields_text_file_and_openness(world: World, tmp_path: Path) -> None:
    outcome = bring(world, packed(tmp_path, [PAPER]))
    assert outcome.ok and outcome.faults == []
    draft = documents().get()
    assert (draft.title, draft.number, draft.state) == (PAPER["标题"], PAPER["发文字号"], "draft")
    assert draft.written_on.isoformat() == "2026-03-11" and draft.recipients == ["各街道办事处", "区直各部门"]
    assert "script" not in draft.body and "各单位" in draft.body
    assert draft.determinations.get().openness == "主动公开"
    attachment = draft.attachments.get()
    assert attachment.title == "明细表" and attachment.file.state == "clean"


def test_the_same_package_makes_nothing_twice(world: World, tmp_path: Path) -> None:
    path = packed(tmp_path, [PAPER])
    bring(world, path)
    again = bring(world, path)
    assert again.ok and again.drafts == [] and len(again.known) == 1
    assert documents().count() == 1 and Package.objects.unscoped("test").count() == 2


def test_bad_rows_are_told_and_change_nothing_unless_asked(world: World, tmp_path: Path) -> None:
    rows = [
        PAPER,
        {**PAPER, "编号": "OA-2", "成文日期": "2026-02-30"},
        {**PAPER, "编号": "OA-1", "附件": ["没有.docx"]},
        {"标题": "没有编号", "公开属性": "随便", "怪字段": "1"},
        "不是一份文件",
    ]
    path = packed(tmp_path, rows)
    outcome = bring(world, path)
    told = {(fault.row, fault.field) for fault in outcome.blocking}
    assert told == {(2, "written_on"), (3, "id"), (3, "attachments"), (4, "id"), (4, "openness"), (5, "")}
    assert not outcome.ok and not documents().exists() and not Package.objects.unscoped("test").exists()
    outcome = bring(world, path, partial=True)
    assert outcome.ok and [one.title for one in outcome.drafts] == [PAPER["标题"]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04broken",
        b"{",
        b"[1, 2",
        b"<a><b></a>",
        b'<!DOCTYPE x [<!ENTITY e "x">]><package><item id="1"><title>&e;</title></item></package>',
        b"[]",
        b"\x00" * 400,
        b"[" * 100_000,
    ],
)
def test_broken_packages_are_refused_in_words(world: World, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad").write_bytes(content)
    outcome = bring(world, tmp_path / "bad")
    assert not outcome.ok and outcome.blocking and all(fault.text for fault in outcome.blocking)
    assert not documents().exists()


def test_xml_and_gbk_json_are_read(world: World, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(XML, encoding="utf-8")
    assert bring(world, tmp_path / "a.xml").drafts[0].title == "关于做好防汛工作的通知"
    rows = [{"编号": "G-1", "标题": "国标编码的通知"}]
    (tmp_path / "b.json").write_bytes(json.dumps(rows, ensure_ascii=False).encode("gb18030"))
    assert bring(world, tmp_path / "b.json").drafts[0].title == "国标编码的通知"


@pytest.mark.feature("B17")
def test_claimed_publication_time_is_not_taken_and_on_record(world: World, tmp_path: Path) -> None:
    outcome = bring(world, packed(tmp_path, [{**PAPER, "发布时间": "2020-01-01"}]))
    assert outcome.ok and [fault.warns for fault in outcome.faults] == [True]
    row = TrailRow.objects.get(verb="publishing.backdate_refused")
    assert row.facts == {"door": "交换包", "claimed": {"发布时间": "2020-01-01"}}


def test_other_unit_brings_nothing_in(world: World, tmp_path: Path) -> None:
    by = world.actor(world.civil, "officer")
    with pytest.raises(Refused):
        actions.bring_in(path=packed(tmp_path, [PAPER]), name="p", unit=world.finance, by=by, now=AT)


def test_what_goes_out_comes_in_elsewhere(world: World, tmp_path: Path) -> None:
    published = world.published(number="滨财发〔2026〕3号")
    content = queries.export_package(published, site_url="https://a.test", label="")
    assert content == queries.export_package(published, site_url="https://a.test", label="")
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        assert json.loads(box.read("回执.json"))["receipt"] == published.receipt
    (tmp_path / "out.zip").write_bytes(content)
    by = world.actor(world.civil, "officer")
    path = tmp_path / "out.zip"
    outcome = actions.bring_in(path=path, name="x", unit=world.civil, by=by, now=AT)
    assert outcome.blocking == [] and outcome.drafts[0].title == published.title


def test_page_command_and_platform_entry(world: World, tmp_path: Path, capsys: Any) -> None:
    client = at_desk(world, world.finance, "officer")
    with packed(tmp_path, [PAPER]).open("rb") as file:
        answer = client.post("/workbench/exchange/import/", {"unit": world.finance.pk, "file": file})
    assert answer.status_code == 302 and PAPER["标题"] in client.get(answer["Location"]).content.decode()
    (tmp_path / "bad.json").write_text('[{"标题": "无编号"}]', encoding="utf-8")
    with (tmp_path / "bad.json").open("rb") as file:
        answer = client.post("/workbench/exchange/import/", {"unit": world.finance.pk, "file": file})
    assert answer.status_code == 422 and "没有编号" in answer.content.decode()
    with pytest.raises(CommandError):
        call_command("exchange", "import", "nowhere.zip", "--unit", "区财政局", "--as", "czj-officer")
    published = world.published()
    page = client.get("/workbench/exchange/entries/").content.decode()
    assert published.title in page
    at = f"/workbench/exchange/entries/{published.pk}/"
    assert published.index_number.number in client.get(at).content.decode()
    assert client.post(at, {"platform": "市政务公开平台", "outer_id": ""}).status_code == 422
    assert client.post(at, {"platform": "市政务公开平台", "outer_id": "SH-77"}).status_code == 302
    assert PlatformEntry.objects.get().outer_id == "SH-77"
    assert published.title not in client.get("/workbench/exchange/entries/").content.decode()
    assert client.post(at, {"platform": "市政务公开平台", "outer_id": "SH-78"}).status_code == 422


def test_lists_ask_the_same_number_of_questions(world: World) -> None:
    client = at_desk(world, world.finance, "officer")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    world.published()
    for at in ("/workbench/exchange/", "/workbench/exchange/entries/"):
        client.get(at)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/workbench/exchange/entries/")
            client.get("/workbench/exchange/")
        counts.append(len(asked))
        for _ in range(4):
            world.published()
    assert counts[0] == counts[1]
