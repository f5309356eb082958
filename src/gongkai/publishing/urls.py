"""Addresses of publishing under /workbench/."""

from django.urls import path

from gongkai.publishing.views import correcting, house, keeping, office, reports

app_name = "publishing"
urlpatterns = [
    path("publishing/", office.index, name="list"),
    path("publishing/ledger/", office.ledger, name="ledger"),
    path("publishing/numbers/", house.numbers, name="numbers"),
    path("publishing/errors/", reports.errors, name="errors"),
    path("publishing/errors/<int:pk>/", reports.error, name="error"),
    path("publishing/document/<int:pk>/", office.confirm, name="confirm"),
    path("publishing/document/<int:pk>/late/", office.late, name="late"),
    path("publishing/document/<int:pk>/changes/", correcting.comparing, name="comparing"),
    path("publishing/document/<int:pk>/give-back/", correcting.give_back, name="give_back"),
    path("publishing/document/<int:pk>/drop-correction/", correcting.drop, name="drop_correction"),
    path("publishing/periods/", keeping.periods, name="periods"),
    path("publishing/periods/<int:pk>/end/", keeping.end_period, name="end_period"),
    path("publishing/periods/runs/", keeping.runs, name="runs"),
    path("publishing/<int:pk>/runs/<int:run>/", keeping.confirm_run, name="confirm_run"),
    path("publishing/integrity/", keeping.integrity, name="integrity"),
    path("publishing/integrity/<int:pk>/close/", keeping.close_damage, name="close_damage"),
    path("publishing/<int:pk>/", office.receipt, name="receipt"),
    path("publishing/<int:pk>/withdraw/", office.withdraw, name="withdraw"),
]
