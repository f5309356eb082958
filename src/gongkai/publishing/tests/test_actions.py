"""Publishing and withdrawing as the office does it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.documents import actions as drafting
from gongkai.documents.models import Edition
from gongkai.events.publication import DocumentPublished
from gongkai.kernel.models import OutboxRow
from gongkai.law.refusal import Refused
from gongkai.lines import LINES
from gongkai.orgs.models import Unit
from gongkai.publishing import actions, guards, queries, rules
from gongkai.publishing.models import Entry, IndexNumber, Listing, Publication
from gongkai.publishing.tests.world import AT, World, fresh
from gongkai.trail.chain import verify
from gongkai.trail.models import TrailRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {refusal.code for refusal in refused.value.refusals}


@pytest.mark.feature("A06")
@pytest.mark.law("条例26")
def test_publish_gives_number_address_receipt_and_one_trail_row(world: World) -> None:
    document = world.approved()
    before = TrailRow.objects.count()
    published = actions.publish(document=document, by=world.actor(world.finance, "leader"), now=AT)
    assert published.index_number.number == f"{world.finance.uscc}/2026-00001"
    assert published.path == f"/doc/2026/{published.index_number.pk}.html"
    assert published.published_at == published.first_published_at == AT
    assert TrailRow.objects.count() == before + 1
    row = TrailRow.objects.get(seq=published.trail_seq)
    assert row.verb == "publishing.publish" and row.facts["digest"] == published.digest
    assert fresh(document).state == "published"
    heard = next(stop for stop in LINES if stop.event is DocumentPublished)
    assert OutboxRow.objects.filter(topic="DocumentPublished").count() == len(heard.handlers)
    assert verify().ok


@pytest.mark.feature("A06")
def test_numbers_rise_within_a_unit_and_year(world: World) -> None:
    numbers = [world.published().index_number.seq for _ in range(3)]
    other = world.published(world.civil).index_number
    assert numbers == [1, 2, 3] and other.seq == 1
    assert IndexNumber.objects.values("number").distinct().count() == 4


@pytest.mark.feature("A06")
def test_number_of_withdrawn_item_is_not_given_again(world: World) -> None:
    first = world.published()
    leader = world.actor(world.finance, "leader")
    actions.withdraw(publication=first, kind="误发", reason="发错了文件", by=leader, now=AT)
    assert world.published().index_number.number != first.index_number.number


def test_author_does_not_publish(world: World) -> None:
    document = world.approved()
    with pytest.raises(Refused) as refused:
        actions.publish(document=document, by=world.actor(world.finance, "officer"), now=AT)
    assert codes(refused) == {"wall.unit"}


def test_leader_who_wrote_on_it_does_not_publish(world: World) -> None:
    document = world.approved()
    leader = world.actor(world.finance, "leader")
    document.writers = [*document.writers, leader.person_id]
    document.save(update_fields=["writers"])
    with pytest.raises(Refused) as refused:
        actions.publish(document=document, by=leader, now=AT)
    assert codes(refused) == {"publish.own_draft", "publish.mixed"}


def test_other_unit_and_disclosure_office_do_not_publish_for_a_full_unit(world: World) -> None:
    document = world.approved()
    with pytest.raises(Refused) as refused:
        actions.publish(document=document, by=world.actor(world.civil, "leader"), now=AT)
    assert codes(refused) == {"wall.unit"}
    with pytest.raises(Refused) as refused:
        actions.publish(document=document, by=world.actor(world.office, "disclosure"), now=AT)
    assert codes(refused) == {"publish.not_small"}


@pytest.mark.feature("C15")
def test_disclosure_office_publishes_for_a_unit_of_two(world: World) -> None:
    document = world.approved()
    Unit.objects.filter(pk=world.finance.pk).update(is_small=True)
    assert not actions.why_not_publish(
        document=fresh(document), by=world.actor(world.office, "disclosure"), now=AT
    )


def test_unreviewed_draft_is_not_published(world: World) -> None:
    by = world.actor(world.finance, "officer")
    document = drafting.draft(unit=world.finance, by=by, now=AT, fields={"title": "草稿"})
    with pytest.raises(Refused) as refused:
        actions.publish(document=document, by=world.actor(world.finance, "leader"), now=AT)
    assert codes(refused) == {"publish.not_ready"}


@pytest.mark.feature("B08")
@pytest.mark.law("条例26")
def test_late_document_needs_a_named_reason(world: World) -> None:
    late = world.approved(written_on=date(2026, 1, 5))
    leader = world.actor(world.finance, "leader")
    with pytest.raises(Refused) as refused:
        actions.publish(document=late, by=leader, now=AT)
    assert codes(refused) == {rules.LATE}
    drafting.justify(document=late, by=leader, now=AT, code=rules.LATE, reason="等待上级批复，延误公开")
    assert actions.publish(document=late, by=leader, now=AT).state == "live"


@pytest.mark.feature("B17")
def test_clock_that_was_put_back_does_not_publish(world: World) -> None:
    world.published()
    document = world.approved()
    with pytest.raises(Refused) as refused:
        actions.publish(
            document=document, by=world.actor(world.finance, "leader"), now=AT - timedelta(hours=1)
        )
    assert codes(refused) == {"publish.clock"}


def test_number_in_use_is_not_published_again(world: World) -> None:
    world.published(number="滨财发〔2026〕1号")
    document = world.approved()
    document.number = "滨财发〔2026〕1号"
    document.save(update_fields=["number"])
    with pytest.raises(Refused) as refused:
        actions.publish(document=document, by=world.actor(world.finance, "leader"), now=AT)
    assert codes(refused) == {"publish.number_taken"}


@pytest.mark.feature("B15")
@pytest.mark.parametrize("kind", ["误发", "并入"])
def test_withdrawn_item_leaves_every_list_and_keeps_its_place_empty(world: World, kind: str) -> None:
    first, second = world.published(), world.published()
    leader = world.actor(world.finance, "leader")
    actions.withdraw(publication=first, kind=kind, reason="重复发布", by=leader, now=AT, successor=second)
    first.refresh_from_db()
    assert first.state == "withdrawn" and first.version == 2
    assert not Entry.objects.filter(publication=first, present=True).exists()
    listing = Listing.objects.get(address="/units/czj/open/")
    assert (listing.last, listing.present) == (2, 1)
    assert Entry.objects.get(listing=listing, publication=second).position == 2
    assert queries.index_doc(first.pk) is None


@pytest.mark.feature("B15")
def test_expired_item_stays_in_public(world: World) -> None:
    first = world.published()
    leader = world.actor(world.finance, "leader")
    actions.withdraw(publication=first, kind="失效", reason="有新的规定", by=leader, now=AT)
    found = queries.index_doc(first.pk)
    assert found is not None and found.validity == "失效" and found.version == 2
    assert fresh(first.document).state == "published"
    with pytest.raises(Refused):
        actions.withdraw(publication=first, kind="失效", reason="再来一次", by=leader, now=AT)


@pytest.mark.parametrize(
    ("kind", "reason", "expected"),
    [
        ("误发", "错", {"withdraw.reason"}),
        ("别的", "发错了文件", {"withdraw.kind"}),
        ("并入", "并到新的文件", {"withdraw.successor"}),
    ],
)
def test_withdrawal_needs_kind_reason_successor(
    world: World, kind: str, reason: str, expected: set[str]
) -> None:
    published = world.published()
    with pytest.raises(Refused) as refused:
        actions.withdraw(
            publication=published, kind=kind, reason=reason, by=world.actor(world.finance, "leader"), now=AT
        )
    assert codes(refused) == expected


def test_item_comes_back_under_its_number_address_and_place(world: World) -> None:
    first = world.published()
    world.published()
    leader = world.actor(world.finance, "leader")
    actions.withdraw(publication=first, kind="误发", reason="发错了文件", by=leader, now=AT)
    later = AT + timedelta(days=1)
    back = actions.publish(document=fresh(first.document), by=leader, now=later)
    assert (back.pk, back.path, back.index_number_id) == (first.pk, first.path, first.index_number_id)
    assert (back.version, back.first_published_at, back.published_at) == (3, AT, later)
    assert Entry.objects.get(listing__address="/open/", publication=back).position == 1
    assert Edition.objects.filter(document=first.document).count() == 2


@pytest.mark.feature("B17")
@pytest.mark.parametrize("what", ["published_at", "digest", "path", "body"])
def test_altered_record_is_found(world: World, what: str) -> None:
    published = world.published()
    assert list(queries.altered()) == []
    rows = Publication.objects.unscoped("test").filter(pk=published.pk)
    guards.drop_guards()
    if what == "published_at":
        rows.update(published_at=AT + timedelta(seconds=1))
    elif what == "digest":
        rows.update(digest="0" * 64)
    elif what == "path":
        rows.update(path="/doc/2026/999.html")
    else:
        Edition.objects.filter(pk=published.edition_id).update(body="<p>另一段话</p>")
    assert {one.publication_id for one in queries.altered()} == {published.pk}
    guards.set_guards()


@pytest.mark.feature("B16")
def test_edition_keeps_what_was_published(world: World) -> None:
    published = world.published()
    document = fresh(published.document)
    document.title, document.body = "改过的标题", "<p>改过</p>"
    document.save()
    edition = Edition.objects.get(pk=published.edition_id)
    assert edition.fields["title"] != document.title and "改过" not in edition.body
    assert edition.fields["index_number"] == published.index_number.number


def test_document_turns_on_its_days(world: World) -> None:
    start, end = date(2026, 4, 1), date(2026, 6, 30)
    published = world.published(effective_on=start, valid_until=end)
    assert published.turns_on == start
    assert queries.index_doc(published.pk).valid_until == end  # type: ignore[union-attr]
    actions.turn(publication=published, now=AT)
    published.refresh_from_db()
    assert published.version == 1
    actions.turn(publication=published, now=AT + timedelta(days=20))
    published.refresh_from_db()
    assert (published.version, published.turns_on) == (2, date(2026, 7, 1))
    assert queries.turning(date(2026, 7, 1)) == [published]


def test_template_is_set_by_the_disclosure_office_only(world: World) -> None:
    with pytest.raises(Refused):
        actions.set_template(template="{uscc}-{year}-{seq}", by=world.actor(world.finance, "leader"), now=AT)
    office = world.actor(world.office, "disclosure")
    for wrong in ("{uscc}/{seq}", "{year}-{seq:05d}", "{uscc}/{year}-{0}", "{uscc.__class__}{year}{seq}"):
        with pytest.raises(Refused):
            actions.set_template(template=wrong, by=office, now=AT)
    actions.set_template(template="{uscc}-{year}-{seq:04d}", by=office, now=AT)
    assert world.published().index_number.number == f"{world.finance.uscc}-2026-0001"


def test_found_by_address_path_and_number(world: World) -> None:
    published = world.published()
    for text in (
        published.path,
        "https://www.example.cn" + published.path + "?from=x#a",
        published.index_number.number,
    ):
        assert queries.find_public(text) == published
    assert queries.find_public("/nothing") is None


def test_report_of_an_error_gets_a_number_and_no_contact_in_the_trail(world: World) -> None:
    row = actions.report_error(address="/doc/1", problem="标题写错了一个字", contact="13800000000", now=AT)
    assert row.code and "13800000000" not in str(TrailRow.objects.order_by("-seq").first().facts)  # type: ignore[union-attr]
    with pytest.raises(Refused):
        actions.report_error(address="", problem="错", contact="", now=AT)
