"""The addresses of imports."""

from django.urls import path

from governance.imports.models import Import
from governance.imports.views import ImportListView, ImportProblemsView, ImportRowsView, ImportView, TemplateView
from governance.web.paths import record_paths

app_name = "imports"

urlpatterns = [
    path("", ImportListView.as_view(), name="import-list"),
    path("<slug:kind>-template.<slug:suffix>", TemplateView.as_view(), name="import-template"),
    path("<int:pk>/problems/", ImportProblemsView.as_view(), name="import-problems"),
    path("<int:pk>/rows/<slug:verdict>/", ImportRowsView.as_view(), name="import-rows"),
    *record_paths(Import, "files", view=ImportView),
]
