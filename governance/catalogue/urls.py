"""The addresses of the catalogue."""

from django.urls import path

from governance.catalogue.models import Parameter, Program
from governance.catalogue.views import (
    AllFiguresView,
    CatalogueActionView,
    DifferencesView,
    FiguresView,
    ParameterView,
    ProgramByCodeView,
    ProgramListView,
    ProgramView,
)
from governance.web.paths import founding_path, record_paths

app_name = "catalogue"
urlpatterns = [
    path("figures/", AllFiguresView.as_view(), name="figures"),
    path("programs/", ProgramListView.as_view(), name="program-list"),
    path("programs/<int:pk>/differences/", DifferencesView.as_view(), name="program-differences"),
    path("programs/<int:pk>/figures/", FiguresView.as_view(), name="program-figures"),
    *record_paths(Program, "programs", view=ProgramView, action_view=CatalogueActionView),
    *record_paths(Parameter, "parameters", view=ParameterView, action_view=CatalogueActionView),
    path("called/<slug:code>/", ProgramByCodeView.as_view(), name="program"),
    founding_path("catalogue", CatalogueActionView),
]
