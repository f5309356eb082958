"""Reads about messages, channels and deliveries."""

from gongkai.messaging.queries.channels import (
    Channel,
    channels_of,
    mail_is_set_up,
    offered_to,
    sending_rules,
)
from gongkai.messaging.queries.deliveries import (
    due,
    endpoints_with_figures,
    my_deliveries,
    notices_about,
    sms_today,
    troubles,
    waiting_since,
)
from gongkai.messaging.queries.messages import (
    awaiting_digest,
    my_messages,
    to_tell,
    unread_count,
)
from gongkai.messaging.queries.parcels import address_of
from gongkai.messaging.rules.wording import DigestLine

__all__ = [
    "DigestLine",
    "address_of",
    "Channel",
    "awaiting_digest",
    "channels_of",
    "due",
    "endpoints_with_figures",
    "mail_is_set_up",
    "my_deliveries",
    "my_messages",
    "notices_about",
    "offered_to",
    "sending_rules",
    "sms_today",
    "to_tell",
    "troubles",
    "unread_count",
    "waiting_since",
]
