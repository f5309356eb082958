"""Public addresses that are not files of the tree."""

from __future__ import annotations

from django.urls import path

from gongkai.portal import views

app_name = "portal"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("find-errors/", views.find_errors, name="find_errors"),
]
