"""Payout: a member asks for money out of the account, the keeper of the accounts decides and pays."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.actions import Party, Record, StateField
from programs.annuities.models.account import Account
from programs.annuities.querysets import PayoutQuerySet
from programs.annuities.vocabulary import Occasion, PayoutState, Way


class Payout(Record):
    """One wish to draw money. The employer does not read it."""

    reference_prefix = "NL"
    final_states = frozenset({PayoutState.REFUSED, PayoutState.TAKEN_BACK, PayoutState.COMPLETED})
    state_looks = {"asked": "wait", "granted": "done", "refused": "late", "taken-back": "off", "completed": "off"}
    sensitive = frozenset({"occasion"})

    account = models.ForeignKey(Account, models.PROTECT, related_name="payouts", verbose_name=_("account"))
    into = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("account in the new plan"))
    occasion = models.CharField(_("why"), max_length=12, choices=Occasion.choices)
    way = models.CharField(_("how it is paid"), max_length=12, choices=Way.choices)
    state = StateField(PayoutState, default=PayoutState.ASKED)

    readers = Party("account__member", _("the member")) | Party("account__plan__keeper", _("the keeper of the accounts"))
    objects = PayoutQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(state__in=[PayoutState.ASKED, PayoutState.GRANTED]), name="an_account_is_drawn_on_once_at_a_time",
                violation_error_message=_("A payout from this account is being handled already."),
            ),
            models.CheckConstraint(
                condition=Q(way=Way.CARRIED, into__isnull=False) | (~Q(way=Way.CARRIED) & Q(into=None)), name="only_what_is_carried_over_has_a_target",
                violation_error_message=_("Choose the account in the new plan when it is carried over, and only then."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.account.name}: {self.get_way_display()}"

    def get_absolute_url(self) -> str:
        return reverse("annuities:payout-detail", args=[self.pk])

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """What is asked."""
        told = [(_("account"), self.account.reference), (_("why"), self.get_occasion_display()), (_("how it is paid"), self.get_way_display())]
        return told + ([(_("account in the new plan"), self.into.reference)] if self.into else [])
