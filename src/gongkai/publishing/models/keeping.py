"""Keeping it right: public periods and what they did, the sweep and what it found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.publishing.models.standing import Publication


class PublicPeriod(models.Model):
    """How long information of a type stays in public and what then happens. Never changed: ended and set anew."""

    class Unit(models.TextChoices):
        DAYS = "days", "日"
        WORKING_DAYS = "working_days", "个工作日"
        MONTHS = "months", "个月"

    class Then(models.TextChoices):
        ARCHIVE = "archive", "归档"
        HIDE = "hide", "撤下"
        ANONYMISE = "anonymise", "去标识"

    type = models.CharField("信息类型", max_length=40, blank=True)
    column = models.ForeignKey(
        "columns.Column",
        verbose_name="专栏",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    channel = models.CharField("渠道", max_length=30, default="政府网站")
    amount = models.PositiveIntegerField("期限")
    unit = models.CharField("计算单位", max_length=12, choices=Unit.choices)
    then = models.CharField("期满后", max_length=10, choices=Then.choices)
    basis = models.CharField("依据", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("设定时间")
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开期限规则"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "column", "channel"], condition=Q(ended_at=None), name="one_period_of_column"
            ),
            models.UniqueConstraint(
                fields=["type", "channel"], condition=Q(ended_at=None, column=None), name="one_period_of_type"
            ),
            models.CheckConstraint(condition=~Q(type="", column=None), name="period_names_something"),
        ]

    def __str__(self) -> str:
        return f"{self.type or self.column} {self.amount}{self.get_unit_display()}"


class PeriodRun(models.Model):
    """A public period ended: by which rule, what was done, under which receipt. ``done_at`` empty: by hand, waits."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(PublicPeriod, on_delete=models.PROTECT, related_name="runs")
    due = models.DateField("期满日")
    then = models.CharField("期满后", max_length=10, choices=PublicPeriod.Then.choices)
    receipt = models.CharField("回执编号", max_length=40, unique=True)
    trail_seq = models.BigIntegerField("留痕序号")
    at = models.DateTimeField("时间")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "公开期满处理"
        ordering = ["pk"]
        indexes = [models.Index(fields=["done_at", "-at"], name="period_run_by_time")]

    def __str__(self) -> str:
        return self.receipt


class IntegrityTurn(models.Model):
    """A full turn over records, files and pages, done in small steps; the newest row is the one under way."""

    began_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("完成时间", null=True, blank=True)
    layer = models.CharField("核对到", max_length=10)
    place = models.CharField("位置", max_length=200, blank=True)
    checked = models.PositiveIntegerField("已核对", default=0)
    found = models.PositiveIntegerField("发现", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "完整性核对"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d}"


class Damage(models.Model):
    """Something stored or shown differs from what was sealed; open until a named person says what it was."""

    layer = models.CharField("层次", max_length=10)
    path = models.CharField("位置", max_length=300)
    what = models.CharField("情况", max_length=200)
    found_at = models.DateTimeField("发现时间")
    restored_at = models.DateTimeField("恢复时间", null=True, blank=True)
    evidence = models.CharField("留存", max_length=200, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    finding = models.CharField("查明情况", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "完整性告警"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["layer", "path", "what"], condition=Q(closed_at=None), name="one_open_damage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.layer} {self.path}"
