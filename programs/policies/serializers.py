"""Products and policies as the interface shows them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from governance.api.serializers import RecordSerializer
from programs.policies.models import Policy, Product


class ProductSerializer(RecordSerializer):
    """One version of an insurance product."""

    disclosure = serializers.DictField(child=serializers.CharField(), read_only=True, help_text="What everything of this kind discloses, by field.")

    class Meta:
        model = Product
        fields = [
            *RecordSerializer.common, "insurer", "code", "version", "supersedes", "name", "name_en", "kind", "filing_number", "term_years", "payment", "tax", "inclusive",
            "disclosure", "sold_from", "sold_until", "is_synthetic", "actions",
        ]  # fmt: skip
        read_only_fields = fields


class PolicySerializer(RecordSerializer):
    """A policy, for its holder and its insurer."""

    class Meta:
        model = Policy
        fields = [
            *RecordSerializer.common, "insurer", "product", "number_tail", "holder", "insured", "effective_on", "expires_on", "cover", "premium", "payment", "surrender_value",
            "claims_count", "claims_paid", "as_of", "is_synthetic", "actions",
        ]  # fmt: skip
        read_only_fields = fields


class InclusiveShareSerializer(serializers.Serializer):
    """What of an insurer's yearly premiums is for long-term inclusive products."""

    insurer = serializers.CharField()
    policies = serializers.IntegerField(help_text="In force.")
    inclusive = serializers.DecimalField(max_digits=18, decimal_places=2, allow_null=True, help_text="Yuan a year, the numerator. Null where it would be that of fewer than five policies.")
    all = serializers.DecimalField(max_digits=18, decimal_places=2, allow_null=True, help_text="Yuan a year, the denominator. Null as above.")
    percent = serializers.DecimalField(max_digits=6, decimal_places=1, allow_null=True)
    as_of = serializers.DateField(allow_null=True)
    is_synthetic = serializers.BooleanField()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Without the sums where they are those of a few."""
        told = super().to_representation(instance)
        return told if instance.is_shown else told | {"inclusive": None, "all": None, "percent": None}
