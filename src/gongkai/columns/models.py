"""Columns of the site and who answers for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.columns.rules.definition import COLUMN_TYPES, NOTICE, TOPIC, UPKEEP_LABELS


class Column(models.Model):
    """A column (专栏) that somebody keeps up to date; set up without code."""

    class Status(models.TextChoices):
        OPEN = "open", "在用"
        CLOSED = "closed", "已停用"

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=60)
    description = models.CharField("说明", max_length=300, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name="上级专栏",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    order = models.PositiveIntegerField("序号", default=0)
    owner = models.ForeignKey(
        "orgs.Unit", verbose_name="责任单位", on_delete=models.PROTECT, related_name="+"
    )
    post = models.ForeignKey(
        "orgs.Post",
        verbose_name="责任岗位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="责任人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="替岗人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    upkeep = models.CharField("更新要求", max_length=10, choices=UPKEEP_LABELS.items(), default=NOTICE)
    # The column's own days between two updates, beside the national threshold of its kind.
    cycle_days = models.PositiveIntegerField("更新周期（天）", null=True, blank=True)
    tag_type = models.CharField(
        "栏目类型", max_length=20, choices=[(one, one) for one in COLUMN_TYPES], default=TOPIC
    )
    keywords = models.CharField("关键词", max_length=100, blank=True)
    # What each record tells: [{"name", "required", "note"}].
    fields = models.JSONField("公开要素", default=list, blank=True)
    shared = models.BooleanField("其他单位可以投稿", default=False)
    record_type = models.CharField("信息类型", max_length=60, blank=True)
    catalogue_item = models.CharField("法定目录", max_length=10, blank=True)
    matters = models.ManyToManyField(
        "catalogue.Matter", verbose_name="标准目录事项", related_name="+", blank=True
    )
    pack = models.CharField("专栏包", max_length=60, blank=True)
    # How the pack calls the owner, so that it travels to another district.
    owner_word = models.CharField("责任单位称呼", max_length=120, blank=True)
    status = models.CharField("状态", max_length=8, choices=Status.choices, default=Status.OPEN)
    opened_on = models.DateField("开设日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "专栏"
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["owner", "status"], name="column_by_owner")]

    def __str__(self) -> str:
        return self.name


class ColumnPack(models.Model):
    """A column pack that was installed here, as its file was; gone again when it is uninstalled."""

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=60)
    description = models.CharField("说明", max_length=300, blank=True)
    each = models.BooleanField("逐个单位安装", default=False)
    tasks = models.JSONField("要点任务", default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("安装时间")

    class Meta:
        verbose_name = verbose_name_plural = "专栏包"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
