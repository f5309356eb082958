"""The trail: one row per act of a person or of the system, chained by digests, never changed."""

from __future__ import annotations

from django.db import models


class TrailRow(models.Model):
    """Who did what to what, when, and the digest that ties it to the row before.

    There are no foreign keys: a row outlives everything that it names. ``facts`` holds decided facts and
    salted digests of personal data, never the data.
    """

    seq = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    actor_id = models.BigIntegerField("人员", null=True)
    actor_name = models.CharField("姓名", max_length=80)
    unit_id = models.BigIntegerField("单位编号", null=True)
    unit_name = models.CharField("单位", max_length=120, blank=True)
    verb = models.CharField("行为", max_length=80)
    object_kind = models.CharField("对象类别", max_length=80, blank=True)
    object_id = models.CharField("对象编号", max_length=80, blank=True)
    object_name = models.CharField("对象", max_length=300, blank=True)
    note = models.TextField("说明", blank=True)
    facts = models.JSONField("事实", default=dict)
    algorithm = models.CharField("算法", max_length=20)
    previous = models.CharField("前一摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "留痕"
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="trail_by_object"),
            models.Index(fields=["unit_id", "seq"], name="trail_by_unit"),
            models.Index(fields=["actor_id", "seq"], name="trail_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.object_name}"


class TrailHead(models.Model):
    """The last row of the chain in one row, so that writers queue at one place."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = verbose_name_plural = "留痕链头"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="trail_one_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.digest}"
