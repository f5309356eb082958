"""What is typed about a column, and the file of a pack."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.catalogue.models import Matter
from gongkai.catalogue.queries import CATALOGUE_ITEMS, matters_of_unit
from gongkai.columns.models import Column
from gongkai.columns.queries import open_columns
from gongkai.columns.rules.definition import fields_of, shown_fields, typed_fields
from gongkai.orgs.models import Person, Post, Unit

FIELDS = (
    "name", "description", "owner", "post", "person", "deputy", "upkeep", "cycle_days", "tag_type", "catalogue_item",
    "record_type", "parent", "order", "shared", "keywords", "fields", "matters",
)  # fmt: skip
RECORD_TYPES = ("文件", "名单", "清单", "数据", "公告")


class ColumnForm(forms.Form):
    """A column, in the order in which a clerk thinks of it: what, whose, how often, where."""

    name = forms.CharField(label="名称", max_length=60)
    code = forms.SlugField(
        label="代码", required=False, max_length=60, help_text="选填，用于网址，如 yanglao；留空由系统编号。以后不改。",
        error_messages={"invalid": "代码只能用小写字母、数字和连字符，例如 yanglao。"},
    )  # fmt: skip
    description = forms.CharField(
        label="说明", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.ModelChoiceField(Unit.objects.none(), label="责任单位")
    post = forms.ModelChoiceField(Post.objects.none(), label="责任岗位", required=False, empty_label="未定岗")
    person = forms.ModelChoiceField(
        Person.objects.none(), label="责任人", required=False, empty_label="未定人，提醒全部信息员"
    )
    deputy = forms.ModelChoiceField(
        Person.objects.none(),
        label="替岗人",
        required=False,
        empty_label="未定",
        help_text="责任人请假时由替岗人收到提醒",
    )
    upkeep = forms.ChoiceField(
        label="更新要求", choices=Column._meta.get_field("upkeep").choices,
        help_text="国办秘函〔2019〕19号：动态要闻 14 天，通知公告和政策文件 6 个月",
    )  # fmt: skip
    cycle_days = forms.IntegerField(
        label="本栏更新周期（天）",
        required=False,
        min_value=1,
        max_value=3660,
        help_text="比国家要求更勤的写在这里；到期前 3 天提醒",
    )
    tag_type = forms.ChoiceField(
        label="栏目类型",
        choices=Column._meta.get_field("tag_type").choices,
        help_text="网页标签用词（国办发〔2017〕47号）",
    )
    catalogue_item = forms.ChoiceField(label="法定目录", required=False)
    record_type = forms.ChoiceField(label="信息类型", choices=[(one, one) for one in RECORD_TYPES])
    parent = forms.ModelChoiceField(
        Column.objects.none(), label="上级专栏", required=False, empty_label="没有上级"
    )
    order = forms.IntegerField(
        label="序号", required=False, min_value=0, max_value=99999, help_text="小的排在前面"
    )
    shared = forms.BooleanField(label="其他单位可以投稿", required=False)
    keywords = forms.CharField(label="关键词", required=False, max_length=100)
    fields_text = forms.CharField(
        label="公开要素", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="每行一项，必须有的在名称后加 *，例如“项目名称*”",
    )  # fmt: skip
    matters = forms.ModelMultipleChoiceField(
        Matter.objects.none(), label="对应的标准目录事项", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: Any, column: Column | None = None, **kwargs: Any) -> None:
        if column is not None:
            kwargs["initial"] = {
                **{name: getattr(column, name) for name in FIELDS if name not in ("fields", "matters")},
                "code": column.code,
                "fields_text": shown_fields(fields_of(column.fields)),
                "matters": list(column.matters.values_list("pk", flat=True)),
            }
        super().__init__(*args, **kwargs)
        within = Unit.objects.filter(pk__in=units.values("pk"))
        many = units.count() > 1
        people = Person.objects.filter(unit__in=within, is_active=True).order_by("unit__order", "pk")
        posts = Post.objects.filter(unit__in=within).select_related("unit").order_by("unit__order", "pk")
        chosen: dict[str, Any] = {"owner": units, "post": posts, "person": people, "deputy": people}
        for name, rows in chosen.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        for name in ("post", "person", "deputy"):
            # The office chooses among all units: a name alone would not tell whose.
            self.fields[name].label_from_instance = (  # type: ignore[attr-defined]
                (lambda one: f"{one.unit.short_name}　{one}") if many else str
            )
        parents = open_columns().exclude(pk=column.pk) if column else open_columns()
        self.fields["parent"].queryset = parents.order_by("order", "pk")  # type: ignore[attr-defined]
        self.fields["catalogue_item"].choices = [  # type: ignore[attr-defined]
            ("", "不对应"), *((item.code, f"{item.code} {item.name}") for item in CATALOGUE_ITEMS),
        ]  # fmt: skip
        owner = column.owner if column else (units.first() if not many else None)
        own = matters_of_unit(owner) if owner else Matter.objects.none()
        if column is not None:
            own = Matter.objects.filter(pk__in=[*own.values_list("pk", flat=True), *self.initial["matters"]])
        self.fields["matters"].queryset = own.select_related("field")  # type: ignore[attr-defined]
        self.fields["owner"].initial = self.initial.get("owner") or (owner.pk if owner else None)
        if column is not None:
            self.fields["code"].disabled = True

    def given(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        data = dict(self.cleaned_data)
        data["fields"] = [one.as_json() for one in typed_fields(data.pop("fields_text"))]
        data["order"] = data["order"] or 0
        data["code"] = (data["code"] or "").lower()
        return data


class PackFileForm(forms.Form):
    """A pack that came from another district."""

    file = forms.FileField(
        label="专栏包文件", help_text="别的区导出的 json 文件。先给您看会开设哪些专栏，您确认后才安装。",
        error_messages={"required": "没有选文件。请选专栏包文件。", "empty": "文件是空的。请核对是否选错了文件。"},
    )  # fmt: skip
