"""Plans as the interface shows them."""

from __future__ import annotations

from governance.api.serializers import RecordSerializer
from programs.annuities.models import Plan


class PlanSerializer(RecordSerializer):
    """One version of a plan."""

    class Meta:
        model = Plan
        fields = [
            *RecordSerializer.common, "employer", "previous", "version", "name", "form", "covers", "people", "starts_on", "payroll", "employer_amount", "staff_amount",
            "highest", "average", "vesting", "trustee", "custodian", "account_manager", "investment_manager", "consent", "agreed_on", "present", "in_favour", "actions",
        ]  # fmt: skip
        read_only_fields = fields
