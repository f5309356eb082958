"""What is typed after an answer: disputes, their outcome, lessons, appeals, the tables of a year."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.foi.models import Appeal, AppealSettings, Dispute, Institution, InstitutionDuty
from gongkai.foi.rules.dispositions import DISPOSITIONS
from gongkai.orgs.models import Unit


class DayField(forms.DateField):
    """A day, in the browser's own field."""

    def __init__(self, label: str, *, help_text: str = "", required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "invalid": "日期写得不对。请写成 2026-10-30 这样。",
                "required": "没有写日期。请选一天。",
            },
        )


def words(label: str, *, rows: int = 2, help_text: str = "", required: bool = True) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        max_length=2000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": f"没有写{label}。"},
    )


class DisputeForm(forms.Form):
    """A copy of an application for reconsideration or of a complaint came in."""

    kind = forms.ChoiceField(
        label="类别", choices=Dispute._meta.get_field("kind").choices, help_text="决定记入表四的哪一组"
    )
    body = forms.CharField(
        label="复议机关或法院",
        max_length=120,
        help_text="照通知书填写全称",
        error_messages={"required": "没有写复议机关或法院。请照通知书填写全称。"},
    )
    number = forms.CharField(label="案号", max_length=80, required=False)
    filed_on = DayField("立案（受理）日")
    copy_received_on = DayField(
        "收到副本日",
        help_text="从这天起：复议 10 个工作日内书面答复，简易程序 5 个工作日（复议法第四十八条、第五十四条）；"
        "诉讼 15 日内答辩（行诉法第六十七条）",
    )
    simplified = forms.BooleanField(label="适用简易程序", required=False)


class AnsweredForm(forms.Form):
    """The agency's answer left."""

    on = DayField("提交答复（答辩）日")


class OutcomeForm(forms.Form):
    """The decision or judgment."""

    outcome = forms.ChoiceField(
        label="结果",
        choices=[("", "请选"), *Dispute._meta.get_field("outcome").choices],
        error_messages={"required": "没有选结果。请照决定书或裁判文书选一项。"},
        help_text="责令履行也算纠正（国办公开办函〔2021〕30号表四）",
    )
    decided_on = DayField("决定（裁判）日")
    received_on = DayField("收到日", required=False)
    redo_days = forms.IntegerField(label="责令重新答复的工作日数", required=False, min_value=1, max_value=60)
    reason = words("理由要点", rows=3, required=False, help_text="不写当事人姓名")


class LessonForm(forms.Form):
    """What a lost case teaches."""

    ground = forms.ChoiceField(
        label="哪一种答复",
        choices=[("", "请选"), *((code, one.result) for code, one in DISPOSITIONS.items())],
        error_messages={"required": "没有选是哪一种答复。请从办理结果里选一项。"},
    )
    mistake = words("错在哪里", help_text="一两句话，不写当事人姓名")
    lesson = words("今后怎么做", help_text="拟稿人签发前会看到")


class InstitutionForm(forms.ModelForm):
    """A school, hospital or works of the register."""

    class Meta:
        model = Institution
        fields = ("name", "sector", "supervisor", "address", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["supervisor"]
        chosen.label, chosen.queryset = "主管部门", Unit.objects.filter(active=True)  # type: ignore[attr-defined]


class DutyForm(forms.ModelForm):
    """An item that a sector must publish."""

    class Meta:
        model = InstitutionDuty
        fields = ("sector", "item", "basis", "period")


class NameForm(forms.Form):
    """Which institution an appeal is about."""

    institution = forms.ModelChoiceField(
        label="被申诉的单位",
        queryset=Institution.objects.none(),
        empty_label="请选单位",
        help_text="名录里没有的，先在“企事业单位申诉”页登记",
        error_messages={"required": "没有选被申诉的单位。名录里没有的，请先登记。"},
    )
    item_named = forms.CharField(
        label="哪一项没有公开",
        max_length=200,
        error_messages={"required": "没有写是哪一项没有公开。"},
    )

    def __init__(self, *args: Any, supervisor: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Institution.objects.filter(active=True, supervisor=supervisor)
        self.fields["institution"].queryset = rows  # type: ignore[attr-defined]


class JudgeForm(forms.Form):
    """The appeal held against the duty list (条例第五十五条)."""

    verdict = forms.ChoiceField(
        label="认定",
        choices=Appeal.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "没有选认定结果。请对照公开职责选一项。"},
    )
    duty = forms.ModelChoiceField(
        label="对应的公开职责", queryset=InstitutionDuty.objects.none(), required=False, empty_label="没有"
    )
    findings = words("调查情况", rows=3)
    order = words("责令怎样改正", required=False, help_text="认定没有履行时必须写")
    order_due_on = DayField("改正期限", required=False)

    def __init__(self, *args: Any, sector: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties = InstitutionDuty.objects.filter(sector=sector, active=True)
        self.fields["duty"].queryset = duties  # type: ignore[attr-defined]


class AppealSettingsForm(forms.ModelForm):
    """Period and course of appeals, fixed by the district."""

    class Meta:
        model = AppealSettings
        fields = ("working_days", "course", "basis")
        widgets = {"course": forms.Textarea(attrs={"rows": 4})}


class HandInForm(forms.Form):
    """Handing in the tables of a year."""

    explained = forms.CharField(
        label="与上年结转不一致的说明（一致时不用填）",
        max_length=300,
        required=False,
        help_text="例如机构合并。国办公开办函〔2021〕30号",
    )


class ReasonForm(forms.Form):
    """A reason, nothing else."""

    reason = words("理由", rows=2)
