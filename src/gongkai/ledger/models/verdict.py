"""A light that the district office set by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.ledger.models.plan import Task
from gongkai.ledger.rules.lights import BY_HAND


class Override(models.Model):
    """The office's own verdict on a task, with its reason, until a day; the newest that is not lifted counts."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="overrides")
    state = models.CharField("判定", max_length=8, choices=BY_HAND.items())
    reason = models.CharField("理由", max_length=300)
    until = models.DateField("有效至")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("判定时间")
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField("取消时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "人工判定"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(lifted_at__isnull=True), name="one_override_stands"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("at")), name="override_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.get_state_display()}"
