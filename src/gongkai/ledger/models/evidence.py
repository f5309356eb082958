"""What stands behind a report: published records, links, files and meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.ledger.models.report import ProgressReport
from gongkai.orgs.wall import WalledManager


class Evidence(models.Model):
    """One piece of evidence of a report. Files and meetings stay inside; records and links may be shown."""

    class Kind(models.TextChoices):
        RECORD = "record", "本站公开的文件"
        LINK = "link", "外部网页"
        FILE = "file", "内部材料"
        MEETING = "meeting", "会议"

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="evidence")
    order = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    title = models.CharField("名称", max_length=300)
    publication = models.ForeignKey(
        "publishing.Publication", verbose_name="文件", null=True, on_delete=models.PROTECT, related_name="+"
    )
    url = models.CharField("网址", max_length=500, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", verbose_name="材料", null=True, on_delete=models.PROTECT, related_name="+"
    )
    held_on = models.DateField("开会日期", null=True, blank=True)
    decided = models.TextField("议定事项", blank=True)

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "佐证"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["report", "order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "order"], name="evidence_place_once"),
            models.CheckConstraint(
                condition=(
                    Q(kind="record", publication__isnull=False)
                    | Q(kind="link", publication__isnull=True) & ~Q(url="")
                    | Q(kind="file", publication__isnull=True, file__isnull=False)
                    | Q(kind="meeting", publication__isnull=True, held_on__isnull=False) & ~Q(decided="")
                ),
                name="evidence_as_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def withdrawn(self) -> bool:
        """A record that no longer stands in public proves nothing."""
        return self.publication is not None and self.publication.state != "live"
