"""Wording: an answer that an office gives often, with the places where something must be filled in."""

from __future__ import annotations

import string
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Party, Record, StateField
from governance.feedback.querysets import WordingQuerySet
from governance.feedback.vocabulary import Kind, Outcome, WordingState

PARTS = ("finding", "ground", "text")


def blanks_of(*texts: str) -> list[str]:
    """The names in braces, each once, in order. Raises ValueError where braces do not fit."""
    found = [(name, spec or conversion) for text in texts for _literal, name, spec, conversion in string.Formatter().parse(text) if name is not None]
    if any(more or not name.isidentifier() for name, more in found):
        raise ValueError(found)
    return list(dict.fromkeys(name for name, _more in found))


class Wording(Record):
    """A template of an office. Whoever uses it fills in what stands in braces; somebody else still approves every answer."""

    reference_prefix = "DF"
    final_states = frozenset({WordingState.RETIRED})
    state_looks = {"in-use": "done", "retired": "off"}
    shown = ("kinds", "finding", "ground", "outcome", "text")

    office = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=_("office"))
    name = models.CharField(_("name"), max_length=80)
    kinds = ArrayField(models.CharField(max_length=12, choices=Kind.choices), default=list, blank=True, verbose_name=_("kinds"))
    finding = models.TextField(_("what was found"), max_length=5000, blank=True)
    ground = models.TextField(_("on what ground"), max_length=2000, blank=True)
    outcome = models.CharField(_("what it comes to"), max_length=14, choices=Outcome.choices, blank=True)
    text = models.TextField(
        _("answer"), max_length=5000, help_text=_("What is different each time stands in braces, such as {日期}; it must be filled in.")
    )
    state = StateField(WordingState, default=WordingState.IN_USE)

    readers = Party("office", _("office"))
    objects = WordingQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("template of an answer")
        verbose_name_plural = _("templates of answers")
        constraints = [bounds.one_of("wording", "state", WordingState), bounds.some_of("wording", "kinds", Kind), bounds.one_of("wording", "outcome", Outcome, or_empty=True)]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("feedback:wording-detail", args=[self.pk])

    def get_kinds_display(self) -> str:
        """For which kinds, in words."""
        return ", ".join(str(Kind(kind).label) for kind in self.kinds)

    @property
    def blanks(self) -> list[str]:
        """What must be filled in."""
        return blanks_of(self.finding, self.ground, self.text)

    def filled(self, told: dict[str, str]) -> dict[str, Any]:
        """The parts of an answer, with what was filled in."""
        return {part: getattr(self, part).format(**told) for part in PARTS} | {"outcome": self.outcome, "remedy": "", "remedy_by": None}
