"""What is typed about the plan and its tasks."""

from __future__ import annotations

from django import forms

from gongkai.orgs.models import Unit


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
