"""Forms of registers: the file, the reason, the declared total."""

from __future__ import annotations

from django import forms

from gongkai.orgs.models import Unit


class RegisterFileForm(forms.Form):
    """The register of a unit."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位")
    file = forms.FileField(label="发文登记簿", help_text="xlsx 或者 csv；要有发文字号和标题两列，次序不限")

    def __init__(self, *args: object, units: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()  # type: ignore[attr-defined]


class TotalForm(forms.Form):
    """The 制发件数 of the annual report."""

    year = forms.IntegerField(label="年度", min_value=2000, max_value=2099)
    count = forms.IntegerField(label="年报制发件数", min_value=0, max_value=99999)


class RecheckForm(forms.Form):
    """A campaign of re-determination: which year, until when."""

    year = forms.IntegerField(
        label="评估哪一年的公文",
        min_value=2000,
        max_value=2099,
        error_messages={"required": "请填年度，如 2021。", "invalid": "年度请写四位数字，如 2021。"},
    )
    until = forms.DateField(
        label="各单位在此日前评估完",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "请填截止日期。",
            "invalid": "日期没有读懂，请写成 2026-11-03 的样子。",
        },
    )
