"""The limits that hold on a day, and in words what a plan keeps to and what not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from governance.catalogue.values import Values, values_on
from governance.clocks.now import today
from programs.annuities.rules import plans
from programs.annuities.vocabulary import PROGRAM


@dataclass(frozen=True)
class Told:
    """A check in words. ``look`` is done, late or wait."""

    check: plans.Check
    what: str
    says: str
    look: str
    source: str
    mark: str


def caps(values: Values) -> plans.Caps:
    """The caps that hold. Raises MissingParameter."""
    number = lambda key: values.number(PROGRAM, key)  # noqa: E731
    return plans.Caps(number("cap.employer"), number("cap.total"), number("cap.multiple"), int(number("vesting.longest")))


def percent(share: Decimal, *, up: bool = False) -> str:
    """A share in per cent, without needless noughts; rounded up where half up would hide that it is above a limit."""
    return f"{(share * 100).quantize(Decimal('0.01'), ROUND_CEILING if up else ROUND_HALF_UP).normalize():f} %"


KEYS = {"employer": "cap.employer", "total": "cap.total", "multiple": "cap.multiple", "vesting": "vesting.longest"}


def told(terms: plans.Terms, day: date | None = None) -> list[Told]:
    """What a plan keeps to and what not, with the source of each limit; a missing fact is never a yes."""
    values = values_on(day or today(), PROGRAM)
    found = []
    for check in plans.checks(terms, caps(values)):
        parameter = values.parameter(PROGRAM, KEYS[check.code])
        look = "wait" if check.is_kept is None else "done" if check.is_kept else "late"
        found.append(Told(check, _what(check), _says(check), look, parameter.where_from, parameter.mark))
    return found


def _what(check: plans.Check) -> str:
    return {
        "employer": _("What the employer pays, as a part of the payroll"),
        "total": _("What employer and staff pay together, as a part of the payroll"),
        "multiple": _("What one person is credited at most, against the average"),
        "vesting": _("Until the employer’s part belongs to the member whole"),
    }[check.code]


def _says(check: plans.Check) -> str:
    if check.found is None:
        return _("cannot tell yet: a number is missing")
    if check.code == "multiple":
        numbers = {"found": f"{check.found.quantize(Decimal('0.01')).normalize():f}", "limit": f"{check.limit.normalize():f}"}
        return _("%(found)s times; at most %(limit)s times") % numbers
    if check.code == "vesting":
        said = {"found": int(check.found), "limit": int(check.limit)}
        return _("%(found)d years; at most %(limit)d years") % said if check.is_kept else _("%(found)d years; at most %(limit)d years, rising, from 0 to 100 per cent") % said
    return _("%(found)s; at most %(limit)s") % {"found": percent(check.found, up=not check.is_kept), "limit": percent(check.limit)}
