"""Published records that the system found for the tasks of a plan, and how far it has looked."""

from __future__ import annotations

from django.db import models

from gongkai.ledger.models.plan import Plan, Task


class MatchWords(models.Model):
    """The words by which the office wants the records of a task to be found, instead of those of the plan."""

    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="match_words")
    words = models.CharField("匹配词", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "匹配词"

    def __str__(self) -> str:
        return self.words


class Match(models.Model):
    """A published record that fits a task: by which words, for which unit, published on which day.

    The row holds what is public anyway, so it belongs to nobody's wall. Whether it is too old to count is
    reckoned from ``published_on`` and the cycle of the task when it is read.
    """

    class State(models.TextChoices):
        LIVE = "live", "正在公开"
        WITHDRAWN = "withdrawn", "已撤回"

    # Very many rows are written at once: no index that another one covers.
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="matches", db_index=False)
    publication = models.ForeignKey("publishing.Publication", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.LIVE)
    published_on = models.DateField("公开日期")
    words = models.CharField("命中的词", max_length=120, blank=True)
    item = models.CharField("同类的法定目录", max_length=10, blank=True)
    theme = models.CharField("同类的主题", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "系统找到的佐证"
        constraints = [models.UniqueConstraint(fields=["task", "publication"], name="match_once")]
        indexes = [
            # Counts and the newest day of each unit come from this index alone.
            models.Index(fields=["task", "state", "unit", "published_on"], name="match_by_task"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.publication_id}"


class Sweep(models.Model):
    """How far the records were looked through for a plan. Another ``basis`` means: begin anew."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="sweep")
    basis = models.CharField("依据摘要", max_length=64)
    reached = models.BigIntegerField("已看到", default=0)
    finished_at = models.DateTimeField("看完时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "佐证归集进度"

    def __str__(self) -> str:
        return f"{self.plan} {self.reached}"
