"""The desk and what belongs to the frame."""

from __future__ import annotations

from django.urls import path

from gongkai.workbench import views
from gongkai.workbench.guides import GUIDES

app_name = "workbench"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("unit/", views.unit, name="unit"),
    path("rings/", views.rings, name="rings"),
    path("find/", views.find, name="find"),
    path("site/", views.site, name="site"),
    path("site/building/", views.building, name="building"),
    path("help/", views.help_index, name="help"),
    *(path(f"help/{one.key}/", views.guide, {"key": one.key}, name=f"help-{one.key}") for one in GUIDES),
]
