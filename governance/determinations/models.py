"""Determination: a result with its facts and versions; an adverse one has a human and a reason, or the database refuses it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Holds, Party, Record, StateField
from governance.determinations import rulebook
from governance.determinations.querysets import DeterminationQuerySet
from governance.determinations.vocabulary import FINAL, Duty, State
from governance.matching.querysets import HELD

# Both are judged by the database too: a program that forgets to ask is refused all the same.
NOT_FOR_ONESELF = """
IF EXISTS (SELECT FROM stakeholders_user u WHERE u.id = NEW.decided_by_id AND u.person_id = NEW.person_id) THEN
    RAISE EXCEPTION 'nobody decides for themselves' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_decides_for_themselves';
END IF;
RETURN NEW;
"""
NOT_WHILE_HELD = f"""
IF EXISTS (SELECT FROM matching_pair p WHERE (p.person_id = NEW.person_id OR p.twin_id = NEW.person_id) AND {HELD}) THEN
    RAISE EXCEPTION 'whether this person is registered twice is not settled' USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_is_given_while_it_is_held';
END IF;
RETURN NEW;
"""


class Determination(Record):
    """Somebody asks what they are entitled to by a rule; an officer gives the answer. What was determined never changes."""

    reference_prefix = "HD"
    final_states = frozenset({*FINAL, State.WITHDRAWN})
    state_looks = {"asked": "wait", "incomplete": "soon", "given": "done", "refused": "off", "withdrawn": "off"}
    about = ("person",)
    sensitive = frozenset({"said", "values", "ground"})

    person = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=_("for whom"))
    rule = models.CharField(_("by which rule"), max_length=60)
    said = models.JSONField(_("facts"))
    day = models.DateField(_("by the rules of"))
    parameters = ArrayField(models.CharField(max_length=40), verbose_name=_("versions of values"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=[("yes", _("conditions met")), ("no", _("conditions not met")), ("unknown", _("cannot tell"))])
    values = models.JSONField(_("results"))
    fingerprint = models.CharField(max_length=64)
    ground = models.CharField(_("reason"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    state = StateField(State, default=State.ASKED)

    readers = Party("person", _("whom it is for")) | Holds(Duty.DETERMINE)
    objects = DeterminationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("determination")
        verbose_name_plural = _("determinations")
        indexes = [models.Index(fields=["person", "-id"], name="determinations_of_somebody"), models.Index(fields=["rule", "state"], name="determinations_by_a_rule")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.REFUSED) | Q(outcome="no", decided_by__isnull=False) & ~Q(ground=""),
                name="an_adverse_one_has_a_human_and_a_reason",
                violation_error_message=_("Nobody is refused anything without a person who decides and says why."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.GIVEN) | Q(outcome="yes", decided_by__isnull=False), name="what_is_given_is_due",
                violation_error_message=_("The rule does not give this."),
            ),
            models.UniqueConstraint(
                fields=["person", "rule"], condition=Q(state__in=[State.ASKED, State.INCOMPLETE]), name="one_asks_once_at_a_time",
                violation_error_message=_("You have asked for this already; it is being looked at."),
            ),
            bounds.one_of("determinations_determination", "state", State),
            bounds.day("determinations_determination", "day"),
            bounds.one_of("determinations_determination", "outcome", ["yes", "no", "unknown"]),
        ]  # fmt: skip
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Protect(name="what_was_determined_stays", operation=pgtrigger.Update, condition=pgtrigger.Q(old__state__in=[*FINAL])),
            pgtrigger.Trigger(name="nobody_decides_for_themselves", when=pgtrigger.Before, operation=pgtrigger.UpdateOf("decided_by_id"), func=NOT_FOR_ONESELF),
            pgtrigger.Trigger(
                name="nothing_is_given_while_it_is_held", when=pgtrigger.Before, operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state=State.GIVEN.value), func=NOT_WHILE_HELD,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("determinations:determination-detail", args=[self.pk])

    @property
    def question(self) -> Any:
        """What was asked; None if no program offers it any more."""
        return rulebook.question(self.rule)

    @property
    def title(self) -> str:
        """What was asked, in words."""
        return str(self.question.title) if self.question else self.rule

    @property
    def summary(self) -> str:
        """One line for lists."""
        return f"{self.title}: {self.person.label}"

    @property
    def facts_told(self) -> list[tuple[Any, Any]]:
        """What was said, by the labels of the form."""
        return self.question.told(self.said) if self.question else list(self.said.items())

    @property
    def calculator(self) -> str:
        """Where the same facts can be tried and corrected."""
        return f"{reverse(self.question.page)}?{urlencode(self.said)}" if self.question and self.question.page else ""
