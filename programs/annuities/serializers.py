"""Plans, accounts and payouts as the interface shows them. What is in an account is no part of the roster an employer reads."""

from __future__ import annotations

from governance.api.serializers import RecordSerializer
from programs.annuities.models import Account, Payout, Plan


class PlanSerializer(RecordSerializer):
    """One version of a plan."""

    class Meta:
        model = Plan
        fields = [
            *RecordSerializer.common, "employer", "previous", "version", "name", "form", "covers", "people", "starts_on", "payroll", "employer_amount", "staff_amount",
            "highest", "average", "vesting", "trustee", "custodian", "account_manager", "investment_manager", "keeper", "consent", "agreed_on", "present", "in_favour", "actions",
        ]  # fmt: skip
        read_only_fields = fields


class AccountSerializer(RecordSerializer):
    """A line of the roster."""

    class Meta:
        model = Account
        fields = [*RecordSerializer.common, "plan", "name", "joined_on", "left_on", "actions"]
        read_only_fields = fields


class PayoutSerializer(RecordSerializer):
    """A wish to draw money."""

    class Meta:
        model = Payout
        fields = [*RecordSerializer.common, "account", "into", "occasion", "way", "actions"]
        read_only_fields = fields
