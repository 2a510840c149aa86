"""Determinations for programs."""

from __future__ import annotations

from governance.api.paths import founding_paths, record_api
from governance.determinations.models import Determination
from governance.determinations.serializers import DeterminationSerializer

urlpatterns = [*record_api(Determination, "determinations", DeterminationSerializer), *founding_paths("determinations")]
