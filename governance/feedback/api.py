"""Feedback for programs."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.api.paths import founding_paths, record_api
from governance.api.views import PAGE_PROBLEMS
from governance.feedback import measures
from governance.feedback.forms import SPANS, chosen
from governance.feedback.models import Commitment, Inquiry, Matter, Removal, RoutingRule, Supervision, Supporter, Task
from governance.feedback.serializers import (
    CommitmentSerializer,
    FiguresSerializer,
    InquirySerializer,
    MatterSerializer,
    RemovalSerializer,
    RoutingRuleSerializer,
    SupervisionSerializer,
    SupporterSerializer,
    TaskSerializer,
)

ASKED = [
    OpenApiParameter("by", OpenApiTypes.STR, enum=list(measures.DIMENSIONS), description="Apart by what."),
    OpenApiParameter("days", OpenApiTypes.STR, enum=list(SPANS), description="How many days back."),
]


@extend_schema_view(get=extend_schema(operation_id="feedback_figures", tags=["feedback"], parameters=ASKED, responses={200: FiguresSerializer, **PAGE_PROBLEMS}))
class FiguresApi(APIView):
    """How well people are answered: the three rates, times, what was in time, what was opened again."""

    def get(self, request: Any) -> Response:
        by, _days, since = chosen(request.query_params)
        found = measures.figures(by, since)
        told = {"by": by, "since": since, "at": found.at, "whole": found.whole.told, "rows": [row.told for row in found.rows], "months": [row.told for row in found.months]}
        return Response(FiguresSerializer(told).data)


urlpatterns = [
    path("feedback/figures/", FiguresApi.as_view(), name="feedback-figures"),
    *record_api(Matter, "matters", MatterSerializer),
    *record_api(Task, "tasks", TaskSerializer),
    *record_api(RoutingRule, "rules", RoutingRuleSerializer, open_to_public=True),
    *record_api(Commitment, "commitments", CommitmentSerializer, open_to_public=True),
    *record_api(Supervision, "supervisions", SupervisionSerializer),
    *record_api(Inquiry, "inquiries", InquirySerializer),
    *record_api(Supporter, "supporters", SupporterSerializer),
    *record_api(Removal, "removals", RemovalSerializer, open_to_public=True),
    *founding_paths("feedback"),
]
