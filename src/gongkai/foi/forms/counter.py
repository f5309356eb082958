"""What the counter types for an applicant: the same questions as on the web, and how and when it came in."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.foi.forms.asking import CONTENT_FORMS, IdentityForm, WayForm, words
from gongkai.foi.models import Case
from gongkai.foi.queries.bodies import Body
from gongkai.foi.rules.receipt import NEEDS_CONFIRMATION, Arrival, Channel
from gongkai.orgs.forms import day

ARRIVAL = ("unit", "channel", "arrived_on", "confirmed_on", "other_office", "reached_office_on")
STAFF_CHANNELS = [choice for choice in Case.Channel.choices if choice[0] != Case.Channel.WEB]


class ArrivalForm(forms.Form):
    """How it came, and the days from which the day of receipt follows (条例第三十一条)."""

    unit = forms.ChoiceField(label="向哪个机关申请", error_messages={"required": "请选择机关。"})
    channel = forms.ChoiceField(
        label="怎样来的", choices=STAFF_CHANNELS, error_messages={"required": "请选择申请怎样来的。"}
    )
    arrived_on = day(
        "到达日期", help_text="当面提交的那天、签收邮件的那天、收到信函或者传真的那天。条例第三十一条"
    )
    confirmed_on = day(
        "与申请人确认的日期",
        required=False,
        help_text="平信、传真、电子邮件要与申请人确认收到，从确认的第二天起算；还没有确认的留空，今天之内联系",
    )
    other_office = forms.BooleanField(
        label="申请先递到了本机关的其他科室",
        required=False,
        help_text="从公开机构实际收到的第二天起算。国办公开办函〔2015〕207号",
    )
    reached_office_on = day("公开机构收到的日期", required=False)
    purpose = words(
        "用途", max_length=200, required=False, help_text="不要求说明，申请表上写了才照录，不写不影响办理"
    )

    def __init__(self, *args: Any, bodies: dict[str, Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = bodies
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, body.name) for code, body in bodies.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("other_office") and not given.get("reached_office_on"):
            self.add_error("reached_office_on", "申请先到了其他科室，请填写公开机构收到的日期。")
        return given

    def body(self) -> Body:
        return self.bodies[self.cleaned_data["unit"]]

    def arrival(self) -> Arrival:
        """The way in as the rules read it."""
        given = self.cleaned_data
        channel = Channel(given["channel"])
        return Arrival(
            channel=channel,
            arrived_on=given["arrived_on"],
            confirmed_on=given["confirmed_on"] if channel in NEEDS_CONFIRMATION else None,
            other_office=given["other_office"],
            reached_office_on=given["reached_office_on"] if given["other_office"] else None,
        )


def counter_form(kind: str) -> type[Any]:
    """The form of the counter for one kind of case: arrival, what, how, who on one page.

    ``asked_fields`` are the names of the questions about the content.
    """
    content = CONTENT_FORMS[kind]
    parts = (ArrivalForm, content, WayForm, IdentityForm)
    return type("CounterForm", parts, {"asked_fields": tuple(content.base_fields)})


class FindForm(forms.Form):
    """A card or a number; it is sent, not put into the address."""

    typed = forms.CharField(
        label="身份证号码、统一社会信用代码、受理编号或者查询码",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写证件号码或者受理编号。"},
    )


class ConfirmForm(forms.Form):
    """The request was confirmed with the applicant."""

    on = day("确认日期")
    how = words("怎样确认的", max_length=200, required=False, help_text="例如：电话。不用写号码")
    reached_office_on = day("公开机构收到的日期", required=False, help_text="申请先递到其他科室的才填写")


class UnreachableForm(forms.Form):
    """An attempt to reach the applicant."""

    prefix = "away"
    how = words("怎样联系的", max_length=200, help_text="例如：9:30 打电话，无人接听；10:00 发短信")


class HandForm(forms.Form):
    """Who takes a letter at the counter."""

    received_by = words(
        "签收人",
        max_length=80,
        help_text="核对证件后填写；代领的写明代领人和委托书",
        error_messages={"required": "请填写签收人。"},
    )
