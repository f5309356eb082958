"""Official documents and information items, their editions, openness and justifications."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.documents import states
from gongkai.orgs.wall import WalledManager


class Document(models.Model):
    """One paper or item of a unit, as it is being worked on. What the public sees is an ``Edition``."""

    class Openness(models.TextChoices):
        PROACTIVE = "主动公开", "主动公开"
        ON_REQUEST = "依申请公开", "依申请公开"
        CLOSED = "不予公开", "不予公开"

    unit = models.ForeignKey("orgs.Unit", verbose_name="承办单位", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="拟稿人", on_delete=models.PROTECT, related_name="+"
    )
    # Everybody who wrote on the text; none of them may review it.
    writers = models.JSONField("写过的人", default=list)
    state = models.CharField("状态", max_length=12, choices=states.LABELS.items(), default=states.DRAFT)
    round = models.PositiveIntegerField("送审轮次", default=0)

    title = models.CharField("标题", max_length=300)
    number = models.CharField("发文字号", max_length=60, blank=True)
    issuer = models.CharField("发文机关", max_length=200)
    recipients = models.JSONField("主送机关", default=list, blank=True)
    written_on = models.DateField("成文日期", null=True, blank=True)
    kind = models.CharField("文种", max_length=20, blank=True)
    theme = models.CharField("主题分类", max_length=40, blank=True)
    catalogue_item = models.CharField("法定目录", max_length=10, blank=True)
    column = models.ForeignKey(
        "columns.Column",
        verbose_name="专栏",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    matter = models.ForeignKey(
        "catalogue.Matter",
        verbose_name="标准目录事项",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    keywords = models.JSONField("关键词", default=list, blank=True)
    summary = models.CharField("内容概述", max_length=300, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    registered_number = models.CharField("规范性文件登记号", max_length=60, blank=True)
    is_normative = models.BooleanField("行政规范性文件", default=False)
    # Art. 26, reckoned when the date is entered and anew when a holiday notice is imported.
    due_on = models.DateField("公开期限", null=True, blank=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    body = models.TextField("正文", blank=True)
    source_file = models.ForeignKey(
        "files.StoredFile",
        verbose_name="原件",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recognised = models.JSONField("识别结果", default=dict, blank=True)
    created_at = models.DateTimeField("建立时间")
    changed_at = models.DateTimeField("最近修改")

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "公文与信息"
        base_manager_name = "_plain"
        default_manager_name = "objects"
        indexes = [
            models.Index(fields=["unit", "state", "-changed_at"], name="document_by_unit"),
            models.Index(fields=["state", "-changed_at"], name="document_by_state"),
            # The clerk's list of all states; without these two every row is sorted for one page.
            models.Index(fields=["unit", "-changed_at", "-id"], name="document_newest_of_unit"),
            models.Index(fields=["-changed_at", "-id"], name="document_newest"),
            models.Index(fields=["number"], name="document_by_number"),
        ]

    _plain = models.Manager()

    def __str__(self) -> str:
        return self.title


class PresentAttachments(models.Manager["Attachment"]):
    """The attachments that a document has now; those of its earlier editions only are left out."""

    def get_queryset(self) -> models.QuerySet[Attachment]:
        return super().get_queryset().filter(retired_at=None)


class Attachment(models.Model):
    """A file that belongs to a document, under the title that the paper gives it.

    What once stood in public is never deleted: it is retired, and ``replaces`` of its successor leads back to it.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("附件名称", max_length=200)
    order = models.PositiveIntegerField("序号", default=1)
    replaces = models.ForeignKey(
        "self", verbose_name="替换", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = PresentAttachments()
    ever = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["order", "pk"]
        base_manager_name = "ever"
        default_manager_name = "objects"

    def __str__(self) -> str:
        return self.title


class Determination(models.Model):
    """One decision about a document's openness; the newest counts, the others are its history."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="determinations")
    openness = models.CharField("公开属性", max_length=8, choices=Document.Openness.choices)
    ground = models.CharField("依据情形", max_length=8, blank=True)
    reason = models.TextField("理由", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    review_on = models.DateField("再次评估日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开属性认定"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.openness


class Justification(models.Model):
    """A named person's reason for going on although a rule objects (no interpretation, late, incomplete)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="justifications")
    code = models.CharField("规则", max_length=60)
    reason = models.TextField("理由")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "情况说明"
        constraints = [models.UniqueConstraint(fields=["document", "code"], name="justified_once")]

    def __str__(self) -> str:
        return self.code


class InterpretationLink(models.Model):
    """The interpretation that goes with a document: both are documents of this district."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="interpretations")
    interpretation = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="interprets")

    class Meta:
        verbose_name = verbose_name_plural = "解读关联"

    def __str__(self) -> str:
        return f"{self.document} ← {self.interpretation}"


class Edition(models.Model):
    """What the public was shown from one moment on: frozen fields, text and digest. Never changed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField("编次")
    fields = models.JSONField("字段")
    body = models.TextField("正文")
    attachments = models.JSONField("附件", default=list)
    digest = models.CharField("内容摘要", max_length=64)
    made_at = models.DateTimeField("形成时间")
    change_note = models.CharField("变更说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"第{self.number}版"


class Correction(models.Model):
    """A new edition on its way: what is changed and why, from when on, by which road, how it ended.

    ``light`` is the short road for an obvious slip: a second named person looks at the two texts and publishes.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", "更正中"
        PUBLISHED = "published", "已发布"
        DROPPED = "dropped", "已放弃"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="corrections")
    base = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("变更说明", max_length=300, blank=True)
    light = models.BooleanField("明显差错", default=False)
    slip_reason = models.CharField("按明显差错更正的理由", max_length=300, blank=True)
    # Why the editions before may not be read any more (personal data stood in them); empty: they may.
    closes_before = models.CharField("以前版本不再公开的理由", max_length=300, blank=True)
    # Art. 26 counts anew from the day on which the information changed; at the latest that is when this began.
    changed_on = models.DateField("变更日期", null=True, blank=True)
    due_on = models.DateField("公开期限", null=True, blank=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "更正"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(outcome="open"), name="one_open_correction"
            )
        ]

    def __str__(self) -> str:
        return self.note or "更正"
