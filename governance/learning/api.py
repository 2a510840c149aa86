"""Learning for programs."""

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
from governance.catalogue.models import Program
from governance.clocks.now import today
from governance.learning import decisions, loading, reading
from governance.learning.forms import CoversForm, StartForm
from governance.learning.serializers import FinishedSerializer, GapsSerializer, UnitSerializer
from governance.learning.vocabulary import Work

WORK = OpenApiParameter(
    "work", OpenApiTypes.STR, OpenApiParameter.QUERY, enum=Work.values, required=True, description="How somebody works."
)


def _described(name: str, summary: str, answers: Any, *parameters: OpenApiParameter) -> Any:
    return extend_schema_view(
        get=extend_schema(operation_id=f"learning_{name}", tags=["learning"], summary=summary, parameters=list(parameters), responses={200: answers, **PAGE_PROBLEMS})
    )  # fmt: skip


@_described("units", "Short units, tier by tier", UnitSerializer(many=True))
class UnitsApi(APIView):
    """Every unit."""

    def get(self, request: Any) -> Response:
        return Response(UnitSerializer(loading.units(), many=True).data)


@_described("gaps", "Which risks are uncovered", GapsSerializer, WORK)
class GapsApi(APIView):
    """Besides ``work``, the code of each program with yes or no; what is not said is not known."""

    def get(self, request: Any) -> Response:
        start = StartForm(request.query_params.dict())
        if not start.is_valid():
            raise exceptions.ValidationError(errors_of(start))
        programs, work = list(Program.objects.in_force()), start.cleaned_data["work"]
        form = CoversForm(decisions.to_ask(decisions.covers(work, programs)), request.query_params.dict())
        if not form.is_valid():
            raise exceptions.ValidationError(errors_of(form))
        return Response(GapsSerializer(decisions.gaps(work, form.told(), programs)).data)


@_described("finished", "How often the quizzes were finished", FinishedSerializer(many=True))
class FinishedApi(APIView):
    """Counted without anybody in it."""

    def get(self, request: Any) -> Response:
        found = reading.finished(today())["in_all"]
        return Response(FinishedSerializer([{"tier": tier.value, "at_least": number} for tier, number in found], many=True).data)


urlpatterns = [
    path("learning/units/", UnitsApi.as_view(), name="learning-units"),
    path("learning/gaps/", GapsApi.as_view(), name="learning-gaps"),
    path("learning/finished/", FinishedApi.as_view(), name="learning-finished"),
]
