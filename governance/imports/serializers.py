"""Imports as the interface shows them."""

from __future__ import annotations

from governance.api.serializers import RecordSerializer
from governance.imports.models import Import


class ImportSerializer(RecordSerializer):
    """A file, what was found in it, and what it did or would do."""

    class Meta:
        model = Import
        fields = [
            *RecordSerializer.common, "kind", "sender", "own", "filename", "size", "digest", "encoding", "columns", "fault",
            "row_count", "bad_count", "left_out_count", "warning_count", "new_count", "changed_count", "unchanged_count", "untouched_count", "applied_count", "undone_count", "actions",
        ]  # fmt: skip
        read_only_fields = fields
