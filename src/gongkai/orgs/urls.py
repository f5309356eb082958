"""Addresses of units, people and the trail under /workbench/."""

from __future__ import annotations

from django.urls import path

from gongkai.orgs.views import account

app_name = "orgs"
urlpatterns = [
    path("second-factor/", account.second_factor, name="second_factor"),
]
