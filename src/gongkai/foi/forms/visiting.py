"""What an applicant types on the progress page."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.foi.forms.asking import LONGEST, text, words
from gongkai.foi.rules import identity


class CodeForm(forms.Form):
    """The query code of the receipt, however it was written."""

    code = forms.CharField(
        label="查询码",
        max_length=200,
        help_text="在受理回执上，5 组，每组 4 个字",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class CorrectionForm(forms.Form):
    """The corrected words; files come beside it."""

    text = text(
        "补正的内容",
        rows=6,
        required=False,
        help_text="按补正告知书的要求写。只补交材料的，可以不写字，直接上传文件",
    )


class ReasonsForm(forms.Form):
    """Why so much or so often is asked for."""

    text = text("说明理由", rows=6, error_messages={"required": "请写明理由。"})


class ContactForm(forms.Form):
    """How the applicant can be reached now."""

    prefix = "contact"
    phone = words("联系电话", max_length=40)
    email = words("电子邮箱", max_length=120, required=False)

    def clean_email(self) -> str:
        given = str(self.cleaned_data["email"])
        if given and (fault := identity.email_fault(given)):
            raise forms.ValidationError(fault)
        return given


class WithdrawForm(forms.Form):
    """Taking the request back; a reason is welcome and never needed."""

    reason = forms.CharField(
        label="撤回的原因",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="可以不写",
    )

    def clean(self) -> dict[str, Any]:
        return super().clean() or {}
