"""Promised dates for programs: the rules, the calculator, the working calendar, any clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.actions import NotVisible
from governance.api.inputs import errors_of
from governance.api.views import PAGE_PROBLEMS
from governance.clocks.calendars import of_area
from governance.clocks.models import Clock, ClockRule
from governance.clocks.now import local, today
from governance.promises import converters, reading  # noqa: F401 - the converter is registered
from governance.promises.forms import CalculatorForm
from governance.promises.serializers import (
    ClockExplainedSerializer,
    DueSerializer,
    RuleSerializer,
    YearSerializer,
)


def _asked(name: str, description: str, kind: Any = OpenApiTypes.STR, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description, **more)


@extend_schema_view(get=extend_schema(
    operation_id="promises_rules", tags=["promises"], summary="Every period in force",
    parameters=[_asked("on", "In force on this day; today if left out.", OpenApiTypes.DATE)],
    responses={200: RuleSerializer(many=True), **PAGE_PROBLEMS},
))  # fmt: skip
class RuleListApi(APIView):
    """Every rule with its legal basis and whether that was checked."""

    def get(self, request: Any) -> Response:
        on = _day(request.query_params["on"]) if "on" in request.query_params else today()
        return Response(RuleSerializer(ClockRule.objects.in_force_on(on).for_display(), many=True).data)


@extend_schema_view(get=extend_schema(
    operation_id="promises_due", tags=["promises"], summary="Work out a due date",
    parameters=[
        _asked("on", "The day of the event that starts the period.", OpenApiTypes.DATE, required=True),
        _asked("at", "Its time of day, for periods of hours and minutes."),
        _asked("extension", "In the unit of the rule.", OpenApiTypes.INT),
        _asked("pause_from", "The day a pause begins.", OpenApiTypes.DATE),
        _asked("pause_until", "Its last day.", OpenApiTypes.DATE),
        _asked("area", "Code of an area: for a rule that holds only there, or with closures of its own."),
    ],
    responses={200: DueSerializer, **PAGE_PROBLEMS},
))  # fmt: skip
class DueApi(APIView):
    """Received on … under rule … is due on …, and every day between with its reason."""

    def get(self, request: Any, code: str) -> Response:
        if not ClockRule.objects.versions(code).exists():
            raise NotVisible
        form = CalculatorForm(reading.asked(code, request.query_params.dict()))
        if not form.is_valid():
            raise exceptions.ValidationError(errors_of(form))
        rule, due = form.cleaned_data["version"], form.cleaned_data["due"]
        return Response(DueSerializer({"rule": rule, "due_at": due.at, "provisional": due.provisional, "steps": due.steps}).data)


@extend_schema_view(get=extend_schema(
    operation_id="promises_year", tags=["promises"], summary="The working calendar of a year",
    responses={200: YearSerializer, **PAGE_PROBLEMS},
))  # fmt: skip
class YearApi(APIView):
    """The days that depart from Monday to Friday."""

    def get(self, request: Any, year: int) -> Response:
        found = reading.year(year)
        if found is None:
            raise NotVisible
        edition = found["editions"][0][0]
        body = {"year": year, "version": edition.version, "source": edition.source, "days": found["days"]}
        return Response(YearSerializer(body).data)


@extend_schema_view(get=extend_schema(
    operation_id="promises_clock", tags=["promises"], summary="One promised date, explained",
    responses={200: ClockExplainedSerializer, **PAGE_PROBLEMS},
))  # fmt: skip
class ClockApi(APIView):
    """A clock with its rule, its trace, and every date that was told."""

    def get(self, request: Any, pk: UUID) -> Response:
        clock = Clock.objects.explained().filter(pk=pk).first()
        if clock is None:
            raise NotVisible
        return Response(ClockExplainedSerializer(clock).data)


@extend_schema_view(get=extend_schema(
    operation_id="promises_day", tags=["promises"], summary="Whether a day is worked",
    parameters=[_asked("area", "Code of an area with closures of its own.")],
    responses={200: OpenApiTypes.OBJECT, **PAGE_PROBLEMS},
))  # fmt: skip
class DayApi(APIView):
    """One day of the working calendar."""

    def get(self, request: Any, day: str) -> Response:
        asked = _day(day)
        calendar = of_area(request.query_params.get("area", "")[:12])
        mark, name = calendar.mark(asked)
        return Response({"day": asked, "worked": calendar.is_working(asked), "why": mark, "name": name, "known": calendar.is_known(asked)})


def _day(text: str) -> Any:
    try:
        return local(datetime.fromisoformat(f"{text[:10]}T12:00:00+08:00")).date()
    except ValueError as problem:
        raise exceptions.ValidationError({"day": ["2026-01-31"]}) from problem


urlpatterns = [
    path("periods/", RuleListApi.as_view(), name="promises-rules"),
    path("periods/<rule:code>/due/", DueApi.as_view(), name="promises-due"),
    path("working-calendar/<int:year>/", YearApi.as_view(), name="promises-year"),
    path("working-days/<str:day>/", DayApi.as_view(), name="promises-day"),
    path("clocks/<uuid:pk>/", ClockApi.as_view(), name="promises-clock"),
]
