"""Notices on holidays that were imported after this version of the program was made."""

from __future__ import annotations

from django.db import models


class CalendarNotice(models.Model):
    """One notice of the General Office of the State Council; never changed, a later row prevails."""

    year = models.PositiveSmallIntegerField("年份")
    number = models.CharField("发文字号", max_length=60)
    title = models.CharField("标题", max_length=200, blank=True)
    published_on = models.DateField("发布日期", null=True)
    amends = models.BooleanField("只调整部分日期", default=False)
    holidays = models.JSONField("放假安排")
    digest = models.CharField("内容摘要（SM3）", max_length=64)
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = verbose_name_plural = "放假通知"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["number", "digest"], name="law_notice_once")]

    def __str__(self) -> str:
        return f"{self.year} 年放假安排（{self.number}）"
