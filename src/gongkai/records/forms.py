"""Forms of typed records: one row by its schema, a sheet, last year, a schema file, approvers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.columns.models import Column
from gongkai.orgs.models import Person, Unit
from gongkai.records import actions, queries
from gongkai.records.models import RecordRow
from gongkai.records.queries import LEAST_REASON, Field, RecordType

LONG = 200
MARKED = "照去年做带来的内容，请核对。"


class RowForm(forms.Form):
    """One row: a field for each field of the type, checked by the same rules as a cell of a sheet.

    What the gate finds stands at its field, and the form then asks for a reason.
    """

    def __init__(
        self,
        *args: Any,
        kind: RecordType,
        values: Mapping[str, str] | None = None,
        marked: tuple[str, ...] = (),
        needs_reason: bool = False,
        row: RecordRow | None = None,
        units: QuerySet[Unit] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.row = kind, row
        if units is not None:
            self.fields["unit"] = forms.ModelChoiceField(units, label="单位", initial=units.first())
            columns = Column.objects.filter(record_type=kind.code, status=Column.Status.OPEN)
            if columns.exists():
                self.fields["column"] = forms.ModelChoiceField(columns, label="专栏", required=False)
        for field in kind.fields:
            self.fields[_name(field)] = _field(
                field, (values or {}).get(field.name, ""), field.name in marked
            )
        if needs_reason:
            self.fields["reason"] = forms.CharField(
                label="修改原因", max_length=300, help_text="修改已公开的内容，原因会公开在更正记录里",
                error_messages={"required": "请写修改原因，如“金额写错”。"},
            )  # fmt: skip
        if self.is_bound:
            self.fields["explained"] = forms.CharField(
                label="为什么可以公开", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
                help_text="改好上面标出的内容；确实依法要公开的，写明理由，审核人和公开的人都会看到",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for field in self.kind.fields:
            value, problem = queries.read_value(field, str(found.get(_name(field)) or ""))
            if problem and _name(field) not in self.errors:
                self.add_error(_name(field), problem)
            found[_name(field)] = value
        self._at_the_gate(found)
        return found

    def _at_the_gate(self, cleaned: dict[str, Any]) -> None:
        """What would tell of a person in public, at its field; the field for a reason stays only then."""
        values = {field.name: cleaned.get(_name(field), "") for field in self.kind.fields}
        found = actions.found_in(self.kind, values, row=self.row)
        if not found:
            del self.fields["explained"]
            return
        if len(str(cleaned.get("explained") or "").strip()) >= LEAST_REASON:
            return
        for one in found:
            self.add_error(_name(one.field), one.words)
        self.add_error("explained", f"改好上面标出的内容，或者写明理由，至少{LEAST_REASON}个字。")

    @property
    def explained(self) -> str:
        """The reason for what the gate found, when there is one."""
        return str(self.cleaned_data.get("explained") or "")

    @property
    def values(self) -> dict[str, str]:
        """The row as it is stored."""
        return {field.name: self.cleaned_data.get(_name(field), "") for field in self.kind.fields}


class RowsFileForm(forms.Form):
    """A sheet with rows of the type."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="单位", error_messages={"required": "请选单位。"}
    )
    file = forms.FileField(
        label="表格",
        help_text="xlsx 或者 csv（UTF-8、GBK 都可以），表头写字段名称，次序不限。先给您看读出了什么，确认后才写入。",
        error_messages={"required": "没有选文件。", "empty": "文件是空的，没有内容。请核对是否选错了文件。"},
    )

    def __init__(self, *args: Any, kind: RecordType, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()


class ExplainForm(forms.Form):
    """A named person's reason for letting the findings of one rule in one column stand."""

    field = forms.SlugField(max_length=40, widget=forms.HiddenInput)
    rule = forms.RegexField(r"^[a-z_.]{3,40}$", widget=forms.HiddenInput)
    reason = forms.CharField(label="为什么可以公开", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class LastYearForm(forms.Form):
    """Which year's rows of which unit are taken again."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位")
    year = forms.IntegerField(label="照哪一年", min_value=2000, max_value=2099)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.first()


class TypeFileForm(forms.Form):
    """A schema file that becomes a type."""

    file = forms.FileField(
        label="类型文件",
        help_text="一个 JSON 文件（Table Schema），写明字段、法定目录、公开时限和遮盖。可以下载自带的类型作样本。",
        error_messages={"required": "没有选文件。", "empty": "文件是空的，没有内容。"},
    )


class ApproversForm(forms.Form):
    """Who must agree to a row before it is public."""

    approvers = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="审批人", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选审批人。"},
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[Person], count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["approvers"]
        chosen.queryset = people
        chosen.label = f"指定 {count} 位审批人"
        chosen.label_from_instance = lambda person: f"{person.name}（{person.unit.short_name}）"


def _name(field: Field) -> str:
    return f"f_{field.name}"


def _field(field: Field, value: str, marked: bool) -> forms.Field:
    notes = [MARKED if marked else "", field.note, "公开时遮盖" if field.mask else ""]
    common: dict[str, Any] = {
        "label": field.label,
        "required": field.required,
        "initial": value,
        "help_text": "　".join(note for note in notes if note),
        "error_messages": {"required": "必填，请补上。"},
    }
    if field.kind == "boolean" or (field.choices and not field.many):
        options = field.choices or ("是", "否")
        return forms.ChoiceField(choices=[("", "请选"), *((one, one) for one in options)], **common)
    if field.kind == "date":
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    if field.longest > LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=field.longest, **common)
    return forms.CharField(max_length=field.longest, **common)
