"""The tables of a year as a unit handed them in, so that next year's carry-over can be held against them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.foi.models.work import Walled


class AnnualTables(Walled):
    """表三 and 表四 of one unit and year, frozen when they were handed in or entered from an old report."""

    class Source(models.TextChoices):
        COUNTED = "counted", "由案件统计"
        ENTERED = "entered", "由往年报告录入"

    year = models.PositiveSmallIntegerField("年度")
    rows = models.JSONField("表三")
    review = models.JSONField("表四")
    source = models.CharField("来源", max_length=8, choices=Source.choices)
    explained = models.CharField("与上年不一致的说明", max_length=300, blank=True)
    digest = models.CharField("摘要", max_length=64)
    at = models.DateTimeField("定稿时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "年报表三表四"
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="annual_tables_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"
