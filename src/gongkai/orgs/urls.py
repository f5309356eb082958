"""Addresses of units, people and the trail under /workbench/."""

from __future__ import annotations

from django.urls import path

from gongkai.orgs.views import account, leave, notices, people, records, units, visits

app_name = "orgs"
urlpatterns = [
    path("second-factor/", account.second_factor, name="second_factor"),
    path("units/", units.index, name="units"),
    path("units/<int:pk>/", units.page, name="unit"),
    path("units/<int:pk>/keep/", units.keep, name="keep_unit"),
    path("units/<int:pk>/change/", units.change, name="change_unit"),
    path("units/<int:pk>/people/new/", people.new, name="new_person"),
    path("people/<int:pk>/", people.page, name="person"),
    path("people/<int:pk>/roles/", people.grant_role, name="grant_role"),
    path("people/<int:pk>/roles/<int:holding>/end/", people.end_role, name="end_role"),
    path("people/<int:pk>/posts/", people.take_post, name="take_post"),
    path("people/<int:pk>/hand-over/", people.hand_over, name="hand_over"),
    path("people/<int:pk>/reset/", people.reset_login, name="reset_login"),
    path("people/<int:pk>/disable/", people.disable, name="disable_person"),
    path("leave/", leave.index, name="leave"),
    path("leave/<int:pk>/cancel/", leave.cancel, name="cancel_leave"),
    path("notices/", notices.index, name="notices"),
    path("notices/<int:pk>/end/", notices.end, name="end_notice"),
    path("visits/", visits.index, name="visits"),
    path("permissions/", records.permissions, name="permissions"),
    path("trail/", records.trail, name="trail"),
    path("trail/export/", records.export_trail, name="export_trail"),
]
