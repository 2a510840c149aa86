"""The questions that may be determined: programs offer them, each with the form of its calculator.

    rulebook.offer("insurance.when-to-retire", _("When I may retire"), RetirementForm, "insurance:retirement")

The form works the answer out of facts and values (``governance.catalogue.forms.Calculator``); so an old case, worked out
again from the same facts under the versions it named, gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from governance.catalogue.decisions import Decision
from governance.catalogue.forms import Calculator
from governance.catalogue.values import Values


@dataclass(frozen=True)
class Question:
    """One of them."""

    rule: str
    title: Any
    form_class: type[Calculator]
    page: str  # the name of the calculator's address; empty where officers ask it, and nobody for themselves

    def form(self, facts: dict[str, Any]) -> Calculator:
        """The form, filled in with facts as they were typed."""
        return self.form_class(facts)

    def answer(self, facts: dict[str, Any], values: Values) -> Decision | None:
        """The explained answer; None where the facts make no sense."""
        form = self.form(facts)
        return form.answer(values) if form.is_valid() else None

    def told(self, facts: dict[str, Any]) -> list[tuple[Any, Any]]:
        """The facts by the labels of the form, in its order: PostgreSQL does not keep the order of names."""
        fields = self.form_class.base_fields
        chosen = {name: dict(getattr(field, "choices", ())) for name, field in fields.items()}
        order = [name for name in fields if name in facts] + [name for name in facts if name not in fields]
        return [(fields[name].label if name in fields else name, chosen.get(name, {}).get(facts[name], facts[name])) for name in order]

    def facts_of(self, form: Calculator) -> dict[str, str]:
        """What was typed, as text, in the order of the form; what was left empty is left out."""
        typed = {name: form.data.get(name, "") for name in form.fields}
        return {name: str(value) for name, value in typed.items() if value not in ("", None)}


_questions: dict[str, Question] = {}


def offer(rule: str, title: Any, form_class: type[Calculator], page: str) -> None:
    """A question of a program may be determined from now on."""
    _questions[rule] = Question(rule, title, form_class, page)


def question(rule: str) -> Question | None:
    """The question of a rule, None if it is not offered."""
    return _questions.get(rule)


def questions() -> Iterator[Question]:
    """All of them."""
    yield from _questions.values()


def open_questions() -> Iterator[Question]:
    """Those that people ask for themselves, from the page of a calculator."""
    return (one for one in questions() if one.page)
