"""Addresses of entitlements."""

from django.urls import path

from governance.entitlements import views
from governance.entitlements.models import Statement
from governance.web.paths import founding_path, record_paths

app_name = "entitlements"
urlpatterns = [
    path("", views.OwnView.as_view(), name="own"),
    path("household/", views.HouseholdView.as_view(), name="household"),
    path("statements/<int:pk>/statement.json", views.StatementFileView.as_view(), name="statement-file"),
    path("statements/<int:pk>/statement.pdf", views.StatementPdfView.as_view(), name="statement-pdf"),
    *record_paths(Statement, "statements", view=views.StatementView),
    founding_path("entitlements"),
]
