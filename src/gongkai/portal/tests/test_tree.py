"""The static tree: what stands there after publishing, withdrawing, crashing, rebuilding."""

from __future__ import annotations

import gzip
import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from gongkai.events.publication import DocumentPublished, DocumentWithdrawn
from gongkai.files.models import StoredFile
from gongkai.kernel.clock import legal_day
from gongkai.portal import building, projection, subscribers, tree
from gongkai.portal.pages.scene import scene
from gongkai.publishing import actions, queries
from gongkai.publishing.models import Entry, Listing, Publication, TreeFile
from gongkai.publishing.tests.world import AT, World, fresh

pytestmark = pytest.mark.django_db
TODAY = legal_day(AT)


@pytest.fixture
def world(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.TREE_DIR = tmp_path / "tree"
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setattr(subscribers, "today", lambda: TODAY)
    return World()


def show(publication: Publication) -> None:
    projection.show_publication(publication.pk, today=TODAY)


def take(world: World, publication: Publication, kind: str, **more: Any) -> None:
    leader = world.actor(world.finance, "leader")
    actions.withdraw(publication=publication, kind=kind, reason="核对后撤下", by=leader, now=AT, **more)


def text(settings: Any, path: str) -> str:
    return (Path(settings.TREE_DIR) / path.lstrip("/")).read_text(encoding="utf-8")


def there(settings: Any, path: str) -> bool:
    return (Path(settings.TREE_DIR) / path.lstrip("/")).exists()


def snapshot(settings: Any) -> dict[str, bytes]:
    root = Path(settings.TREE_DIR)
    return {
        str(path.relative_to(root)): gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.feature("A05")
@pytest.mark.feature("A07")
def test_published_document_stands_in_all_its_views_under_one_address(world: World, settings: Any) -> None:
    published = world.published(number="滨财发〔2026〕3号", title="滨海区财政资金管理办法")
    show(published)
    page = text(settings, published.path)
    for label in ("索引号", "主题分类", "发文机关", "发文字号", "成文日期", "发布日期", "有效性", "登记号"):
        assert label in page
    assert published.index_number.number in page and published.receipt in page
    for address in ("/open/", "/open/20-07/", "/policies/", "/themes/04/", "/units/czj/open/"):
        assert f'{published.path.lstrip("/")}"' in text(settings, address + "index.html"), address
    assert published.title in text(settings, "/index.html")
    assert published.title in text(settings, "/units/czj/index.html")


@pytest.mark.feature("A07")
def test_absent_fields_are_shown_as_none(world: World, settings: Any) -> None:
    published = world.published(title="没有文号的公示")
    show(published)
    assert text(settings, published.path).count('class="none">无<') >= 3


@pytest.mark.feature("I09")
def test_feeds_and_site_maps_are_valid_and_escape_what_people_type(world: World, settings: Any) -> None:
    published = world.published(title='<script>alert("1")</script>&公示')
    show(published)
    for address in ("/open/", "/notices/", "/units/czj/open/", "/themes/04/"):
        feed = ElementTree.fromstring(text(settings, address + "feed.atom"))
        space = {"a": "http://www.w3.org/2005/Atom"}
        assert [one.text for one in feed.findall("a:entry/a:title", space)] == [published.title]
        items = json.loads(text(settings, address + "feed.json"))["items"]
        assert items[0]["url"].endswith(published.path)
    index = ElementTree.fromstring(text(settings, "/sitemap.xml"))
    assert index[0][0].text is not None and index[0][0].text.endswith("/sitemap/2026-03-1.xml")
    assert published.path in text(settings, "/sitemap/2026-03-1.xml")
    assert "<script>" not in text(settings, published.path).replace("<script src", "")


@pytest.mark.feature("B17")
def test_receipt_can_be_checked_without_us(world: World, settings: Any) -> None:
    from gongkai.trail.chain import sm3

    published = world.published()
    show(published)
    receipt = json.loads(text(settings, published.path.replace(".html", ".receipt.json")))
    sealed = json.dumps(receipt["sealed"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sm3(sealed.encode()) == receipt["digest"] == published.digest
    assert receipt["trail"]["seq"] == published.trail_seq


@pytest.mark.feature("B15")
def test_mistake_is_gone_everywhere_and_leaves_a_stone(world: World, settings: Any) -> None:
    published = world.published(title="不该公开的名单公示")
    show(published)
    take(world, published, "误发")
    show(published)
    assert not there(settings, published.path) and not there(settings, published.path + ".gz")
    stone = text(settings, published.path + ".410")
    assert "核对后撤下" in stone and published.title not in stone
    assert not there(settings, published.path.replace(".html", ".receipt.json"))
    for name, body in snapshot(settings).items():
        assert published.title.encode() not in body, name


@pytest.mark.feature("B15")
def test_merged_page_names_its_successor(world: World, settings: Any) -> None:
    old, new = world.published(title="旧的公示"), world.published(title="新的公示")
    show(old)
    show(new)
    take(world, old, "并入", successor=new)
    show(old)
    page = text(settings, old.path)
    assert new.title in page and "noindex" in page
    assert old.title not in text(settings, "/open/index.html")


@pytest.mark.feature("B15")
def test_expired_page_stays_with_a_red_banner(world: World, settings: Any) -> None:
    published = world.published(number="滨财发〔2026〕4号")
    show(published)
    take(world, published, "失效")
    show(published)
    page = text(settings, published.path)
    assert "本文件已失效" in page and "banner red" in page
    assert "失效" in text(settings, "/policies/index.html")


def test_document_that_comes_back_has_no_stone(world: World, settings: Any) -> None:
    published = world.published()
    show(published)
    take(world, published, "误发")
    show(published)
    actions.publish(document=fresh(published.document), by=world.actor(world.finance, "leader"), now=AT)
    show(published)
    assert there(settings, published.path) and not there(settings, published.path + ".410")


def test_attachment_goes_out_and_is_taken_back(world: World, settings: Any) -> None:
    from gongkai.documents import actions as drafting
    from gongkai.files import storage

    by = world.actor(world.finance, "officer")
    document = drafting.draft(
        unit=world.finance,
        by=by,
        now=AT,
        fields={"title": "附件的公示", "written_on": TODAY, "body": "<p>见附件</p>"},
    )
    incoming = storage.receive([b"PK attachment"], max_bytes=1000)
    storage.keep(incoming)
    stored = StoredFile.objects.create(
        key=incoming.key,
        name="表.txt",
        size=incoming.size,
        digest=incoming.digest,
        kind="txt",
        state="clean",
        at=AT,
    )
    drafting.attach(document=document, by=by, now=AT, file=stored, title="申请表")
    drafting.determine(document=document, by=by, now=AT, openness="主动公开")
    drafting.submit(document=document, by=by, now=AT)
    document = world.reviewed(document)
    published = actions.publish(document=document, by=world.actor(world.finance, "leader"), now=AT)
    show(published)
    path = TreeFile.objects.get(kind="file").path
    assert text(settings, path) == "PK attachment" and "申请表" in text(settings, published.path)
    assert path.rpartition("/")[2] in text(settings, "/units/czj/open/index.html")
    take(world, published, "误发")
    show(published)
    assert not there(settings, path) and there(settings, path + ".410")


def test_full_page_of_a_list_never_changes_again(world: World, settings: Any) -> None:
    first = world.published()
    _many(first, 45)
    projection.show_publication(first.pk, today=TODAY)
    listing = Listing.objects.get(address="/open/")
    view = scene(TODAY)
    with tree.writing() as writer:
        writer.put(projection.listing_outputs(listing, 1, 3, view))
    closed = {n: text(settings, f"/open/p{n}.html") for n in (1, 2)}
    head = text(settings, "/open/index.html")
    newest = world.published(title="最新的公示")
    show(newest)
    assert {n: text(settings, f"/open/p{n}.html") for n in (1, 2)} == closed
    assert text(settings, "/open/index.html") != head and newest.title in text(settings, "/open/p3.html")
    assert "第1页" in closed[1] and 'rel="next"' not in closed[1]


def test_publication_touches_the_same_number_of_files_however_many_there_are(
    world: World, settings: Any
) -> None:
    show(world.published())
    few = _written(world, settings)
    _many(Publication.objects.unscoped("test").first(), 300)
    building.plan()
    while building.go_on(today=TODAY):
        pass
    assert _written(world, settings) <= few + 10


def _written(world: World, settings: Any) -> int:
    before = snapshot(settings)
    show(world.published())
    after = snapshot(settings)
    return sum(after[name] != before.get(name) for name in after)


def _many(pattern: Any, count: int) -> None:
    """Places in the lists of a publication, as if many others had come after it."""
    for listing, _ in queries.listings_of_publication(pattern.pk):
        listing.last += count
        listing.present += count
        listing.save()


@pytest.mark.parametrize("start", [7, 11, 23])
def test_events_twice_and_out_of_order_leave_the_same_tree(world: World, settings: Any, start: int) -> None:
    shuffled = random.Random(start)
    told: list[Any] = []
    published = []
    for _ in range(14):
        act = shuffled.choice(["publish", "publish", "误发", "失效", "并入", "again"])
        live = [one for one in published if fresh(one.document).state == "published"]
        gone = [one for one in published if fresh(one.document).state == "withdrawn"]
        if act == "publish" or not live:
            published.append(world.published(title=f"第{len(published)}份公示"))
            told.append(published[-1].pk)
        elif act == "again" and gone:
            again = shuffled.choice(gone)
            actions.publish(document=fresh(again.document), by=world.actor(world.finance, "leader"), now=AT)
            told.append(again.pk)
        elif act in ("误发", "失效", "并入"):
            one = Publication.objects.unscoped("test").get(pk=shuffled.choice(live).pk)
            others = [other for other in live if other.pk != one.pk]
            if (act == "失效" and one.expired) or (act == "并入" and not others):
                continue
            take(world, one, act, **({"successor": others[0]} if act == "并入" else {}))
            told.append(one.pk)
    for pk in told:
        projection.show_publication(pk, today=TODAY)
    in_order = snapshot(settings)
    for seed in (1, 2):
        again = [*told, *told]
        random.Random(seed).shuffle(again)
        settings.TREE_DIR = Path(settings.TREE_DIR).with_name(f"tree{seed}")
        TreeFile.objects.all().delete()
        for pk in again:
            row = Publication.objects.unscoped("test").get(pk=pk)
            event = DocumentPublished(row.pk, row.document_id, row.unit_id, row.path, 1)
            subscribers.on_published(event)
            subscribers.on_withdrawn(
                DocumentWithdrawn(row.pk, row.document_id, row.unit_id, row.path, "误发", 1)
            )
        assert snapshot(settings) == in_order


@pytest.mark.feature("I04")
def test_full_build_makes_the_same_tree_as_the_events(world: World, settings: Any) -> None:
    one, two = world.published(), world.published(world.civil, number="滨民发〔2026〕2号")
    take_later = world.published()
    for publication in (one, two, take_later):
        show(publication)
    take(world, take_later, "误发")
    show(take_later)
    by_events = snapshot(settings)
    building.plan()
    while building.go_on(today=TODAY):
        pass
    built = snapshot(settings)
    assert building.is_built()
    differing = {name for name in by_events if built.get(name) != by_events[name]}
    assert differing == set()
    assert list(tree.faults()) == [] and projection.behind() == []
    for page in ("apply/index.html", "about/index.html", "site-map/index.html", "view.css", "large/view.css"):
        assert page in built


def test_internal_links_of_the_tree_lead_somewhere(world: World, settings: Any) -> None:
    import re
    from urllib.parse import unquote, urljoin, urlsplit

    show(world.published(number="滨财发〔2026〕5号"))
    building.plan()
    while building.go_on(today=TODAY):
        pass
    files = set(snapshot(settings))
    dynamic = ("/search/", "/find-errors/", "/workbench/", "/static/", "/large", "/contrast", "/api/")
    dynamic += ("/apply/new/", "/apply/progress/", "/verify/")
    history = re.compile(r"^/doc/\d+/\d+/editions/")
    broken = set()
    for name in files:
        if not name.endswith(".html"):
            continue
        for link in re.findall(r'(?:href|src|action)="([^"]*)"', text(settings, name)):
            target = unquote(urlsplit(urljoin("http://x/" + name.removesuffix("index.html"), link)).path)
            if urlsplit(link).scheme in ("https", "http", "tel") or target.startswith(dynamic):
                continue
            if history.match(target):  # drawn when asked for, where there is one edition only
                continue
            path = target.lstrip("/") + ("index.html" if target.endswith("/") else "")
            if path not in files:
                broken.add((name, link))
    assert broken == set()


def test_start_puts_right_what_a_crash_left(world: World, settings: Any) -> None:
    published = world.published()
    show(published)
    building.plan()
    while building.go_on(today=TODAY):
        pass
    whole = snapshot(settings)
    root = Path(settings.TREE_DIR)
    (root / published.path.lstrip("/")).unlink()
    (root / "open" / "index.html").write_text("halb")
    (root / "open" / ".tmp-index.html").write_text("ha")
    (root / "units" / "czj" / "index.html").unlink()
    (root / "about" / "index.html").unlink()
    second = world.published(title="没有送到的公示")
    building.put_right(today=TODAY)
    assert not (root / "open" / ".tmp-index.html").exists()
    after = snapshot(settings)
    assert set(whole) <= set(after) and second.title in text(settings, "/open/index.html")
    assert list(tree.faults()) == [] and projection.behind() == []


def test_start_builds_a_tree_that_is_not_there(world: World, settings: Any) -> None:
    published = world.published()
    assert not building.is_built()
    building.put_right(today=TODAY)
    assert building.is_built() and there(settings, published.path) and there(settings, "/index.html")


@pytest.mark.parametrize("at", range(1, 12))
def test_death_in_the_middle_of_writing_is_mended_by_the_next_delivery(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """The write dies at each of the first places; the event is delivered again and nothing is half."""
    published = world.published()
    show(published)
    take(world, published, "误发")
    calls = 0
    place, unlink = tree.os.replace, tree.os.unlink

    def dying(real: Any) -> Any:
        def die(*given: Any) -> None:
            nonlocal calls
            calls += 1
            if calls == at:
                raise KeyboardInterrupt
            real(*given)

        return die

    with monkeypatch.context() as patched:
        patched.setattr(tree.os, "replace", dying(place))
        patched.setattr(tree.os, "unlink", dying(unlink))
        with pytest.raises(KeyboardInterrupt):
            show(published)
    # Whatever stands there is whole, and where the page is gone its stone is there.
    assert there(settings, published.path) or there(settings, published.path + ".410")
    show(published)
    assert not there(settings, published.path) and there(settings, published.path + ".410")
    assert list(tree.faults()) == []


def test_older_version_of_a_record_is_refused(world: World, settings: Any) -> None:
    with tree.writing() as writer:
        writer.put([tree.Output("/x.html", b"new", "publication:1", 2)])
        assert writer.put([tree.Output("/x.html", b"old", "publication:1", 1)]) == 0
    assert text(settings, "/x.html") == "new"


def test_tampered_added_and_lost_files_are_found(world: World, settings: Any) -> None:
    show(world.published())
    root = Path(settings.TREE_DIR)
    (root / "open" / "index.html").write_text(text(settings, "/open/index.html").replace("公示", "公开"))
    (root / "added.html").write_text("x")
    (root / "index.html").unlink()
    assert {fault.path for fault in tree.faults()} >= {"/open/index.html", "/added.html", "/index.html"}


@pytest.mark.feature("A04")
def test_changed_phone_changes_the_guide(world: World, settings: Any) -> None:
    projection.show_unit(world.finance.pk, today=TODAY)
    assert "未公开" in text(settings, "/units/czj/guide/index.html")
    world.finance.phone = "0000-8888 0199"
    world.finance.save()
    projection.show_unit(world.finance.pk, today=TODAY)
    assert "0000-8888 0199" in text(settings, "/units/czj/guide/index.html")


def test_badge_turns_by_itself(world: World, settings: Any) -> None:
    published = world.published(number="滨财发〔2026〕6号", effective_on=date(2026, 4, 1))
    show(published)
    assert "尚未施行" in text(settings, "/policies/index.html")
    later = AT + timedelta(days=30)
    actions.turn(publication=published, now=later)
    projection.show_publication(published.pk, today=legal_day(later))
    assert "尚未施行" not in text(settings, "/policies/index.html")
    assert "尚未施行" not in text(settings, published.path)
    assert Entry.objects.filter(publication=published, present=True).exists()


def test_units_that_come_later_get_their_pages(world: World, settings: Any) -> None:
    from gongkai.orgs.models import Unit
    from gongkai.portal.tasks import minute

    building.put_right(today=TODAY)
    Unit.objects.create(code="xin", name="滨海区新设局", short_name="区新设局", kind=Unit.Kind.DEPARTMENT)
    minute(AT)
    assert "区新设局" in text(settings, "/units/index.html")
    assert there(settings, "/units/xin/index.html") and there(settings, "/units/xin/annual/index.html")


def test_change_of_the_site_before_the_first_build_does_not_hide_it(world: World, settings: Any) -> None:
    from gongkai.events.site import SiteChanged

    subscribers.on_site_changed(SiteChanged(version=1))
    assert not building.waiting()
    building.put_right(today=TODAY)
    assert there(settings, "/units/mzj/index.html")
