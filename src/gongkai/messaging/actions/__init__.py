"""What the message port does: say something to a colleague or a citizen, carry it out, keep the channels."""

from gongkai.messaging.actions.channels import (
    change_rules,
    choose_channel,
    keep_endpoint,
    try_endpoint,
    try_own_channels,
    why_not_change_rules,
    why_not_choose,
    why_not_keep_endpoint,
    why_not_try_endpoint,
)
from gongkai.messaging.actions.delivering import (
    deliver_next,
    recover_claims,
    send_again,
    why_not_send_again,
)
from gongkai.messaging.actions.digesting import DigestDraft, give_digests
from gongkai.messaging.actions.outside import erase_outside, send_outside, why_not_send_outside
from gongkai.messaging.actions.reading import mark_read
from gongkai.messaging.actions.sending import send, send_to_role, why_not_send

__all__ = [
    "DigestDraft",
    "change_rules",
    "choose_channel",
    "deliver_next",
    "erase_outside",
    "give_digests",
    "keep_endpoint",
    "mark_read",
    "recover_claims",
    "send",
    "send_again",
    "send_outside",
    "send_to_role",
    "try_endpoint",
    "try_own_channels",
    "why_not_change_rules",
    "why_not_choose",
    "why_not_keep_endpoint",
    "why_not_send",
    "why_not_send_again",
    "why_not_send_outside",
    "why_not_try_endpoint",
]
