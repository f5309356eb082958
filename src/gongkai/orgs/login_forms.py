"""The forms of the login, in the office's words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as ReauthenticateByPassword
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils import timezone

from gongkai.orgs.accounts import address_of, refuse_for_now
from gongkai.orgs.actions import login as actions
from gongkai.orgs.models import Person
from gongkai.orgs.queries import login as queries


class PasswordLogin(LoginForm):
    """Login name and password, named as the office names them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "登录名"
        self.fields["password"].label = "密码"
        self.fields["password"].help_text = ""
        _plain(self)


class PasswordAgain(ReauthenticateByPassword):
    """The password before a change of the login itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        _plain(self)


class NewPassword(ChangePasswordForm):
    """A new password of one's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("oldpassword", "现在的密码"),
            ("password1", "新密码"),
            ("password2", "新密码再输一次"),
        ):
            self.fields[name].label, self.fields[name].help_text = label, ""
        _plain(self)


class _CodeWaits(forms.Form):
    """A wrong one-time code makes the next one wait."""

    user: Person

    def clean_code(self) -> str:
        counted = queries.counted_for_code(self.user.pk)
        moment, request = timezone.now(), context.request
        wait = queries.wait_for(counted, now=moment)
        if wait:
            refuse_for_now(request, wait)
        try:
            return super().clean_code()  # type: ignore[misc, no-any-return]
        except forms.ValidationError:
            actions.note_failed_login(
                person=self.user, counted=counted, address=address_of(request), step="code", at=moment
            )
            raise


class CodeLogin(_CodeWaits, AuthenticateForm):
    """The one-time code after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self)


class CodeAgain(_CodeWaits, ReauthenticateForm):
    """The one-time code before a change of the login itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self)


def _plain(form: forms.Form) -> None:
    """Labels stand above the fields, so nothing stands in them."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


def _name_code(form: forms.Form) -> None:
    form.fields["code"].label = "六位验证码"
    form.fields["code"].help_text = "验证器上的六位数，或一个没有用过的恢复码"
    form.fields["code"].widget.attrs.pop("placeholder", None)
    form.fields["code"].widget.attrs |= {"inputmode": "text", "autocomplete": "one-time-code"}


class NewFactor(ActivateTOTPForm):
    """The first code of a new authenticator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "应用显示的六位数"
        _plain(self)


class NewKey(AddWebAuthnForm):
    """A new passkey and its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "名称"
        self.fields["passwordless"].label = "以后只用它登录，不输密码"
        self.fields["passwordless"].help_text = "设备会验证指纹、人脸或设备密码"


class KeyName(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "名称"
