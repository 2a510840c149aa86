"""Annuities for programs."""

from __future__ import annotations

from governance.api.paths import founding_paths, record_api
from governance.catalogue.api import calculator_path
from programs.annuities import forms
from programs.annuities.models import Account, Collective, Payout, Plan, Report
from programs.annuities.serializers import (
    AccountSerializer,
    CollectiveSerializer,
    PayoutSerializer,
    PlanSerializer,
    ReportSerializer,
)

urlpatterns = [
    *record_api(Plan, "plans", PlanSerializer),
    *record_api(Account, "accounts", AccountSerializer),
    *record_api(Payout, "payouts", PayoutSerializer),
    *record_api(Collective, "collectives", CollectiveSerializer, open_to_public=True),
    *record_api(Report, "reports", ReportSerializer),
    *founding_paths("annuities"),
    calculator_path("annuities", forms.CostForm, "costs", "What a plan costs and brings"),
    calculator_path("annuities", forms.TaxForm, "tax", "How much of one's own contribution is not taxed"),
    calculator_path("annuities", forms.OccupationalForm, "occupational", "What is paid into an occupational annuity"),
]
