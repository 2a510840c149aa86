"""Matters, tasks and promises as the interface shows them."""

from __future__ import annotations

from rest_framework import serializers

from governance.api.serializers import RecordSerializer
from governance.feedback.models import Answer, Commitment, Inquiry, Matter, Removal, RoutingRule, Supervision, Supporter, Task


class AnswerSerializer(serializers.ModelSerializer):
    """An answer that went out, with the fingerprint that stands in the public log."""

    digest = serializers.CharField(read_only=True)

    class Meta:
        model = Answer
        fields = ["finding", "ground", "outcome", "text", "remedy", "remedy_by", "sent_at", "digest"]
        read_only_fields = fields


class MatterSerializer(RecordSerializer):
    """What somebody brought, and what they were answered."""

    answers = AnswerSerializer(source="sent", many=True, read_only=True)

    class Meta:
        model = Matter
        fields = [*RecordSerializer.common, "kind", "stage", "category", "channel", "subject", "text", "named", "office", "rule", "before", "lead", "origin", "urgency", "passed_on", "answers", "actions"]
        read_only_fields = fields


class TaskSerializer(RecordSerializer):
    """What a co-handler was asked."""

    class Meta:
        model = Task
        fields = [*RecordSerializer.common, "matter", "office", "question", "contribution", "actions"]
        read_only_fields = fields


class InquirySerializer(RecordSerializer):
    """What somebody without an account was asked."""

    class Meta:
        model = Inquiry
        fields = [*RecordSerializer.common, "matter", "name", "questions", "answer", "actions"]
        read_only_fields = fields


class SupporterSerializer(RecordSerializer):
    """Somebody who asks for the same."""

    class Meta:
        model = Supporter
        fields = [*RecordSerializer.common, "matter", "stakeholder", "represents", "actions"]
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


class RemovalSerializer(RecordSerializer):
    """Something that left the public register."""

    class Meta:
        model = Removal
        fields = [*RecordSerializer.common, "office", "ground", "why", "decision", "actions"]
        read_only_fields = fields


class ShareSerializer(serializers.Serializer):
    """So many of so many."""

    percent = serializers.FloatField()
    count = serializers.IntegerField()
    of = serializers.IntegerField()
    interval = serializers.ListField(child=serializers.FloatField(), help_text="In per cent: the true share lies in it in 95 of 100 cases (Wilson).")


class DaysSerializer(serializers.Serializer):
    """How long something took."""

    median_days = serializers.FloatField()
    ninth_decile_days = serializers.FloatField()
    count = serializers.IntegerField()


class RowSerializer(serializers.Serializer):
    """The figures of one office, category, county or month; null where too few were counted."""

    key = serializers.CharField(allow_null=True)
    label = serializers.CharField(allow_blank=True)
    received = serializers.IntegerField(allow_null=True)
    response = ShareSerializer(allow_null=True)
    on_time = ShareSerializer(allow_null=True)
    resolution = ShareSerializer(allow_null=True)
    satisfaction = ShareSerializer(allow_null=True)
    conduct = ShareSerializer(allow_null=True)
    reopened = ShareSerializer(allow_null=True)
    heard = ShareSerializer(allow_null=True)
    acknowledge = DaysSerializer(allow_null=True)
    reply = DaysSerializer(allow_null=True)
    settle = DaysSerializer(allow_null=True)


class FiguresSerializer(serializers.Serializer):
    """Everything together, and apart by one dimension."""

    by = serializers.CharField()
    since = serializers.DateField()
    at = serializers.DateTimeField()
    whole = RowSerializer()
    rows = RowSerializer(many=True)
    months = RowSerializer(many=True)
