"""How the login library behaves here: staff only, nobody signs up, failures wait, everything is noted."""

from __future__ import annotations

import logging
from datetime import timedelta
from io import BytesIO
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from qrcode.image.svg import SvgPathImage

from gongkai.kernel import clock
from gongkai.kernel.sealing import Shut, seal, unseal
from gongkai.orgs.actions import login as actions
from gongkai.orgs.actor import actor_of
from gongkai.orgs.models import Person
from gongkai.orgs.queries import login as queries
from gongkai.orgs.rules.delay import in_words

log = logging.getLogger(__name__)
FACTOR = "orgs.second_factor"
BEGAN, SEEN, PROVEN = "gk_began", "gk_seen", "gk_second_factor"
SECRETS = {
    "mfa/email/totp_activated": "启用验证器",
    "mfa/email/totp_deactivated": "停用验证器",
    "mfa/email/webauthn_added": "登记通行密钥",
    "mfa/email/webauthn_removed": "移除通行密钥",
    "mfa/email/recovery_codes_generated": "生成恢复码",
}


def address_of(request: HttpRequest) -> str:
    """The address of the other side; the server in front has put the right one here."""
    return str(request.META.get("REMOTE_ADDR", ""))


def second_factor_proven(request: HttpRequest) -> bool:
    """Whether a second factor was used, or set up with a valid code, in this login."""
    person = request.user
    if not person.is_authenticated:
        return False
    if request.session.get(PROVEN) == str(person.pk):
        return True
    return any(step.get("method") == "mfa" for step in get_authentication_records(request, person))


def proven_within(request: HttpRequest, seconds: int) -> str:
    """The kind of second factor that was used in the last ``seconds`` (``webauthn``, ``totp``); empty for none.

    A signature asks for it anew: an open workbench on an unwatched desk is not the leader.
    """
    if not request.user.is_authenticated:
        return ""
    after = timezone.now().timestamp() - seconds
    proofs = [
        step
        for step in get_authentication_records(request, request.user)
        if step.get("method") == "mfa" and float(step.get("at", 0)) >= after
    ]
    return str(proofs[-1].get("type", "")) if proofs else ""


def way_to_prove(request: HttpRequest) -> str:
    """The name of the page on which this person proves himself again: by passkey where he has one."""
    has_key = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN).exists()
    return "mfa_reauthenticate_webauthn" if has_key else "mfa_reauthenticate"


def refuse_for_now(request: HttpRequest, wait: timedelta) -> None:
    """Show how long to wait instead of trying once more."""
    page = render(request, "account/wait.html", {"wait": in_words(wait)}, status=429)
    page["Retry-After"] = str(-(-wait // timedelta(seconds=1)))
    raise ImmediateHttpResponse(page)


class StaffAccounts(DefaultAccountAdapter):
    """Accounts are made by the office; a failed login makes the next one wait."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "登录名或密码不对。请核对大小写和输入法后重试。忘记密码请找系统管理员重设。",
        "incorrect_password": "密码不对。请核对大小写和输入法后重试。",
        "enter_current_password": "当前密码不对。请核对后重试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        counted = queries.counted_for(str(credentials.get("username", "")), address_of(request))
        wait = queries.wait_for(counted, now=timezone.now())
        if wait:
            refuse_for_now(request, wait)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        name = str(credentials.get("username", ""))
        actions.note_failed_login(
            person=Person.objects.filter(username=name).first(),
            counted=queries.counted_for(name, address_of(request)),
            address=address_of(request),
            step="password",
            at=timezone.now(),
        )

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        moment = timezone.now()
        request.session[BEGAN] = request.session[SEEN] = int(moment.timestamp())
        methods = [
            str(step.get("type") or step["method"]) for step in get_authentication_records(request, user)
        ]
        counted = queries.counted_for(user.get_username(), address_of(request))
        actions.note_login(
            person=user,  # type: ignore[arg-type]
            method="+".join(methods),
            address=address_of(request),
            # The address keeps its count: one right login among many wrong ones must not wipe it.
            clear=[(bucket, key) for bucket, key in counted if bucket.name == "pair"],
            at=moment,
        )

    def logout(self, request: HttpRequest) -> None:
        person = Person.objects.filter(pk=request.user.pk).first() if request.user.is_authenticated else None
        super().logout(request)
        if person:
            actions.note_logout(person=person, why="本人退出", at=timezone.now())

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
        actions.note_secret_changed(person=user, what="修改密码", at=timezone.now())  # type: ignore[arg-type]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """The library tells of every changed factor here; the trail hears it, mail is not sent."""
        what = SECRETS.get(template_prefix)
        if what is None:
            return
        if template_prefix in ("mfa/email/totp_activated", "mfa/email/webauthn_added"):
            self.request.session[PROVEN] = str(user.pk)
        actions.note_secret_changed(person=user, what=what, at=timezone.now())  # type: ignore[arg-type]


class SecondFactor(DefaultMFAAdapter):
    """The second factor of staff."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "验证码不对或已经用过。请等验证器换出新的六位数再试。",
        "cannot_delete_authenticator": "您的角色必须使用第二因素，不能停用最后一个。请先登记另一个。",
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "公开 Gongkai"}

    def encrypt(self, text: str) -> str:
        """What proves the second factor is not readable in the database or a backup."""
        return seal(text, purpose=FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        """With another key no code fits, and the administrator sets the login anew."""
        try:
            return unseal(encrypted_text, purpose=FACTOR)
        except Shut:
            log.warning("second factor cannot be opened with this installation's key")
            return generate_totp_secret()

    def build_totp_svg(self, url: str) -> str:
        """The QR code as one path without a style attribute, which the content policy would refuse."""
        image = qrcode.make(url, image_factory=SvgPathImage)
        buffer = BytesIO()
        image.save(buffer)
        svg = buffer.getvalue().decode()
        return svg[svg.index("<svg") :]

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who decides or administers keeps at least one factor."""
        person = authenticator.user
        others = Authenticator.objects.filter(
            user_id=person.pk, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        ).exclude(pk=authenticator.pk)
        return others.exists() or not actor_of(person, today=clock.today()).needs_second_factor

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"通行密钥 {count + 1}"
