"""What is typed about units, people and absences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.orgs.models import Person, PostHolding, SiteNotice, Unit, UnitChange
from gongkai.orgs.roles import Role


def day(label: str, **more: Any) -> forms.DateField:
    """A day with the browser's own calendar."""
    words = {"required": f"请填写{label}。", "invalid": f"{label}不是日期。请写成 2026-03-05 这样。"}
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=words, **more)


class DetailsForm(forms.ModelForm):
    """What the public pages say about a unit."""

    class Meta:
        model = Unit
        fields = ["functions", "leader", "address", "hours", "phone", "uscc"]
        widgets = {"functions": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "functions": "按“三定”规定写，公开页面原样显示",
            "hours": "例如：工作日 9:00—12:00，13:30—17:30",
        }


class ChangeForm(forms.Form):
    """An institutional change."""

    kind = forms.ChoiceField(label="变动", choices=UnitChange.Kind.choices, widget=forms.RadioSelect)
    on = day("生效日期")
    basis = forms.CharField(
        label="依据",
        max_length=200,
        help_text="批准文件的名称和文号",
        error_messages={"required": "请填写批准文件的名称和文号。"},
    )
    new_name = forms.CharField(label="新全称", max_length=120, required=False, help_text="更名时填写")
    new_short_name = forms.CharField(
        label="新简称", max_length=60, required=False, help_text="不变的可以不填"
    )
    successor = forms.ModelChoiceField(
        label="承接单位",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="（更名、撤销时不用选）",
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Unit.objects.filter(active=True).exclude(pk=unit.pk)


class LeaveForm(forms.Form):
    """An absence and who has the tasks meanwhile."""

    person = forms.ModelChoiceField(label="请假人", queryset=Person.objects.none(), empty_label=None)
    deputy = forms.ModelChoiceField(
        label="代理人",
        queryset=Person.objects.none(),
        empty_label="请选择",
        help_text="从第一天起有您的全部待办和角色；不能审核您起草的公文",
        error_messages={"required": "请选择代理人。"},
    )
    first_day = day("第一天")
    last_day = day("最后一天")
    reason = forms.CharField(label="事由", max_length=80, required=False, help_text="可以不写；同事看得到")

    def __init__(
        self, *args: Any, people: QuerySet[Person], deputies: QuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["deputy"].queryset = deputies


class PersonForm(forms.Form):
    """A new account."""

    name = forms.CharField(label="姓名", max_length=60, error_messages={"required": "请填写姓名。"})
    username = forms.CharField(
        label="登录名",
        max_length=60,
        help_text="例如 czj.zhang；以后不能改",
        error_messages={"required": "请填写登录名。"},
    )


class RoleForm(forms.Form):
    """A role for a person."""

    role = forms.ChoiceField(label="角色", choices=Role.choices)


class HandOverForm(forms.Form):
    """To whom all posts of a person pass."""

    to = forms.ModelChoiceField(
        label="接手的人",
        queryset=Person.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择接手的人。"},
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues


class PostForm(forms.Form):
    """A post and who fills it."""

    title = forms.CharField(
        label="岗位",
        max_length=80,
        help_text="例如：信息公开员；没有的岗位会新设",
        error_messages={"required": "请填写岗位名称。"},
    )
    seat = forms.ChoiceField(label="角", choices=PostHolding.Seat.choices)
    duties = forms.CharField(
        label="职责",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一项，例如：财政预决算栏目",
    )


class TrailFilter(forms.Form):
    """Which rows of the trail."""

    station = forms.ChoiceField(label="环节", required=False)
    q = forms.CharField(label="对象、姓名、说明", required=False, max_length=60)
    first = day("从", required=False)
    last = day("到", required=False)


def moment(label: str) -> forms.DateTimeField:
    """A day and a time with the browser's own calendar, in Beijing time."""
    words = {"required": f"请填写{label}。", "invalid": f"{label}不是时间。请写成 2026-03-05 08:00 这样。"}
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=formats, error_messages=words)


class NoticeForm(forms.Form):
    """A band over the public site, or its grey mode."""

    kind = forms.ChoiceField(label="类别", choices=SiteNotice.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="提示文字",
        max_length=60,
        required=False,
        help_text="一句话，显示在每一页最上面；灰色模式可以不写",
    )
    detail = forms.CharField(
        label="说明",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="点开提示看到的文字：什么事、到什么时候、可以怎么办",
    )
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="通知的名称和文号；灰色模式必须填写"
    )
    starts_at = moment("开始时间")
    ends_at = moment("结束时间")
