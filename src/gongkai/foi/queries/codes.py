"""The query code: how a visitor without an account comes back to his case, and nobody else does."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from cryptography.hazmat.primitives import hashes, hmac
from django.conf import settings

from gongkai.foi.models import Case, WrongCodes
from gongkai.foi.rules.identity import RANDOM_BYTES, normal_code, query_code
from gongkai.orgs.rules.delay import Bucket, left_to_wait

# A person mistypes; a program guesses. The first ones are free, then the wait doubles up to an hour.
GUESSES = Bucket("code", free=8, first=timedelta(seconds=5), longest=timedelta(hours=1))
_WHY = "the code itself shows that the visitor may see the case"


def code_of(submit_key: str) -> str:
    """The query code of what is sent in under this key: the same however often the button is pressed.

    It follows from a random key by the installation's own secret, so that no readable code is stored.
    """
    return query_code(bytes.fromhex(_keyed("foi.code", submit_key))[:RANDOM_BYTES])


def code_digest(code: str) -> str:
    """What is stored of a code; empty for what cannot be a code."""
    normal = normal_code(code)
    return _keyed("foi.code_digest", normal) if normal else ""


def identity_digest(number: str) -> str:
    """A keyed digest of an identity number: equal for equal numbers, unreadable without the key."""
    return _keyed("foi.identity", number.strip().upper())


def case_by_code(code: str) -> Case | None:
    """The case of a code. Wrong and unknown codes take the same way through the database."""
    digest = code_digest(code) or "-"
    rows = Case.objects.unscoped(_WHY).select_related("unit", "agency", "applicant")
    return rows.filter(code_digest=digest).first()


def case_by_digest(case_id: int, digest: str) -> Case | None:
    """The case of a visitor who gave its code a while ago."""
    rows = Case.objects.unscoped(_WHY).select_related("unit", "agency", "applicant")
    return rows.filter(pk=case_id, code_digest=digest).exclude(code_digest="").first()


def address_key(address: str) -> str:
    """What guesses of one place are counted under; of an IPv6 line its network, as a home has many addresses."""
    try:
        found = ip_address(address)
        if found.version == 6:
            address = str(ip_network((found, 64), strict=False))
    except ValueError:
        pass
    return _keyed("foi.guess", address)


def wait_before_guess(address: str, *, now: datetime) -> timedelta:
    """How long this place has to wait before another code is looked at."""
    row = WrongCodes.objects.filter(key=address_key(address)).first()
    return left_to_wait(row.failures, row.last_at, now, GUESSES) if row else timedelta(0)


def _keyed(purpose: str, text: str) -> str:
    digest = hmac.HMAC(settings.SECRET_KEY.encode(), hashes.SM3())
    digest.update(f"{purpose}:{text}".encode())
    return digest.finalize().hex()
