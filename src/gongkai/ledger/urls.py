"""Addresses of the ledger under /workbench/."""

from django.urls import path

from gongkai.ledger import views

app_name = "ledger"
urlpatterns = [
    path("ledger/", views.index, name="list"),
    path("ledger/import/", views.take_plan, name="import"),
    path("ledger/preview/", views.preview, name="preview"),
    path("ledger/tasks/<int:pk>/", views.task, name="task"),
    path("ledger/tasks/<int:pk>/title/", views.retitle, name="title"),
    path("ledger/names/<int:pk>/", views.correct, name="correct"),
    path("ledger/reports/<int:pk>/accept/", views.accept, name="accept"),
    path("ledger/reports/<int:pk>/return/", views.give_back, name="return"),
]
