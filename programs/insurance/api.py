"""The calculators for programs."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.api.inputs import errors_of
from governance.api.views import PAGE_PROBLEMS
from governance.catalogue.values import values_on
from governance.clocks.now import today
from programs.insurance import forms, measures
from programs.insurance.serializers import DecisionSerializer


class CalculatorApi(APIView):
    """A question in the address, the explained answer in the body."""

    form_class: Any = forms.Calculator

    def get(self, request: Any) -> Response:
        form = self.form_class(request.query_params.dict())
        decision = form.answer(values_on(form.day() or today(), *form.programs)) if form.is_valid() else None
        if decision is None:
            raise exceptions.ValidationError(errors_of(form))
        return Response(DecisionSerializer(decision).data)


def _calculator(form: type[forms.Calculator], address: str, summary: str) -> Any:
    name = address.strip("/").replace("-", "_")
    parameters = [
        OpenApiParameter(field, OpenApiTypes.STR, OpenApiParameter.QUERY, description=str(one.label), required=one.required)
        for field, one in form.base_fields.items()
    ]
    described = extend_schema(
        operation_id=f"insurance_{name}", tags=["insurance"], summary=summary, parameters=parameters, responses={200: DecisionSerializer, **PAGE_PROBLEMS}
    )
    view = type(f"{form.__name__}Api", (CalculatorApi,), {"form_class": form, "__doc__": summary})
    return path(f"insurance/{address}/", extend_schema_view(get=described)(view).as_view(), name=f"insurance-{address}")


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
        nation, provinces = measures.table()
        return Response(ProvinceSerializer([nation, *provinces], many=True).data)


urlpatterns = [
    path("insurance/provinces/", ProvincesApi.as_view(), name="insurance-provinces"),
    _calculator(forms.RetirementForm, "retirement", "When somebody may retire"),
    _calculator(forms.PensionForm, "pension", "What an employee's pension would be"),
    _calculator(forms.ResidentsForm, "residents-pension", "What a resident's pension would be"),
    _calculator(forms.RateForm, "combined-rate", "What is paid into basic insurance in all"),
]
