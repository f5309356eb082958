"""What many asked for: a topic of a quarter, its requests, what was decided about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.foi.models.case import Case
from gongkai.foi.models.work import Walled
from gongkai.foi.rules import topic_steps


class Topic(Walled):
    """Requests of one quarter and unit that share words; decided, made public, told (条例第四十四条)."""

    year = models.PositiveSmallIntegerField("年份")
    quarter = models.PositiveSmallIntegerField("季度")
    title = models.CharField("专题", max_length=120)
    words = models.JSONField("共同的词", default=list)
    state = models.CharField(
        "状态", max_length=10, choices=list(topic_steps.LABELS.items()), default=topic_steps.PROPOSED
    )
    found_at = models.DateTimeField("分析时间")
    reason = models.CharField("决定的理由", max_length=500, blank=True)
    article = models.CharField("依据", max_length=60, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="责任人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_on = models.DateField("最迟公开日", null=True, blank=True)
    document = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_on = models.DateField("公开日", null=True, blank=True)
    path = models.CharField("公开网址", max_length=200, blank=True)
    told_at = models.DateTimeField("告知时间", null=True, blank=True)

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "申请专题"
        ordering = ["-year", "-quarter", "pk"]
        indexes = [models.Index(fields=["unit", "year", "quarter"], name="topic_by_quarter")]
        constraints = [
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="topic_in_a_quarter"),
            models.CheckConstraint(
                condition=Q(state=topic_steps.PROPOSED)
                | (~Q(reason="") & ~Q(article="") & Q(decided_at__isnull=False)),
                name="topic_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(topic_steps.PUBLISHED, topic_steps.TOLD))
                | Q(published_on__isnull=False),
                name="topic_published_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TopicCase(Walled):
    """One request of a topic, and how its applicant was told of the publication."""

    class Told(models.TextChoices):
        SENT = "sent", "已发通知"
        SAME = "same", "同一申请人已通知"
        BY_HAND = "by_hand", "没有可用的联系方式"

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="requests")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="topics")
    told = models.CharField("告知", max_length=8, choices=Told.choices, blank=True)

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "专题中的申请"
        constraints = [models.UniqueConstraint(fields=["topic", "case"], name="topic_case_once")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.case_id}"
