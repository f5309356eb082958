"""Editions, corrections, replaced files, changes and checking, as readers meet them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.documents import actions as drafting
from gongkai.documents.models import Document
from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.kernel import clock
from gongkai.kernel.clock import legal_day
from gongkai.portal import projection, subscribers
from gongkai.publishing import actions, queries
from gongkai.publishing.models import Publication, PublicChange
from gongkai.publishing.tests.world import AT, World, fresh

pytestmark = pytest.mark.django_db
TODAY = legal_day(AT)
LATER = AT + timedelta(days=5)
BODY = "<p><strong>第一条</strong>　为方便居民，每月补助三百元。</p><p><strong>第二条</strong>　自发布之日起施行。</p>"
NEW = BODY.replace("三百元", "五百元")
NOTE = "第一条补助标准误写，更正为每月五百元"


@pytest.fixture
def world(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.TREE_DIR = tmp_path / "tree"
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setattr(subscribers, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: LATER)
    monkeypatch.setattr(clock, "today", lambda: legal_day(LATER))
    return World()


def stored(name: str, words: bytes) -> StoredFile:
    incoming = storage.receive([words], max_bytes=1000)
    storage.keep(incoming)
    return StoredFile.objects.create(
        key=incoming.key, name=name, size=incoming.size, digest=incoming.digest, kind="txt", state="clean", at=AT
    )  # fmt: skip


def with_file(world: World) -> Publication:
    """A publication with an attachment."""
    by = world.actor(world.finance, "officer")
    document = drafting.draft(
        unit=world.finance, by=by, now=AT,
        fields={"title": "关于补助标准的公示", "body": BODY, "catalogue_item": "20-07", "written_on": TODAY},
    )  # fmt: skip
    drafting.determine(document=document, by=by, now=AT, openness="主动公开")
    drafting.attach(document=fresh(document), by=by, now=AT, file=stored("表.txt", b"PK one"), title="表")
    drafting.submit(document=fresh(document), by=by, now=AT)
    leader = world.actor(world.finance, "leader")
    return actions.publish(document=world.reviewed(document), by=leader, now=AT)


def corrected(world: World, publication: Publication, **more: Any) -> Publication:
    """The second edition, by the full road."""
    by = world.actor(world.finance, "officer")
    document = fresh(publication.document)
    drafting.correct(document=document, by=by, now=LATER, note=NOTE)
    drafting.change(document=document, by=by, now=LATER, fields={"body": NEW})
    old = document.attachments.first()
    if old and more.get("file"):
        drafting.attach(document=fresh(document), by=by, now=LATER, file=more["file"], title="", replaces=old)
    if more.get("closes_before"):
        drafting.describe(
            document=fresh(document), by=by, now=LATER, note=NOTE, closes_before=more["closes_before"]
        )
    drafting.submit(document=fresh(document), by=by, now=LATER)
    leader = world.actor(world.finance, "leader")
    return actions.publish(document=world.reviewed(document, now=LATER), by=leader, now=LATER)


def show(publication: Publication) -> None:
    projection.show_publication(publication.pk, today=legal_day(LATER))


def there(settings: Any, path: str) -> Path:
    return Path(str(settings.TREE_DIR) + path)


@pytest.mark.feature("B16")
def test_every_text_can_be_read_as_it_stood(world: World, settings: Any, client: Client) -> None:
    first = with_file(world)
    show(first)
    old_words = there(settings, first.path).read_text()
    second = corrected(world, first)
    show(second)
    assert (second.path, second.index_number_id, second.version) == (first.path, first.index_number_id, 2)
    base = first.path.removesuffix(".html")
    page = there(settings, first.path).read_text()
    assert "五百元" in page and "三百元" not in page and "第 2 版" in page
    earlier = there(settings, f"{base}/editions/1.html").read_text()
    assert "三百元" in earlier and "不是现在公开的文本" in earlier and "noindex" in earlier
    sealed = re.search(r'id="text">(.*?)</div>', old_words, re.S)
    again = re.search(r'id="text">(.*?)</div>', earlier, re.S)
    assert sealed and again and sealed[1] == again[1]
    listed = there(settings, f"{base}/editions/index.html").read_text()
    assert NOTE in listed and "和上一版比较" in listed
    answer = client.get(f"{base}/editions/on/", {"date": TODAY.isoformat()}).content.decode()
    assert "公开的是第1版" in answer
    answer = client.get(f"{base}/editions/on/", {"date": legal_day(LATER).isoformat()}).content.decode()
    assert "公开的是第2版" in answer
    before = (TODAY - timedelta(days=1)).isoformat()
    assert "还没有公开" in client.get(f"{base}/editions/on/", {"date": before}).content.decode()
    for bad in ("2026-02-30", "", "明天", "2031-01-01"):
        assert client.get(f"{base}/editions/on/", {"date": bad}).status_code == 422


@pytest.mark.feature("B12")
def test_comparison_marks_words_and_clauses_have_addresses(
    world: World, settings: Any, client: Client
) -> None:
    publication = corrected(world, with_file(world))
    show(publication)
    base = publication.path.removesuffix(".html")
    html = client.get(f"{base}/editions/compare/").content.decode()
    assert re.search(r"<del>.*三百元</del>", html) and re.search(r"<ins>.*五百元</ins>", html)
    assert client.get(f"{base}/editions/compare/", {"from": "x", "to": "999"}).status_code == 200
    page = there(settings, publication.path).read_text()
    assert '<p id="第一条">' in page and 'href="#第二条"' in page
    assert "第2版，http" in page and publication.digest[:16] in page


def test_one_edition_has_a_list_too_and_unknown_records_none(world: World, client: Client) -> None:
    publication = with_file(world)
    base = publication.path.removesuffix(".html")
    assert "首次发布" in client.get(f"{base}/editions/").content.decode()
    assert client.get(f"{base}/editions/compare/").status_code == 302
    assert client.get("/doc/2026/999999/editions/").status_code == 404


@pytest.mark.feature("B15")
def test_replaced_file_keeps_its_old_address(world: World, settings: Any, client: Client) -> None:
    first = with_file(world)
    show(first)
    old = first.edition.attachments[0]["id"]
    base = first.path.removesuffix(".html")
    assert there(settings, f"{base}/{old}.txt").exists()
    second = corrected(world, first, file=stored("新表.txt", b"PK two"))
    show(second)
    new = second.edition.attachments[0]["id"]
    assert new != old and not there(settings, f"{base}/{old}.txt").exists()
    answer = client.get(f"{base}/{old}.txt")
    assert answer.status_code == 302 and answer["Location"] == f"{base}/{new}.txt"
    assert there(settings, f"{base}/{new}.txt").read_bytes() == b"PK two"
    assert there(settings, f"{base}/editions/{old}.txt").read_bytes() == b"PK one"
    listed = there(settings, f"{base}/editions/index.html").read_text()
    assert f"{old}.txt" in listed and f"{new}.txt" in listed
    assert list(queries.altered()) == [] and list(queries.changed_files()) == []
    take(world, second, "误发")
    assert client.get(f"{base}/{old}.txt").status_code == 410
    assert not there(settings, f"{base}/editions/{old}.txt").exists()
    assert there(settings, f"{base}/editions/1.html.410").exists()


def take(world: World, publication: Publication, kind: str) -> None:
    leader = world.actor(world.finance, "leader")
    actions.withdraw(publication=publication, kind=kind, reason="含有个人信息", by=leader, now=LATER)
    show(publication)


@pytest.mark.feature("B16")
def test_closed_edition_cannot_be_read_but_is_counted(world: World, settings: Any, client: Client) -> None:
    first = with_file(world)
    second = corrected(world, first, closes_before="原文误登个人信息")
    show(second)
    base = first.path.removesuffix(".html")
    earlier = there(settings, f"{base}/editions/1.html").read_text()
    assert "三百元" not in earlier and "原文误登个人信息" in earlier
    assert "三百元" not in there(settings, f"{base}/editions/1.receipt.json").read_text()
    assert client.get(f"{base}/editions/compare/").status_code == 302
    assert list(queries.altered()) == []


@pytest.mark.feature("B15")
def test_changes_page_and_feeds_tell_subscribers(world: World, settings: Any) -> None:
    from gongkai.portal.pages.changes import draw
    from gongkai.portal.pages.scene import scene

    publication = corrected(world, with_file(world))
    show(publication)
    row = PublicChange.objects.get()
    assert (row.kind, row.edition, row.note) == ("更正", 2, NOTE)
    feed = there(settings, "/open/feed.atom").read_text()
    assert f"【更正】{publication.title}" in feed and NOTE in feed
    take(world, publication, "误发")
    feed = json.loads(there(settings, "/open/feed.json").read_text())
    assert feed["items"][0]["title"] == "【误发】已撤回的信息"
    drawn = {output.path: output.body.decode() for output in draw(scene(TODAY), "")}
    assert publication.title not in "".join(drawn.values())
    assert "含有个人信息" in drawn["/changes/index.html"] and "/changes/p1.html" in drawn


@pytest.mark.feature("B17")
def test_anybody_checks_a_page_a_file_or_words(world: World, settings: Any, client: Client) -> None:
    publication = corrected(world, with_file(world))
    show(publication)
    page = there(settings, publication.path).read_bytes()
    receipt = there(settings, publication.path.replace(".html", ".receipt.json")).read_bytes()

    def ask(**given: Any) -> str:
        return client.post("/verify/", given).content.decode()

    def up(name: str, content: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, content)

    assert "现在公开的就是这一版" in client.get("/verify/", {"receipt": publication.receipt}).content.decode()
    assert "<strong>一致　网页正文" in ask(file=up("页.html", page))
    changed = page.replace("五百元".encode(), "九百元".encode(), 1)
    assert "<strong>不一致　网页正文" in ask(file=up("页.html", changed), receipt=publication.receipt)
    assert "<strong>一致　本站登记" in ask(file=up("r.json", receipt))
    assert "<strong>不一致　回执" in ask(file=up("r.json", receipt.replace(b"20-07", b"20-08", 1)))
    assert "<strong>一致　附件" in ask(file=up("表.txt", b"PK one"), receipt=publication.receipt)
    assert "<strong>不一致　附件" in ask(file=up("表.txt", b"PK 1"), receipt=publication.receipt)
    words = "第一条　为方便居民，每月补助五百元。 第二条 自发布之日起施行。"
    assert "一字不差" in ask(words=words, receipt=publication.receipt)
    assert "个字起不同" in ask(words=words.replace("五", "四"), receipt=publication.receipt)
    assert client.post("/verify/", {"receipt": "2026-XXXX-XXXX"}).status_code == 422
    assert client.post("/verify/", {"words": "abc"}).status_code == 422


def test_correction_can_be_given_up(world: World) -> None:
    publication = with_file(world)
    by = world.actor(world.finance, "officer")
    document = fresh(publication.document)
    drafting.correct(document=document, by=by, now=LATER)
    drafting.change(document=document, by=by, now=LATER, fields={"title": "改坏了"})
    old = document.attachments.get()
    drafting.detach(attachment=old, by=by, now=LATER)
    assert not fresh(document).attachments.exists()
    drafting.drop_correction(document=document, by=by, now=LATER, in_public=True)
    again = Document.objects.unscoped("test").get(pk=document.pk)
    assert (again.title, again.state) == (publication.title, "published")
    assert again.attachments.get().pk == old.pk


@pytest.mark.feature("A03")
def test_addresses_of_a_merged_unit_name_its_successor(world: World, settings: Any) -> None:
    from gongkai.orgs.models import Unit, UnitChange
    from gongkai.portal import building

    publication = world.published(number="滨财发〔2026〕8号")
    building.put_right(today=TODAY)
    while building.go_on(today=TODAY):
        pass
    assert "并入" not in there(settings, publication.path).read_text()
    UnitChange.objects.create(
        unit=world.finance, kind="merge", on=TODAY, successor=world.civil,
        old_name=world.finance.name, basis="滨编发〔2026〕1号",
    )  # fmt: skip
    Unit.objects.filter(pk=world.finance.pk).update(active=False)
    from gongkai.events.orgs import UnitChanged

    event = UnitChanged(unit_id=world.finance.pk, kind="merge", on=TODAY, successor_id=world.civil.pk)
    subscribers.on_unit_changed(event)
    while building.go_on(today=TODAY):
        pass
    for path in (
        publication.path,
        "/units/czj/index.html",
        "/units/czj/open/index.html",
        "/units/czj/guide/index.html",
    ):
        page = there(settings, path).read_text()
        assert f"并入{world.civil.name}" in page and 'mzj/"' in page, path
    assert building.is_built()
