"""Forms of budgets: day of approval, debt figures, announcements, a file to be checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.budget.models import DebtFigure
from gongkai.orgs.models import Unit


class ApprovalForm(forms.Form):
    """The day on which the budget or the final accounts were approved."""

    on = forms.DateField(
        label="批复日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="财政部门批复的日期；政府预决算写人大或者常委会批准的日期。二十日从这一天起算（预算法第十四条）。",
        error_messages={"required": "请写批复日期。", "invalid": "这不是日期，请写成 2026-01-20。"},
    )


class DebtForm(forms.Form):
    """The debt of a year, in 万元."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2099)
    kind = forms.ChoiceField(label="类别", choices=DebtFigure.Kind.choices)
    ceiling = forms.DecimalField(label="限额（万元）", max_digits=16, decimal_places=2)
    balance = forms.DecimalField(label="余额（万元）", max_digits=16, decimal_places=2)
    issued = forms.DecimalField(label="发行（万元）", max_digits=16, decimal_places=2, initial=0)
    repaid = forms.DecimalField(label="还本（万元）", max_digits=16, decimal_places=2, initial=0)
    interest = forms.DecimalField(label="付息（万元）", max_digits=16, decimal_places=2, initial=0)


class SheetForm(forms.Form):
    """A sheet of debt figures, or a budget paper to be checked."""

    file = forms.FileField(
        label="文件", error_messages={"required": "没有选文件。", "empty": "文件是空的，没有内容。"}
    )


class AnnounceForm(forms.Form):
    """A release that is announced with its day."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位")
    title = forms.CharField(
        label="将发布什么", max_length=200, help_text="如“2026年统计公报”。同名的文件发布后自动对应。"
    )
    due_on = forms.DateField(
        label="预告发布日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "这不是日期，请写成 2026-11-20。"},
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()


class MoveForm(forms.Form):
    """Another day, with the reason that stays public."""

    to = forms.DateField(
        label="改到", widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请写要改成的日期。", "invalid": "这不是日期，请写成 2026-11-20。"},
    )  # fmt: skip
    reason = forms.CharField(
        label="原因", max_length=200, help_text="原日期和原因一并公开",
        error_messages={"required": "请写改期的原因。"},
    )  # fmt: skip
