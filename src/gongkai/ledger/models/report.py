"""What units report on a task, and what the office said to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.ledger import states
from gongkai.ledger.models.plan import Task
from gongkai.orgs.wall import WalledManager


class ProgressReport(models.Model):
    """What a unit says about its task, with its evidence; accepted, returned or taken back."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    measures = models.TextField("举措", blank=True)
    text = models.TextField("进展")
    finished = models.BooleanField("本单位已完成", default=False)
    state = models.CharField("状态", max_length=10, choices=states.LABELS.items(), default=states.SUBMITTED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("填报时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("审核时间", null=True)
    reason = models.TextField("退回理由", blank=True)

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "进展填报"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["state", "at"], name="report_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="submitted", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="submitted") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="report_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="returned", reason=""), name="report_returned_why"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.task}"
