"""What reviewers type, what another agency answers, what stands on a signed sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from gongkai.orgs.models import Person, Unit
from gongkai.review import states
from gongkai.review.rules.coordination import LONGEST_MATTER, LONGEST_REASON

APPROVE, RETURN, OPEN = "approve", "return", "open"
AGREE, OBJECT = "agree", "object"


class DecisionForm(forms.Form):
    """Approve or give back, with an opinion."""

    decision = forms.ChoiceField(
        label="决定",
        choices=[(APPROVE, "同意"), (RETURN, "退回修改"), (OPEN, "应当公开，退回")],
        error_messages={"required": "请点“同意”或者“退回修改”。"},
    )
    opinion = forms.CharField(
        label="意见",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回的写明哪里要改；同意的可以不写",
    )
    reason = forms.ChoiceField(
        label="退文原因",
        required=False,
        choices=[("", "不退回"), *states.REASONS.items()],
        help_text="退回时选一项，按月统计",
    )


class SecrecyForm(forms.Form):
    """The secrecy review."""

    passed = forms.TypedChoiceField(
        label="审查结论",
        choices=[("yes", "可以公开"), ("no", "不可以公开")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择审查结论：可以公开，或者不可以公开。"},
    )
    opinion = forms.CharField(
        label="审查意见",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明审查意见，例如“不涉及国家秘密、商业秘密、个人隐私”。"},
    )


class AskForm(forms.Form):
    """Which agency is touched by which part, and until when it is asked to answer."""

    asked = forms.ModelChoiceField(
        Unit.objects.none(),
        label="涉及的机关",
        empty_label="请选择",
        error_messages={"required": "请选择涉及的机关。"},
    )
    matter = forms.CharField(
        label="涉及的内容",
        max_length=LONGEST_MATTER,
        help_text="如“第三条的补助标准由区民政局制定”",
        error_messages={"required": "请写明哪些内容涉及对方，对方好核对。"},
    )
    answer_by = forms.DateField(
        label="请在此日前答复",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "请填答复期限。",
            "invalid": "日期没有读懂，请写成 2026-11-03 的样子。",
        },
    )

    def __init__(self, *args: Any, agencies: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [unit.pk for unit in agencies]
        field = self.fields["asked"]
        field.queryset = Unit.objects.filter(pk__in=keys).order_by("order", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = lambda unit: unit.short_name  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The asked agency confirms, or says what is not right."""

    decision = forms.ChoiceField(
        label="答复",
        choices=[(AGREE, "确认"), (OBJECT, "有不同意见")],
        error_messages={"required": "请点“确认，可以公开”或者“有不同意见”。"},
    )
    opinion = forms.CharField(
        label="意见",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="确认的可以不写；有不同意见的写明哪里不准确、应怎样写",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class SheetForm(forms.Form):
    """The signed 发文单, photographed."""

    signer = forms.ModelChoiceField(
        Person.objects.none(),
        label="签批人",
        empty_label="请选择",
        error_messages={"required": "请选择在纸上签批的负责人。"},
    )
    signed_on = forms.DateField(
        label="纸上的签批日期",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "请填纸上的签批日期。",
            "invalid": "日期没有读懂，请写成 2026-11-03 的样子。",
        },
    )
    code = forms.CharField(
        label="发文单编号",
        max_length=40,
        help_text="照纸上右上角的编号填，用来核对签的是不是这一稿",
        error_messages={"required": "请照纸上右上角填发文单编号。"},
    )
    file = forms.FileField(
        label="发文单照片或者扫描件",
        help_text="jpg、png 或者 pdf；照片里的位置和时间会自动去掉",
        error_messages={
            "required": "没有选照片。请拍下签好的发文单再上传。",
            "empty": "文件是空的，请重新拍照。",
        },
    )
    opinion = forms.CharField(
        label="纸上的批示",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="照抄，没有写的留空",
    )

    def __init__(self, *args: Any, signers: Iterable[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [person.pk for person in signers]
        field = self.fields["signer"]
        field.queryset = Person.objects.filter(pk__in=keys).order_by("pk")  # type: ignore[attr-defined]
        field.label_from_instance = lambda person: person.name  # type: ignore[attr-defined]
        self.fields["signed_on"].initial = today
