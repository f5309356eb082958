"""What is said to whom: to a colleague in the workbench, to a citizen outside."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from gongkai.messaging.rules.targets import EMAIL, SMS
from gongkai.orgs.wall import WalledManager


class Message(models.Model):
    """One message to one colleague; the same key never reaches the same person twice."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "消息"
        DIGEST = "digest", "每日汇总"
        TEST = "test", "试发"

    person = models.ForeignKey(
        "orgs.Person", verbose_name="收件人", on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField("事由编号", max_length=160)
    kind = models.CharField("类别", max_length=8, choices=Kind.choices, default=Kind.NOTICE)
    subject = models.CharField("标题", max_length=200)
    text = models.TextField("内容", blank=True)
    url = models.CharField("页面", max_length=500, blank=True)
    due = models.DateField("期限", null=True, blank=True)
    urgent = models.BooleanField("紧急", default=False)
    instead_of = models.ForeignKey(
        "orgs.Person", verbose_name="代", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    about_kind = models.CharField("对象类别", max_length=80, blank=True)
    about_id = models.CharField("对象编号", max_length=80, blank=True)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)
    # The day on which it left the house by itself or in a digest; empty: the next digest carries it.
    told_on = models.DateField("送出日期", null=True, blank=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="message_once_per_person")]
        indexes = [
            models.Index(fields=["person", "kind", "-at"], name="message_of_person"),
            models.Index(fields=["about_kind", "about_id"], name="message_about"),
        ]

    def __str__(self) -> str:
        return self.subject


class Digest(models.Model):
    """A person's digest of a day was made, or there was nothing to say; the row is the claim on it."""

    person = models.ForeignKey("orgs.Person", verbose_name="人员", on_delete=models.PROTECT, related_name="+")
    day = models.DateField("日期")
    at = models.DateTimeField("生成时间")
    lines = models.PositiveIntegerField("条数", default=0)
    # Whose row it is when two workers make the same digests: only the one whose mark stands goes on.
    claimed_by = models.UUIDField("生成者", default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "每日汇总"
        ordering = ["-day", "person"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"


class OutsideNotice(models.Model):
    """A notice to somebody outside the house: address and words are sealed and can be erased.

    What stays after erasing is that, when and how something was sent, not to whom nor what.
    """

    class Channel(models.TextChoices):
        EMAIL = EMAIL, "邮件"
        SMS = SMS, "短信"

    unit = models.ForeignKey("orgs.Unit", verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    key = models.CharField("事由编号", max_length=160, unique=True)
    channel = models.CharField("方式", max_length=8, choices=Channel.choices)
    purpose = models.CharField("用途", max_length=80)
    address_mark = models.CharField("收件地址（遮盖）", max_length=120, blank=True)
    address_digest = models.CharField("收件地址摘要", max_length=64, blank=True)
    address_sealed = models.TextField("收件地址（密封）", blank=True)
    content_sealed = models.TextField("内容（密封）", blank=True)
    about_kind = models.CharField("对象类别", max_length=80, blank=True)
    about_id = models.CharField("对象编号", max_length=80, blank=True)
    at = models.DateTimeField("时间")
    erased_at = models.DateTimeField("抹去时间", null=True, blank=True)

    objects = WalledManager()

    class Meta:
        verbose_name = verbose_name_plural = "对外通知"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(address_sealed="", content_sealed="", address_mark="", address_digest=""),
                name="outside_erased_whole",
            )
        ]
        indexes = [
            models.Index(fields=["address_digest", "at"], name="outside_by_address"),
            models.Index(fields=["about_kind", "about_id"], name="outside_about"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.purpose}"
