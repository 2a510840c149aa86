"""The addresses of annuities."""

from django.urls import path

from governance.web.paths import founding_path, record_paths
from programs.annuities import views
from programs.annuities.models import Account, Collective, Payout, Plan, Report

app_name = "annuities"
urlpatterns = [
    path("costs/", views.CostView.as_view(), name="costs"),
    path("tax/", views.TaxView.as_view(), name="tax"),
    path("plans/checks/", views.ChecksView.as_view(), name="checks"),
    path("occupational/", views.OccupationalView.as_view(), name="occupational"),
    *record_paths(Plan, "plans", view=views.PlanView, list_view=views.PlanListView, action_view=views.PlanActionView),
    *record_paths(Collective, "collectives", view=views.CollectiveView, list_view=views.CollectiveListView, action_view=views.PlanActionView),
    *record_paths(Report, "reports", view=views.ReportView, list_view=views.ReportListView),
    *record_paths(Account, "accounts", view=views.AccountView, list_view=views.AccountListView),
    *record_paths(Payout, "payouts", view=views.PayoutView, list_view=views.PayoutListView),
    founding_path("annuities", action_view=views.PlanActionView),
]
