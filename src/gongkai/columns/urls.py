"""Addresses of columns under /workbench/."""

from django.urls import path

from gongkai.columns.views import keeping, packs

app_name = "columns"
urlpatterns = [
    path("columns/", keeping.index, name="list"),
    path("columns/new/", keeping.new, name="new"),
    path("columns/<int:pk>/", keeping.page, name="page"),
    path("columns/<int:pk>/status/", keeping.status, name="status"),
    path("columns/packs/", packs.index, name="packs"),
    path("columns/packs/file/", packs.take, name="pack_file"),
    path("columns/packs/shipped/<slug:code>/", packs.shipped, name="shipped"),
    path("columns/packs/<slug:code>/export/", packs.export, name="export"),
    path("columns/packs/<slug:code>/uninstall/", packs.uninstall, name="uninstall"),
]
