"""Addresses of search under /workbench/."""

from django.urls import path

from gongkai.search import views

app_name = "search"
urlpatterns = [path("searches/", views.report, name="report")]
