"""What an information officer types about a document."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django_prose_editor.fields import ProseEditorFormField

from gongkai.catalogue.models import Matter
from gongkai.catalogue.queries import CATALOGUE_ITEMS, THEMES
from gongkai.columns.models import Column
from gongkai.documents.models import Attachment, Document
from gongkai.documents.rules.header import KINDS
from gongkai.documents.rules.openness import GROUNDS
from gongkai.kernel.text.docnumber import read_number
from gongkai.orgs.models import Unit

_SEPARATORS = re.compile(r"[，,、；;\n]+")
EXTENSIONS = {
    "Bold": True,
    "Underline": True,
    "BulletList": True,
    "OrderedList": True,
    "Blockquote": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3]},
    "Link": True,
    "ListItem": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
    # Places of an official paper keep their form through the editor.
    "NodeClass": {
        "cssClasses": {
            "paragraph": [
                {"className": "gw-noindent", "title": "主送机关"},
                {"className": "gw-center", "title": "居中"},
                {"className": "gw-signature", "title": "落款"},
                {"className": "gw-note", "title": "附注"},
            ]
        }
    },
    "HTML": True,
}


class ListField(forms.CharField):
    """Several words in one line, parted by 、 or a comma."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        if isinstance(value, list):
            return value
        return [word.strip() for word in _SEPARATORS.split(value or "") if word.strip()]


