"""Addresses of the applicant, under ``/apply/``; the page ``/apply/`` itself is a file of the tree."""

from __future__ import annotations

from django.urls import path

from gongkai.foi.views.apply import letters, progress, receipt, steps

app_name = "apply"
urlpatterns = [
    path("new/", steps.choose_body, name="new"),
    path("new/what/", steps.say_what, name="what"),
    path("new/already/", steps.already, name="already"),
    path("new/how/", steps.say_how, name="how"),
    path("new/who/", steps.say_who, name="who"),
    path("new/leave/", steps.leave, name="leave"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("progress/", progress.progress, name="progress"),
    path("progress/correct/", progress.correct, name="correct"),
    path("progress/reasons/", progress.give_reasons, name="reasons"),
    path("progress/contact/", progress.contact, name="contact"),
    path("progress/withdraw/", progress.withdraw, name="withdraw"),
    path("progress/letters/<int:pk>/", letters.letter, name="letter"),
    path("progress/letters/<int:pk>/paper.docx", letters.letter_docx, name="letter_docx"),
    path("progress/papers/<int:pk>/", letters.paper, name="paper"),
    path("progress/leave/", progress.leave_case, name="leave_case"),
]
