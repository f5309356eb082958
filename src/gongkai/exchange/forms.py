"""What clerks send in and note about exchange."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.exchange.queries import PLATFORMS
from gongkai.orgs.models import Unit


class PackageForm(forms.Form):
    """A package and for whom it is."""

    unit = forms.ModelChoiceField(label="承办单位", queryset=Unit.objects.none())
    file = forms.FileField(
        label="交换包",
        help_text="zip（清单加文件），或者单个 JSON、XML 清单；不超过 60 MB",
        error_messages={"required": "请选择交换包。", "empty": "这个文件是空的。请重新导出。"},
    )
    partial = forms.BooleanField(
        label="有问题的跳过，其余先导入", required=False, help_text="不勾选的，有一份读不懂就全部不导入"
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if units.count() == 1:
            self.fields["unit"].initial = units[0]


class EntryForm(forms.Form):
    """The number that a publication got on another platform."""

    platform = forms.ChoiceField(label="平台", choices=[(one, one) for one in PLATFORMS])
    outer_id = forms.CharField(
        label="平台编号或者网址",
        max_length=120,
        error_messages={"required": "请填平台给的编号或者网址。"},
    )
