"""The calculators for programs."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.api.paths import founding_paths, record_api
from governance.api.views import PAGE_PROBLEMS
from governance.catalogue.api import calculator_path
from programs.insurance import filters, forms
from programs.insurance.measures.provinces import table
from programs.insurance.models import Base, Claim, Correction, InjuryRate, Insured, Spell, Statement, Transfer
from programs.insurance.serializers import (
    BaseSerializer,
    ClaimSerializer,
    CorrectionSerializer,
    InjuryRateSerializer,
    InsuredSerializer,
    SpellSerializer,
    StatementSerializer,
    TransferSerializer,
)


class ProvinceSerializer(serializers.Serializer):
    """One row of the table of 2024, as transcribed."""

    code = serializers.CharField()
    name = serializers.CharField()
    numbers = serializers.DictField(child=serializers.DecimalField(max_digits=12, decimal_places=1), help_text="Persons in 10,000, money in 100 million yuan.")
    faults = serializers.ListField(child=serializers.CharField(), help_text="Identities that do not hold: the row waits to be compared with the yearbook.")
    reserve_months = serializers.DecimalField(max_digits=8, decimal_places=1)
    dependency = serializers.DecimalField(max_digits=8, decimal_places=3)
    employee_pension = serializers.DecimalField(max_digits=10, decimal_places=2)
    residents_pension = serializers.DecimalField(max_digits=10, decimal_places=2)
    surplus = serializers.DecimalField(max_digits=10, decimal_places=1)


@extend_schema_view(get=extend_schema(
    operation_id="insurance_provinces", tags=["insurance"], summary="Pensions by province, 2024", responses={200: ProvinceSerializer(many=True), **PAGE_PROBLEMS}
))  # fmt: skip
class ProvincesApi(APIView):
    """The nation (000000) and 31 provinces."""

    def get(self, request: Any) -> Response:
        nation, provinces = table()
        return Response(ProvinceSerializer([nation, *provinces], many=True).data)


urlpatterns = [
    path("insurance/provinces/", ProvincesApi.as_view(), name="insurance-provinces"),
    calculator_path("insurance", forms.RetirementForm, "retirement", "When somebody may retire"),
    calculator_path("insurance", forms.PensionForm, "pension", "What an employee's pension would be"),
    calculator_path("insurance", forms.ResidentsForm, "residents-pension", "What a resident's pension would be"),
    calculator_path("insurance", forms.RateForm, "combined-rate", "What is paid into basic insurance in all"),
    *record_api(Insured, "accounts", InsuredSerializer, filterset=filters.InsuredFilter),
    *record_api(Spell, "spells", SpellSerializer, filterset=filters.SpellFilter),
    *record_api(Statement, "statements", StatementSerializer),
    *record_api(Transfer, "transfers", TransferSerializer),
    *record_api(Claim, "claims", ClaimSerializer),
    *record_api(Base, "bases", BaseSerializer),
    *record_api(InjuryRate, "injury-rates", InjuryRateSerializer),
    *record_api(Correction, "corrections", CorrectionSerializer),
    *founding_paths("insurance"),
]
