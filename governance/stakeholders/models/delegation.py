"""Delegation: a citizen lets another person act for them."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance import bounds
from governance.actions import Party, Record, StateField
from governance.stakeholders.querysets import DelegationQuerySet
from governance.stakeholders.responsibilities import Addressed
from governance.stakeholders.vocabulary import DelegationState

EVERYTHING = "*"


def _list(words: list[str]) -> str:
    return str(_(", ")).join(words)


def _program(scope: str) -> str:
    try:
        return str(apps.get_app_config(scope).verbose_name)
    except LookupError:
        return scope


class Delegation(Record):
    """Somebody may act for a citizen, in what was agreed, for as long as was agreed. Its reference is the receipt."""

    reference_prefix = "DG"
    about = ("principal", "delegate")
    final_states = frozenset({DelegationState.DECLINED, DelegationState.REVOKED, DelegationState.RETURNED})
    sensitive = frozenset({"delegate_email"})
    shown = ("principal", "delegate", "delegate_email", "starts_on", "ends_on")
    state_looks = {"offered": "wait", "accepted": "done", "declined": "off", "revoked": "off", "returned": "off"}

    principal = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="delegations_given", verbose_name=pgettext_lazy("delegation", "for whom"))
    delegate = models.ForeignKey(
        "stakeholders.Stakeholder", models.PROTECT, null=True, blank=True, editable=False, related_name="delegations_held", verbose_name=_("who may act")
    )
    delegate_email = models.EmailField(_("their e-mail address"), blank=True)
    scopes = ArrayField(models.CharField(max_length=60), verbose_name=_("in what"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day. Empty means until you end it."))
    state = StateField(DelegationState, default=DelegationState.OFFERED)

    readers = Party("principal", _("the person represented")) | Party("delegate", _("the representative")) | Addressed("delegate_email")

    objects = DelegationQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-id"]
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.CheckConstraint(
                condition=Q(delegate__isnull=True) | ~Q(delegate=F("principal")),
                name="nobody_acts_for_themselves_by_delegation",
                violation_error_message=_("You act for yourself anyway."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_delegation_ends_after_it_begins",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(state=DelegationState.ACCEPTED) | Q(delegate__isnull=False),
                name="an_accepted_delegation_names_who_may_act",
                violation_error_message=_("Nobody has accepted this."),
            ),
            bounds.one_of("delegation", "state", DelegationState),
            bounds.day("delegation", "starts_on"),
            bounds.day("delegation", "ends_on"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """With the scopes in words."""
        return [*super().facts, (self._meta.get_field("scopes").verbose_name, _list(self.scope_labels))]

    @property
    def scope_labels(self) -> list[str]:
        """In what one may act, in words."""
        return [str(_("everything")) if scope == EVERYTHING else _program(scope) for scope in self.scopes]

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:delegation-detail", args=[self.pk])
