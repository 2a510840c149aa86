"""Who is who, for programs."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from governance.api.pages import KeysetPagination
from governance.api.paths import founding_paths, record_api
from governance.api.views import PAGE_PROBLEMS
from governance.stakeholders.filters import MandateFilter, OrganisationFilter
from governance.stakeholders.models import Area, Delegation, Household, Mandate, Membership, Stakeholder
from governance.stakeholders.serializers import (
    AreaSerializer,
    DelegationSerializer,
    HouseholdSerializer,
    MandateSerializer,
    MembershipSerializer,
    StakeholderSerializer,
)


@extend_schema_view(get=extend_schema(
    operation_id="stakeholders_area_list",
    tags=["stakeholders"],
    parameters=[
        OpenApiParameter("within", OpenApiTypes.STR, description="Code of twelve digits; the area and everything in it."),
        OpenApiParameter("q", OpenApiTypes.STR, description="Beginning of a name, in Chinese, English or pinyin."),
    ],
    responses={200: AreaSerializer(many=True), **PAGE_PROBLEMS},
))  # fmt: skip
class AreaListApi(GenericAPIView):
    """Areas: the packaged list down to counties, and what was imported below."""

    queryset = Area.objects.none()
    serializer_class = AreaSerializer
    pagination_class = KeysetPagination

    def order(self) -> tuple[str, ...]:
        """By code, so that what belongs together stands together."""
        return ("code",)

    def get(self, request: Any) -> Response:
        rows = Area.objects.asked_for(within=request.query_params.get("within", ""), q=request.query_params.get("q", ""))
        return self.get_paginated_response(self.get_serializer(self.paginate_queryset(rows), many=True).data)


urlpatterns = [
    path("stakeholders/areas/", AreaListApi.as_view(), name="stakeholders-area-list"),
    *record_api(
        Stakeholder, "stakeholders", StakeholderSerializer, filterset=OrganisationFilter, open_to_public=True,
        rows=lambda rows: rows.organisations(), orders={"name": ("name_pinyin", "id"), "newest": ("-created_at", "-id")},
    ),
    *record_api(Membership, "memberships", MembershipSerializer),
    *record_api(Mandate, "mandates", MandateSerializer, filterset=MandateFilter, open_to_public=True),
    *record_api(Delegation, "delegations", DelegationSerializer),
    *record_api(Household, "households", HouseholdSerializer),
    *founding_paths("stakeholders"),
]  # fmt: skip
