"""Approvals and papers of budgets and final accounts, figures of the debt, announced releases."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.budget.rules.matrix import KINDS
from gongkai.orgs.wall import WalledManager


class BudgetApproval(models.Model):
    """The day on which the finance bureau (for the government: the congress) approved; the period runs from it."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=8, choices=KINDS.items())
    approved_on = models.DateField("批复日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "预决算批复"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["unit", "year", "kind"], name="approval_once")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"{self.year}{self.get_kind_display()}"


class BudgetPaperLink(models.Model):
    """A published document in its field of the matrix: recognised by title, or put there by an officer."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=8, choices=KINDS.items())
    publication = models.OneToOneField("publishing.Publication", on_delete=models.PROTECT, related_name="+")
    recognised = models.BooleanField("按标题识别", default=False)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "预决算文件"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        indexes = [models.Index(fields=["unit", "year", "kind"], name="budget_paper_by_field")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"{self.year}{self.get_kind_display()}"


class DebtFigure(models.Model):
    """The debt of the district in one year, of one kind, in 万元."""

    class Kind(models.TextChoices):
        GENERAL = "一般", "一般债务"
        SPECIAL = "专项", "专项债务"

    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=2, choices=Kind.choices)
    ceiling = models.DecimalField("限额", max_digits=16, decimal_places=2)
    balance = models.DecimalField("余额", max_digits=16, decimal_places=2)
    issued = models.DecimalField("发行", max_digits=16, decimal_places=2, default=0)
    repaid = models.DecimalField("还本", max_digits=16, decimal_places=2, default=0)
    interest = models.DecimalField("付息", max_digits=16, decimal_places=2, default=0)

    class Meta:
        verbose_name = verbose_name_plural = "地方政府债务"
        ordering = ["-year", "kind"]
        constraints = [models.UniqueConstraint(fields=["year", "kind"], name="debt_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.kind}"


class Announcement(models.Model):
    """A release that is announced with its day (预决算、统计数据); its changes stay visible."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("预告事项", max_length=200)
    due_on = models.DateField("预告发布日期")
    publication = models.ForeignKey(
        "publishing.Publication", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "发布预告"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["due_on", "pk"]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.title


class AnnouncementChange(models.Model):
    """An announced day was moved: the old day and the reason stay on the page."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="changes")
    before = models.DateField("原日期")
    after = models.DateField("改为")
    reason = models.CharField("原因", max_length=200)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "预告变更"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
