"""Addresses of the standard catalogue under /workbench/."""

from django.urls import path

from gongkai.catalogue.views import importing, powers, proposing, standard

app_name = "catalogue"
urlpatterns = [
    path("catalogue/", standard.index, name="list"),
    path("catalogue/import/", importing.take, name="import"),
    path("catalogue/import/<slug:key>/", importing.preview, name="preview"),
    path("catalogue/proposals/", proposing.index, name="proposals"),
    path("catalogue/proposals/<int:pk>/", proposing.page, name="proposal"),
    path("catalogue/proposals/<int:pk>/change/", proposing.change, name="change"),
    path("catalogue/proposals/<int:pk>/drop-change/", proposing.drop_change, name="drop_change"),
    path("catalogue/proposals/<int:pk>/submit/", proposing.submit, name="submit"),
    path("catalogue/proposals/<int:pk>/drop/", proposing.drop, name="drop"),
    path("catalogue/proposals/<int:pk>/decide/", proposing.decide, name="decide"),
    path("catalogue/powers/<int:unit>/", powers.page, name="powers"),
    path("catalogue/powers/<int:unit>/import/<slug:key>/", powers.preview, name="powers_preview"),
    path("catalogue/powers/<int:unit>/item/", powers.change, name="power"),
    path("catalogue/<slug:code>/", standard.page, name="field"),
    path("catalogue/<slug:code>/propose/", proposing.new, name="propose"),
    path("catalogue/<slug:code>/<int:number>.xlsx", standard.export, name="export"),
]
