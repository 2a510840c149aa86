"""Plans, accounts and payouts as the interface shows them. What is in an account is no part of the roster an employer reads."""

from __future__ import annotations

from governance.api.serializers import RecordSerializer
from programs.annuities.models import Account, Collective, Payout, Plan, Report


class PlanSerializer(RecordSerializer):
    """One version of a plan."""

    class Meta:
        model = Plan
        fields = [
            *RecordSerializer.common, "employer", "previous", "version", "name", "form", "collective", "is_notional", "covers", "people", "starts_on", "payroll", "employer_rate", "employer_amount",
            "staff_rate", "staff_amount", "highest", "average", "vesting", "trustee", "custodian", "account_manager", "investment_manager",
            "trustee_here", "keeper", "custodian_here", "investor_here", "consent", "agreed_on", "present", "in_favour", "actions",
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
        fields = [*RecordSerializer.common, "account", "into", "occasion", "way", "heir", "heir_name", "share", "granted_amount", "actions"]
        read_only_fields = fields


class CollectiveSerializer(RecordSerializer):
    """A plan that several employers may join."""

    class Meta:
        model = Collective
        fields = [*RecordSerializer.common, "offered_by", "name", "for_whom", "fees", "vesting", "custodian", "account_manager", "investment_manager", "actions"]
        read_only_fields = fields


class ReportSerializer(RecordSerializer):
    """What a custodian or an investment manager told of a whole plan."""

    class Meta:
        model = Report
        fields = [*RecordSerializer.common, "plan", "sender", "since", "as_of", "assets_amount", "accounts_amount", "percent", "actions"]
        read_only_fields = fields
