"""Addresses of disclosure requests under /workbench/."""

from django.urls import path

from gongkai.foi.views import (
    channels,
    counter,
    disputes,
    exchange,
    institutions,
    papers,
    practice,
    redaction,
    sealing,
    tables,
    topics,
)
from gongkai.foi.views.handling import case, lists, opinion
from gongkai.foi.views.letters import answer, letters, result, templates

app_name = "foi"
urlpatterns = [
    # intake
    path("foi/counter/", counter.counter, name="counter"),
    path("foi/counter/new/", counter.take_down, name="counter_new"),
    path("foi/counter/<int:pk>/", counter.counter_case, name="counter_case"),
    path("foi/<int:pk>/confirm/", counter.confirm_receipt, name="confirm"),
    path("foi/<int:pk>/not-reached/", counter.not_reached, name="not_reached"),
    path("foi/<int:pk>/hand/<int:letter>/", counter.hand_over, name="hand_over"),
    path("foi/channels/", channels.channels, name="channels"),
    path("foi/channels/<int:pk>/", channels.unit_channels, name="unit_channels"),
    path("foi/deflection/", channels.deflection, name="deflection"),
    # handling
    path("foi/", lists.index, name="list"),
    path("foi/register/", lists.register, name="register"),
    path("foi/places/", lists.places, name="places"),
    path("foi/places/<int:pk>/", lists.place, name="place"),
    path("foi/opinions/", opinion.asked, name="opinions"),
    path("foi/opinions/<int:pk>/", opinion.opinion, name="opinion"),
    path("foi/<int:pk>/", case.page, name="case"),
    path("foi/<int:pk>/do/<slug:verb>/", case.do, name="do"),
    path("foi/<int:pk>/days/", case.days, name="days"),
    path("foi/<int:pk>/identity/", case.identity, name="identity"),
    path("foi/<int:pk>/papers/<int:paper>/", case.paper, name="paper"),
    # letters
    path("foi/<int:pk>/result/", result.result, name="result"),
    path("foi/<int:pk>/answer/", answer.answer, name="answer"),
    path("foi/<int:pk>/answer/<slug:verb>/", answer.answer_do, name="answer_do"),
    path("foi/<int:pk>/letters/", letters.letter_kinds, name="letter_kinds"),
    path("foi/<int:pk>/letters/<slug:kind>/", letters.letter_new, name="letter_new"),
    path("foi/letters/<int:pk>/", letters.letter, name="letter"),
    path("foi/letters/<int:pk>/paper.docx", letters.letter_docx, name="letter_docx"),
    path("foi/letters/<int:pk>/print/", letters.letter_print, name="letter_print"),
    path("foi/letters/<int:pk>/do/<slug:verb>/", letters.letter_do, name="letter_do"),
    path("foi/templates/", templates.template_list, name="templates"),
    path("foi/templates/settings/", templates.letter_settings, name="letter_settings"),
    path("foi/templates/remedies/", templates.places, name="remedy_places"),
    path("foi/templates/<int:pk>/retire/", templates.template_retire, name="template_retire"),
    path("foi/templates/<slug:kind>/", templates.template, name="template"),
    path("foi/templates/<slug:kind>/file/", templates.template_file, name="template_file"),
    # reports
    path("foi/tables/", tables.year_tables, name="tables"),
    path("foi/tables/cases/", tables.cell, name="cell"),
    path("foi/tables/<int:pk>/back/", tables.take_back, name="tables-back"),
    path("foi/exchange/", exchange.page, name="exchange"),
    path("foi/exchange/out/", exchange.export, name="exchange-export"),
    path("foi/topics/", topics.topics, name="topics"),
    path("foi/topics/report/", topics.topic_report, name="topic_report"),
    path("foi/topics/<int:pk>/", topics.topic, name="topic"),
    path("foi/topics/<int:pk>/accept/", topics.accept, name="topic_accept"),
    path("foi/topics/<int:pk>/decline/", topics.decline, name="topic_decline"),
    path("foi/topics/<int:pk>/reopen/", topics.reopen, name="topic_reopen"),
    path("foi/topics/<int:pk>/draft/", topics.draft, name="topic_draft"),
    path("foi/topics/<int:pk>/tell/", topics.tell, name="topic_tell"),
    path("foi/practice/", practice.practice, name="practice"),
    path("foi/practice/scores/", practice.scores, name="practice_scores"),
    path("foi/practice/<int:pk>/", practice.exercise, name="exercise"),
    # disputes
    path("foi/disputes/", disputes.register, name="dispute-list"),
    path("foi/lessons/", disputes.lessons, name="lessons"),
    path("foi/<int:pk>/disputes/", disputes.of_case, name="disputes"),
    path("foi/disputes/<int:pk>/answer/", disputes.answer, name="dispute-answer"),
    path("foi/disputes/<int:pk>/outcome/", disputes.decide, name="dispute-decide"),
    path("foi/disputes/<int:pk>/lesson/", disputes.learn, name="dispute-lesson"),
    path("foi/disputes/<int:pk>/evidence/", disputes.bundle, name="dispute-bundle"),
    # the file
    path("foi/<int:pk>/file/", sealing.page, name="file"),
    path("foi/<int:pk>/file/close/", sealing.close, name="file-close"),
    path("foi/<int:pk>/file/purge/", sealing.purge, name="purge"),
    path("foi/files/<int:pk>/", sealing.download, name="file-download"),
    path("foi/files/<int:pk>/check/", sealing.check, name="file-check"),
    path("foi/<int:pk>/papers/new/", papers.add, name="paper-new"),
    path("foi/papers/<int:pk>/along/", papers.along, name="paper-along"),
    path("foi/papers/<int:pk>/confirm/", papers.confirm, name="paper-confirm"),
    # blotting out
    path("foi/papers/<int:pk>/redact/", redaction.begin, name="redact"),
    path("foi/redactions/<int:pk>/", redaction.page, name="redaction"),
    path("foi/redactions/<int:pk>/page.png", redaction.picture, name="redaction-picture"),
    # appeals
    path("foi/institutions/", institutions.listing, name="institutions"),
    path("foi/<int:pk>/appeal/", institutions.appeal, name="appeal"),
]
