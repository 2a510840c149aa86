"""Working a determination out: now, and again later from what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from governance.actions import Refused
from governance.catalogue.decisions import Decision
from governance.catalogue.effects import Effect, counts_of_all
from governance.catalogue.values import MissingParameter, Values, values_of, values_on
from governance.determinations import rulebook
from governance.determinations.models import Determination

MOST = 5  # examples of what a change does


def worked_out(record: Determination, facts: dict[str, Any], day: Any) -> Decision:
    """The result of these facts by the rules of a day, written into the record. Raises Refused."""
    question = record.question
    if question is None:
        raise Refused(_("No program answers this."), field="rule")
    form = question.form(facts)
    decision = form.answer(values_on(form.day() or day, *question.form_class.programs, area=record.area_id)) if form.is_valid() else None
    if decision is None:
        said = next(iter(form.errors.values()), [_("Something is missing.")])
        raise Refused(_("The facts do not fit: %(what)s") % {"what": said[0]}, field="facts")
    record.said, record.day = question.facts_of(form), form.day() or day
    record.outcome, record.fingerprint = decision.outcome, decision.fingerprint
    record.parameters = sorted(one.reference for one in decision.used)
    record.values = {name: value if isinstance(value, int | str) else str(value) for name, value in decision.values.items()}
    return decision


def again(record: Determination) -> Decision | None:
    """The same case under the same versions, worked out anew; None if that is no longer possible."""
    if record.question is None:
        return None
    try:
        return record.question.answer(record.said, values_of(record.parameters, record.day))
    except (MissingParameter, LookupError, ValueError, ArithmeticError):
        return None


def touched(question: rulebook.Question, before: Values, after: Values) -> Iterator[Effect]:
    """Whose results another version of a value changes."""
    changed, total, examples = 0, 0, []
    for one in Determination.objects.not_ended(question.rule).iterator(chunk_size=500):
        old, new = (_tried(question, one.said, values) for values in (before, after))
        total += 1
        if old != new:
            changed += 1
            examples.append((one.reference, old[1], new[1]))
    if total:
        yield Effect(str(question.title), changed, total, examples[:MOST], are_people=True)


def _tried(question: rulebook.Question, facts: dict[str, Any], values: Values) -> tuple[str, str]:
    try:
        decision = question.answer(facts, values)
    except (MissingParameter, LookupError, ValueError, ArithmeticError):
        decision = None
    return ("", "—") if decision is None else (str(sorted(decision.values.items())), decision.sentence)


@counts_of_all
def count_people(program: str, before: Values, after: Values) -> Iterator[Effect]:
    """Before a value of a program is activated, the people are counted whose result it changes."""
    for question in rulebook.questions():
        if program in question.form_class.programs:
            yield from touched(question, before, after)
