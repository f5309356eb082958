"""Files that came in: kept privately under a random key, used only when they passed the gate."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.files import states


class StoredFile(models.Model):
    """One file as it was sent in; the content never changes under its key."""

    class State(models.TextChoices):
        QUARANTINE = states.QUARANTINE, states.LABELS[states.QUARANTINE]
        UNSCANNED = states.UNSCANNED, states.LABELS[states.UNSCANNED]
        CLEAN = states.CLEAN, states.LABELS[states.CLEAN]
        REFUSED = states.REFUSED, states.LABELS[states.REFUSED]

    key = models.CharField("存储键", max_length=64, unique=True)
    name = models.CharField("文件名", max_length=255)
    size = models.BigIntegerField("大小（字节）")
    digest = models.CharField("SM3 摘要", max_length=64)
    kind = models.CharField("类型", max_length=12)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.QUARANTINE)
    reason = models.TextField("说明", blank=True)
    unit = models.ForeignKey(
        "orgs.Unit", verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField("上传时间")
    scanned = models.BooleanField("查过毒", default=False)
    # Sent in to be looked at before it is imported; nothing of the office holds it yet.
    for_preview = models.BooleanField("等核对后导入", default=False)
    # The copy for the public without what is hidden in this file; this one, the original, stays private.
    public = models.ForeignKey(
        "self", verbose_name="公开副本", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Of a copy: the paper it was made of, and what was done to it, in this order (cleaned, masked).
    original = models.ForeignKey(
        "self", verbose_name="原件", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    treatments = models.JSONField("处理", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        indexes = [
            models.Index(fields=["at"], condition=models.Q(for_preview=True), name="stored_file_previews")
        ]

    def __str__(self) -> str:
        return self.name
