"""A paper that staff puts into a case."""

from __future__ import annotations

from django import forms

from gongkai.foi.actions.filing import BY_STAFF


class PaperForm(forms.Form):
    """The file, what it is, whether it goes out."""

    kind = forms.ChoiceField(label="类别", choices=[(one.value, one.label) for one in BY_STAFF])
    file = forms.FileField(
        label="文件",
        help_text="pdf、docx、xlsx、txt、jpg、png。要做区分处理的请传 pdf 或图片",
        error_messages={"required": "没有选文件。", "empty": "这个文件是空的。请重新选。"},
    )
    title = forms.CharField(label="名称（不填用文件名）", max_length=200, required=False)
    with_answer = forms.BooleanField(
        label="随答复提供给申请人", required=False, help_text="只对“拟公开的信息”有效"
    )