class DateField(forms.DateField):
    """A day, typed or picked; says what is wrong with an impossible one."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "invalid": "这不是有效日期。请写成 2026-03-11 这样的年月日，并核对当月有没有这一天。"
    }


class DocumentForm(forms.Form):
    """The fields and the text of a draft."""

    title = forms.CharField(label="标题", max_length=300, widget=forms.TextInput(attrs={"size": 60}))
    number = forms.CharField(label="发文字号", max_length=60, required=False, help_text="没有文号的留空")
    issuer = forms.CharField(label="发文机关", max_length=200, help_text="以区政府名义发文的，写区政府全称")
    kind = forms.ChoiceField(label="文种", required=False)
    written_on = DateField(
        label="成文日期", required=False, help_text="公开期限从这一天起算（条例第二十六条）"
    )
    recipients = ListField(label="主送机关", required=False, help_text="多个用顿号隔开")
    theme = forms.ChoiceField(label="主题分类", required=False)
    catalogue_item = forms.ChoiceField(
        label="法定主动公开内容", required=False, help_text="条例第二十条、第二十一条"
    )
    column = forms.ModelChoiceField(
        Column.objects.none(),
        label="专栏",
        required=False,
        empty_label="不归专栏",
        help_text="本单位的和开放投稿的专栏",
    )
    matter = forms.ModelChoiceField(
        Matter.objects.none(),
        label="标准目录事项",
        required=False,
        empty_label="未对应",
        help_text="选了事项，标准目录里就不再是空白",
    )
    effective_on = DateField(label="施行日期", required=False)
    valid_until = DateField(label="有效期至", required=False)
    is_normative = forms.BooleanField(label="行政规范性文件", required=False)
    registered_number = forms.CharField(label="规范性文件登记号", max_length=60, required=False)
    keywords = ListField(label="关键词", required=False, help_text="多个用顿号隔开")
    summary = forms.CharField(
        label="内容概述",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一百字以内，列入目录（条例第十二条）",
    )
    body = ProseEditorFormField(label="正文", required=False, config={"extensions": EXTENSIONS})

    def __init__(
        self,
        *args: Any,
        issuers: list[str] | None = None,
        columns: Any = None,
        matters: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.issuers = issuers or []
        if columns is not None:
            self.fields["column"].queryset = columns  # type: ignore[attr-defined]
        if matters is not None:
            self.fields["matter"].queryset = matters  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "无"), *((kind, kind) for kind in KINDS)]  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", "未分类"), *((theme, theme) for theme in THEMES)]  # type: ignore[attr-defined]
        self.fields["catalogue_item"].choices = [  # type: ignore[attr-defined]
            ("", "未归入"),
            *((item.code, f"{item.code} {item.name}") for item in CATALOGUE_ITEMS),
        ]

    def clean_number(self) -> str:
        """Put a number into its standard form where it can be read; the header rules judge the rest."""
        typed = self.cleaned_data["number"].strip()
        reading = read_number(typed) if typed else None
        return str(reading.number) if reading and reading.number else typed


class NewDocumentForm(forms.Form):
    """Start from a file or from an empty page."""

    unit = forms.ModelChoiceField(label="承办单位", queryset=Unit.objects.none())
    file = forms.FileField(
        label="公文文件",
        required=False,
        help_text="docx、doc、wps、ofd、pdf、html 或 txt；扫描件和照片也可以。系统会认出标题、文号、日期，您再核对。",
        error_messages={"empty": "这个文件是空的，没有内容可读。请核对后重新选择文件。"},
    )
    title = forms.CharField(
        label="标题", required=False, max_length=300, help_text="不上传文件、直接写的，填写标题"
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if units.count() == 1:
            self.fields["unit"].initial = units[0]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not (data.get("title") or "").strip() and "file" not in self.errors:
            raise forms.ValidationError("没有选文件，也没有填标题。请上传公文文件，或者填写标题后直接写。")
        return data


class OpennessForm(forms.Form):
    """The determination: openness, ground, reason."""

    openness = forms.ChoiceField(
        label="公开属性",
        choices=Document.Openness.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "还没有认定公开属性。请选择主动公开、依申请公开或者不予公开。"},
    )
    ground = forms.ChoiceField(
        label="不予公开的情形",
        required=False,
        choices=[("", "无"), *((g.code, f"{g.code} {g.text}（{g.article}）") for g in GROUNDS)],
    )
    reason = forms.CharField(
        label="理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="依申请公开、不予公开的，写明公开会有什么影响",
    )


class JustifyForm(forms.Form):
    """A reason for going on although a rule objects."""

    code = forms.RegexField(r"^[a-z_.]{3,60}$", widget=forms.HiddenInput)
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 2}))


class ExplainForm(forms.Form):
    """A named person's reason for letting a finding of the gate stand."""

    code = forms.RegexField(r"^gate\.[0-9a-f]{20}$", widget=forms.HiddenInput)
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class AttachForm(forms.Form):
    """A file that goes with the document."""

    file = forms.FileField(label="附件")
    title = forms.CharField(label="附件名称", max_length=200, required=False)
    replaces = forms.ModelChoiceField(
        label="替换原来的附件",
        queryset=Attachment.objects.none(),
        required=False,
        empty_label="不替换，新增",
        help_text="替换后，原来的下载地址自动转到新文件",
    )

    def __init__(self, *args: Any, document: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = document.attachments.all() if document else Attachment.objects.none()
        self.fields["replaces"].queryset = rows  # type: ignore[attr-defined]
        if not rows.exists():
            del self.fields["replaces"]


class CorrectionForm(forms.Form):
    """What the new edition changes, in words for the public."""

    note = forms.CharField(
        label="变更说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="公众会看到，如“第四条中补贴标准误写，更正为每月300元”",
        error_messages={"required": "请写明改了什么、为什么改。"},
    )
    closes_before = forms.CharField(
        label="以前的版本不再公开的理由",
        max_length=300,
        required=False,
        help_text="一般留空，以前的版本可以查阅。原文误登个人信息等不应公开内容的，写明理由，以前版本的正文和附件同时撤下",
    )
    changed_on = DateField(
        label="变更日期",
        required=False,
        help_text="信息从哪一天起变了，最晚是开始更正的那天。公开期限从这一天起算（条例第二十六条）",
    )


class SlipForm(forms.Form):
    """Why a change is an obvious slip."""

    reason = forms.CharField(
        label="为什么是明显差错",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="只限错别字、标点；20 个字以内，不涉及数字、日期、权利义务",
        error_messages={"required": "请写明为什么是明显差错。"},
    )
