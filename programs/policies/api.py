"""Policies for programs: products, policies, shares of insurers, calculators."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.api.paths import founding_paths, record_api
from governance.api.views import PAGE_PROBLEMS
from governance.catalogue.api import calculator_path
from programs.policies import forms, reading
from programs.policies.filters import PolicyFilter, ProductFilter
from programs.policies.models import Policy, Product
from programs.policies.serializers import InclusiveShareSerializer, PolicySerializer, ProductSerializer


@extend_schema_view(get=extend_schema(
    operation_id="policies_shares", tags=["policies"], summary="Share of long-term inclusive business, by insurer", responses={200: InclusiveShareSerializer(many=True), **PAGE_PROBLEMS}
))  # fmt: skip
class SharesApi(APIView):
    """Insurers in alphabetical order; no ranking."""

    def get(self, request: Any) -> Response:
        return Response(InclusiveShareSerializer(reading.shares(), many=True).data)


urlpatterns = [
    path("policies/shares/", SharesApi.as_view(), name="policies-shares"),
    calculator_path("policies", forms.PersonalPensionForm, "personal-pension", "What a personal pension brings"),
    calculator_path("policies", forms.TaxDeferredForm, "tax-deferred", "What a tax-deferred pension saves"),
    calculator_path("policies", forms.HealthForm, "health", "What a tax-preferred health insurance saves"),
    calculator_path("policies", forms.GroupForm, "group-cover", "Group cover beside an annuity"),
    *record_api(Product, "products", ProductSerializer, filterset=ProductFilter, orders={"name": ("name_pinyin", "id"), "newest": ("-created_at", "-id")}, open_to_public=True),
    *record_api(Policy, "policies", PolicySerializer, filterset=PolicyFilter),
    *founding_paths("policies"),
]
