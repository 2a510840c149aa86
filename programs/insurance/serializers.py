"""The registry as the interface shows it; numbers of persons never leave it."""

from __future__ import annotations

from governance.api.serializers import RecordSerializer
from programs.insurance.models import Base, Claim, Correction, InjuryRate, Insured, Spell, Statement, Transfer


class InsuredSerializer(RecordSerializer):
    """An account."""

    class Meta:
        model = Insured
        fields = [*RecordSerializer.common, "name", "person", "closed_on", "actions"]
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
            *RecordSerializer.common, "employer", "month", "due_on", "head_count", "due_amount", "paid_amount", "covered_amount", "missing_count", "values",
            "settled_on", "fee_amount", "fee_paid_on", "fee_paid", "actions",
        ]  # fmt: skip
        read_only_fields = fields


class TransferSerializer(RecordSerializer):
    """A transfer of an account."""

    class Meta:
        model = Transfer
        fields = [*RecordSerializer.common, "insured", "old_area", "months", "amount", "drawn_on", "actions"]
        read_only_fields = fields


class ClaimSerializer(RecordSerializer):
    """A claim."""

    class Meta:
        model = Claim
        fields = [*RecordSerializer.common, "insured", "kind", "words", "employer", "happened_on", "months", "determination", "monthly_amount", "granted_on", "actions"]
        read_only_fields = fields


class BaseSerializer(RecordSerializer):
    """A new base of a spell, from a month on."""

    class Meta:
        model = Base
        fields = [*RecordSerializer.common, "spell", "base", "branches", "since", "declared_on", "actions"]
        read_only_fields = fields


class InjuryRateSerializer(RecordSerializer):
    """The work injury rate of an employer, from a month on."""

    class Meta:
        model = InjuryRate
        fields = [*RecordSerializer.common, "employer", "industry", "floating", "since", "basis", "actions"]
        read_only_fields = fields


class CorrectionSerializer(RecordSerializer):
    """A correction of a contribution."""

    class Meta:
        model = Correction
        fields = [
            *RecordSerializer.common, "insured", "payer", "month", "branch", "paid_on", "former_employer_part", "former_person_part",
            "employer_part", "person_part", "actions",
        ]  # fmt: skip
        read_only_fields = fields
