"""An explained result as the interface shows it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from governance.catalogue.serializers import UsedSerializer


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
