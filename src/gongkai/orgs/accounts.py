"""How the login library behaves here: staff only, nobody signs up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class StaffAccounts(DefaultAccountAdapter):
    """Accounts are made by the office."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactor(DefaultMFAAdapter):
    """The second factor of staff."""

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "公开 Gongkai"}
