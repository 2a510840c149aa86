"""The rates by which contributions and late fees are worked out: those of the catalogue that hold for a month or on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from governance.catalogue.models import Parameter
from governance.catalogue.values import Values, values_on
from programs.insurance.vocabulary import EMPLOYEES, RATES, Branch

EMPLOYER, PERSON, LATE = "contribution.employer", "contribution.person", "late-fee"


def rates_on(month: date) -> dict[str, Decimal]:
    """What employer and person pay together in each branch, as far as a rate is known for the month; maternity is paid with medical."""
    return _together(values_on(month, *RATES.values()))


def _together(values: Values) -> dict[str, Decimal]:
    rates = {str(Branch.MATERNITY): Decimal(0)}
    for branch, program in RATES.items():
        if values.has(program, EMPLOYER):
            person = values.number(program, PERSON) if values.has(program, PERSON) else Decimal(0)
            rates[str(branch)] = values.number(program, EMPLOYER) + person
    return rates


def basis_of(month: date) -> list[Parameter]:
    """The versions of values that what is owed for a month rests on."""
    values = values_on(month, *RATES.values())
    _together(values)
    return values.used


def late_fee_on(day: date) -> Parameter:
    """What is owed for each day of arrears."""
    return values_on(day, EMPLOYEES).parameter(EMPLOYEES, LATE)
