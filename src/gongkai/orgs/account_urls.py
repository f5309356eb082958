"""Addresses of the login. Only these pages of the login library exist here; the others say what to do."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path, re_path

from gongkai.orgs.views import account as own

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    # The library links to these by name; without mail and sign-up they have nothing to offer.
    path("signup/", own.closed, name="account_signup"),
    path("password/reset/", own.closed, name="account_reset_password"),
    path("password/set/", own.closed, name="account_set_password"),
    path("email/", own.closed, name="account_email"),
    re_path(r"^confirm-email/(?P<key>[-:\w]*)/?$", own.closed, name="account_email_verification_sent"),
]
