"""The bulletin of a month with praise and criticism, and the orders to put right that follow from it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.ledger import states
from gongkai.orgs.wall import WalledManager


class Bulletin(models.Model):
    """The bulletin of a month: drafted from the rows, edited by the office, issued under a number.

    ``figures`` keeps each number with the rows from which it was counted, so that it opens years later too.
    """

    year = models.PositiveSmallIntegerField("年")
    month = models.PositiveSmallIntegerField("月", validators=[MinValueValidator(1), MaxValueValidator(12)])
    serial = models.PositiveSmallIntegerField("期号", null=True)
    title = models.CharField("标题", max_length=120)
    overview = models.TextField("总体情况")
    praise_words = models.TextField("表扬说明", blank=True)
    criticism_words = models.TextField("批评说明", blank=True)
    order_words = models.TextField("整改说明", blank=True)
    demands = models.TextField("要求", blank=True)
    figures = models.JSONField("数字", default=dict)
    state = models.CharField(
        "状态", max_length=10, choices=states.BULLETIN_LABELS.items(), default=states.DRAFTED
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("起草时间")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField("印发时间", null=True)
    document = models.ForeignKey(
        "documents.Document", verbose_name="公开稿", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "月度通报"
        ordering = ["-year", "-month"]
        constraints = [
            models.UniqueConstraint(fields=["year", "month"], name="bulletin_of_a_month_once"),
            models.UniqueConstraint(fields=["year", "serial"], name="bulletin_number_once"),
            models.CheckConstraint(
                condition=Q(state="drafted", serial__isnull=True, issued_at__isnull=True)
                | Q(state="issued", serial__isnull=False, issued_at__isnull=False, issued_by__isnull=False),
                name="bulletin_numbered_when_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BulletinLine(models.Model):
    """A unit that the bulletin praises or criticises, and why; the office may strike it out before issue."""

    class Kind(models.TextChoices):
        PRAISE = "praise", "表扬"
        CRITICISM = "criticism", "批评"

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="lines")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    reason = models.CharField("事由", max_length=300)
    kept = models.BooleanField("列入通报", default=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "通报名单"
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "unit", "kind"], name="bulletin_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_kind_display()}"


class RectificationOrder(models.Model):
    """An order to put something right: the unit answers, the office looks and closes it."""

    year = models.PositiveSmallIntegerField("年")
    serial = models.PositiveSmallIntegerField("序号")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    bulletin = models.ForeignKey(
        Bulletin, verbose_name="通报", null=True, on_delete=models.PROTECT, related_name="orders"
    )
    task = models.ForeignKey(
        "ledger.Task", verbose_name="任务", null=True, on_delete=models.PROTECT, related_name="orders"
    )
    fault = models.TextField("问题")
    demand = models.TextField("整改要求")
    due_on = models.DateField("整改期限")
    state = models.CharField(
        "状态", max_length=14, choices=states.ORDER_LABELS.items(), default=states.ORDER_OPEN
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("发出时间")
    answer = models.TextField("整改情况", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True)
    reason = models.TextField("退回理由", blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField("销号时间", null=True)

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改单"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="order_number_once"),
            models.CheckConstraint(
                condition=Q(state="order_closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state="order_closed") & Q(closed_at__isnull=True)),
                name="order_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"

    @property
    def number(self) -> str:
        """The number as it stands on the paper: 整改〔2026〕3号."""
        return f"整改〔{self.year}〕{self.serial}号"
