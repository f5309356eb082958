"""What comes after an answer, and beside it: blotting out, disputes and their lessons, the sealed file."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.foi.models.case import Case
from gongkai.foi.models.papers import Paper
from gongkai.foi.models.work import Walled
from gongkai.foi.rules.tables import REVIEW_GROUPS, REVIEW_OUTCOMES


class Redaction(Walled):
    """A 区分处理: the boxes over a paper, a ground for each, the paper that came of it, the proof.

    ``boxes`` holds places and grounds, never the words under them; ``proof`` holds numbers.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="redactions")
    source = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    boxes = models.JSONField("遮盖处", default=list, blank=True)
    kept_why = models.CharField("相同文字在别处保留的理由", max_length=200, blank=True)
    proof = models.JSONField("核验", default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "区分处理"
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(finished_at__isnull=True), name="one_open_redaction"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(result__isnull=False), name="redaction_has_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {len(self.boxes)}处"


class Dispute(Walled):
    """A reconsideration or lawsuit about a case; its own clocks, its outcome, its place in 表四."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disputes")
    kind = models.CharField("类别", max_length=16, choices=list(REVIEW_GROUPS.items()))
    body = models.CharField("复议机关或法院", max_length=120)
    number = models.CharField("案号", max_length=80, blank=True)
    filed_on = models.DateField("立案（受理）日")
    copy_received_on = models.DateField("收到副本日")
    simplified = models.BooleanField("简易程序", default=False)
    answer_due_on = models.DateField("答复（答辩）期限")
    answer_due_provisional = models.BooleanField("期限暂定", default=False)
    answered_on = models.DateField("提交答复（答辩）日", null=True, blank=True)
    outcome = models.CharField(
        "结果",
        max_length=24,
        blank=True,
        choices=[(key, words) for key, (words, _) in REVIEW_OUTCOMES.items() if key],
    )
    decided_on = models.DateField("决定（裁判）日", null=True, blank=True)
    received_on = models.DateField("收到决定（裁判）日", null=True, blank=True)
    redo_days = models.PositiveSmallIntegerField("责令重新答复的工作日数", null=True, blank=True)
    reason = models.TextField("理由要点", blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "复议诉讼"
        indexes = [
            models.Index(fields=["unit", "decided_on"], name="dispute_by_unit"),
            models.Index(fields=["answered_on", "answer_due_on"], name="dispute_by_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_on__isnull=True)
                | (~Q(outcome="") & Q(decided_on__isnull=False)),
                name="dispute_outcome_with_its_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or self.body}"

    @property
    def is_open(self) -> bool:
        return not self.outcome


class Lesson(models.Model):
    """What a lost or corrected case taught: ground, mistake, lesson. Shown to whoever rests a draft on that ground.

    It names no applicant and serves the whole district.
    """

    ground = models.CharField("办理结果代码", max_length=16, db_index=True)
    mistake = models.TextField("错在哪里")
    lesson = models.TextField("今后怎么做")
    source = models.CharField("来源", max_length=160, blank=True)
    dispute = models.OneToOneField(
        Dispute, null=True, blank=True, on_delete=models.PROTECT, related_name="lesson"
    )
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("写入时间")
    active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "败诉纠错案例"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.mistake[:40]


class SealedFile(Walled):
    """The sealed package of a case: every paper with its digest, the course, the proof. Made once, checked ever after."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="sealed")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField("卷宗摘要", max_length=64)
    papers = models.PositiveIntegerField("件数")
    trail_seq = models.BigIntegerField("留痕序号")
    sealed_at = models.DateTimeField("封卷时间")

    class Meta(Walled.Meta):
        verbose_name = verbose_name_plural = "归档卷宗"

    def __str__(self) -> str:
        return f"{self.case} 卷宗"
