"""Areas, organisations, memberships, mandates, delegations and households as the interface shows them."""

from __future__ import annotations

from rest_framework import serializers

from governance.api.serializers import RecordSerializer
from governance.stakeholders.models import Area, Delegation, Household, HouseholdMember, Mandate, Membership, Stakeholder


class AreaSerializer(serializers.ModelSerializer):
    """A part of the country; everything in it has a code that begins alike."""

    class Meta:
        model = Area
        fields = ["code", "name", "name_en", "full_name", "full_name_en", "level", "lon", "lat", "valid_from", "valid_until", "successor", "is_synthetic"]
        read_only_fields = fields


class StakeholderSerializer(RecordSerializer):
    """A government body, enterprise or social organisation; a person for themselves."""

    class Meta:
        model = Stakeholder
        fields = [*RecordSerializer.common, "kind", "subkind", "level", "name", "name_en", "uscc", "phone", "email", "address", "is_synthetic", "actions"]
        read_only_fields = fields


class MembershipSerializer(RecordSerializer):
    """Somebody may act for an organisation."""

    class Meta:
        model = Membership
        fields = [*RecordSerializer.common, "stakeholder", "person", "invited_email", "roles", "since", "until", "actions"]
        read_only_fields = fields


class MandateSerializer(RecordSerializer):
    """A line of the published list of powers and duties."""

    class Meta:
        model = Mandate
        fields = [*RecordSerializer.common, "stakeholder", "duty", "legal_basis", "legal_basis_is_verified", "starts_on", "ends_on", "granted_by", "actions"]
        read_only_fields = fields


class DelegationSerializer(RecordSerializer):
    """Somebody lets another act for them."""

    scopes = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Delegation
        fields = [*RecordSerializer.common, "principal", "delegate", "delegate_email", "scopes", "starts_on", "ends_on", "actions"]
        read_only_fields = fields


class HouseholdMemberSerializer(serializers.ModelSerializer):
    """One person's time in a household."""

    class Meta:
        model = HouseholdMember
        fields = ["id", "name", "relation", "born_on", "since", "until"]
        read_only_fields = fields


class HouseholdSerializer(RecordSerializer):
    """Who lives and reckons together."""

    members = HouseholdMemberSerializer(many=True, read_only=True)

    class Meta:
        model = Household
        fields = [*RecordSerializer.common, "head", "address", "members", "actions"]
        read_only_fields = fields
