"""Addresses of registers under /workbench/."""

from django.urls import path

from gongkai.registers.views import exchanging, hosting, rechecking, registering, watching

app_name = "registers"
urlpatterns = [
    path("registers/", registering.index, name="list"),
    path("registers/import/", registering.take_register, name="import"),
    path("registers/import/<int:unit>/<slug:key>/", registering.preview, name="preview"),
    path("registers/tasks/<int:pk>/explain/", registering.explain, name="explain"),
    path("registers/total/", registering.declare, name="declare"),
    path("registers/units/", registering.overview, name="overview"),
    path("registers/<int:unit>/<int:year>/export/", exchanging.export, name="export"),
    path("registers/<int:unit>/<int:year>/table/", exchanging.table, name="table"),
    path("registers/periods/", watching.periods, name="periods"),
    path("registers/copies/", hosting.copies, name="copies"),
    path("registers/copies/<int:pk>/decide/", hosting.decide, name="decide"),
    path("registers/rechecks/", rechecking.index, name="rechecks"),
    path("registers/rechecks/<int:pk>/", rechecking.page, name="recheck"),
    path("registers/rechecks/<int:pk>/publish/", rechecking.publish, name="publish_recheck"),
    path("registers/rechecks/items/<int:pk>/", rechecking.decide, name="decide_recheck"),
]
