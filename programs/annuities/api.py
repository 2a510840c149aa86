"""Annuities for programs."""

from __future__ import annotations

from governance.api.paths import founding_paths, record_api
from governance.catalogue.api import calculator_path
from programs.annuities import forms
from programs.annuities.models import Account, Payout, Plan
from programs.annuities.serializers import AccountSerializer, PayoutSerializer, PlanSerializer

urlpatterns = [
    *record_api(Plan, "plans", PlanSerializer),
    *record_api(Account, "accounts", AccountSerializer),
    *record_api(Payout, "payouts", PayoutSerializer),
    *founding_paths("annuities"),
    calculator_path("annuities", forms.CostForm, "costs", "What a plan costs and brings"),
    calculator_path("annuities", forms.TaxForm, "tax", "How much of one's own contribution is not taxed"),
]
