"""Statutory retirement age, flexible retirement, least time of contributions. Ages and periods in months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year, counted through."""

    number: int

    @classmethod
    def of(cls, day: date | str) -> Month:
        """The month of a day, or of "1965-01"."""
        year, month = (day.year, day.month) if isinstance(day, date) else map(int, day.split("-"))
        return cls(year * 12 + month - 1)

    @property
    def year(self) -> int:
        return self.number // 12

    def plus(self, months: int) -> Month:
        """So many months later."""
        return Month(self.number + months)

    def __str__(self) -> str:
        return f"{self.year}-{self.number % 12 + 1:02d}"


FLEXIBLE_SINCE = Month.of("2025-01")  # the decision of 13 September 2024 and the measures on flexible retirement are in force since then


@dataclass(frozen=True)
class Schedule:
    """How the age of one group rises: one month of delay for so many months of birth, from a first month, up to a longest."""

    original_age: int
    first_birth: Month | None = None
    births_per_month: int = 1
    longest_delay: int = 0

    @classmethod
    def of(cls, table: dict[str, Any]) -> Schedule:
        """From a table of parameters; one without a first month of birth does not rise."""
        first = table.get("first_birth_month")
        if first is None:
            return cls(int(table["original_age_months"]))
        return cls(int(table["original_age_months"]), Month.of(first), int(table["births_per_month_of_delay"]), int(table["longest_delay_months"]))


@dataclass(frozen=True)
class Minimum:
    """The least time of contributions: so many months, rising each year after a year, up to a most."""

    months: int
    rises_after: int
    each_year: int
    most: int

    @classmethod
    def of(cls, table: dict[str, Any]) -> Minimum:
        """From a table of parameters."""
        return cls(*(int(table[name]) for name in ("months", "rises_after", "months_each_year", "most")))


def delay(born: Month, schedule: Schedule) -> int:
    """Months by which the decision of 2024 puts off the statutory age (Annexes 1–3)."""
    if schedule.first_birth is None or born < schedule.first_birth:
        return 0
    return min(schedule.longest_delay, (born.number - schedule.first_birth.number) // schedule.births_per_month + 1)


def statutory_age(born: Month, schedule: Schedule) -> int:
    """The statutory retirement age in months."""
    return schedule.original_age + delay(born, schedule)


def statutory_month(born: Month, schedule: Schedule) -> Month:
    """The month in which the statutory age is reached."""
    return born.plus(statutory_age(born, schedule))


@dataclass(frozen=True)
class Step:
    """Births from one month to another retire at the same age; ``last`` is None where it goes on so for good."""

    first: Month
    last: Month | None
    delay: int
    age: int

    @property
    def retires(self) -> tuple[Month, Month | None]:
        """The months in which they retire."""
        return self.first.plus(self.age), self.last.plus(self.age) if self.last else None


def steps(schedule: Schedule) -> list[Step]:
    """The whole schedule of a group, as the annexes print it; empty where the age does not rise."""
    if schedule.first_birth is None:
        return []
    found = []
    for months in range(1, schedule.longest_delay + 1):
        first = schedule.first_birth.plus((months - 1) * schedule.births_per_month)
        last = None if months == schedule.longest_delay else first.plus(schedule.births_per_month - 1)
        found.append(Step(first, last, months, schedule.original_age + months))
    return found


def minimum_months(year: int, minimum: Minimum) -> int:
    """Least months of contributions for a pension that begins by the statutory age of that year (Article 2)."""
    return min(minimum.most, minimum.months + minimum.each_year * max(0, year - minimum.rises_after))


@dataclass(frozen=True)
class Window:
    """When one may retire: earliest by choice, by statute, latest by agreement."""

    delay: int
    age: int
    statutory: Month
    earliest: Month
    latest: Month


def window(born: Month, schedule: Schedule, *, earlier_by: int, later_by: int) -> Window:
    """Earlier by choice at most so much, and never before the original age; later by agreement at most so much."""
    age = statutory_age(born, schedule)
    earliest = max(schedule.original_age, age - earlier_by)
    return Window(delay(born, schedule), age, born.plus(age), born.plus(earliest), born.plus(age + later_by))


def is_enough(paid: int | None, needed: int) -> bool | None:
    """Whether contributions suffice; None where they are not known: missing is never nought."""
    return None if paid is None else paid >= needed


def year_that_counts(retires: Month, statutory: Month) -> int:
    """The year by which the least time is judged: the year chosen if earlier, the statutory year if later (2024 No. 94, Article 7)."""
    return min(retires, statutory).year
