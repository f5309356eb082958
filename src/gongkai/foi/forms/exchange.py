"""A package of the other platform, and what is asked before ours goes out."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 50 * 1024 * 1024


class PackageForm(forms.Form):
    """The file of the other platform."""

    file = forms.FileField(
        label="交换文件",
        help_text="对方平台导出的 JSON 文件，不要手工修改",
        error_messages={"required": "没有选文件。请选对方平台导出的交换文件。"},
    )
    only_understood = forms.BooleanField(label="只写入看懂的，没看懂的列出来", required=False)

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large to be read at once."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("文件超过 50 MB。请按月份分几次导出。")
        return file


class ExportForm(forms.Form):
    """Year and platform of a package that goes out."""

    year = forms.IntegerField(label="年度", min_value=2019, max_value=2100)
    platform = forms.CharField(
        label="对方平台",
        max_length=40,
        help_text="两边写得一样，如 市平台",
        error_messages={"required": "没有写对方平台的名称。"},
    )
