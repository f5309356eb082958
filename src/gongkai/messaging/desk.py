"""Messages in the rail; what they speak of stands on the desk by its own station."""

from __future__ import annotations

from gongkai.kernel.desk import HOUSE, RailEntry
from gongkai.messaging.policies import KEEP, READ

RAIL = (
    RailEntry(
        key="messages", label="消息", icon="chat", url_name="messaging:list", action=READ, group="", order=20
    ),
    RailEntry(
        key="reminders",
        label="提醒方式",
        icon="clock",
        url_name="messaging:reminders",
        action=READ,
        group=HOUSE,
        order=15,
    ),
    RailEntry(
        key="channels",
        label="消息通道",
        icon="link",
        url_name="messaging:channels",
        action=KEEP,
        group=HOUSE,
        order=70,
    ),
)
