"""Addresses of documents under /workbench/."""

from django.urls import path

from gongkai.documents.views import deciding, drafting

app_name = "documents"
urlpatterns = [
    path("documents/", drafting.index, name="list"),
    path("documents/new/", drafting.new, name="new"),
    path("documents/<int:pk>/", drafting.page, name="page"),
    path("documents/<int:pk>/openness/", deciding.set_openness, name="openness"),
    path("documents/<int:pk>/attach/", deciding.attach, name="attach"),
    path("documents/<int:pk>/attachments/<int:attachment>/", deciding.attachment, name="attachment"),
    path("documents/<int:pk>/attachments/<int:attachment>/detach/", deciding.detach, name="detach"),
    path("documents/<int:pk>/justify/", deciding.justify, name="justify"),
    path("documents/<int:pk>/interpretation/", deciding.link_interpretation, name="interpretation"),
    path("documents/<int:pk>/submit/", deciding.submit, name="submit"),
    path("documents/<int:pk>/take-back/", deciding.take_back, name="take_back"),
    path("documents/<int:pk>/original/", deciding.original, name="original"),
]
