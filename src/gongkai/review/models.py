"""Decisions of reviewers and the secrecy review."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.review import rules, states


class ReviewStep(models.Model):
    """One reviewer's decision in one round."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField("轮次")
    step = models.CharField("审次", max_length=8, choices=rules.LABELS.items())
    decision = models.CharField("决定", max_length=10, choices=states.DECISIONS.items())
    opinion = models.TextField("意见", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    instead_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "审核"
        ordering = ["round", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "round", "step"],
                condition=models.Q(decision=states.APPROVED),
                name="approved_once_per_step",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.get_decision_display()}"


class SecrecyReview(models.Model):
    """The secrecy review of one round: who, when, opinion. 条例第十七条."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField("轮次")
    passed = models.BooleanField("可以公开")
    opinion = models.TextField("审查意见")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "保密审查"
        ordering = ["round", "at"]
        constraints = [models.UniqueConstraint(fields=["document", "round"], name="secrecy_once_per_round")]

    def __str__(self) -> str:
        return "可以公开" if self.passed else "不可以公开"
