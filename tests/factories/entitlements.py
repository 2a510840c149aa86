"""People with a number, and programs that answer as a test wants."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.clocks.now import today
from governance.stakeholders import rules
from governance.stakeholders.models import IdentityDocument, User
from tests.factories import people

EXAMPLE = "990101"


def number(born_on: date, *, male: bool = True, serial: int = 100) -> str:
    """An example number of somebody born on a day."""
    odd = serial + (1 if male else 0)
    body = f"{EXAMPLE}{born_on:%Y%m%d}{odd:03d}"
    return body + rules.person_check(body)


def citizen(born_on: date | None = date(1984, 7, 2), *, male: bool = False, serial: int = 100) -> User:
    """Somebody with an account whose date of birth is known, or not."""
    user = people.user()
    if born_on is not None:
        read = rules.citizen_number(number(born_on, male=male, serial=serial), today=today())
        IdentityDocument.of(user.person, read).save(force_insert=True)
    return user


TOLD: dict[str, Any] = {"paid_years": 20, "balance": "120000", "wage": "8000", "index": "0.8"}


def statement(user: User | None = None) -> Any:
    """A statement that somebody had issued."""
    from governance.entitlements.actions import IssueStatement
    from governance.stakeholders.actors import actor_for

    return IssueStatement.do(actor_for(user or citizen(), ""))
