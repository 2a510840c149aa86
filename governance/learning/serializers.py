"""Units, quizzes, gaps and counts as the interface shows them, in the language asked for."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class SentenceSerializer(serializers.Serializer):
    """A sentence with its source. ``mark`` other than "verified" means that the source was not checked; empty: it is no law."""

    text = serializers.CharField()
    source = serializers.CharField()
    mark = serializers.CharField(allow_blank=True)


class UnitSerializer(serializers.Serializer):
    """A short unit."""

    key = serializers.CharField()
    tier = serializers.CharField()
    title = serializers.CharField()
    lead = serializers.CharField()
    minutes = serializers.IntegerField()
    programs = serializers.ListField(child=serializers.CharField())
    points = serializers.ListField(child=SentenceSerializer())

    def to_representation(self, unit: Any) -> dict[str, Any]:
        points = [{"text": one["text"], "source": one["source"], "mark": one.mark} for one in unit.steps]
        return {"key": unit.key, "tier": unit.tier, "points": points} | {
            name: unit[name] for name in ("title", "lead", "minutes", "programs")
        }


class LayerSerializer(serializers.Serializer):
    """One program that may stand between somebody and a risk."""

    program = serializers.CharField(source="program.code")
    tier = serializers.CharField(source="tier.value")
    holding = serializers.CharField(source="holding.value", help_text="held, owed, unknown, open or closed.")
    rule = serializers.CharField(help_text="What the rules say of those who work so.")
    source = serializers.SerializerMethodField()
    mark = serializers.CharField(source="words.mark", allow_blank=True)
    holder = serializers.CharField(source="holder.label", help_text="Who knows.")

    def get_source(self, layer: dict[str, Any]) -> str:
        """As it is cited."""
        return str(layer["words"]["source"])


class RiskSerializer(serializers.Serializer):
    """How one risk stands."""

    branch = serializers.CharField()
    name = serializers.CharField()
    verdict = serializers.CharField(source="verdict.value", help_text="owed, uncovered, partly, cannot-tell or covered.")
    advice = serializers.CharField(allow_blank=True)
    tried = serializers.CharField(allow_blank=True, help_text="What would make it covered, tried with the rule.")
    layers = LayerSerializer(many=True)


class GapsSerializer(serializers.Serializer):
    """Which risks are uncovered."""

    sentence = serializers.CharField()
    rows = RiskSerializer(many=True)
    spared = serializers.ListField(child=serializers.CharField(), help_text="Risks that do not concern those who work so.")


class FinishedSerializer(serializers.Serializer):
    """How often the quiz of a tier was finished; times, not people."""

    tier = serializers.CharField()
    at_least = serializers.IntegerField(help_text="Cut down to tens.")
