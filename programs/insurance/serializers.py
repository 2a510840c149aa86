"""The registry as the interface shows it; numbers of persons never leave it."""

from __future__ import annotations

from governance.api.serializers import RecordSerializer
from programs.insurance.models import Claim, Insured, Spell, Statement, Transfer


class InsuredSerializer(RecordSerializer):
    """An account."""

    class Meta:
        model = Insured
        fields = [*RecordSerializer.common, "name", "person", "actions"]
        read_only_fields = fields


class SpellSerializer(RecordSerializer):
    """A spell of work."""

    class Meta:
        model = Spell
        fields = [*RecordSerializer.common, "insured", "employer", "sort", "branches", "base", "since", "until", "actions"]
        read_only_fields = fields


class StatementSerializer(RecordSerializer):
    """A statement of contributions."""

    class Meta:
        model = Statement
        fields = [
            *RecordSerializer.common, "employer", "month", "due_on", "head_count", "due_amount", "paid_amount", "missing_count", "unknown_branches",
            "settled_on", "actions",
        ]  # fmt: skip
        read_only_fields = fields


class TransferSerializer(RecordSerializer):
    """A transfer of an account."""

    class Meta:
        model = Transfer
        fields = [*RecordSerializer.common, "insured", "old_area", "months", "amount", "actions"]
        read_only_fields = fields


class ClaimSerializer(RecordSerializer):
    """A claim."""

    class Meta:
        model = Claim
        fields = [*RecordSerializer.common, "insured", "kind", "words", "months", "monthly_amount", "actions"]
        read_only_fields = fields
