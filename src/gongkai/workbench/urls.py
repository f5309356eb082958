"""The desk and what belongs to the frame."""

from __future__ import annotations

from django.urls import path

from gongkai.workbench import views

app_name = "workbench"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("rings/", views.rings, name="rings"),
    path("find/", views.find, name="find"),
    path("site/", views.site, name="site"),
]
