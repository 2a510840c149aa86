"""Whose policy it is: the number the insurer gives, compared by its keyed index with those that were verified."""

from __future__ import annotations

from typing import Any

from governance.clocks.now import today
from governance.stakeholders import ciphers, rules
from governance.stakeholders.models import IdentityDocument, Stakeholder
from governance.stakeholders.models.identity import LABEL
from governance.stakeholders.vocabulary import StakeholderState
from programs.policies.vocabulary import ProductKind

POLICY_LABEL, FIRM_LABEL = "policy-number", "credit-code"


def number_index(number: str) -> str:
    """The keyed index of a policy number; one insurer has it once."""
    return ciphers.blind(rules.normalised(number), label=POLICY_LABEL)


def tail(number: str) -> str:
    """The end of a policy number that may be shown; never more than half of it."""
    plain = rules.normalised(number)
    return plain[-min(4, len(plain) // 2) :] if len(plain) > 1 else ""


def read(kind: str, number: str) -> str:
    """The holder's number in its normal form: a firm's credit code for group cover, else a person's. Raises NotAnIdentifier."""
    if kind == ProductKind.GROUP:
        return rules.credit_code(number).code
    return rules.citizen_number(number, today=today()).number


def holder_index(kind: str, number: str) -> str:
    """The keyed index under which the holder is found; a person's is that of their identity document."""
    return ciphers.blind(number, label=FIRM_LABEL if kind == ProductKind.GROUP else LABEL)


def holder_of(kind: str, number: str) -> Any:
    """Who has this number here: a person whose identity was verified, or an approved firm; nobody else is guessed at."""
    if kind == ProductKind.GROUP:
        return Stakeholder.objects.filter(uscc=number, state=StakeholderState.APPROVED).first()
    found = IdentityDocument.objects.with_number(number).filter(stakeholder__identity_verified_at__isnull=False).select_related("stakeholder").first()
    return found.stakeholder if found else None


def holder_by_index(kind: str, index: str) -> Any:
    """The same by the index that was kept, for somebody who came later."""
    if kind == ProductKind.GROUP:
        return None  # a firm's index cannot be looked up backwards; the insurer names the code again
    found = IdentityDocument.objects.filter(blind=index, stakeholder__identity_verified_at__isnull=False).select_related("stakeholder").first()
    return found.stakeholder if found else None
