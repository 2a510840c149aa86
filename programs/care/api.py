"""Care for programs: the search, homes, beds and reservations; what they said about their places on any day."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view, inline_serializer
from redis.exceptions import RedisError
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.actions import NotVisible
from governance.api.inputs import errors_of
from governance.api.paths import founding_paths, record_api
from governance.api.views import PAGE_PROBLEMS
from governance.clocks.now import now
from programs.care.filters import SORTS, ReservationFilter, SearchForm, asked_day, place_chosen, plain_values, wanted_by
from programs.care.models import Bed, CapacityObservation, Home, Reservation
from programs.care.querysets import place_called
from programs.care.querysets.answers import answer, same_day
from programs.care.querysets.kept import Kept
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

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """A plain question is answered at once; whatever needs to be negotiated, refused or explained goes the long way."""
        try:
            answer = self.at_once(request) if is_plain(request) else None
        except (OperationalError, InterfaceError, RedisError):
            answer = None
        return super().dispatch(request, *args, **options) if answer is None else answer

    def at_once(self, request: HttpRequest) -> HttpResponse | None:
        """What was just answered is given without counting who asks: the counting would cost more than the answer."""
        if kept := ANSWERS.get(address_of(request), now()) if is_anybody(request) else None:
            return respond(*kept)
        data = plain_values(request.GET)
        if data is None or not all(throttle.allow_request(request, self) for throttle in self.get_throttles()):
            return None
        return answered(request, data)

    def get(self, request: Any) -> HttpResponse:
        form = SearchForm(request.query_params)
        if not form.is_valid():
            raise exceptions.ValidationError(errors_of(form))
        return answered(request._request, form.cleaned_data)


ANSWERS, TOTALS = Kept(most=300), Kept(most=3000)


def is_plain(request: HttpRequest) -> bool:
    """Whether JSON is asked for, and there is no token to be checked."""
    accepts = request.META.get("HTTP_ACCEPT", "*/*")
    wants_json = "*/*" in accepts or "application/json" in accepts
    return request.method == "GET" and wants_json and "HTTP_AUTHORIZATION" not in request.META and "format" not in request.GET


def is_anybody(request: HttpRequest) -> bool:
    """Whether somebody asks without an account. A home that looks at itself sees what is, not what was just answered to another."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "HTTP_AUTHORIZATION" not in request.META


def address_of(request: HttpRequest) -> str:
    """What was asked, and under which name of ours: the answer names the address of the next page."""
    return f"{request.scheme}://{request.get_host()}{request.get_full_path()}"


def answered(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    """A page of homes."""
    return respond(*ANSWERS.put(address_of(request), now(), written(request, data)))


def respond(body: bytes, tag: str) -> HttpResponse:
    """The answer, with what a list says about itself."""
    return HttpResponse(body, content_type="application/json", headers={"ETag": tag, "Allow": "GET, HEAD, OPTIONS"})


def written(request: HttpRequest, data: dict[str, Any]) -> tuple[bytes, str]:
    """The answer, and its ETag."""
    near = place_called(place_chosen(data))
    centre = (float(near.lon), float(near.lat)) if near else None
    wanted = wanted_by(data, now=timezone.localtime(now()), centre=centre, limit=PAGE)
    counted = same_day(wanted)
    url, href = addresses()
    lines, total, after = answer(wanted, url=url, href=href, total=TOTALS.get(counted, wanted.now) if is_anybody(request) else None)
    TOTALS.put(counted, wanted.now, total)
    following = None
    if after:
        query = request.GET.copy()
        query["after"] = str(after)
        following = request.build_absolute_uri(f"?{query.urlencode()}")
    body = f'{{"total":{total},"next":{json.dumps(following)},"results":[{lines}]}}'.encode()
    return body, f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


@cache
def addresses() -> tuple[str, str]:
    """Where a home is shown, to people and to programs, but for its number."""
    page, record = (reverse(name, args=[0]).removesuffix("0/") for name in ("care:home-detail", "api:care-home-detail"))
    return page, record


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
