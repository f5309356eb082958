"""How to log in to the demo: accounts, their common password, and the code of the moment."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt

from gongkai.orgs.models import Person, RoleHolding
from gongkai.running.demo.district import PASSWORD

# One for each role that a visitor wants to try; `gongkai demo accounts --all` lists everybody.
SHOWN = (
    "jtj.officer",
    "czj.officer",
    "czj.officer2",
    "czj.reviewer",
    "czj.leader",
    "dfz.officer",
    "wcl-1.officer",
    "wcl.officer",
    "gkb",
    "chuangkou",
    "hefa",
    "xitong",
    "anquan",
    "shenji",
)


@dataclass(frozen=True, slots=True)
class Account:
    """A login of the demo."""

    username: str
    name: str
    unit: str
    roles: str
    second_factor: bool


def accounts(*, everybody: bool = False) -> list[Account]:
    """The logins to show, in the order in which they are tried."""
    people = {person.username: person for person in Person.objects.all()}
    factors = set(
        Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True)
    )
    roles: dict[int, list[str]] = {}
    for held in RoleHolding.objects.all():
        roles.setdefault(held.person_id, []).append(held.get_role_display())
    wanted = sorted(people) if everybody else [name for name in SHOWN if name in people]
    return [
        Account(
            username=name,
            name=people[name].name,
            unit=people[name].unit.short_name,
            roles="、".join(roles.get(people[name].pk, ())),
            second_factor=people[name].pk in factors,
        )
        for name in wanted
    ]


def password() -> str:
    """The password that all invented people share."""
    return PASSWORD


def code_now(username: str) -> str | None:
    """The one-time code of this moment; ``None`` when the person has no second factor."""
    found = Authenticator.objects.filter(user__username=username, type=Authenticator.Type.TOTP).first()
    if found is None:
        return None
    secret = decrypt(found.data["secret"])
    counter = list(yield_hotp_counters_from_time())[app_settings.TOTP_TOLERANCE]
    return format_hotp_value(hotp_value(secret, counter))


def lines(found: list[Account]) -> list[str]:
    """The accounts as lines for a terminal."""
    text = [f"演示账号（密码都是 {PASSWORD}）："]
    for account in found:
        factor = f"　验证码：gongkai demo code {account.username}" if account.second_factor else ""
        text.append(f"  {account.username:<14}{account.unit}　{account.name}　{account.roles}{factor}")
    return text
