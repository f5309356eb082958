"""Addresses of the gate under /workbench/."""

from django.urls import path

from gongkai.gate.views import lists, live

app_name = "gate"
urlpatterns = [
    path("gate/live/", live.index, name="live"),
    path("gate/words/", lists.words, name="words"),
    path("gate/words/shipped/", lists.shipped, name="shipped"),
    path("gate/words/<int:pk>/retire/", lists.retire, name="retire"),
    path("gate/leaders/", lists.leaders, name="leaders"),
    path("gate/leaders/<int:pk>/leave/", lists.leave, name="leave"),
]
