"""What the pages of learning show: units with what the law says today, quizzes and how they came out, how often they were finished."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.catalogue import wording
from governance.catalogue.models import Parameter, Program
from governance.catalogue.values import Values, values_on
from governance.catalogue.vocabulary import Tier
from governance.learning import loading, rules
from governance.learning.loading import Question, Unit, Words
from governance.learning.models import Tally
from governance.learning.vocabulary import Share

MONTHS = 12  # that are shown


def by_tier() -> list[dict[str, Any]]:
    """Tier by tier its units and how many questions its quiz has."""
    units = loading.units()
    return [
        {"tier": tier, "units": [one for one in units if one.tier == tier], "questions": len(loading.questions(tier))}
        for tier in Tier
    ]


def page_of(unit: Unit, today: date) -> dict[str, Any]:
    """A unit with the values it speaks of, as they hold today, and the programs it is about."""
    named = [name.partition("/") for name in unit.row["values"]]
    held = values_on(today, *{program for program, _slash, _key in named})
    values = [_in_the_book(held, program, key) for program, _slash, key in named if held.has(program, key)]
    units = loading.units()
    at = [one.key for one in units].index(unit.key)
    return {
        "unit": unit, "tier": Tier(unit.tier), "values": values, "programs": Program.objects.in_force().coded(unit.row["programs"]), "day": today,
        "following": next((one for one in units[at + 1 :] if one.tier == unit.tier), None),
    }  # fmt: skip


def _in_the_book(held: Values, program: str, key: str) -> dict[str, Any]:
    """A value in words; a table row by row."""
    parameter: Parameter = held.parameter(program, key)
    return {
        "parameter": parameter,
        "words": "" if parameter.is_table else wording.worded(parameter.value, parameter.unit),
        "rows": wording.rows_of(parameter.value),
    }


def outcome(questions: list[Question], given: Mapping[str, int | None]) -> dict[str, Any]:
    """How a quiz came out: question by question what was chosen, what is right and why."""
    right = rules.right_answers(given, {one.key: one.right for one in questions})
    rows = [
        {
            "question": one,
            "is_right": right[one.key],
            "chosen": one.options[given[one.key]] if given.get(one.key) is not None else "",
            "answer": one.options[one.right],
        }
        for one in questions
    ]
    return {"rows": rows, "correct": sum(right.values()), "total": len(rows)}


def finished(today: date) -> dict[str, Any]:
    """How often quizzes were finished: by month, in all, and how well each question was answered. Small counts are hidden."""
    first = date(today.year - 1, today.month, 1)
    counted = {(row["month"], row["quiz"]): row["finished"] for row in Tally.objects.by_month(first)}
    months = sorted({month for month, _quiz in counted}, reverse=True)[:MONTHS]
    in_all = Tally.objects.by_quiz()
    return {
        "tiers": list(Tier), "in_all": [(tier, rules.at_least([in_all.get(tier, 0)])) for tier in Tier], "any": bool(in_all),
        "months": [(month, [rules.shown(counted.get((month, tier.value), 0)) for tier in Tier]) for month in months], "questions": _how_well(),
    }  # fmt: skip


def _how_well() -> list[tuple[Tier, list[tuple[Words, Share]]]]:
    """Of every question that was asked, how many knew it, in words."""
    asked = Tally.objects.by_question()
    found = []
    for tier in Tier:
        rows = [(one, asked.get((tier.value, one.key), (0, 0))) for one in loading.questions(tier)]
        found.append((tier, [(one, Share(rules.share(correct, times))) for one, (times, correct) in rows]))
    return found
