"""Sentences for what is wrong with an identifier, next to the field."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.clocks.now import today
from governance.stakeholders import rules
from governance.stakeholders.rules import Fault

NUMBER_FAULTS: dict[Fault, Any] = {
    Fault.LENGTH: _("An identity number has 18 characters. Count them again."),
    Fault.CHARACTERS: _("An identity number has 17 digits and then a digit or an X. Check for other characters."),
    Fault.REGION: _("An identity number does not begin like this. Check the first six digits."),
    Fault.BIRTH: _("Digits 7 to 14 are the date of birth, but this is no possible date. Check them."),
    Fault.CHECK: _("The last character does not fit the others: one of them is wrong. Compare with the card."),
}
CODE_FAULTS: dict[Fault, Any] = {
    Fault.LENGTH: _("A unified social credit code has 18 characters. Count them again."),
    Fault.CHARACTERS: _("A unified social credit code has digits and capital letters, but no I, O, S, V or Z. Check them."),
    Fault.REGION: _("Characters 3 to 8 are the six digits of an area. Check them."),
    Fault.CHECK: _("The last character does not fit the others: one of them is wrong. Compare with the certificate."),
}


def read_number(text: str) -> rules.CitizenNumber:
    """Read a person's number, or say in words what is wrong with it."""
    try:
        return rules.citizen_number(text, today=today())
    except rules.NotAnIdentifier as problem:
        raise ValidationError(NUMBER_FAULTS[problem.fault], code=problem.fault.value) from None


def read_credit_code(text: str) -> rules.CreditCode:
    """Read an organisation's code, or say in words what is wrong with it."""
    try:
        return rules.credit_code(text)
    except rules.NotAnIdentifier as problem:
        raise ValidationError(CODE_FAULTS[problem.fault], code=problem.fault.value) from None


def valid_number(text: str) -> None:
    """Validator for a form field."""
    read_number(text)


def valid_credit_code(text: str) -> None:
    """Validator for a model field."""
    read_credit_code(text)
