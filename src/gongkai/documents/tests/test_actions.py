"""Documents until they are handed to the reviewers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.documents import actions, queries, states
from gongkai.documents.models import Document
from gongkai.law.refusal import Refused
from gongkai.orgs.wall import Unscoped
from gongkai.trail.models import TrailRow

FIELDS = {"title": "关于印发测试办法的通知", "number": "测财发〔2026〕3号", "written_on": date(2026, 10, 12)}


def draft(world: Any, **more: Any) -> Document:
    return actions.draft(
        unit=world.units["finance"],
        by=world.actor("finance.officer"),
        now=world.now,
        fields={**FIELDS, "body": "<p>正文。</p>", **more},
    )


def missing(world: Any, document: Document) -> set[str]:
    found = actions.why_not_submit(document=document, by=world.actor("finance.officer"), today=world.today)
    return {refusal.code for refusal in found}


@pytest.mark.feature("B01")
def test_document_without_openness_cannot_be_submitted(world: Any) -> None:
    document = draft(world)
    with pytest.raises(Refused) as refused:
        actions.submit(document=document, by=world.actor("finance.officer"), now=world.now)
    assert "openness.missing" in {refusal.code for refusal in refused.value.refusals}
    document.refresh_from_db()
    assert document.state == states.DRAFT and document.round == 0
    assert not TrailRow.objects.filter(verb="documents.submit").exists()


@pytest.mark.feature("B01")
@pytest.mark.law("条例14")
def test_refusal_to_publish_needs_a_ground_from_the_list(world: Any) -> None:
    document, by = draft(world), world.actor("finance.officer")
    with pytest.raises(Refused):
        actions.determine(
            document=document, by=by, now=world.now, openness="不予公开", reason="领导不同意公开"
        )
    actions.determine(
        document=document,
        by=by,
        now=world.now,
        openness="不予公开",
        ground="E16b",
        reason="属于请示报告过程稿",
    )
    assert queries.openness_of(document) == "不予公开"
    assert missing(world, document) == set()


@pytest.mark.feature("B02")
def test_paper_needs_its_interpretation_or_a_reasoned_exemption(world: Any) -> None:
    document, by = draft(world), world.actor("finance.officer")
    actions.determine(document=document, by=by, now=world.now, openness="主动公开")
    assert missing(world, document) == {"interpretation.exempt"}
    actions.justify(
        document=document, by=by, now=world.now, code="interpretation.exempt", reason="内容简单，不另作解读"
    )
    assert missing(world, document) == set()


@pytest.mark.feature("B02")
@pytest.mark.feature("F02")
def test_linked_interpretation_settles_it_and_needs_none_itself(world: Any) -> None:
    document, by = draft(world), world.actor("finance.officer")
    other = draft(world, title="一图读懂测试办法", number="")
    actions.determine(document=document, by=by, now=world.now, openness="主动公开")
    actions.link_interpretation(document=document, interpretation=other, by=by, now=world.now)
    assert missing(world, document) == set()
    assert not queries.needs_interpretation(other)
    with pytest.raises(Refused):
        actions.link_interpretation(document=other, interpretation=document, by=by, now=world.now)


@pytest.mark.feature("B07")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"number": "测财发2026年3号"}, "number.form"),
        ({"number": "测财发〔2031〕3号"}, "number.future_year"),
        ({"number": "测财发〔2025〕3号"}, "number.year"),
        ({"number": "测民发〔2026〕3号"}, "number.code"),
        ({"written_on": date(2026, 10, 15)}, "header.written_on_future"),
        ({"written_on": None}, "header.written_on"),
        ({"title": " "}, "header.title"),
        ({"effective_on": date(2026, 12, 1), "valid_until": date(2026, 11, 1)}, "header.validity"),
        ({"body": ""}, "document.empty"),
    ],
)
def test_wrong_header_is_named_with_what_to_do(world: Any, fields: dict[str, Any], code: str) -> None:
    document = draft(world, **fields)
    actions.determine(
        document=document, by=world.actor("finance.officer"), now=world.now, openness="主动公开"
    )
    found = actions.why_not_submit(document=document, by=world.actor("finance.officer"), today=world.today)
    assert code in {refusal.code for refusal in found}
    assert all(len(refusal.text) > 10 for refusal in found)


@pytest.mark.feature("B07")
def test_number_of_another_document_is_refused(world: Any) -> None:
    draft(world)
    assert "number.taken" in missing(world, draft(world))


def test_script_in_the_text_is_gone_when_stored(world: Any) -> None:
    document = draft(
        world, body='<p onclick="x()">正文<script>alert(1)</script><a href="javascript:x">链</a></p>'
    )
    assert document.body == '<p>正文<a rel="noopener">链</a></p>'
    titled = draft(world, title="<script>alert(1)</script>")
    assert titled.title == "<script>alert(1)</script>"


@pytest.mark.feature("X01")
def test_other_unit_neither_sees_nor_changes(world: Any) -> None:
    document, stranger = draft(world), world.actor("civil.officer")
    assert document not in queries.documents_for(stranger)
    for act in (
        lambda: actions.change(document=document, by=stranger, now=world.now, fields={"title": "改"}),
        lambda: actions.determine(document=document, by=stranger, now=world.now, openness="主动公开"),
        lambda: actions.submit(document=document, by=stranger, now=world.now),
        lambda: actions.take_back(document=document, by=stranger, now=world.now),
        lambda: actions.justify(
            document=document, by=stranger, now=world.now, code="a.b", reason="没有什么理由"
        ),
        lambda: actions.draft(unit=world.units["finance"], by=stranger, now=world.now, fields=FIELDS),
    ):
        with pytest.raises(Refused):
            act()
    document.refresh_from_db()
    assert document.title == FIELDS["title"] and document.state == states.DRAFT


def test_unscoped_query_of_documents_is_a_fault(world: Any) -> None:
    draft(world)
    with pytest.raises(Unscoped):
        list(Document.objects.all())
    assert Document.objects.unscoped("a test may see all").count() == 1


def test_submitted_document_cannot_be_changed_until_taken_back(world: Any) -> None:
    document, by = draft(world, number=""), world.actor("finance.officer")
    actions.determine(document=document, by=by, now=world.now, openness="主动公开")
    document = actions.submit(document=document, by=by, now=world.now)
    with pytest.raises(Refused) as refused:
        actions.change(document=document, by=by, now=world.now, fields={"title": "改"})
    assert refused.value.refusals[0].code == "document.not_draft"
    actions.take_back(document=document, by=by, now=world.now)
    actions.change(document=document, by=by, now=world.now, fields={"title": "改好的标题"})


@pytest.mark.feature("X02")
def test_every_act_leaves_one_row_in_the_trail(world: Any) -> None:
    document, by = draft(world, number=""), world.actor("finance.officer")
    actions.determine(document=document, by=by, now=world.now, openness="主动公开")
    actions.submit(document=document, by=by, now=world.now)
    verbs = list(TrailRow.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["documents.draft", "documents.determine", "documents.submit"]
