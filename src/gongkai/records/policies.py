"""Who works on typed rows, who lets them out, who declares a type."""

from __future__ import annotations

from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility
from gongkai.records.models import (
    RecordApproval,
    RecordBatch,
    RecordEdition,
    RecordImport,
    RecordRow,
    RowJustification,
)

declare(
    Policy(
        "records.view",
        "查看信息清单",
        {
            Role.OFFICER: Scope.SUBTREE,
            Role.REVIEWER: Scope.SUBTREE,
            Role.LEADER: Scope.SUBTREE,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
    ),
    Policy(
        "records.work",
        "录入、导入、修改信息清单的行",
        {Role.OFFICER: Scope.SUBTREE, Role.DISCLOSURE_OFFICE: Scope.ALL},
    ),
    Policy(
        "records.publish",
        "公开、退回、撤下信息清单的行",
        {Role.REVIEWER: Scope.SUBTREE, Role.LEADER: Scope.SUBTREE, Role.DISCLOSURE_OFFICE: Scope.ALL},
        separation="录入或者修改这一行的人不能自己公开它",
    ),
    Policy(
        "records.justify",
        "对检查发现的个人信息说明理由",
        {
            Role.OFFICER: Scope.SUBTREE,
            Role.REVIEWER: Scope.SUBTREE,
            Role.LEADER: Scope.SUBTREE,
            Role.DISCLOSURE_OFFICE: Scope.ALL,
        },
    ),
    Policy("records.types", "增加、停用信息类型，查看名单查询情况", {Role.DISCLOSURE_OFFICE: Scope.ALL}),
)
visibility(RecordBatch, action="records.view")
visibility(RecordImport, action="records.view")
visibility(RecordRow, action="records.view")
visibility(RecordEdition, action="records.view", unit_path="row__unit_id")
visibility(RecordApproval, action="records.view", unit_path="row__unit_id")
visibility(RowJustification, action="records.view", unit_path="row__unit_id")
