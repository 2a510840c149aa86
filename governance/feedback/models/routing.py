"""RoutingRule: which duty answers which matters; tried in order, in force from a day until a day."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Anyone, Record, StateField
from governance.feedback.querysets import RuleQuerySet
from governance.feedback.vocabulary import Category, Duty, Kind, RuleState

ANSWERING = [(duty.value, duty.label) for duty in (Duty.ANSWER_MATTERS, Duty.EXAMINE_REPORTS)]


class RoutingRule(Record):
    """Matters of these kinds and categories, in this area, with one of these words, go to whoever holds this duty there."""

    reference_prefix = "FP"
    final_states = frozenset({RuleState.ENDED})
    state_looks = {"proposed": "wait", "activated": "done", "ended": "off"}

    place = models.PositiveIntegerField(_("place in the order"), help_text=_("Rules are tried from the lowest number; the first that fits counts."))
    name = models.CharField(_("name"), max_length=100)
    kinds = ArrayField(models.CharField(max_length=12, choices=Kind.choices), default=list, blank=True, verbose_name=_("kinds"))
    categories = ArrayField(models.CharField(max_length=12, choices=Category.choices), default=list, blank=True, verbose_name=_("categories"))
    words = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("words"), help_text=_("One of them is enough; apart by commas.")
    )
    duty = models.CharField(_("goes to whoever has the duty"), max_length=60, choices=ANSWERING, default=Duty.ANSWER_MATTERS)
    basis = models.CharField(_("basis"), max_length=300, help_text=_("The rule or list of duties, as it is cited."))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    state = StateField(RuleState, default=RuleState.PROPOSED)

    readers = Anyone()
    objects = RuleQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("rule of routing")
        verbose_name_plural = _("rules of routing")
        constraints = [
            bounds.whole("routing_rule", "place", least=1, most=100_000), bounds.some_of("routing_rule", "kinds", Kind),
            bounds.some_of("routing_rule", "categories", Category), bounds.one_of("routing_rule", "duty", [duty for duty, _label in ANSWERING]),
            bounds.one_of("routing_rule", "state", RuleState), bounds.day("routing_rule", "starts_on"), bounds.day("routing_rule", "ends_on"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="a_rule_of_routing_ends_after_it_begins",
                violation_error_message=_("The last day comes before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("feedback:routingrule-detail", args=[self.pk])

    @property
    def fits_what(self) -> str:
        """What it looks at, in one line."""
        told = [", ".join(str(Kind(kind).label) for kind in self.kinds), ", ".join(str(Category(one).label) for one in self.categories)]
        return " · ".join(one for one in (*told, self.area.label, "“" + "”, “".join(self.words) + "”" if self.words else "") if one)

    @property
    def facts(self) -> list:
        """What it looks at, in words."""
        anything = _("any")
        return [
            (_("place in the order"), self.place),
            (_("kinds"), ", ".join(str(Kind(kind).label) for kind in self.kinds) or anything),
            (_("categories"), ", ".join(str(Category(one).label) for one in self.categories) or anything),
            (_("area"), self.area.label),
            (_("words"), ", ".join(self.words) or anything),
            (_("goes to whoever has the duty"), self.get_duty_display()),
            (_("basis"), self.basis),
        ]
