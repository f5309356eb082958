"""The plan of a year: its tasks, and who answers for each."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.ledger.rules.lights import CYCLE_DAYS


class Plan(models.Model):
    """The plan of one year, as it was read from one file."""

    year = models.PositiveSmallIntegerField(
        "年度", unique=True, validators=[MinValueValidator(2008), MaxValueValidator(2100)]
    )
    title = models.CharField("标题", max_length=200)
    source_name = models.CharField("原文件名", max_length=200)
    digest = models.CharField("内容摘要", max_length=64)
    file = models.ForeignKey(
        "files.StoredFile", verbose_name="原文件", null=True, on_delete=models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField("写入时间")

    class Meta:
        verbose_name = verbose_name_plural = "工作要点"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year}年工作要点"


class Task(models.Model):
    """One task: a row of the annex, or a numbered duty of a chapter."""

    class Origin(models.TextChoices):
        ANNEX = "annex", "附件任务"
        CHAPTER = "chapter", "章节任务"
        CARRIED = "carried", "上年结转"

    class Due(models.TextChoices):
        CONTINUOUS = "continuous", "持续公开"
        DATE = "date", "有期限"
        NONE = "none", "没有写期限"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    origin = models.CharField("来源", max_length=8, choices=Origin.choices, default=Origin.ANNEX)
    number = models.PositiveIntegerField("序号")
    chapter = models.CharField("章", max_length=120, blank=True)
    section = models.CharField("节", max_length=120, blank=True)
    field = models.TextField("公开领域", blank=True)
    requirement = models.TextField("具体要求")
    short_title = models.CharField("短标题", max_length=20)
    units_as_written = models.TextField("责任单位原文", blank=True)
    due_kind = models.CharField("期限类别", max_length=10, choices=Due.choices)
    due_on = models.DateField("完成期限", null=True, blank=True)
    due_as_written = models.TextField("期限原文", blank=True)
    cycle_days = models.PositiveSmallIntegerField(
        "更新周期（天）", default=CYCLE_DAYS, help_text="持续公开的任务，多少天内应有新的记录"
    )
    ended_at = models.DateTimeField(
        "终止时间", null=True, blank=True, help_text="改版后的要点不再有这项任务；它的填报保留"
    )

    carried_from = models.ForeignKey(
        "self",
        verbose_name="结转自",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_on",
        help_text="上一年没有完成的任务；回头看结束时结转到本年台账",
    )

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ["plan", "origin", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "origin", "number"],
                condition=Q(ended_at__isnull=True),
                name="task_number_once",
            ),
            models.CheckConstraint(
                condition=Q(due_kind="date", due_on__isnull=False)
                | (~Q(due_kind="date") & Q(due_on__isnull=True)),
                name="task_due_as_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}项 {self.short_title}"


class TaskUnit(models.Model):
    """One name or phrase of the column of units, as written, with the part that it gives."""

    class Role(models.TextChoices):
        LEAD = "lead", "牵头"
        SUPPORT = "support", "配合"
        RESPONSIBLE = "responsible", "责任"

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="answerable")
    order = models.PositiveSmallIntegerField("次序")
    text = models.CharField("原文", max_length=120)
    role = models.CharField("分工", max_length=12, choices=Role.choices)
    is_group = models.BooleanField("一类单位", default=False)
    certain = models.BooleanField("原文写明范围", default=True)
    corrected = models.BooleanField("已更正", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "责任单位"
        ordering = ["task", "order"]
        constraints = [models.UniqueConstraint(fields=["task", "order"], name="task_unit_place_once")]

    def __str__(self) -> str:
        return self.text


class Member(models.Model):
    """A unit that a name or phrase means; none where the name is not known yet."""

    task_unit = models.ForeignKey(TaskUnit, on_delete=models.CASCADE, related_name="members")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "对应单位"
        constraints = [models.UniqueConstraint(fields=["task_unit", "unit"], name="member_once")]

    def __str__(self) -> str:
        return str(self.unit)
