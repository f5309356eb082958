"""The look-back at last year's plan: each task of each unit is verified by a named person by a named day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.ledger import states
from gongkai.ledger.models.plan import Plan, Task
from gongkai.orgs.wall import WalledManager


class LookBack(models.Model):
    """The look-back at the plan of one year."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="look_back")
    due_on = models.DateField("核查期限")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("开始时间")
    closed_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "回头看"
        ordering = ["-plan__year"]

    def __str__(self) -> str:
        return f"{self.plan.year}年工作要点回头看"


class Verification(models.Model):
    """Whether one unit really did one task: who looks, by when, what was found."""

    look_back = models.ForeignKey(LookBack, on_delete=models.PROTECT, related_name="verifications")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="verifications")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="核查人", on_delete=models.PROTECT, related_name="+"
    )
    check_by = models.DateField("核查日期")
    state = models.CharField(
        "结论", max_length=10, choices=states.VERIFICATION_LABELS.items(), default=states.TO_VERIFY
    )
    finding = models.TextField("核查情况", blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField("核查时间", null=True)

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "核查"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["task__origin", "task__number", "unit__order", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["look_back", "task", "unit"], name="verification_once"),
            models.CheckConstraint(
                condition=Q(state="to_verify") | (Q(verified_at__isnull=False) & ~Q(finding="")),
                name="verification_with_finding",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["to_verify", "confirmed"]) | Q(rectify_by__isnull=False),
                name="verification_with_date_to_put_right",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.unit}"
