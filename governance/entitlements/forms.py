"""What a person can tell and wish: the fields are those that programs ask for, each once."""

from __future__ import annotations

from typing import Any

from django import forms

from governance.entitlements.contract import Fact, offers


def all_facts() -> dict[str, Fact]:
    """Every fact that a program asks for."""
    return {fact.name: fact for one in offers() for fact in one.facts}


class FactsForm(forms.Form):
    """Facts and wishes; nothing of it is kept."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.facts = all_facts()
        self.fields.update({name: fact.make() for name, fact in self.facts.items()})

    @property
    def known(self) -> list[Any]:
        """The fields about how things are."""
        return [self[name] for name, fact in self.facts.items() if not fact.is_wish]

    @property
    def wished(self) -> list[Any]:
        """The fields about how they might be."""
        return [self[name] for name, fact in self.facts.items() if fact.is_wish]

    def told(self, *, wishes: bool) -> dict[str, Any]:
        """The facts, or the wishes; an empty field is a fact that is not known."""
        data = getattr(self, "cleaned_data", {})
        return {name: value for name, value in data.items() if value not in (None, "") and self.facts[name].is_wish == wishes}

    @property
    def has_wishes(self) -> bool:
        return bool(self.told(wishes=True))
