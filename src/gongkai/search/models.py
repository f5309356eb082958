"""Which records the index has yet to look at, and what people look for, found or not."""

from __future__ import annotations

from django.db import models


class IndexJob(models.Model):
    """One record that can be found: the version that the index should show and the one that it shows.

    One row a record for ever; a newer version replaces the wish of an older one, and all rows together are
    what a lost index is built from.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待更新"
        DONE = "done", "已更新"

    source = models.CharField("来源", max_length=30)
    record_id = models.BigIntegerField("记录")
    version = models.PositiveIntegerField("应有版本")
    indexed_version = models.PositiveIntegerField("索引版本", default=0)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    queued_at = models.DateTimeField("提出时间")
    next_at = models.DateTimeField("下次处理")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    turns_on = models.DateField("有效性变化日期", null=True, blank=True)
    attempts = models.PositiveIntegerField("已试次数", default=0)
    last_error = models.CharField("最近一次错误", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "索引任务"
        constraints = [models.UniqueConstraint(fields=["source", "record_id"], name="index_job_once")]
        indexes = [
            models.Index(fields=["state", "next_at"], name="index_job_waiting"),
            models.Index(fields=["turns_on"], name="index_job_turns"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The record's name in the index."""
        return f"{self.source}:{self.record_id}"


class EmptyAnswer(models.Model):
    """Words that found nothing on one day: a sum without person, address or time, and without names."""

    day = models.DateField("日期")
    words = models.CharField("词语", max_length=120)
    times = models.PositiveIntegerField("次数", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "无结果查询"
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="empty_answer_once")]

    def __str__(self) -> str:
        return self.words


class AskedWords(models.Model):
    """Words that found something on one day: a sum without person, address or time, and without names.

    ``askers`` counts each visitor once a day; ``marks`` tells the visitors of the running day apart (a digest of
    the day and the address) and is emptied when the day is over.
    """

    day = models.DateField("日期")
    words = models.CharField("词语", max_length=120)
    askers = models.PositiveIntegerField("人次", default=0)
    marks = models.TextField("当日来访摘要", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "搜索过的词"
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="asked_words_once")]

    def __str__(self) -> str:
        return self.words
