"""A unit's own plan for carrying out its tasks: the text that it edits, and the papers that it filed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.ledger.models.plan import Plan, Task
from gongkai.orgs.wall import WalledManager


class UnitPlan(models.Model):
    """The implementation plan (实施方案) of one unit for one year's plan, as it is being written."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="unit_plans")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    opening = models.TextField("总体安排", blank=True)
    closing = models.TextField("工作要求", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("起草时间")
    changed_at = models.DateTimeField("最近修改")
    document = models.ForeignKey(
        "documents.Document", verbose_name="公开稿", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位实施方案"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["plan", "unit"]
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="unit_plan_once")]

    def __str__(self) -> str:
        return f"{self.unit}{self.plan.year}年实施方案"


class UnitPlanItem(models.Model):
    """One task in a unit's plan: what it will do, by when, and who sees to it."""

    unit_plan = models.ForeignKey(UnitPlan, on_delete=models.CASCADE, related_name="items")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    measures = models.TextField("举措")
    deadline = models.CharField("完成时间", max_length=60)
    person = models.CharField("责任人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "方案任务"
        ordering = ["unit_plan", "task__number"]
        constraints = [models.UniqueConstraint(fields=["unit_plan", "task"], name="unit_plan_task_once")]

    def __str__(self) -> str:
        return f"{self.task} {self.person}"


class UnitPlanVersion(models.Model):
    """A paper that was filed with the district office; it is never changed, a new one takes the next number."""

    class Source(models.TextChoices):
        DRAFT = "draft", "系统文稿"
        UPLOAD = "upload", "上传定稿"

    unit_plan = models.ForeignKey(UnitPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版次")
    source = models.CharField("来源", max_length=8, choices=Source.choices)
    file = models.ForeignKey(
        "files.StoredFile", verbose_name="文件", on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("报备时间")

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "实施方案报备"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["unit_plan", "-number"]
        constraints = [models.UniqueConstraint(fields=["unit_plan", "number"], name="unit_plan_version_once")]

    def __str__(self) -> str:
        return f"第{self.number}版"
