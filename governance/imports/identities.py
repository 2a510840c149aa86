"""Numbers of persons in files: sealed while the file is read, so that no table, dump or log ever holds one in the clear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import ClassVar

from django.utils.translation import gettext as _

from governance.clocks.now import today
from governance.imports.columns import Check, Column
from governance.stakeholders import ciphers, rules
from governance.stakeholders.models.identity import LABEL

WRONG = "?"
LAST = 4  # characters by which whoever has the file finds the row again


@lru_cache(maxsize=2048)  # files name the same person in rows that follow each other
def _sealed(text: str, keep: bool) -> str:
    try:
        number = rules.citizen_number(text, today=today()).number
    except rules.NotAnIdentifier:
        return WRONG
    blind = ciphers.blind(number, label=LABEL)
    return f"{blind} {number[-LAST:]} {ciphers.seal(number, label=LABEL)}" if keep else f"{blind} {number[-LAST:]}"


@dataclass(frozen=True, kw_only=True)
class Identity(Column):
    """The number of a person. The cell holds its keyed index, its last characters and, with ``keep``, the sealed number."""

    keep: bool = False  # so that whoever is not known yet can be entered
    secret: ClassVar[bool] = True

    def spelt(self, text: str) -> str:
        return _sealed(text, self.keep)

    def checks(self) -> Iterator[Check]:
        yield from super().checks()
        yield Check(code="no-identity-number", bad=f"{{c}} = '{WRONG}'")

    def fine(self) -> str:
        return f"{{c}} <> '{WRONG}'" if self.may_be_empty else f"{{c}} NOT IN ('', '{WRONG}')"

    def shown(self, text: str) -> str:
        """Never the number: only how it ends."""
        if text == WRONG:
            return _("(not kept)")
        return "" if not text else f"**************{text.split(' ')[1]}"


def born_on(cell: str, day: date) -> date | None:
    """The day of birth of whoever a cell with ``keep`` names; None where it is no number of a person."""
    parts = cell.split(" ")
    return rules.citizen_number(ciphers.unseal(parts[2], label=LABEL), today=day).born_on if len(parts) > 2 else None


def blind_of(name: str) -> str:
    """SQL: the keyed index in the column of this name."""
    return f"split_part(r.{name}, ' ', 1)"


def sealed_of(name: str) -> str:
    """SQL: the sealed number in the column of this name."""
    return f"split_part(r.{name}, ' ', 3)"
