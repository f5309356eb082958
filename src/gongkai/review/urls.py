"""Addresses of reviews under /workbench/."""

from django.urls import path

from gongkai.review.views import coordinating, reviewing, signing

app_name = "review"
urlpatterns = [
    path("review/", reviewing.index, name="list"),
    path("review/returns/", reviewing.returns, name="returns"),
    path("review/coordination/", coordinating.index, name="coordinations"),
    path("review/coordination/<int:pk>/", coordinating.page, name="coordination"),
    path("review/coordination/<int:pk>/settle/", coordinating.settle, name="settle"),
    path("review/coordination/<int:pk>/call-off/", coordinating.call_off, name="call_off"),
    path(
        "review/coordination/<int:pk>/files/<int:attachment>/",
        coordinating.attachment,
        name="coordination_file",
    ),
    path("review/sheets/<int:pk>/file/", signing.photograph, name="photograph"),
    path("review/<int:pk>/", reviewing.page, name="page"),
    path("review/<int:pk>/secrecy/", reviewing.secrecy, name="secrecy"),
    path("review/<int:pk>/coordination/", coordinating.of_document, name="of_document"),
    path("review/<int:pk>/sheet/", signing.sheet, name="sheet"),
    path("review/<int:pk>/sheet/record/", signing.record_sheet, name="record_sheet"),
]
