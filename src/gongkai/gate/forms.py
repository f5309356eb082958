"""What the keepers of the lists type."""

from __future__ import annotations

from django import forms


class WordsForm(forms.Form):
    """Rows pasted from a spreadsheet, or typed."""

    text = forms.CharField(
        label="要加的词",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="每行一个：类别、错误写法、正确写法、来源，中间用逗号或制表符隔开，可以从表格里整块粘贴。"
        "类别写错别字、旧机构名、固定表述或者慎用语。固定表述的错误写法留空。",
        error_messages={"required": "没有内容。请每行写一个词。"},
    )


class LeaderForm(forms.Form):
    """Somebody in office."""

    name = forms.CharField(label="姓名", max_length=20)
    post = forms.CharField(label="职务", max_length=40, help_text="写全称，如“区长”“副区长”")
    order = forms.IntegerField(label="排序", min_value=1, max_value=999, help_text="小的在前")
    since = forms.DateField(label="任职日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(label="来源", max_length=200, help_text="任免文件或者人大公告")


class LeaverForm(forms.Form):
    """The day on which somebody left office."""

    until = forms.DateField(
        label="离任日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "请填写离任日期。",
            "invalid": "这不是有效日期。请写成 2026-03-11 这样。",
        },
    )
