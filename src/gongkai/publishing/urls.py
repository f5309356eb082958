"""Addresses of publishing under /workbench/."""

from django.urls import path

from gongkai.publishing.views import house, office

app_name = "publishing"
urlpatterns = [
    path("publishing/", office.index, name="list"),
    path("publishing/ledger/", office.ledger, name="ledger"),
    path("publishing/numbers/", house.numbers, name="numbers"),
    path("publishing/errors/", house.errors, name="errors"),
    path("publishing/document/<int:pk>/", office.confirm, name="confirm"),
    path("publishing/document/<int:pk>/late/", office.late, name="late"),
    path("publishing/<int:pk>/", office.receipt, name="receipt"),
    path("publishing/<int:pk>/withdraw/", office.withdraw, name="withdraw"),
]
