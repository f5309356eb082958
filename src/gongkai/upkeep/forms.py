"""What is typed about placements."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.columns.models import Column
from gongkai.columns.queries import open_columns
from gongkai.publishing.models import Publication


class AskForm(forms.Form):
    """Which record goes to which further column."""

    publication = forms.ModelChoiceField(Publication._plain.none(), label="本单位已公开的信息")
    column = forms.ModelChoiceField(Column.objects.none(), label="报送到")

    def __init__(self, *args: Any, publications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publication"].queryset = publications  # type: ignore[attr-defined]
        self.fields["column"].queryset = open_columns().order_by("owner__order", "order", "pk")  # type: ignore[attr-defined]
        self.fields["column"].label_from_instance = lambda one: f"{one.name}（{one.owner.short_name}）"  # type: ignore[attr-defined]
