"""What is typed about channels, hours and one's own reminders."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.messaging.models import Endpoint, SendingRules
from gongkai.messaging.queries import Channel
from gongkai.messaging.rules.targets import EMAIL
from gongkai.orgs.models import Unit


class EndpointForm(forms.ModelForm):
    """A gateway or robot; address and secret are never shown again, an empty field keeps them."""

    url = forms.CharField(
        label="接口网址",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label="密钥",
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="通用接口和短信网关用它核对签名；钉钉、飞书填“加签”密钥；企业微信不用填。保存后不再显示",
    )

    class Meta:
        model = Endpoint
        fields = ("name", "kind", "unit", "inside", "by_default", "brief", "per_minute", "active")
        help_texts = {
            "name": "同事选提醒方式时看到的名字，例如“政务微信”",
            "unit": "群机器人通常只属于一个单位；不选则全区可用",
            "inside": "网关在机关内网、没有公网地址时勾选。只有勾选的才允许访问内网地址",
            "by_default": "同事没有另选时就用它。群机器人请慎用：全群都看得到",
            "brief": "不写事项标题，只写有几件待办和链接。群机器人和短信建议勾选",
            "per_minute": "企业微信和钉钉的群机器人每分钟最多 20 条，超过会被限流",
            "active": "取消勾选后不再向它发送，等待中的一并取消",
        }
        error_messages = {"name": {"unique": "已有同名的通道。请换一个名称。"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance.host if self.instance.pk else ""
        self.fields["url"].help_text = (
            f"现在是 {stored} 上的接口；不改就空着"
            if stored
            else "整行复制即时通讯软件或网关给出的网址。只会访问这里写的主机"
        )
        self.fields["unit"].queryset = Unit.objects.filter(active=True)
        self.fields["unit"].empty_label = "全区"
        self.order_fields(["name", "kind", "url", "secret", "inside", "brief", "by_default", "unit"])


class TryForm(forms.Form):
    """To whom a test goes."""

    account = forms.CharField(
        label="收件账号",
        max_length=80,
        required=False,
        help_text="短信写手机号码；群机器人写要 @ 的人，可以不写",
    )


class RulesForm(forms.ModelForm):
    """The hours and limits of sending."""

    class Meta:
        model = SendingRules
        fields = (
            "quiet_from",
            "quiet_until",
            "digest_at",
            "digest_until",
            "sms_each_per_day",
            "sms_per_day",
            "mail_domains",
            "mail_brief",
        )
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("quiet_from", "quiet_until", "digest_at", "digest_until")
        }
        help_texts = {
            "quiet_from": "从这时起什么也不发，紧急的也等到早上",
            "digest_at": "每个工作日发一次，休息日不发",
            "digest_until": "系统停过、错过时间的，在这之前补发；再晚就等次日",
            "sms_each_per_day": "防止有人借系统轰炸一个号码或邮箱",
            "sms_per_day": "满了以后次日再发",
            "mail_domains": "同事接收提醒的邮箱，例如 gov.cn；用逗号分开，空着不限",
            "mail_brief": "勾选后邮件里不写事项标题",
        }


class ChoiceForm(forms.Form):
    """One way by which a colleague may be reached."""

    on = forms.BooleanField(label="使用", required=False)
    account = forms.CharField(label="账号", max_length=254, required=False)

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": channel.on, "account": channel.account})
        kwargs.setdefault("prefix", f"c{channel.endpoint.pk if channel.endpoint else 0}")
        super().__init__(*args, **kwargs)
        label, hint = ACCOUNTS[channel.kind]
        self.fields["account"].label, self.fields["account"].help_text = label, hint
        self.fields["on"].label = f"用{channel.name}提醒我"
        self.channel = channel


ACCOUNTS = {
    EMAIL: ("邮箱地址", "空着则用人员信息里登记的邮箱"),
    Endpoint.Kind.JSON: ("在那边的账号", "空着则用您的登录名"),
    Endpoint.Kind.WECOM: ("企业微信账号或手机号", "填了会 @ 您；空着只发到群里"),
    Endpoint.Kind.DINGTALK: ("钉钉手机号或账号", "填了会 @ 您；空着只发到群里"),
    Endpoint.Kind.FEISHU: ("飞书用户编号", "填了会 @ 您；空着只发到群里"),
    Endpoint.Kind.SMS: ("手机号码", "11 位；密封保存，只用于提醒"),
}
