"""Failed logins, counted without keeping what was typed."""

from __future__ import annotations

from django.db import models


class FailedLogins(models.Model):
    """How often a login failed for one key; the key is a keyed digest of account and address."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField("次数", default=0)
    last_at = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = verbose_name_plural = "失败登录"

    def __str__(self) -> str:
        return f"{self.failures}"
