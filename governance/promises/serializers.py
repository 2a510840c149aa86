"""Rules, dates and calendars as the interface shows them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from governance.api.serializers import ClockSerializer
from governance.clocks.now import local


class RuleSerializer(serializers.Serializer):
    """A period and its legal basis."""

    code = serializers.CharField()
    name = serializers.CharField(source="__str__")
    basis = serializers.CharField(help_text="The legal basis as it is cited.")
    verified = serializers.BooleanField(help_text="Whether the basis was checked against its text. Otherwise this is no law.")
    mark = serializers.CharField(help_text="verified: read in the text; quoted: as another text quotes it; unverified.")
    area = serializers.CharField(allow_blank=True, help_text="Code of the area where it holds; empty: everywhere.")
    is_promised = serializers.BooleanField(help_text="Whether citizens may count on it; otherwise it runs among offices only.")
    is_example = serializers.BooleanField(help_text="Made for the demonstration, not law.")
    begins_with = serializers.CharField()
    unit = serializers.CharField(help_text="second, minute, hour, workday, day, month, year or fixed_date.")
    amount = serializers.IntegerField(help_text="How many; of a fixed date month × 100 + day.")
    rolls_over = serializers.BooleanField(help_text="A last day on a rest day moves to the next working day.")
    counts_first_day = serializers.BooleanField()
    pausable = serializers.BooleanField()
    extension_amount = serializers.IntegerField()
    extension_times = serializers.IntegerField()
    lateness = serializers.CharField(help_text="What it means when the period ends.")
    effective_from = serializers.DateField(source="in_force_from", allow_null=True)
    effective_until = serializers.DateField(allow_null=True)


class StepSerializer(serializers.Serializer):
    """One day."""

    day = serializers.DateField()
    mark = serializers.CharField(help_text="start, counted, make_up, rest, holiday, closed, paused, rolled or fixed.")
    number = serializers.IntegerField(allow_null=True, help_text="Which day of the period it is, if it counts.")
    name = serializers.CharField(allow_blank=True, help_text="Of the holiday or closure.")


class DueSerializer(serializers.Serializer):
    """A due date and how it came about."""

    rule = RuleSerializer()
    due_at = serializers.DateTimeField()
    due_on = serializers.SerializerMethodField()
    provisional = serializers.BooleanField(help_text="The working calendar of a year in it is not published yet.")
    steps = StepSerializer(many=True)

    def get_due_on(self, found: dict[str, Any]) -> str:
        """The last day, in China."""
        return local(found["due_at"]).date().isoformat()


class ToldSerializer(serializers.Serializer):
    """A date that was told."""

    due_at = serializers.DateTimeField()
    told_at = serializers.DateTimeField(source="at")
    because = serializers.CharField(source="kind", help_text="start, pause, resume, restart, extend or recount.")


class ClockExplainedSerializer(ClockSerializer):
    """A clock with its trace and every date that was told."""

    closed_at = serializers.DateTimeField(allow_null=True)
    steps = StepSerializer(many=True)
    dates_told = ToldSerializer(many=True)


class CalendarDaySerializer(serializers.Serializer):
    """A day that departs from Monday to Friday."""

    day = serializers.DateField()
    worked = serializers.BooleanField(source="is_working")
    name = serializers.CharField()
    name_en = serializers.CharField(allow_blank=True)


class YearSerializer(serializers.Serializer):
    """The edition of a year that counts."""

    year = serializers.IntegerField()
    version = serializers.IntegerField()
    source = serializers.CharField()
    days = CalendarDaySerializer(many=True)
