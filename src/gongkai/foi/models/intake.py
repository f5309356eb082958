"""How requests come in: the open channels of a unit, drafts of visitors, suggestions shown, wrong codes counted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.foi.models.case import Case


def usual_channels() -> list[str]:
    """All ways of 条例第二十九条 and 第三十一条; e-mail only where a unit opens it."""
    return [channel for channel in Case.Channel.values if channel != Case.Channel.EMAIL]


class UnitChannels(models.Model):
    """By which ways a unit takes requests in, and where; public, it is part of the unit's 公开指南 (条例第十二条)."""

    unit = models.OneToOneField("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    channels = models.JSONField("开通的渠道", default=usual_channels)
    office = models.CharField("受理机构", max_length=80, blank=True)
    place = models.CharField("当面提交地点", max_length=160, blank=True)
    hours = models.CharField("受理时间", max_length=120, blank=True)
    phone = models.CharField("咨询电话", max_length=60, blank=True)
    fax = models.CharField("传真", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    postal_address = models.CharField("邮寄地址", max_length=160, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    note = models.CharField("补充说明", max_length=200, blank=True)
    changed_at = models.DateTimeField("修改时间", null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "受理渠道"

    def __str__(self) -> str:
        return str(self.unit)


class ApplicationDraft(models.Model):
    """What a visitor typed so far, sealed; found only by the key in his own browser, gone after a day.

    Once sent in it holds nothing but the case, so that the receipt can be shown until he has noted the code.
    """

    key = models.CharField("键摘要", max_length=64, primary_key=True)
    sealed = models.TextField("内容（加密）", blank=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("最近修改", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请草稿"

    def __str__(self) -> str:
        return "申请草稿"


class Deflection(models.Model):
    """How often, in a month, visitors asking a unit were shown what is public already, took it, or asked anyway.

    Counts only; nothing about who or what for.
    """

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    month = models.DateField("月份")
    shown = models.PositiveIntegerField("看到推荐", default=0)
    clicked = models.PositiveIntegerField("找到了，没有再申请", default=0)
    submitted = models.PositiveIntegerField("仍然提交申请", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "已公开信息推荐"
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="deflection_month_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class WrongCodes(models.Model):
    """How often a wrong query code came from one address; the key is a keyed digest of the address."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField("次数", default=0)
    last_at = models.DateTimeField("最近一次", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "查询码输错次数"

    def __str__(self) -> str:
        return f"{self.failures}"
