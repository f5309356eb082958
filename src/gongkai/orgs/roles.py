"""The roles of the house; what each may do stands in the stations' policies."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """Who somebody is towards a unit."""

    OFFICER = "officer", "信息员"
    REVIEWER = "reviewer", "单位审核人"
    LEADER = "leader", "单位负责人"
    DISCLOSURE_OFFICE = "disclosure_office", "区政务公开主管部门"
    LEGAL_OFFICE = "legal_office", "合法性审核人"
    ASSESSOR = "assessor", "评估人员"
    COUNTER = "counter", "窗口人员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


# These roles decide or administer, so a password alone does not do (GB/T 22239-2019, third level).
SECOND_FACTOR = frozenset(
    {
        Role.REVIEWER,
        Role.LEADER,
        Role.DISCLOSURE_OFFICE,
        Role.LEGAL_OFFICE,
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDIT_ADMIN,
    }
)
