"""What clerks type when they publish and take back."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.columns.models import Column
from gongkai.publishing import queries
from gongkai.publishing.models import ErrorReport, PublicPeriod
from gongkai.publishing.rules import KINDS
from gongkai.publishing.rules.public_period import CHANNELS, TYPES, Period


class LateForm(forms.Form):
    """Why something is published after its period."""

    reason = forms.CharField(
        label="逾期理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么没有在法定期限内公开，会留痕",
        error_messages={"required": "请写明逾期理由。"},
    )


class GiveBackForm(forms.Form):
    """Why something that waits for publication goes back to its writer."""

    reason = forms.CharField(
        label="退回原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明为什么退回。"},
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


class AnswerForm(forms.Form):
    """What became of a reader's report, in words that the reader reads."""

    outcome = forms.ChoiceField(
        label="处理结果",
        choices=ErrorReport.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选处理结果。", "invalid_choice": "请选处理结果。"},
    )
    answer = forms.CharField(
        label="答复",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明哪里已经改正，或者为什么不用改；读者看得到",
        error_messages={"required": "请写明怎样处理的。"},
    )


class PeriodForm(forms.Form):
    """How long information of a type stays in public, and what then happens."""

    type = forms.ChoiceField(
        label="信息类型",
        required=False,
        choices=[("", "全部类型"), *((one, one) for one in TYPES)],
        help_text="按标题最后的词认，如“……名单公示”",
    )
    column = forms.ModelChoiceField(
        label="专栏", queryset=Column.objects.all(), required=False, empty_label="不限专栏"
    )
    channel = forms.ChoiceField(label="渠道", choices=[(one, one) for one in CHANNELS])
    amount = forms.IntegerField(
        label="期限",
        min_value=1,
        max_value=3650,
        error_messages={"required": "请写期限。", "invalid": "期限要写整数，如 7。"},
    )
    unit = forms.ChoiceField(label="计算单位", choices=PublicPeriod.Unit.choices)
    then = forms.ChoiceField(label="期满后", choices=PublicPeriod.Then.choices, widget=forms.RadioSelect)
    basis = forms.CharField(
        label="依据",
        max_length=200,
        help_text="哪个文件或者规定要求公开这么久",
        error_messages={"required": "请写明依据。"},
    )

    def as_period(self) -> Period:
        """What was typed as the pure rule reads it; it has no number yet."""
        given = self.cleaned_data
        column = given["column"].pk if given["column"] else None
        return Period(0, given["type"], column, given["amount"], given["unit"], given["then"])


class FindingForm(forms.Form):
    """What an alarm turned out to be."""

    finding = forms.CharField(
        label="查明情况和处理",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明查到了什么、怎么处理的。"},
    )
