"""Each time a plan was written into the ledger: from which file, put right how, and what stood there before."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.ledger.models.plan import Plan


class PlanImport(models.Model):
    """One import of a plan. ``before`` and ``after`` hold the rows that it touched, so that it can be undone.

    ``corrections`` (by the row's place) and ``chosen`` (units by name) are what the clerk decided in the
    preview; the same file brought again is read with them, so that it changes nothing.
    """

    plan = models.ForeignKey(Plan, null=True, on_delete=models.SET_NULL, related_name="imports")
    year = models.PositiveSmallIntegerField("年度")
    at = models.DateTimeField("写入时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="写入人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    source_name = models.CharField("原文件名", max_length=200)
    digest = models.CharField("内容摘要", max_length=64)
    file = models.ForeignKey(
        "files.StoredFile", verbose_name="原文件", null=True, on_delete=models.PROTECT, related_name="+"
    )
    corrections = models.JSONField("更正", default=dict)
    chosen = models.JSONField("选定的单位", default=dict)
    before = models.JSONField("写入前", default=dict)
    after = models.JSONField("写入后", default=dict)
    facts = models.JSONField("改动数", default=dict)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="撤销人", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "要点导入"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["year", "-at"], name="import_by_year")]

    def __str__(self) -> str:
        return f"{self.year}年 {self.source_name}"
