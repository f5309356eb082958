"""Decisions of reviewers, the secrecy review, signed sheets of paper, questions to other agencies."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.orgs.wall import WalledManager
from gongkai.review import rules, states


class SignedSheet(models.Model):
    """A 发文单 that was signed by hand and photographed into the file; it names the text that was signed."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField("轮次")
    code = models.CharField("发文单编号", max_length=40)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="签批人", on_delete=models.PROTECT, related_name="+"
    )
    signed_on = models.DateField("签批日期")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("登记时间")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "签批的发文单"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "round"], name="signed_sheet_once_per_round"),
            models.CheckConstraint(condition=~models.Q(signer=models.F("by")), name="sheet_by_two_people"),
        ]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.code


class ReviewStep(models.Model):
    """One reviewer's decision in one round. ``by`` decided; a paper signature names in ``sheet`` who recorded it."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField("轮次")
    step = models.CharField("审次", max_length=8, choices=rules.LABELS.items())
    decision = models.CharField("决定", max_length=10, choices=states.DECISIONS.items())
    reason = models.CharField("退文原因", max_length=12, choices=states.REASONS.items(), blank=True)
    opinion = models.TextField("意见", blank=True)
    signature = models.CharField(
        "签批方式", max_length=8, choices=states.SIGNATURES.items(), default=states.LOGIN
    )
    sheet = models.OneToOneField(SignedSheet, null=True, on_delete=models.PROTECT, related_name="step")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    instead_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "审核"
        ordering = ["round", "at", "pk"]
        indexes = [models.Index(fields=["decision", "at"], name="review_step_by_decision")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "round", "step"],
                condition=models.Q(decision=states.APPROVED),
                name="approved_once_per_step",
            ),
            models.CheckConstraint(
                condition=models.Q(signature=states.PAPER, sheet__isnull=False)
                | (~models.Q(signature=states.PAPER) & models.Q(sheet__isnull=True)),
                name="paper_has_its_sheet",
            ),
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


class Coordination(models.Model):
    """A part of a paper touches another agency, which confirms it before publication. 条例第十一条."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(
        "orgs.Unit", verbose_name="涉及机关", on_delete=models.PROTECT, related_name="+"
    )
    matter = models.CharField("涉及的内容", max_length=300)
    answer_by = models.DateField("请在此日前答复")
    provisional = models.BooleanField("期限暂定", default=False)
    state = models.CharField("状态", max_length=10, choices=states.LABELS.items(), default=states.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("征求时间")
    opinion = models.CharField("意见", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True)
    # Whose words were confirmed: a text that changed afterwards is asked about again.
    digest = models.CharField("文本摘要", max_length=64, blank=True)
    ruling = models.CharField("决定理由", max_length=500, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField("决定时间", null=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "征求其他机关意见"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["asked", "state"], name="coordination_by_asked")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(unit=models.F("asked")), name="coordination_asks_another"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=states.DECIDED) | ~models.Q(ruling=""), name="decided_with_reason"
            ),
            models.UniqueConstraint(
                fields=["document", "asked"],
                condition=models.Q(state__in=(states.WAITING, states.OBJECTED)),
                name="coordination_asked_once",
            ),
        ]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"征求{self.asked}意见"

    @property
    def light(self) -> str:
        """The status light of its state."""
        return states.LIGHTS[self.state]
