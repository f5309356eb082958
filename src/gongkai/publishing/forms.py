"""What clerks type when they publish and take back."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.publishing import queries
from gongkai.publishing.rules import KINDS


class LateForm(forms.Form):
    """Why something is published after its period."""

    reason = forms.CharField(
        label="逾期理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么没有在法定期限内公开，会留痕",
        error_messages={"required": "请写明逾期理由。"},
    )


class WithdrawForm(forms.Form):
    """In which meaning, why, and where readers should go instead."""

    kind = forms.ChoiceField(
        label="撤回情形",
        choices=[(kind, f"{kind}：{words}") for kind, words in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "请在误发、并入、失效中选一种。"},
    )
    reason = forms.CharField(
        label="撤回原因",
        max_length=300,
        help_text="会显示在原网址上，请写公众能看懂的话",
        error_messages={"required": "请写明撤回原因。"},
    )
    successor = forms.CharField(
        label="并入或者替代的信息",
        max_length=200,
        required=False,
        help_text="并入必填，失效选填；写网址或者索引号",
    )

    def clean_successor(self) -> Any:
        """The publication that is meant; unknown words are told, not ignored."""
        text = self.cleaned_data["successor"].strip()
        if not text:
            return None
        found = queries.find_public(text)
        if found is None:
            raise forms.ValidationError("没有找到这条信息。请从它的网页上复制网址或者索引号。")
        return found


class TemplateForm(forms.Form):
    """How index numbers are made."""

    template = forms.CharField(
        label="编制规则",
        max_length=80,
        help_text="变量：{uscc} 统一社会信用代码，{unit} 单位代码，{year} 年份，{seq:05d} 五位流水号",
    )
