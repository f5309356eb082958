"""A correction on its two roads (B16)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.documents import actions as drafting
from gongkai.documents.rules.correcting import MOST_SIGNS, difference, slip_refusals
from gongkai.kernel.clock import legal_day
from gongkai.law.refusal import Refused
from gongkai.publishing import actions, queries
from gongkai.publishing.models import Publication, PublicChange, Release
from gongkai.publishing.tests.test_actions import codes
from gongkai.publishing.tests.test_views import at_desk
from gongkai.publishing.tests.world import AT, World, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.feature("B16")]
LATER = AT + timedelta(days=90)
REASON = "标题里的错别字，不影响内容"


@pytest.fixture
def world() -> World:
    return World()


def begun(world: World, published: Publication, **fields: str) -> None:
    by = world.actor(world.finance, "officer")
    document = fresh(published.document)
    drafting.correct(document=document, by=by, now=LATER, note="改正标题里的错别字")
    drafting.change(document=document, by=by, now=LATER, fields=fields)


def slip(world: World, published: Publication) -> None:
    drafting.submit_slip(
        document=fresh(published.document),
        by=world.actor(world.finance, "officer"),
        now=LATER,
        today=legal_day(LATER),
        reason=REASON,
    )


def test_obvious_slip_needs_a_second_person_but_no_three_reviews(world: World) -> None:
    published = world.published(title="关于补帖发放的公示")
    begun(world, published, title="关于补贴发放的公示")
    slip(world, published)
    leader = world.actor(world.finance, "leader")
    with pytest.raises(Refused):
        actions.publish(
            document=fresh(published.document), by=world.actor(world.finance, "officer"), now=LATER
        )
    again = actions.publish(document=fresh(published.document), by=leader, now=LATER)
    assert (again.pk, again.title, again.version) == (published.pk, "关于补贴发放的公示", 2)
    assert [row.edition.number for row in Release.objects.select_related("edition")] == [1, 2]
    assert again.first_published_at == AT and again.published_at == LATER
    assert PublicChange.objects.get().note == "改正标题里的错别字"
    assert queries.index_doc(again.pk).title == again.title  # type: ignore[union-attr]
    assert list(queries.altered()) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"body": "<p>第1件事的正文，每人三百元。</p>"}, "slip.weighty"),
        ({"body": "<p>第1件事的正文" + "文" * (MOST_SIGNS + 1) + "。</p>"}, "slip.long"),
        ({"number": "滨财发〔2026〕5号"}, "slip.fields"),
    ],
)
def test_what_is_no_slip_goes_the_whole_road(world: World, fields: dict[str, str], code: str) -> None:
    published = world.published()
    begun(world, published, **fields)
    with pytest.raises(Refused) as refused:
        slip(world, published)
    assert code in codes(refused)


def test_full_road_is_reviewed_anew_and_may_be_given_back(world: World) -> None:
    published = world.published()
    begun(world, published, body="<p>全新的正文，每人五百元。</p>")
    by = world.actor(world.finance, "officer")
    drafting.submit(document=fresh(published.document), by=by, now=LATER)
    document = world.reviewed(published.document, now=LATER)
    leader = world.actor(world.finance, "leader")
    with pytest.raises(Refused):
        actions.give_back(document=document, by=leader, now=LATER, reason="错")
    actions.give_back(document=document, by=leader, now=LATER, reason="金额再核对一次")
    assert fresh(document).state == "draft"
    assert queries.publication_of(document).state == "live"  # type: ignore[union-attr]
    drafting.submit(document=fresh(document), by=by, now=LATER)
    assert not actions.why_not_publish(document=world.reviewed(document, now=LATER), by=leader, now=LATER)


def test_nothing_changed_or_nothing_said_is_no_correction(world: World) -> None:
    published = world.published()
    by = world.actor(world.finance, "officer")
    drafting.correct(document=fresh(published.document), by=by, now=LATER)
    with pytest.raises(Refused) as refused:
        drafting.submit(document=fresh(published.document), by=by, now=LATER)
    assert codes(refused) == {"correction.nothing", "correction.note"}
    with pytest.raises(Refused) as refused:
        drafting.correct(document=fresh(published.document), by=by, now=LATER)
    assert codes(refused) == {"correction.not_public"}


def test_withdrawn_while_corrected_can_be_given_up(world: World) -> None:
    published = world.published()
    begun(world, published, title="另一个标题")
    leader = world.actor(world.finance, "leader")
    actions.withdraw(publication=published, kind="误发", reason="发错了文件", by=leader, now=LATER)
    client = at_desk(world, world.finance, "officer")
    page = client.get(f"/workbench/documents/{published.document_id}/").content.decode()
    assert "正在更正第 1 版" in page and "放弃更正" in page
    changes = client.get(f"/workbench/publishing/document/{published.document_id}/changes/").content.decode()
    assert "改动：标题" in changes
    client.post(f"/workbench/publishing/document/{published.document_id}/drop-correction/")
    assert (fresh(published.document).state, fresh(published.document).title) == (
        "withdrawn",
        published.title,
    )


def test_pages_lead_through_a_slip(world: World) -> None:
    published = world.published(title="关于补帖发放的公示")
    officer = at_desk(world, world.finance, "officer")
    at = f"/workbench/documents/{published.document_id}"
    assert "更正" in officer.get(f"/workbench/publishing/{published.pk}/").content.decode()
    assert officer.post(f"{at}/correct/").status_code == 302
    by = world.actor(world.finance, "officer")
    drafting.change(document=fresh(published.document), by=by, now=AT, fields={"title": "关于补贴发放的公示"})
    officer.post(f"{at}/correction/", {"note": "改正错别字"})
    officer.post(f"{at}/slip/", {"reason": REASON})
    assert fresh(published.document).state == "approved"
    leader = at_desk(world, world.finance, "leader")
    page = leader.get(f"/workbench/publishing/document/{published.document_id}/").content.decode()
    assert "按明显差错更正" in page and REASON in page and "改动：标题" in page


def test_difference_counts_words_not_their_form() -> None:
    found = difference({"body": "甲乙"}, {"body": "甲丙"}, files_before=[1], files_after=[1])
    assert (found.fields, found.removed, found.added, found.signs) == (("body",), ("乙",), ("丙",), 1)
    assert slip_refusals(found, reason=REASON) == []
    moved = difference({}, {}, files_before=[1], files_after=[2])
    assert [one.code for one in slip_refusals(moved, reason=REASON)] == ["slip.fields"]


@pytest.mark.feature("B08")
def test_a_reason_for_the_first_edition_is_none_for_a_late_change(world: World) -> None:
    published = world.published(title="关于补帖发放的公示")
    document, by = fresh(published.document), world.actor(world.finance, "officer")
    drafting.justify(document=document, by=by, now=AT, code="publishing.late", reason="首次发布时补录旧文件")
    begun(world, published, title="关于补贴发放的公示")
    changed = {"note": "改正标题里的错别字", "changed_on": legal_day(LATER) - timedelta(days=60)}
    drafting.describe(document=fresh(document), by=by, now=LATER, **changed)
    slip(world, published)
    leader = world.actor(world.finance, "leader")
    with pytest.raises(Refused, match="变更后20个工作日") as refused:
        actions.publish(document=fresh(document), by=leader, now=LATER)
    assert codes(refused) == {"publishing.late"}
    drafting.justify(
        document=fresh(document), by=by, now=LATER, code="publishing.late", reason="变更当时没有发现"
    )
    assert actions.publish(document=fresh(document), by=leader, now=LATER).version == 2
