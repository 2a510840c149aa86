"""The calculators for programs."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.api.inputs import errors_of
from governance.api.views import PAGE_PROBLEMS
from governance.catalogue.values import values_on
from governance.clocks.now import today
from programs.insurance import forms
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


urlpatterns = [
    _calculator(forms.RetirementForm, "retirement", "When somebody may retire"),
    _calculator(forms.PensionForm, "pension", "What an employee's pension would be"),
    _calculator(forms.ResidentsForm, "residents-pension", "What a resident's pension would be"),
    _calculator(forms.RateForm, "combined-rate", "What is paid into basic insurance in all"),
]
