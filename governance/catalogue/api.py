"""The catalogue for programs: programs, every version of every value, what holds on a day."""

from __future__ import annotations

from governance.api.paths import founding_paths, record_api
from governance.catalogue.filters import ParameterFilter, ProgramFilter
from governance.catalogue.models import Parameter, Program
from governance.catalogue.serializers import ParameterSerializer, ProgramSerializer

ORDERS = {"listed": ("position", "id"), "newest": ("-created_at", "-id")}

urlpatterns = [
    *record_api(Program, "programs", ProgramSerializer, filterset=ProgramFilter, orders=ORDERS, open_to_public=True),
    *record_api(Parameter, "parameters", ParameterSerializer, filterset=ParameterFilter, orders=ORDERS, open_to_public=True),
    *founding_paths("catalogue"),
]
