"""The ways out of the house: entered by an administrator, chosen by each colleague."""

from __future__ import annotations

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.messaging.rules.hours import Hours


class Endpoint(models.Model):
    """A gateway, robot or SMS service that the administrator entered; no other host is ever asked."""

    class Kind(models.TextChoices):
        JSON = "json", "通用接口（JSON）"
        WECOM = "wecom", "企业微信群机器人"
        DINGTALK = "dingtalk", "钉钉群机器人"
        FEISHU = "feishu", "飞书群机器人"
        SMS = "sms", "短信网关（JSON）"

    name = models.CharField("名称", max_length=60, unique=True)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    host = models.CharField("主机", max_length=255)
    url_sealed = models.TextField("网址（密封）")
    secret_sealed = models.TextField("密钥（密封）", blank=True)
    inside = models.BooleanField("在内网", default=False)
    by_default = models.BooleanField("没有另选的同事默认使用", default=False)
    brief = models.BooleanField("只发件数和链接", default=True)
    per_minute = models.PositiveSmallIntegerField(
        "每分钟最多", default=20, validators=[MinValueValidator(1), MaxValueValidator(6000)]
    )
    unit = models.ForeignKey(
        "orgs.Unit",
        verbose_name="只供此单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    active = models.BooleanField("使用中", default=True)
    changed_at = models.DateTimeField("最近修改")

    class Meta:
        verbose_name = verbose_name_plural = "消息通道"
        ordering = ["-active", "name"]

    def __str__(self) -> str:
        return self.name


class ChannelChoice(models.Model):
    """Whether a colleague wants a channel, and who he is there; without endpoint it is e-mail."""

    person = models.ForeignKey("orgs.Person", verbose_name="人员", on_delete=models.PROTECT, related_name="+")
    endpoint = models.ForeignKey(
        Endpoint, verbose_name="通道", null=True, blank=True, on_delete=models.CASCADE, related_name="choices"
    )
    on = models.BooleanField("使用", default=True)
    account_sealed = models.TextField("账号（密封）", blank=True)
    changed_at = models.DateTimeField("最近修改")

    class Meta:
        verbose_name = verbose_name_plural = "提醒方式"
        constraints = [
            models.UniqueConstraint(fields=["person", "endpoint"], name="choice_once_per_endpoint"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(endpoint=None), name="choice_once_for_email"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.endpoint or '邮件'}"


class SendingRules(models.Model):
    """The office's hours and limits of sending, one row; without it the defaults hold."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    quiet_from = models.TimeField("免打扰开始", default=time(21))
    quiet_until = models.TimeField("免打扰结束", default=time(8))
    digest_at = models.TimeField("每日汇总时间", default=time(8, 30))
    digest_until = models.TimeField("汇总最晚补发", default=time(18))
    sms_each_per_day = models.PositiveSmallIntegerField("同一号码或邮箱每天最多", default=5)
    sms_per_day = models.PositiveIntegerField("全部短信每天最多", default=500)
    mail_domains = models.CharField("只准用这些邮箱域名", max_length=300, blank=True)
    mail_brief = models.BooleanField("邮件只发件数和链接", default=False)
    changed_at = models.DateTimeField("最近修改", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "发送规则"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sending_rules_one_row")]

    def __str__(self) -> str:
        return f"{self.quiet_from:%H:%M}—{self.quiet_until:%H:%M} 免打扰"

    @property
    def hours(self) -> Hours:
        """As the rules take them."""
        return Hours(self.quiet_from, self.quiet_until, self.digest_at, self.digest_until)
