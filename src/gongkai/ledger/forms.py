"""What is typed about the plan and its tasks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from gongkai.ledger.actions.progress import LONGEST_TEXT
from gongkai.orgs.models import Unit

_CORRECTION = re.compile(r"^(number|deadline|units|requirement|skip)-(\d{1,5})$")
_CHOICE = re.compile(r"^name-(\d{1,4})$")
LONGEST_CORRECTION = 2000


class PlanFileForm(forms.Form):
    """The file of a plan and its year."""

    file = forms.FileField(
        label="工作要点文件",
        help_text="docx、xlsx、带文字的 pdf、网页或 txt。先给您核对读出的内容，不会直接写入台账。",
        error_messages={
            "required": "没有选文件。请选工作要点或任务分解表的电子文件。",
            "empty": "文件是空的，没有内容。请核对是否选错了文件。",
        },
    )
    year = forms.IntegerField(
        label="年度",
        min_value=2008,
        max_value=2100,
        error_messages={
            "min_value": "年度应在 2008 到 2100 之间，请核对。",
            "max_value": "年度应在 2008 到 2100 之间，请核对。",
        },
    )


class ReportForm(forms.Form):
    """Progress of one unit on one task."""

    unit = forms.ModelChoiceField(label="填报单位", queryset=Unit.objects.none(), empty_label=None)
    text = forms.CharField(
        label="做了什么",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一两句话：做了什么，公开了什么，还差什么。",
        error_messages={"required": "没有写进展。请用一两句话写明做了什么。"},
    )
    evidence = forms.CharField(
        label="佐证",
        required=False,
        max_length=300,
        help_text="本站已公开文件的网址或索引号。报“已完成”时必须写。",
    )
    finished = forms.BooleanField(label="本单位已完成这项任务", required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        if len(units) == 1:
            field.initial = units[0].pk
            field.widget = forms.HiddenInput()


class TitleForm(forms.Form):
    """The office's own short title of a task."""

    short_title = forms.CharField(
        label="短标题",
        max_length=20,
        error_messages={
            "required": "没有写短标题。请用不超过 20 个字概括任务。",
            "max_length": "短标题最多 20 个字，请精简。",
        },
    )


class UnitsForm(forms.Form):
    """The units that a name of the plan means."""

    units = forms.ModelMultipleChoiceField(
        label="对应单位",
        queryset=Unit.objects.filter(active=True).exclude(kind=Unit.Kind.DISTRICT),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "没有选单位。请至少选一个单位再保存。"},
    )


def corrections_in(data: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """What a clerk put right in the preview, by the row's place."""
    found: dict[int, dict[str, str]] = {}
    for key, value in data.items():
        match = _CORRECTION.match(key)
        if match and value.strip():
            found.setdefault(int(match[2]), {})[match[1]] = value.strip()[:LONGEST_CORRECTION]
    return found


def choices_in(data: Mapping[str, str]) -> dict[str, int]:
    """Units chosen for unknown names: the name stands in ``text-N``, the unit in ``name-N``."""
    found = {}
    for key, value in data.items():
        match = _CHOICE.match(key)
        text = data.get(f"text-{match[1]}", "") if match else ""
        if text and value.isdigit():
            found[text] = int(value)
    return found
