"""Who reads messages, and who keeps the ways out of the house."""

from __future__ import annotations

from gongkai.messaging.models import Message, OutsideNotice
from gongkai.orgs.policies import EVERYONE_OWN
from gongkai.orgs.roles import Role
from gongkai.orgs.wall import Policy, Scope, declare, visibility

READ, KEEP = "messaging.read", "messaging.keep_channels"

declare(
    Policy(
        READ,
        "查看自己的消息、选提醒方式",
        dict.fromkeys(EVERYONE_OWN, Scope.OWN),
        "只看得到发给自己的消息；代理人收到的一份写明代谁",
    ),
    Policy(
        KEEP,
        "维护消息通道和发送规则",
        {Role.SYSTEM_ADMIN: Scope.ALL, Role.SECURITY_ADMIN: Scope.ALL},
        "看得到发送状态，看不到消息内容和完整地址",
    ),
)
visibility(Message, action=READ, unit_path="person__unit_id")
visibility(OutsideNotice, action=READ)
