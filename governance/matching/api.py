"""Matching for programs."""

from __future__ import annotations

from governance.api.paths import record_api
from governance.matching.models import Pair
from governance.matching.serializers import PairSerializer

urlpatterns = [*record_api(Pair, "pairs", PairSerializer)]
