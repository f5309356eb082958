"""Addresses of typed records under /workbench/."""

from django.urls import path

from gongkai.records.views import importing, row, standing, table, types

app_name = "records"
urlpatterns = [
    path("records/", types.index, name="types"),
    path("records/types/add/", types.declare, name="declare"),
    path("records/types/<slug:code>/schema.json", types.schema, name="schema"),
    path("records/types/<slug:code>/retire/", types.retire, name="retire"),
    path("records/lookups/", types.lookups, name="lookups"),
    path("records/imports/<int:pk>/", importing.progress, name="importing"),
    path("records/row/<int:pk>/", row.show, name="row"),
    path("records/row/<int:pk>/edit/", row.edit, name="edit"),
    path("records/row/<int:pk>/submit/", row.submit, name="submit"),
    path("records/row/<int:pk>/approve/", row.approve, name="approve"),
    path("records/<slug:code>/", table.rows, name="rows"),
    path("records/<slug:code>/act/", table.act, name="act"),
    path("records/<slug:code>/add/", row.add, name="add"),
    path("records/<slug:code>/blank.xlsx", table.blank, name="blank"),
    path("records/<slug:code>/import/", importing.take, name="import"),
    path("records/<slug:code>/import/<int:unit>/<slug:key>/", importing.preview, name="preview"),
    path("records/<slug:code>/gate/", standing.gate, name="gate"),
    path("records/<slug:code>/last-year/", importing.last_year, name="last_year"),
    path("records/<slug:code>/export/", table.export, name="export"),
    path("records/<slug:code>/table/", table.table, name="table"),
]
