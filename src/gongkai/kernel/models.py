"""Outbox rows and the simulated clock."""

from __future__ import annotations

import uuid

from django.db import models


class OutboxRow(models.Model):
    """One event on its way to one handler; written in the transaction of the change that it tells of."""

    WAITING, DONE, FAILED = "waiting", "done", "failed"
    STATES = [(WAITING, "待送"), (DONE, "已送"), (FAILED, "失败")]

    event_id = models.UUIDField(default=uuid.uuid4)
    topic = models.CharField("事件", max_length=80)
    handler = models.CharField("接收方", max_length=120)
    payload = models.JSONField("内容")
    state = models.CharField("状态", max_length=10, choices=STATES, default=WAITING)
    attempts = models.PositiveIntegerField("已试次数", default=0)
    created_at = models.DateTimeField("发生时间")
    next_at = models.DateTimeField("下次投递")
    done_at = models.DateTimeField("送达时间", null=True)
    last_error = models.TextField("最近一次错误", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待投递事件"
        constraints = [
            models.UniqueConstraint(fields=["event_id", "handler"], name="outbox_once_per_handler")
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.topic} → {self.handler}"


class SimulatedClock(models.Model):
    """The shifted clock of a demo or training installation; no row means real time."""

    offset_seconds = models.BigIntegerField("偏移（秒）")

    class Meta:
        verbose_name = verbose_name_plural = "模拟时钟"

    def __str__(self) -> str:
        return f"{self.offset_seconds} 秒"
