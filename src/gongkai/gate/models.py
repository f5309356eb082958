"""Lists that the office keeps, what was found in files and on live pages, sketches of texts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.gate import states
from gongkai.gate.rules import wording
from gongkai.orgs.wall import WalledManager


class WordEntry(models.Model):
    """One entry of the word list. It counts only in state active: no approved text holds its wrong form."""

    kind = models.CharField("类别", max_length=10, choices=wording.KINDS.items())
    wrong = models.CharField("错误写法", max_length=60, blank=True)
    right = models.CharField("正确写法", max_length=80)
    source = models.CharField("来源", max_length=200)
    state = models.CharField(
        "状态", max_length=10, choices=states.WORD_LABELS.items(), default=states.WAITING
    )
    # How far the approved texts were read for this entry, and where its wrong form stands in them.
    read_to = models.JSONField("已核对到", default=dict, blank=True)
    hits = models.PositiveIntegerField("已公开文件中的处数", default=0)
    places = models.JSONField("出处", default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("加入时间")
    changed_at = models.DateTimeField("状态时间")

    class Meta:
        verbose_name = verbose_name_plural = "用词"
        ordering = ["kind", "wrong", "right"]
        constraints = [models.UniqueConstraint(fields=["kind", "wrong", "right"], name="word_once")]
        indexes = [models.Index(fields=["state"], name="word_by_state")]

    def __str__(self) -> str:
        return f"{self.wrong or '近似写法'} → {self.right}"


class LeaderEntry(models.Model):
    """A leader of the district with post and place in the order of names, from a day until a day."""

    name = models.CharField("姓名", max_length=20)
    post = models.CharField("职务", max_length=40)
    order = models.PositiveIntegerField("排序", default=100)
    since = models.DateField("任职日期", null=True, blank=True)
    until = models.DateField("离任日期", null=True, blank=True)
    source = models.CharField("来源", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("加入时间")

    class Meta:
        verbose_name = verbose_name_plural = "领导名录"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["name", "post"], name="leader_once")]

    def __str__(self) -> str:
        return f"{self.post}{self.name}"


class FileCheck(models.Model):
    """What was found in a file, by its digest: a content never changes under it, so it is read once."""

    digest = models.CharField("SM3 摘要", max_length=64, unique=True)
    version = models.PositiveIntegerField("规则版本")
    readable = models.BooleanField("读懂了")
    findings = models.JSONField("发现", default=list)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "文件检查"

    def __str__(self) -> str:
        return self.digest[:12]


class GateRun(models.Model):
    """What the gate said of a record at one moment: kept as evidence when it is submitted and published."""

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    key = models.CharField("记录", max_length=60)
    digest = models.CharField("内容摘要", max_length=64)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField("处数", default=dict)
    findings = models.JSONField("发现", default=list)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "发布前检查"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["key", "digest"], name="gate_run_once")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"{self.key} {self.digest[:12]}"


class Sketch(models.Model):
    """The MinHash of a text; only public ones and the unit's own are compared with."""

    key = models.CharField("记录", max_length=60, unique=True)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=300)
    public = models.BooleanField("已公开", default=False)
    digest = models.CharField("内容摘要", max_length=64)
    signature = models.JSONField("签名")
    at = models.DateTimeField("时间")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "文本指纹"
        base_manager_name = "_plain"
        default_manager_name = "objects"

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.title


class SketchBand(models.Model):
    """One band of a sketch; texts that share one are compared."""

    sketch = models.ForeignKey(Sketch, on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField("值")

    class Meta:
        verbose_name = verbose_name_plural = "指纹分段"
        indexes = [models.Index(fields=["value"], name="sketch_band_value")]

    def __str__(self) -> str:
        return str(self.value)


class LiveFinding(models.Model):
    """Something that the nightly sweep found on a page that is public; it ends when the page no longer has it.

    ``mend`` is where it is put right, where that is not a paper; ``seen_on`` is the night that saw it last.
    """

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    key = models.CharField("记录", max_length=60)
    title = models.CharField("标题", max_length=300)
    url = models.CharField("网址", max_length=200)
    mend = models.CharField("办理页", max_length=200, blank=True)
    rule = models.CharField("规则", max_length=40)
    level = models.CharField("程度", max_length=8)
    text = models.CharField("内容", max_length=300)
    where = models.CharField("位置", max_length=300)
    says = models.CharField("说明", max_length=300)
    basis = models.CharField("依据", max_length=200, blank=True)
    count = models.PositiveIntegerField("处数", default=1)
    found_at = models.DateTimeField("发现时间")
    seen_on = models.DateField("最近查到", null=True, blank=True)
    gone_at = models.DateTimeField("消失时间", null=True, blank=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "已公开内容的发现"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "rule"], condition=models.Q(gone_at__isnull=True), name="live_finding_once"
            )
        ]
        indexes = [models.Index(fields=["unit", "gone_at"], name="live_finding_by_unit")]

    _plain = models.Manager()

    def __str__(self) -> str:
        return f"{self.title}：{self.rule}"


class NightSweep(models.Model):
    """How far the sweep of a night has come, so that a killed job goes on where it was. One row a night."""

    night = models.DateField("日期", unique=True)
    read_to = models.JSONField("已检查到", default=dict)
    seen = models.PositiveIntegerField("已检查", default=0)
    found = models.PositiveIntegerField("发现", default=0)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "夜间检查"
        ordering = ["-night"]

    def __str__(self) -> str:
        return str(self.night)
