"""Care for programs: the search, homes, beds and reservations; what they said about their places on any day."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view, inline_serializer
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.actions import NotVisible
from governance.api.inputs import errors_of
from governance.api.paths import founding_paths, record_api
from governance.api.views import PAGE_PROBLEMS
from governance.clocks.now import now
from programs.care.filters import SORTS, ReservationFilter, SearchForm, asked_day
from programs.care.models import Bed, CapacityObservation, Home, Reservation
from programs.care.querysets import place_called
from programs.care.querysets.search import page, total
from programs.care.serializers import (
    BedSerializer,
    CapacitySerializer,
    FoundHomeSerializer,
    HomeSerializer,
    ReservationSerializer,
)
from programs.care.vocabulary import CareLevel, Ownership, Service, Setting

PAGE = 50


def _asked(name: str, description: str, kind: Any = OpenApiTypes.STR, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description, **more)


@extend_schema_view(get=extend_schema(
    operation_id="care_home_search",
    tags=["care"],
    parameters=[
        _asked("q", "Name or address, in Chinese or pinyin."),
        _asked("area", "Code of an area; everything in it."),
        _asked("near", "Distances from here: code of an area, or “longitude,latitude”."),
        _asked("km", "At most so far away.", OpenApiTypes.NUMBER),
        _asked("level", "Care needed.", OpenApiTypes.INT, enum=CareLevel.values),
        _asked("pmin", "Lowest price a month, in yuan.", OpenApiTypes.DECIMAL),
        _asked("pmax", "Highest price a month, in yuan.", OpenApiTypes.DECIMAL),
        _asked("ow", "Run by.", many=True, enum=Ownership.values),
        _asked("set", "Town or country.", many=True, enum=Setting.values),
        _asked("sv", "Services, all of them.", many=True, enum=Service.values),
        _asked("free", "Free places.", many=True, enum=["now", "assessed"]),
        _asked("fr", "Freshness of the numbers.", many=True, enum=["fresh", "aging", "stale"]),
        _asked("sort", "The order.", enum=[value for value, _label in SORTS]),
        _asked("after", "The next page: as in “next”."),
    ],
    responses={
        200: inline_serializer(
            "FoundHomes",
            {
                "total": serializers.IntegerField(),
                "next": serializers.CharField(allow_null=True),
                "results": FoundHomeSerializer(many=True),
            },
        ),
        **PAGE_PROBLEMS,
    },
))  # fmt: skip
class SearchApi(APIView):
    """Care homes and what they have free, for everybody."""

    def get(self, request: Any) -> Response:
        form = SearchForm(request.query_params)
        if not form.is_valid():
            raise exceptions.ValidationError(errors_of(form))
        near = place_called(form.near_area)
        centre = (float(near.lon), float(near.lat)) if near else None
        wanted = form.wanted(now=timezone.localtime(now()), centre=centre, limit=PAGE)
        found, after = page(wanted)
        following = None
        if after:
            query = request.query_params.copy()
            query["after"] = str(after)
            following = request.build_absolute_uri(f"?{query.urlencode()}")
        return Response({"total": total(wanted), "next": following, "results": FoundHomeSerializer(found, many=True).data})


@extend_schema_view(get=extend_schema(
    operation_id="care_home_capacity",
    tags=["care"],
    parameters=[_asked("on", "What was known on this day; today if it is left out.", OpenApiTypes.DATE)],
    responses={200: CapacitySerializer(many=True), **PAGE_PROBLEMS},
))  # fmt: skip
class CapacityApi(APIView):
    """What a home said about its places, by level of care, as it was known on a day."""

    def get(self, request: Any, pk: int) -> Response:
        home = Home.objects.visible_to(request.actor).filter(pk=pk).first()
        if home is None:
            raise NotVisible
        lines = CapacityObservation.objects.of_home(home).as_of(asked_day(request.query_params.get("on"))).by_level()
        return Response(CapacitySerializer(lines, many=True).data)


urlpatterns = [
    path("care/homes/", SearchApi.as_view(), name="care-home-list"),
    *record_api(Home, "homes", HomeSerializer, open_to_public=True, with_list=False),
    path("care/homes/<int:pk>/capacity/", CapacityApi.as_view(), name="care-home-capacity"),
    *record_api(Bed, "beds", BedSerializer, open_to_public=True),
    *record_api(Reservation, "reservations", ReservationSerializer, filterset=ReservationFilter),
    *founding_paths("care"),
]
