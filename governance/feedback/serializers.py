"""Matters, tasks and promises as the interface shows them."""

from __future__ import annotations

from governance.api.serializers import RecordSerializer
from governance.feedback.models import Commitment, Matter, RoutingRule, Supervision, Task


class MatterSerializer(RecordSerializer):
    """What somebody brought."""

    class Meta:
        model = Matter
        fields = [*RecordSerializer.common, "kind", "stage", "category", "channel", "subject", "text", "named", "office", "rule", "before", "passed_on", "actions"]
        read_only_fields = fields


class TaskSerializer(RecordSerializer):
    """What a co-handler was asked."""

    class Meta:
        model = Task
        fields = [*RecordSerializer.common, "matter", "office", "question", "contribution", "actions"]
        read_only_fields = fields


class RoutingRuleSerializer(RecordSerializer):
    """Which duty answers which matters."""

    class Meta:
        model = RoutingRule
        fields = [*RecordSerializer.common, "place", "name", "kinds", "categories", "words", "duty", "basis", "starts_on", "ends_on", "actions"]
        read_only_fields = fields


class CommitmentSerializer(RecordSerializer):
    """What an office has promised."""

    class Meta:
        model = Commitment
        fields = [*RecordSerializer.common, "office", "text", "due_on", "evidence", "actions"]
        read_only_fields = fields


class SupervisionSerializer(RecordSerializer):
    """A supervisor's order."""

    class Meta:
        model = Supervision
        fields = [*RecordSerializer.common, "matter", "office", "demand", "explanation", "rectification", "outcome", "actions"]
        read_only_fields = fields
