"""Addresses of upkeep under /workbench/."""

from django.urls import path

from gongkai.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("upkeep/", views.index, name="list"),
    path("upkeep/matters/", views.matters, name="matters"),
    path("upkeep/matters/<int:unit>/", views.unit_matters, name="unit_matters"),
    path("upkeep/fields/", views.fields, name="fields"),
    path("upkeep/placements/", views.placements, name="placements"),
    path("upkeep/placements/ask/", views.ask, name="ask"),
    path("upkeep/placements/<int:pk>/decide/", views.decide, name="decide"),
]
