"""Programs and values as the interface shows them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from governance.api.serializers import RecordSerializer
from governance.catalogue import wording
from governance.catalogue.models import Parameter, Program


class ProgramSerializer(RecordSerializer):
    """A program of the catalogue."""

    class Meta:
        model = Program
        fields = (
            *RecordSerializer.common, "code", "name", "name_en", "purpose", "purpose_en", "tier", "pillar_1994", "pillars_2005", "branch",
            "protection", "payers", "pooling", "maturity", "basis", "basis_en", "mark", "since", "note", "note_en", "fields_schema", "details",
            "actions",
        )  # fmt: skip


class ParameterSerializer(RecordSerializer):
    """One version of a value. ``mark`` other than "verified" means: the source was not checked, this is no law."""

    program = serializers.CharField(source="program.code")
    value_in_words = serializers.SerializerMethodField()

    class Meta:
        model = Parameter
        fields = (
            *RecordSerializer.common, "program", "key", "name", "name_en", "value", "value_in_words", "unit", "effective_from", "effective_until",
            "source", "source_en", "mark", "verified_on", "note", "note_en", "actions",
        )  # fmt: skip

    def get_value_in_words(self, parameter: Any) -> str:
        """As one says it."""
        return wording.worded(parameter.value, parameter.unit)


class UsedSerializer(serializers.Serializer):
    """A version of a value that a result was worked out with."""

    reference = serializers.CharField()
    program = serializers.CharField(source="program.code")
    key = serializers.CharField()
    area = serializers.CharField(source="area_id")
    value = serializers.JSONField()
    unit = serializers.CharField()
    source = serializers.CharField()
    mark = serializers.CharField(help_text="verified, quoted, derived, unverified or example. Only the first is checked law; quoted is known from another text.")
    effective_from = serializers.DateField()
    effective_until = serializers.DateField(allow_null=True)
    url = serializers.CharField(source="get_absolute_url")


class DecisionSerializer(serializers.Serializer):
    """What a rule gives for some facts, and why."""

    rule = serializers.CharField()
    outcome = serializers.CharField(help_text="yes, no or unknown: not known is never no.")
    sentence = serializers.CharField()
    values = serializers.DictField(help_text="Money in yuan and rates as text; months of the calendar as 2031-05; periods in months.")
    trace = serializers.ListField(child=serializers.CharField(), help_text="The steps, in words.")
    missing = serializers.ListField(child=serializers.CharField(), help_text="Facts that are missing, and who holds them.")
    would_change = serializers.CharField(allow_blank=True, help_text="What would make it another answer, tried with the rule.")
    warnings = serializers.ListField(child=serializers.CharField())
    parameters = UsedSerializer(many=True, source="used", help_text="The versions of values it rests on.")
    fingerprint = serializers.CharField(help_text="SHA-256 of facts, versions and outcome.")

    def to_representation(self, decision: Any) -> Any:
        body = super().to_representation(decision)
        return body | {"values": {name: value if isinstance(value, int | str) else str(value) for name, value in decision.values.items()}}
