"""What basic insurance says about one person: pensions by what is known and told; a line that lacks a fact names who holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.catalogue.values import Values, values_on
from governance.entitlements import contract
from governance.entitlements.contract import Asked, Lack, Line, Person
from governance.entitlements.vocabulary import Standing
from programs.insurance.entitlements import employees, facts, residents
from programs.insurance.entitlements.register import BY_PAYING_IN, Register
from programs.insurance.vocabulary import EMPLOYEES, RATES, RESIDENTS

PROGRAMS = tuple(dict.fromkeys((EMPLOYEES, RESIDENTS, *(RATES[branch] for branch in BY_PAYING_IN))))


def read(person: Person, day: date) -> tuple[Values, Register]:
    """Two statements: the values that hold where the person lives, and their account."""
    return values_on(day, *PROGRAMS, area=person.stakeholder.area_id), Register.of(person.stakeholder.pk)


def lines(asked: Asked, held: tuple[Values, Register]) -> Iterator[Line]:
    """The pension of employees and that of residents, and the branches that are had by paying in; each with what is under way."""
    return map(held[1].with_what_runs, _lines(asked, held))


def _lines(asked: Asked, held: tuple[Values, Register]) -> Iterator[Line]:
    values, register = held
    yield from register.lines(asked, values)
    if asked.person.born_on is None:
        lack = Lack(_("your date of birth"), _("an officer at a counter, who verifies your identity"))
        for key, known in ((EMPLOYEES, "pension.accrual"), (RESIDENTS, "basic-pension")):
            sentence = _("Without your date of birth nobody can say when it begins.")
            yield Line(key, values.parameter(key, known).program, Standing.CANNOT_TELL, sentence, lacks=(lack,))
        return
    yield replace(employees.line(register.known(asked), values.afresh()), **register.of_pension(asked))
    yield residents.line(asked, values.afresh())


contract.offer(
    contract.Offer("insurance", gettext_lazy("Basic insurance"), read, lines, facts.FACTS, covers=PROGRAMS, order=10),
)
