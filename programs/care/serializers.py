"""Homes, beds, places and reservations as the interface shows them."""

from __future__ import annotations

from rest_framework import serializers

from governance.api.serializers import RecordSerializer
from programs.care.models import Bed, CapacityObservation, Home, Reservation


class PriceBandSerializer(serializers.Serializer):
    """What a month costs for one level of care, in yuan."""

    care_level = serializers.IntegerField()
    from_amount = serializers.DecimalField(max_digits=8, decimal_places=2)
    to_amount = serializers.DecimalField(max_digits=8, decimal_places=2)
    care_amount = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)


class HomeSerializer(RecordSerializer):
    """A care home in the public register."""

    price_bands = PriceBandSerializer(many=True, read_only=True)

    class Meta:
        model = Home
        fields = [
            *RecordSerializer.common, "name", "provider", "filing_number", "ownership", "setting", "star_rating", "stars_valid_until",
            "stars_environment", "stars_facilities", "stars_management", "stars_service", "stars_rated_by", "services", "price_from_amount", "price_to_amount", "price_includes", "price_regime", "price_note", "price_bands",
            "bed_fee_amount", "meal_fee_amount", "deposit_amount",
            "address", "telephone", "longitude", "latitude", "is_synthetic", "actions",
        ]  # fmt: skip
        read_only_fields = fields


class FoundHomeSerializer(serializers.Serializer):
    """A home as the search finds it, as ``querysets.answers`` writes it. Numbers that are not known are null, never 0."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    name = serializers.CharField()
    area = serializers.CharField()
    address = serializers.CharField()
    telephone = serializers.CharField(allow_blank=True)
    ownership = serializers.CharField()
    setting = serializers.CharField()
    star_rating = serializers.IntegerField(allow_null=True)
    stars_valid_until = serializers.DateField(allow_null=True)
    services = serializers.ListField(child=serializers.CharField())
    price_from_amount = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    price_to_amount = serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True)
    maximum = serializers.IntegerField(allow_null=True)
    occupied = serializers.IntegerField(allow_null=True)
    reserved = serializers.IntegerField(allow_null=True)
    accepting = serializers.IntegerField(allow_null=True)
    after_assessment = serializers.IntegerField(allow_null=True)
    precision = serializers.CharField()
    freshness = serializers.ChoiceField(choices=["fresh", "aging", "stale", "unknown"])
    observed_at = serializers.DateTimeField(allow_null=True)
    distance_km = serializers.FloatField(allow_null=True)
    is_synthetic = serializers.BooleanField()
    url = serializers.CharField(help_text="Its page.")
    href = serializers.CharField(help_text="Where the interface shows it.")


class CapacitySerializer(serializers.ModelSerializer):
    """What a home said about its places for one level of care, at one time."""

    class Meta:
        model = CapacityObservation
        fields = [
            "id", "care_level", "maximum", "occupied", "reserved", "accepting", "precision", "remark", "source", "confirmed_unchanged",
            "observed_at", "recorded_at",
        ]  # fmt: skip
        read_only_fields = fields


class BedSerializer(RecordSerializer):
    """A bed of a home."""

    room = serializers.CharField(source="room.name", read_only=True, default=None)

    class Meta:
        model = Bed
        fields = [*RecordSerializer.common, "home", "room", "label", "category", "care_level", "actions"]
        read_only_fields = fields


class ReservationSerializer(RecordSerializer):
    """A bed held for one person for one stay."""

    class Meta:
        model = Reservation
        fields = [
            *RecordSerializer.common, "home", "bed", "applicant", "relation", "resident_name", "resident_born_on", "telephone", "care_need",
            "arrives_on", "leaves_on", "companion", "neighbour_wish", "moved_in_on", "moved_out_on", "actions",
        ]  # fmt: skip
        read_only_fields = fields
