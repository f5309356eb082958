"""One way of one message: claimed, tried, tried again, and what came of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from gongkai.messaging import states
from gongkai.messaging.models.channels import Endpoint
from gongkai.messaging.models.messages import Message, OutsideNotice
from gongkai.messaging.rules.targets import EMAIL


class Delivery(models.Model):
    """A message on one channel. Its number goes along, so that a receiver can drop a repetition."""

    KINDS = [(EMAIL, "邮件"), *Endpoint.Kind.choices]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    outside = models.ForeignKey(
        OutsideNotice, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    kind = models.CharField("方式", max_length=10, choices=KINDS)
    endpoint = models.ForeignKey(
        Endpoint,
        verbose_name="通道",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deliveries",
    )
    account_sealed = models.TextField("收件账号（密封）", blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=list(states.LABELS.items()), default=states.WAITING
    )
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    created_at = models.DateTimeField("产生时间")
    next_at = models.DateTimeField("最早发送时间")
    claimed_at = models.DateTimeField("开始发送", null=True, blank=True)
    done_at = models.DateTimeField("结束时间", null=True, blank=True)
    last_error = models.CharField("最近一次问题", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发送记录"
        ordering = ["next_at", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, outside__isnull=True)
                | Q(message__isnull=True, outside__isnull=False),
                name="delivery_of_one_message",
            ),
            models.UniqueConstraint(fields=["message", "endpoint"], name="delivery_once_per_endpoint"),
            models.UniqueConstraint(
                fields=["message"], condition=Q(endpoint=None), name="delivery_once_by_email"
            ),
            models.UniqueConstraint(fields=["outside"], name="delivery_once_outside"),
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="delivery_waiting")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_state_display()}"
