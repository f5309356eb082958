"""What is typed about the standard catalogue: file and field, a proposal, one change of it."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.catalogue.models import Matter
from gongkai.catalogue.rules.revising import ADD, CHANGE, REMOVE, VERB_LABELS
from gongkai.orgs.models import Unit


class CatalogueFileForm(forms.Form):
    """The spreadsheet of a field."""

    field = forms.CharField(
        label="领域", max_length=60, help_text="例如“养老服务”。还没有的领域，导入时一并建立。"
    )
    file = forms.FileField(
        label="标准目录表",
        help_text="xlsx，按国办发〔2019〕54号编制的表样，不用改动。先给您看读出了什么，您确认后才写入。",
        error_messages={
            "required": "没有选文件。请选标准目录表。",
            "empty": "文件是空的。请核对是否选错了文件。",
        },
    )


class ProposalForm(forms.Form):
    """What is to be revised and why."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="提出单位")
    title = forms.CharField(label="标题", max_length=120, help_text="例如“养老服务增加备案流程”")
    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明依据的新规定或者跟踪评估的发现",
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()


class DecisionForm(forms.Form):
    """What the district office decides about a proposal."""

    verb = forms.ChoiceField(
        choices=[("approve", "批准，成为新版本"), ("return", "退回修改"), ("reject", "不采纳")],
        label="决定",
        widget=forms.RadioSelect,
        error_messages={"required": "没有选决定。请选批准、退回或者不采纳。"},
    )
    opinion = forms.CharField(
        label="意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="退回和不采纳的要写明原因",
    )  # fmt: skip


class StartChangeForm(forms.Form):
    """Which matter is to be changed, and how."""

    verb = forms.ChoiceField(choices=[(key, VERB_LABELS[key]) for key in (CHANGE, ADD, REMOVE)], label="改动")
    matter = forms.ModelChoiceField(
        Matter.objects.none(),
        label="事项",
        required=False,
        help_text="新增的，选排在它前面的事项；不选则排在最后",
    )

    def __init__(self, *args: Any, matters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].queryset = matters  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("verb") in (CHANGE, REMOVE) and not data.get("matter"):
            raise forms.ValidationError("没有选事项。请选要修改或者删去的事项。")
        return data


class CellsForm(forms.Form):
    """The columns of one matter: words, or a tick."""

    def __init__(
        self, *args: Any, columns: list[tuple[str, str]], words: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for key, label in columns:
            if ":" in key:
                self.fields[key] = forms.BooleanField(
                    label=label, required=False, initial=bool(words.get(key))
                )
            else:
                rows = 4 if key in ("content", "basis") else 2 if key in ("channel", "limit") else 1
                widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
                self.fields[key] = forms.CharField(
                    label=label, required=False, max_length=4000, widget=widget, initial=words.get(key, "")
                )

    def cells(self, words: dict[str, str]) -> dict[str, str]:
        """The words of each column; a tick keeps the sign that the sheet uses."""
        found = {}
        for key, _ in self.columns:
            typed = self.cleaned_data[key]
            if ":" in key:
                found[key] = (words.get(key) or "√") if typed else ""
            else:
                found[key] = typed.replace("\r\n", "\n")
        return found
