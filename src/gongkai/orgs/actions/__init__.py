"""Writes about units and people."""

from gongkai.orgs.actions.leave import cancel_leave, enter_leave, why_not_cancel_leave, why_not_enter_leave
from gongkai.orgs.actions.people import (
    add_person,
    disable_person,
    end_role,
    grant_role,
    hand_over,
    reset_login,
    take_post,
    why_not_add_person,
    why_not_disable_person,
    why_not_end_role,
    why_not_grant_role,
    why_not_hand_over,
    why_not_reset_login,
    why_not_take_post,
)

__all__ = [
    "add_person",
    "cancel_leave",
    "disable_person",
    "end_role",
    "enter_leave",
    "grant_role",
    "hand_over",
    "reset_login",
    "take_post",
    "why_not_add_person",
    "why_not_cancel_leave",
    "why_not_disable_person",
    "why_not_end_role",
    "why_not_enter_leave",
    "why_not_grant_role",
    "why_not_hand_over",
    "why_not_reset_login",
    "why_not_take_post",
]
