"""Records, what may be done with them, their events and clocks, as the interface shows them."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class AvailableActionSerializer(serializers.Serializer):
    """Something the reader may do with this record now."""

    key = serializers.CharField(help_text="Such as care.confirm-reservation.")
    title = serializers.CharField()
    href = serializers.CharField(help_text="POST here to do it.")


class EventSerializer(serializers.Serializer):
    """What was done, by whom, by what right and why."""

    id = serializers.UUIDField()
    action = serializers.CharField()
    title = serializers.CharField()
    start = serializers.CharField(allow_blank=True)
    end = serializers.CharField(allow_blank=True)
    by = serializers.SerializerMethodField()
    right = serializers.JSONField(help_text="By what right: as a party, by a mandate, by a delegation, or the clock.")
    reason = serializers.CharField(allow_blank=True)
    done_at = serializers.DateTimeField()

    def get_by(self, event: Any) -> str | None:
        """For whom it was done; null is the clock or somebody without an account."""
        return event.stakeholder.masked_name if event.stakeholder else None


class ClockSerializer(serializers.Serializer):
    """A period that runs on the record."""

    id = serializers.UUIDField()
    rule = serializers.CharField(source="rule.code")
    name = serializers.SerializerMethodField()
    basis = serializers.CharField(source="rule.basis", help_text="The legal basis as it is cited.")
    verified = serializers.BooleanField(source="rule.verified", help_text="Whether the basis was checked against its text.")
    mark = serializers.CharField(source="rule.mark", help_text="verified: read in the text; quoted: as another text quotes it; unverified.")
    state = serializers.CharField()
    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    provisional = serializers.BooleanField(help_text="The working calendar of that year is not published yet.")
    url = serializers.CharField(source="get_absolute_url", help_text="The page that explains the date to anybody.")

    def get_name(self, clock: Any) -> str:
        """What the period is for."""
        return str(clock.rule)


class RecordSerializer(serializers.ModelSerializer):
    """What every record shows. Slices subclass it and name the fields of their own in ``Meta.fields``."""

    actions = serializers.SerializerMethodField(help_text="What you may do with it now.")
    url = serializers.SerializerMethodField(help_text="Its page.")

    common = ("id", "reference", "state", "area", "created_at", "url")

    def get_url(self, record: Any) -> str:
        """The page for people."""
        return record.get_absolute_url()

    @extend_schema_field(AvailableActionSerializer(many=True))
    def get_actions(self, record: Any) -> list[dict[str, str]]:
        """Found by the same statement as the record."""
        return [{"key": a.key, "title": str(a.title), "href": action_address(a, record.pk)} for a in record.available]


class ResultSerializer(serializers.Serializer):
    """What an action leaves: the record by its names; read it at ``href``, if you may."""

    id = serializers.IntegerField()
    type = serializers.CharField(help_text="Such as care.reservation.")
    reference = serializers.CharField()
    state = serializers.CharField()
    href = serializers.CharField(allow_null=True, help_text="Where the interface shows it; null where it does not.")


class ErrorSerializer(serializers.Serializer):
    """One thing that is wrong."""

    pointer = serializers.CharField(allow_blank=True, help_text="A JSON pointer to the field; empty for the whole.")
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ErrorSerializer(many=True, required=False)


def result(changed: Any) -> dict[str, Any]:
    """The answer to an action."""
    meta = changed._meta
    return {
        "id": changed.pk,
        "type": meta.label_lower,
        "reference": changed.reference,
        "state": changed.state,
        "href": record_address(changed),
    }


def record_address(record: Any) -> str | None:
    """Where the interface shows a record."""
    meta = record._meta
    try:
        return reverse(f"api:{meta.app_label}-{meta.model_name}-detail", args=[record.pk])
    except NoReverseMatch:
        return None


def action_address(action: Any, pk: int) -> str:
    """Where an action on a record is posted."""
    return reverse(f"api:{address_name(action)}", args=[pk])


def address_name(action: Any) -> str:
    """The name of an action's address."""
    return action.key.replace(".", "-do-", 1)

