"""What a reviewer types."""

from __future__ import annotations

from django import forms

APPROVE, RETURN = "approve", "return"


class DecisionForm(forms.Form):
    """Approve or give back, with an opinion."""

    decision = forms.ChoiceField(label="决定", choices=[(APPROVE, "同意"), (RETURN, "退回修改")])
    opinion = forms.CharField(
        label="意见",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回的写明哪里要改；同意的可以不写",
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
