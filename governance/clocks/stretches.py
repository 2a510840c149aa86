"""The trace of a due date as a table: stretches of days of one kind, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext

from governance.clocks import calendars, wording
from governance.clocks.rules import COUNTING, Step

NAMED = {"holiday", "make_up", "closed"}  # of other days the name says nothing about the count


@dataclass(frozen=True)
class Stretch:
    """Days that follow each other and count, or do not, for the same reason."""

    first: date
    last: date
    days: int
    counts: bool
    numbers: str  # "4–8": which days of the period they are
    why: str


def stretches(steps: Sequence[Step]) -> list[Stretch]:
    """The table beside the calendar, from the day it began to the last day."""
    names = {} if wording.is_chinese() else calendars.english_names()
    found = []
    for (mark, name), group in groupby(steps, key=lambda step: (step.mark, step.name if step.mark in NAMED else "")):
        days = list(group)
        numbers = [step.number for step in days if step.number]
        span = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}" if numbers else ""
        found.append(Stretch(days[0].day, days[-1].day, len(days), mark in COUNTING, span, _why(mark, names.get(name, name))))
    return found


def _why(mark: str, name: str) -> str:  # noqa: C901 - a line for each mark
    match mark:
        case "start":
            return gettext("the day it began, not counted")
        case "counted":
            return gettext("counted")
        case "make_up":
            return gettext("%(name)s: a weekend worked in exchange, counted") % {"name": name or gettext("public holiday")}
        case "holiday":
            return gettext("%(name)s, not counted") % {"name": name or gettext("public holiday")}
        case "closed":
            return gettext("closed: %(why)s") % {"why": name}
        case "paused":
            return gettext("paused, not counted")
        case "rolled":
            return gettext("moved on because the last day is a rest day")
        case "fixed":
            return gettext("the day the rule names")
        case _:
            return gettext("weekend, not counted")
