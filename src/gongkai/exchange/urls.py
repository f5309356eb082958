"""Addresses of exchange under /workbench/."""

from django.urls import path

from gongkai.exchange import views

app_name = "exchange"
urlpatterns = [
    path("exchange/", views.index, name="list"),
    path("exchange/import/", views.bring_in, name="import"),
    path("exchange/<int:pk>/", views.package, name="package"),
    path("exchange/entries/", views.entries, name="entries"),
    path("exchange/entries/<int:pk>/", views.entry, name="entry"),
    path("exchange/entries/<int:pk>/package/", views.export, name="export"),
]
