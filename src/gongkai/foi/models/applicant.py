"""Who asks: the one place of an applicant's personal data, so that it can be erased as a whole."""

from __future__ import annotations

from django.db import models

from gongkai.kernel import sealing
from gongkai.orgs.wall import WalledManager

PURPOSE = "foi.applicant"


class Applicant(models.Model):
    """The applicant of one case. What identifies a person is sealed; erased when its keeping ends.

    ``identity_digest`` is a keyed digest of the identity number: the counter finds a case by the card, and
    pieces of one applicant in one month add up (fees), without a readable number in the database.
    """

    class Kind(models.TextChoices):
        PERSON = "person", "自然人"
        BUSINESS = "business", "商业企业"
        RESEARCH = "research", "科研机构"
        WELFARE = "welfare", "社会公益组织"
        LEGAL = "legal", "法律服务机构"
        OTHER = "other", "其他组织"

    class Document(models.TextChoices):
        ID_CARD = "id_card", "居民身份证"
        PASSPORT = "passport", "护照"
        HK_MACAO = "hk_macao", "港澳居民来往内地通行证"
        TAIWAN = "taiwan", "台湾居民来往大陆通行证"
        USCC = "uscc", "统一社会信用代码"
        OTHER = "other", "其他证件"

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("申请人类别", max_length=10, choices=Kind.choices)
    name = models.CharField("姓名或名称", max_length=120, blank=True)
    document = models.CharField("证件类型", max_length=10, choices=Document.choices)
    document_sealed = models.TextField("证件号码（加密）", blank=True)
    document_masked = models.CharField("证件号码（掩码）", max_length=40, blank=True)
    identity_digest = models.CharField("证件摘要", max_length=64, blank=True, db_index=True)
    phone_sealed = models.TextField("联系电话（加密）", blank=True)
    email_sealed = models.TextField("电子邮箱（加密）", blank=True)
    address_sealed = models.TextField("通信地址（加密）", blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    contact_person = models.CharField("联系人", max_length=60, blank=True)
    agent_name = models.CharField("代理人", max_length=60, blank=True)
    agent_document_sealed = models.TextField("代理人证件号码（加密）", blank=True)
    agent_authorised = models.BooleanField("已交授权委托书", default=False)
    help_needed = models.CharField("需要的帮助", max_length=200, blank=True)
    contact_confirmed_at = models.DateTimeField("申请人确认联系方式的时间", null=True, blank=True)
    purged_at = models.DateTimeField("清除时间", null=True, blank=True)

    objects = WalledManager()
    _plain = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "申请人"
        base_manager_name = "_plain"
        default_manager_name = "objects"

    def __str__(self) -> str:
        return self.name or "（身份信息已清除）"

    @property
    def is_person(self) -> bool:
        return self.kind == self.Kind.PERSON

    def opened(self, field: str) -> str:
        """A sealed field readable again: ``phone``, ``email``, ``address``, ``document``, ``agent_document``.

        Only for letters, delivery and the action that reveals identity; that one leaves its row in the trail.
        """
        sealed = getattr(self, f"{field}_sealed")
        return sealing.unseal(sealed, purpose=PURPOSE) if sealed else ""
