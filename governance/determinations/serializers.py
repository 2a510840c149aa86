"""Determinations as the interface shows them."""

from __future__ import annotations

from governance.api.serializers import RecordSerializer
from governance.determinations.models import Determination


class DeterminationSerializer(RecordSerializer):
    """What was determined for somebody, by which facts, versions and reason."""

    class Meta:
        model = Determination
        fields = [*RecordSerializer.common, "person", "rule", "said", "day", "parameters", "outcome", "values", "fingerprint", "ground", "actions"]
        read_only_fields = fields
