"""Packages that came in, what became of each of their papers, and entries on other platforms."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.orgs.wall import WalledManager


class Package(models.Model):
    """A package that was brought in for a unit; its report says what became of each row."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=255)
    source = models.CharField("来源", max_length=80, blank=True)
    digest = models.CharField("SM3 摘要", max_length=64)
    # [row, field, text, warns] of every remark.
    report = models.JSONField("报告", default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "交换包"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-at", "-pk"]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.name


class PackageItem(models.Model):
    """A paper of a package and the draft that it became; the same paper of a source comes in once."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="items")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    source = models.CharField("来源", max_length=80, blank=True)
    outer_id = models.CharField("来源编号", max_length=100)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "交换包中的文件"
        constraints = [
            models.UniqueConstraint(fields=["unit", "source", "outer_id"], name="package_item_once")
        ]

    def __str__(self) -> str:
        return self.outer_id


class PlatformEntry(models.Model):
    """A publication was entered on another platform (市、省政务公开平台), under the number that it got there."""

    publication = models.ForeignKey("publishing.Publication", on_delete=models.PROTECT, related_name="+")
    platform = models.CharField("平台", max_length=60)
    outer_id = models.CharField("平台编号", max_length=120)
    edition = models.PositiveIntegerField("编次")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "平台录入"
        constraints = [
            models.UniqueConstraint(fields=["publication", "platform", "edition"], name="entered_once")
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.outer_id}"
