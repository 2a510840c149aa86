"""Between which birthdays work begins; pure."""

from __future__ import annotations

from datetime import date

YOUNGEST = 16  # Labour Law art. 15
OLDEST = 100  # no law: whoever would be older was entered with a wrong day or a wrong number


def may_begin(born_on: date, since: date) -> bool:
    """Whether work may begin on this day: from the sixteenth birthday on, and before the hundredth."""
    age = since.year - born_on.year - ((since.month, since.day) < (born_on.month, born_on.day))
    return YOUNGEST <= age < OLDEST
