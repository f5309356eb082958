"""Addresses of documents under /workbench/."""

from django.urls import path

from gongkai.documents.views import checking, correcting, deciding, drafting

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
    path("documents/<int:pk>/correct/", correcting.correct, name="correct"),
    path("documents/<int:pk>/correction/", correcting.describe, name="correction"),
    path("documents/<int:pk>/slip/", correcting.slip, name="slip"),
    path("documents/<int:pk>/gate/", checking.page, name="gate"),
    path("documents/<int:pk>/gate/check/", checking.recheck, name="gate_check"),
    path("documents/<int:pk>/gate/mend/", checking.mend, name="gate_mend"),
    path("documents/<int:pk>/gate/explain/", checking.explain, name="gate_explain"),
    path("documents/<int:pk>/gate/cleaned/<int:attachment>/", checking.take_cleaned, name="gate_cleaned"),
    path("documents/<int:pk>/gate/masked/<int:attachment>/", checking.mask, name="gate_masked"),
    path("documents/<int:pk>/hints/", checking.hints, name="hints"),
    path("documents/<int:pk>/original/", deciding.original, name="original"),
]
