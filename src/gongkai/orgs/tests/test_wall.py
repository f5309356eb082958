"""The fence of unit-owned rows: evaluated only when scoped, still usable in forms."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.db.models import Count

from gongkai.documents.models import Attachment, Document
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import TABLE, Policy, Scope, Unscoped, can, declare, units_for, visible

EVALUATIONS = [
    list,
    len,
    bool,
    lambda rows: rows[0],
    lambda rows: rows.first(),
    lambda rows: rows.get(),
    lambda rows: rows.count(),
    lambda rows: rows.exists(),
    lambda rows: rows.in_bulk(),
    lambda rows: rows.filter(pk=1).order_by("pk").last(),
    lambda rows: list(rows.values("title")),
    lambda rows: list(rows.values_list("title", flat=True)),
    lambda rows: list(rows.iterator()),
    lambda rows: rows.aggregate(n=Count("pk")),
    lambda rows: rows.update(title="x"),
    lambda rows: rows.delete(),
    lambda rows: rows.filter(pk__gt=0).exclude(pk=3).distinct().exists(),
    lambda rows: rows.contains(Document(pk=1)),
    lambda rows: rows.earliest("pk"),
    lambda rows: list(rows.union(rows)),
]


@pytest.mark.parametrize("evaluate", EVALUATIONS)
def test_unscoped_rows_cannot_be_evaluated(db: None, evaluate: Any) -> None:
    with pytest.raises(Unscoped):
        evaluate(Document.objects.all())


def test_building_a_query_is_not_refused(db: None) -> None:
    rows = Document.objects.filter(title="x").order_by("pk")
    assert "title" in str(rows.query)


def test_form_with_a_foreign_key_still_builds_and_asks_for_rows_that_are_scoped(world: Any) -> None:
    class AttachmentForm(forms.ModelForm):
        class Meta:
            model = Attachment
            fields = ["document", "title"]

    form = AttachmentForm()
    with pytest.raises(Unscoped):
        str(form["document"])
    form.fields["document"].queryset = visible(Document, world.actor("finance.officer"))
    assert "<select" in str(form["document"])


def test_unscoped_needs_a_reason(db: None) -> None:
    with pytest.raises(ValueError, match="say why"):
        Document.objects.unscoped(" ")
    assert Document.objects.unscoped("a test").count() == 0


def test_action_is_declared_once(db: None) -> None:
    with pytest.raises(ValueError, match="twice"):
        declare(Policy("workbench.open", "别的", {Role.OFFICER: Scope.OWN}))


def test_scope_follows_the_table(world: Any) -> None:
    finance, civil = world.units["finance"].pk, world.units["civil"].pk
    officer, head = world.actor("finance.officer"), world.actor("office.head")
    assert units_for(officer, "documents.view") == {finance}
    assert units_for(head, "documents.view") is None
    assert can(officer, "documents.view", finance) and not can(officer, "documents.view", civil)
    assert not can(world.actor("assessor"), "documents.view")
    assert not can(officer, "review.final")


@pytest.mark.parametrize("role", Role)
def test_everybody_who_logs_in_has_a_desk(role: Role) -> None:
    assert role in TABLE["workbench.open"].grants
