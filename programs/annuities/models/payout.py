"""Payout: a member asks for money out of the account, the keeper of the accounts decides and pays."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Party, Record, StateField
from programs.annuities.models.account import Account
from programs.annuities.querysets import PayoutQuerySet
from programs.annuities.rules import accounts
from programs.annuities.vocabulary import Occasion, PayoutState, Way

OPEN = (PayoutState.ASKED, PayoutState.GRANTED, PayoutState.RELEASED)


class Payout(Record):
    """One wish to draw money, of the member or of an heir. The employer does not read it."""

    reference_prefix = "NL"
    final_states = frozenset({PayoutState.REFUSED, PayoutState.TAKEN_BACK, PayoutState.COMPLETED})
    state_looks = {"asked": "wait", "granted": "done", "released": "done", "refused": "late", "taken-back": "off", "completed": "off"}
    sensitive = frozenset({"occasion", "heir_blind", "heir_name", "share", "granted_amount"})
    about = ("account__member", "heir")

    account = models.ForeignKey(Account, models.PROTECT, related_name="payouts", verbose_name=_("account"))
    into = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("account in the new plan"))
    occasion = models.CharField(_("why"), max_length=12, choices=Occasion.choices)
    way = models.CharField(_("how it is paid"), max_length=12, choices=Way.choices)
    # Where the member has died: one payout for each heir, and what part of the account is theirs.
    heir = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", null=True, editable=False, verbose_name=_("heir"))
    heir_blind = models.CharField(max_length=64, blank=True, editable=False)
    heir_name = models.CharField(_("name of the heir"), max_length=60, blank=True)
    share = models.DecimalField(
        _("part of the account (per cent)"), max_digits=6, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(Decimal("0.001")), MaxValueValidator(100)],
    )  # fmt: skip
    granted_amount = models.DecimalField(_("granted (yuan)"), max_digits=14, decimal_places=2, null=True, editable=False)
    granted_by = models.ForeignKey("stakeholders.User", models.PROTECT, related_name="+", null=True, editable=False, verbose_name=_("who granted it"))
    state = StateField(PayoutState, default=PayoutState.ASKED)

    readers = (
        Party("account__member", _("the member")) | Party("heir", _("the heir")) | Party("account__plan__keeper", _("the keeper of the accounts"))
        | Party("account__plan__trustee_here", _("the trustee")) | Party("account__plan__custodian_here", _("the custodian"))
    )  # fmt: skip
    objects = PayoutQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "heir_blind"], condition=Q(state__in=OPEN), name="an_account_is_drawn_on_once_at_a_time",
                violation_error_message=_("A payout from this account is being handled already."),
            ),
            models.CheckConstraint(
                condition=Q(heir_blind="", share__isnull=True) | (~Q(heir_blind="") & Q(share__gt=0, share__lte=100, occasion=Occasion.INHERITANCE)),
                name="an_heir_has_a_part", violation_error_message=_("Say what part of the account belongs to the heir."),
            ),
            models.CheckConstraint(
                condition=Q(way=Way.CARRIED, into__isnull=False) | (~Q(way=Way.CARRIED) & Q(into=None)), name="only_what_is_carried_over_has_a_target",
                violation_error_message=_("Choose the account in the new plan when it is carried over, and only then."),
            ),
            bounds.one_of("annuities_payout", "state", PayoutState),
            bounds.one_of("annuities_payout", "occasion", Occasion),
            bounds.one_of("annuities_payout", "way", Way),
            bounds.percent("annuities_payout", "share", least=Decimal("0.001")),
            bounds.amount("annuities_payout", "granted_amount"),
            models.CheckConstraint(
                condition=Q(state__in=[PayoutState.ASKED, PayoutState.REFUSED, PayoutState.TAKEN_BACK]) | Q(granted_amount__isnull=False),
                name="what_is_granted_has_an_amount", violation_error_message=_("What is granted has an amount, worked out of the account."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.account.name}: {self.get_way_display()}"

    def get_absolute_url(self) -> str:
        return reverse("annuities:payout-detail", args=[self.pk])

    def due(self, balance: accounts.Balance) -> Decimal:
        """What may still be paid on this wish, in yuan: all there is, or an heir's part of it."""
        if self.share is None:
            return balance.total
        entries = self.account.entries
        return accounts.due_to_heir(balance.total, entries.paid_to_heirs(), entries.paid_by(self), self.share)

    @property
    def grounds(self) -> list[tuple[Any, Any]]:
        """What whoever decides has to have before them: the plan, the member and their age, what is in the account, what it comes to."""
        account, balance = self.account, self.account.balance()
        told = [(_("plan"), account.plan.name), (_("member since"), account.joined_on), (_("employment ended on"), account.left_on)]
        told += [(_("why the employment ended"), account.get_cause_display()), (_("born on"), account.born_on() or _("not known here"))]
        parts = {_("own part (yuan)"): balance.own, _("employer’s part that belongs to the member (yuan)"): balance.vested}
        parts |= {_("held (yuan)"): balance.held, _("only written down (yuan)"): balance.booked}
        parts[_("it comes to (yuan)")] = self.due(balance)
        return [*told, *((name, f"{amount:,.2f}") for name, amount in parts.items())]

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """What is asked."""
        told = [(_("account"), self.account.reference), (_("why"), self.get_occasion_display()), (_("how it is paid"), self.get_way_display())]
        if self.share is not None:
            told += [(_("heir"), self.heir_name), (_("part of the account (per cent)"), f"{self.share.normalize():f}")]
        if self.granted_amount is not None:
            told.append((_("granted (yuan)"), f"{self.granted_amount:,.2f}"))
        return told + ([(_("account in the new plan"), self.into.reference)] if self.into else [])
