"""Questions as the interface shows them: masked, as in the queue."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from governance.api.serializers import RecordSerializer
from governance.matching.models import Pair


class PairSerializer(RecordSerializer):
    """Whether two entries are the same person: what was compared, and what was decided."""

    sources = serializers.SerializerMethodField(help_text="In which registers the two stand.")
    is_duplicate = serializers.BooleanField(help_text="Whether both are registered here.")
    holds = serializers.BooleanField(help_text="Whether nothing new is granted because of it.")

    class Meta:
        model = Pair
        fields = [*RecordSerializer.common, "sources", "score", "evidence", "is_duplicate", "holds", "ground", "actions"]
        read_only_fields = fields

    def get_sources(self, pair: Any) -> list[str]:
        """The registers by their keys."""
        return [pair.entry.source, pair.other.source]
