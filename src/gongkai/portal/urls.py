"""Public addresses that are not files of the tree."""

from __future__ import annotations

from django.urls import path

from gongkai.portal import record_views, views

app_name = "portal"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("verify/", record_views.verify, name="verify"),
    path("doc/<int:year>/<int:number>/editions/", record_views.editions, name="editions"),
    path("doc/<int:year>/<int:number>/editions/on/", record_views.on_day, name="on_day"),
    path("doc/<int:year>/<int:number>/editions/compare/", record_views.compare, name="compare"),
    path(
        "doc/<int:year>/<int:number>/<int:attachment>.<slug:ending>", record_views.old_file, name="old_file"
    ),
    path("records/<slug:code>/find/", views.find_rows, name="find_rows"),
    path("records/<slug:code>/rows.<slug:ending>", views.rows_as_data, name="rows_as_data"),
    path("budget/releases/<int:pk>/", views.release, name="release"),
    path("find-errors/", views.find_errors, name="find_errors"),
]
