"""Homes, beds, places and reservations as the interface shows them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from rest_framework import serializers

from governance.api.serializers import RecordSerializer
from governance.clocks.now import local, now
from programs.care import rules
from programs.care.models import Bed, CapacityObservation, Home, Reservation
from programs.care.querysets.search import Found


class PriceBandSerializer(serializers.Serializer):
    """What a month costs for one level of care, in yuan."""

    care_level = serializers.IntegerField()
    from_amount = serializers.DecimalField(max_digits=8, decimal_places=2)
    to_amount = serializers.DecimalField(max_digits=8, decimal_places=2)


class HomeSerializer(RecordSerializer):
    """A care home in the public register."""

    price_bands = PriceBandSerializer(many=True, read_only=True)

    class Meta:
        model = Home
        fields = [
            *RecordSerializer.common, "name", "provider", "filing_number", "ownership", "setting", "star_rating", "stars_valid_until",
            "services", "price_from_amount", "price_to_amount", "price_includes", "price_regime", "price_note", "price_bands",
            "address", "telephone", "longitude", "latitude", "is_synthetic", "actions",
        ]  # fmt: skip
        read_only_fields = fields


class FoundHomeSerializer(serializers.Serializer):
    """A home as the search finds it. Numbers that are not known are null, never 0."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    name = serializers.CharField()
    area = serializers.CharField(source="area_id")
    address = serializers.CharField()
    telephone = serializers.CharField(allow_blank=True)
    ownership = serializers.CharField()
    setting = serializers.CharField()
    star_rating = serializers.IntegerField(allow_null=True)
    services = serializers.ListField(child=serializers.CharField())
    price_from_amount = serializers.DecimalField(max_digits=8, decimal_places=2, source="price_from", allow_null=True)
    price_to_amount = serializers.DecimalField(max_digits=8, decimal_places=2, source="price_to", allow_null=True)
    maximum = serializers.IntegerField(allow_null=True)
    occupied = serializers.IntegerField(allow_null=True)
    reserved = serializers.IntegerField(allow_null=True)
    accepting = serializers.IntegerField(allow_null=True)
    after_assessment = serializers.IntegerField(allow_null=True)
    precision = serializers.CharField()
    freshness = serializers.SerializerMethodField(help_text="fresh, aging or stale.")
    observed_at = serializers.DateTimeField(allow_null=True)
    distance_km = serializers.FloatField(allow_null=True)
    is_synthetic = serializers.BooleanField()
    url = serializers.SerializerMethodField(help_text="Its page.")
    href = serializers.SerializerMethodField(help_text="Where the interface shows it.")

    def to_representation(self, found: Found) -> dict[str, Any]:
        """What the fields above say, without asking each of them for each of fifty homes."""
        values = {name: getattr(found, attribute) for name, attribute in plain_values()}
        observed = local(found.observed_at) if found.observed_at else None
        url, href = self._addresses
        return values | {
            "price_from_amount": None if found.price_from is None else f"{found.price_from:.2f}",
            "price_to_amount": None if found.price_to is None else f"{found.price_to:.2f}",
            "freshness": rules.freshness(found.observed_at, now=self._now),
            "observed_at": observed and observed.isoformat(),
            "url": f"{url}{found.id}/",
            "href": f"{href}{found.id}/",
        }

    @cached_property
    def _addresses(self) -> list[str]:
        return [reverse(name, args=[0]).removesuffix("0/") for name in ("care:home-detail", "api:care-home-detail")]

    @cached_property
    def _now(self) -> datetime:
        return local(now())

    def get_freshness(self, found: Found) -> str:
        """How old the numbers are, in words."""
        return rules.freshness(found.observed_at, now=local(now()))

    def get_url(self, found: Found) -> str:
        """The page for people."""
        return reverse("care:home-detail", args=[found.id])

    def get_href(self, found: Found) -> str:
        """The record for programs."""
        return reverse("api:care-home-detail", args=[found.id])


@cache
def plain_values() -> list[tuple[str, str]]:
    """What a home found says as it is kept: name here, name there."""
    made = {"freshness", "observed_at", "url", "href", "price_from_amount", "price_to_amount"}
    return [(name, field.source) for name, field in FoundHomeSerializer().fields.items() if name not in made]


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
            *RecordSerializer.common, "home", "bed", "applicant", "relation", "resident_name", "care_need", "arrives_on", "leaves_on",
            "companion", "neighbour_wish", "moved_in_on", "moved_out_on", "actions",
        ]  # fmt: skip
        read_only_fields = fields
