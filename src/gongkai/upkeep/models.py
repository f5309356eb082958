"""Placements: a published record in a second column, taken in by that column's own approver."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.orgs.wall import WalledManager
from gongkai.upkeep import states


class Placement(models.Model):
    """A record of one unit offered to a column of another: one entry, two columns, each with its approver."""

    publication = models.ForeignKey("publishing.Publication", on_delete=models.PROTECT, related_name="+")
    column = models.ForeignKey(
        "columns.Column", verbose_name="专栏", on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey("orgs.Unit", verbose_name="报送单位", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        "orgs.Unit", verbose_name="专栏单位", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField("状态", max_length=8, choices=states.LABELS.items(), default=states.ASKED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("报送时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)
    reason = models.CharField("说明", max_length=200, blank=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "收入专栏"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["publication", "column"], name="placed_once")]
        indexes = [models.Index(fields=["owner", "state"], name="placement_by_owner")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"{self.publication_id} → {self.column_id}"
