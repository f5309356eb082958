"""For whoever watches over the installation."""

from django.urls import path

from gongkai.running import views

app_name = "running"
urlpatterns = [path("live", views.live, name="live"), path("ready", views.ready, name="ready")]
