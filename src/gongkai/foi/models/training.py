"""Practice in a training or demo installation: one exercise of one person, what he answered, what it was worth."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.foi.models.work import Walled


class Exercise(Walled):
    """One invented case to be judged. Its facts follow from ``seed`` and ``begun_on``; the right answers from the
    rules, and are stored nowhere."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField("题号")
    title = models.CharField("所需信息名称", max_length=200)
    begun_on = models.DateField("取题日")
    begun_at = models.DateTimeField("取题时间")
    answers = models.JSONField("作答", default=dict, blank=True)
    score = models.PositiveSmallIntegerField("得分", null=True, blank=True)
    answered_at = models.DateTimeField("交卷时间", null=True, blank=True)

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "练习题"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "seed"], name="exercise_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.seed}"
