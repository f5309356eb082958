"""Addresses of reviews under /workbench/."""

from django.urls import path

from gongkai.review import views

app_name = "review"
urlpatterns = [
    path("review/", views.index, name="list"),
    path("review/<int:pk>/", views.page, name="page"),
    path("review/<int:pk>/secrecy/", views.secrecy, name="secrecy"),
]
