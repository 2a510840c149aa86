"""The catalogue for programs: programs, every version of every value, what holds on a day."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.api.inputs import errors_of
from governance.api.paths import founding_paths, record_api
from governance.api.views import PAGE_PROBLEMS
from governance.catalogue.filters import ParameterFilter, ProgramFilter
from governance.catalogue.forms import Calculator, answered
from governance.catalogue.measures import Measure, measures
from governance.catalogue.models import Parameter, Program
from governance.catalogue.serializers import DecisionSerializer, ParameterSerializer, ProgramSerializer


class FigureSerializer(serializers.Serializer):
    """A public figure, worked out from published inputs."""

    code = serializers.CharField()
    program = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    exact = serializers.DecimalField(max_digits=None, decimal_places=None, help_text="Before rounding; shares as parts of one.")
    shown = serializers.DecimalField(max_digits=None, decimal_places=None, help_text="Rounded; shares in per cent.")
    unit = serializers.CharField()
    rounding = serializers.CharField(help_text="half_up or truncate.")
    printed = serializers.CharField(allow_blank=True, help_text="As the paper prints it.")
    agrees = serializers.BooleanField(allow_null=True, help_text="Whether it comes out as the paper prints or says it; null where it says nothing.")
    series = serializers.CharField(allow_blank=True)
    period = serializers.CharField(allow_blank=True)
    denominator = serializers.ListField(child=serializers.CharField(), help_text="The inputs below the line.")
    inputs = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_inputs(self, measure: Measure) -> list[dict[str, str]]:
        """Each with value, vintage, source and mark."""
        names = ("code", "name", "name_en", "unit", "vintage", "vintage_en", "source", "source_en", "mark")
        return [{name: getattr(one, name) for name in names} | {"value": str(one.value)} for one in measure.inputs]


@extend_schema_view(get=extend_schema(operation_id="catalogue_figures", tags=["catalogue"], summary="Public figures", responses={200: FigureSerializer(many=True), **PAGE_PROBLEMS}))
class FiguresApi(APIView):
    """Every public figure with its inputs."""

    def get(self, request: Any) -> Response:
        return Response(FigureSerializer(measures(), many=True).data)


ORDERS = {"listed": ("position", "id"), "newest": ("-created_at", "-id")}


class CalculatorApi(APIView):
    """A question in the address, the explained answer in the body."""

    form_class: Any = Calculator

    def get(self, request: Any) -> Response:
        form = self.form_class(request.query_params.dict())
        decision = answered(form) if form.is_valid() else None
        if decision is None:
            raise exceptions.ValidationError(errors_of(form))
        return Response(DecisionSerializer(decision).data)


def calculator_path(program: str, form: type[Calculator], address: str, summary: str) -> Any:
    """The address of a calculator: /api/<program>/<address>/."""
    name = address.strip("/").replace("-", "_")
    parameters = [
        OpenApiParameter(field, OpenApiTypes.STR, OpenApiParameter.QUERY, description=str(one.label), required=one.required)
        for field, one in form.base_fields.items()
    ]
    described = extend_schema(
        operation_id=f"{program}_{name}", tags=[program], summary=summary, parameters=parameters, responses={200: DecisionSerializer, **PAGE_PROBLEMS}
    )
    view = type(f"{form.__name__}Api", (CalculatorApi,), {"form_class": form, "__doc__": summary})
    return path(f"{program}/{address}/", extend_schema_view(get=described)(view).as_view(), name=f"{program}-{address}")


urlpatterns = [
    path("catalogue/figures/", FiguresApi.as_view(), name="catalogue-figures"),
    *record_api(Program, "programs", ProgramSerializer, filterset=ProgramFilter, orders=ORDERS, open_to_public=True),
    *record_api(Parameter, "parameters", ParameterSerializer, filterset=ParameterFilter, orders=ORDERS, open_to_public=True),
    *founding_paths("catalogue"),
]
