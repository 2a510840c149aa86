"""The parameters that hold on a day in an area, as rules take them; it remembers which were used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from governance.catalogue.models import Parameter
from governance.catalogue.vocabulary import NATIONAL, Mark


class MissingParameter(LookupError):
    """No value of this parameter holds then and there."""

    def __init__(self, program: str, key: str) -> None:
        super().__init__(f"{program} {key}")
        self.program, self.key = program, key


class Values:
    """What holds for some programs on a day in an area. Asking for a value notes that it was used."""

    def __init__(self, parameters: Iterable[Parameter], day: date, area: str = NATIONAL) -> None:
        self.day, self.area = day, area
        self._held = {(one.program.code, one.key): one for one in parameters}
        self._used: dict[tuple[str, str], Parameter] = {}

    def parameter(self, program: str, key: str) -> Parameter:
        """One version (raises MissingParameter)."""
        found = self._held.get((program, key))
        if found is None:
            raise MissingParameter(program, key)
        self._used[program, key] = found
        return found

    def has(self, program: str, key: str) -> bool:
        """Whether there is a value."""
        return (program, key) in self._held

    def number(self, program: str, key: str) -> Decimal:
        """A number."""
        return Decimal(self.parameter(program, key).value)

    def table(self, program: str, key: str) -> dict[str, Any]:
        """A table."""
        return dict(self.parameter(program, key).value)

    def words(self, program: str, key: str) -> str:
        """A text."""
        return str(self.parameter(program, key).value)

    def replaced(self, parameter: Parameter) -> Values:
        """The same with another version of one parameter: what would be if it were activated."""
        kept = [one for place, one in self._held.items() if place != (parameter.program.code, parameter.key)]
        return Values([*kept, parameter], self.day, self.area)

    def afresh(self) -> Values:
        """The same values with nothing noted yet: for one of several results worked out with them."""
        return Values(self._held.values(), self.day, self.area)

    @property
    def used(self) -> list[Parameter]:
        """The versions asked for so far, in their order."""
        return list(self._used.values())

    @property
    def unverified(self) -> list[Parameter]:
        """Those of them whose source was not checked."""
        return [one for one in self.used if one.mark in {Mark.UNVERIFIED, Mark.EXAMPLE}]


def values_on(day: date, *programs: str, area: str = NATIONAL) -> Values:
    """What holds on a day in an area, in one statement."""
    return Values(Parameter.objects.holding_in(list(programs), day, area), day, area)


def values_of(references: list[str], day: date, area: str = NATIONAL) -> Values:
    """The versions an old result names, for working it out again."""
    return Values(Parameter.objects.by_references(references), day, area)
