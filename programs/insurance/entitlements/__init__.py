"""What basic insurance says about one person: pensions by what is known and told; a line that lacks a fact names who holds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.catalogue.values import Values, values_on
from governance.entitlements import contract
from governance.entitlements.contract import Asked, Lack, Line, Person
from governance.entitlements.vocabulary import Standing
from programs.insurance.entitlements import employees, facts, residents
from programs.insurance.vocabulary import EMPLOYEES, RESIDENTS


def read(person: Person, day: date) -> Values:
    """The values that hold where the person lives: one statement."""
    return values_on(day, EMPLOYEES, RESIDENTS, area=person.stakeholder.area_id)


def lines(asked: Asked, values: Values) -> Iterator[Line]:
    """The pension of employees and that of residents."""
    if asked.person.born_on is None:
        lack = Lack(_("your date of birth"), _("an officer at a counter, who verifies your identity"))
        for key, known in ((EMPLOYEES, "pension.accrual"), (RESIDENTS, "basic-pension")):
            sentence = _("Without your date of birth nobody can say when it begins.")
            yield Line(key, values.parameter(key, known).program, Standing.CANNOT_TELL, sentence, lacks=(lack,))
        return
    yield employees.line(asked, values.afresh())
    yield residents.line(asked, values.afresh())


contract.offer(
    contract.Offer("insurance", gettext_lazy("Basic insurance"), read, lines, facts.FACTS, covers=(EMPLOYEES, RESIDENTS), order=10),
)
