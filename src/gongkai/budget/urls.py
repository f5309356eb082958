"""Addresses of budgets under /workbench/."""

from django.urls import path

from gongkai.budget import views

app_name = "budget"
urlpatterns = [
    path("budget/", views.matrix, name="matrix"),
    path("budget/check/", views.check, name="check"),
    path("budget/debt/", views.debt, name="debt"),
    path("budget/debt/import/", views.import_debt, name="import_debt"),
    path("budget/releases/", views.releases, name="releases"),
    path("budget/releases/<int:pk>/", views.release, name="release"),
    path("budget/papers/<int:pk>/unassign/", views.unassign, name="unassign"),
    path("budget/<int:unit>/<int:year>/<slug:kind>/", views.field, name="field"),
    path("budget/<int:unit>/<int:year>/<slug:kind>/assign/", views.assign, name="assign"),
]
