"""Account: what one member of a plan has; and its entries, out of which everything about it is summed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pgtrigger
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance import bounds
from governance.actions import Party, Record, StateField
from governance.clocks.now import now, today
from programs.annuities.querysets import AccountQuerySet, EntryQuerySet
from programs.annuities.rules import accounts
from programs.annuities.vocabulary import AccountState, Cause, EntryKind, Forfeiture, Form

OPEN = (AccountState.ACTIVE, AccountState.LEFT)
HELD = (Forfeiture.UNTOLD, Forfeiture.TOLD, Forfeiture.OBJECTED)


class Account(Record):
    """A member's account in a plan. The employer reads this, its roster; what is in it only the member and the keeper of accounts read."""

    reference_prefix = "NZ"
    final_states = frozenset({AccountState.CLOSED})
    state_looks = {"active": "done", "left": "wait", "closed": "off"}
    sensitive = frozenset({"name", "blind", "cause", "held_amount"})
    about = ("member",)

    plan = models.ForeignKey("annuities.Plan", models.PROTECT, related_name="accounts", verbose_name=_("plan"))
    member = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", null=True, editable=False, verbose_name=_("member"))
    blind = models.CharField(max_length=64, editable=False)  # keyed index of the identity number; the number is not kept
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    joined_on = models.DateField(_("member since"))
    left_on = models.DateField(_("employment ended on"), null=True, blank=True)
    cause = models.CharField(_("why the employment ended"), max_length=10, choices=Cause.choices, blank=True, editable=False)
    percent = models.PositiveSmallIntegerField(_("per cent vested at the end"), null=True, blank=True, editable=False, validators=[MaxValueValidator(100)])
    forfeiture = models.CharField(_("what has not vested"), max_length=10, choices=Forfeiture.choices, default=Forfeiture.NONE, editable=False)
    held_amount = models.DecimalField(_("held (yuan)"), max_digits=14, decimal_places=2, default=Decimal(0), editable=False)
    told_on = models.DateField(_("the letter was delivered on"), null=True, blank=True)
    state = StateField(AccountState, default=AccountState.ACTIVE)

    readers = (
        Party("member", _("the member")) | Party("plan__employer", _("the employer")) | Party("plan__keeper", _("the keeper of the accounts"))
        | Party("plan__trustee_here", _("the trustee"))
    )  # fmt: skip
    objects = AccountQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        indexes = [models.Index(fields=["plan", "-id"], name="accounts_of_a_plan"), models.Index(fields=["blind"], name="accounts_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "blind"], condition=Q(state=AccountState.ACTIVE), name="a_member_joins_a_plan_once",
                violation_error_message=_("This person is a member of the plan already."),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="nobody_leaves_before_joining",
                violation_error_message=_("The employment ends after the person has joined."),
            ),
            models.CheckConstraint(
                condition=Q(state=AccountState.ACTIVE, left_on=None, cause="", forfeiture=Forfeiture.NONE)
                | (~Q(state=AccountState.ACTIVE) & Q(left_on__isnull=False) & ~Q(cause="")),
                name="whoever_has_left_has_a_day_and_a_reason", violation_error_message=_("Say on which day the employment ended, and why."),
            ),
            models.CheckConstraint(
                condition=Q(forfeiture__in=HELD, held_amount__gt=0) | (~Q(forfeiture__in=HELD) & Q(held_amount=0)),
                name="what_is_held_is_held_for_a_reason", violation_error_message=_("Nothing is held without an open question whose it is."),
            ),
            bounds.day("annuities_account", "joined_on"),
            bounds.day("annuities_account", "left_on"),
            bounds.one_of("annuities_account", "cause", Cause, or_empty=True),
            bounds.percent("annuities_account", "percent"),
            bounds.one_of("annuities_account", "forfeiture", Forfeiture),
            bounds.amount("annuities_account", "held_amount", least=0),
            bounds.one_of("annuities_account", "state", AccountState),
            bounds.day("annuities_account", "told_on"),
            bounds.in_order("annuities_account", "left_on", "told_on", _("The letter was delivered after the employment had ended, and not later than today.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("annuities:account-detail", args=[self.pk])

    @property
    def summary(self) -> str:
        """One line for lists."""
        return f"{self.name} · {self.plan.name}"

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """What the roster says."""
        told = [(_("plan"), self.plan.name), (_("employer"), self.plan.employer.label), (_("member since"), self.joined_on)]
        return told + ([(_("employment ended on"), self.left_on)] if self.left_on else [])

    def is_open_to(self, actor: Any) -> bool:
        """Whether this actor may read what is in it: the member and the keeper, neither the employer nor the trustee."""
        return actor.stakeholder_id is not None and actor.stakeholder_id in (self.member_id, self.plan.keeper_id)

    def born_on(self) -> date | None:
        """The day of birth, out of the verified identity number; None where it is not known here."""
        from governance.stakeholders.models import IdentityDocument

        verified = IdentityDocument.objects.filter(stakeholder_id=self.member_id, stakeholder__identity_verified_at__isnull=False)
        document = verified.first() if self.member_id else None
        return document.born_on(today()) if document else None

    def balance(self) -> accounts.Balance:
        """What is in it today: one statement."""
        sums = self.entries.sums()
        percent = self.percent if self.percent is not None else accounts.percent_on(self.plan.vesting, self.joined_on, today())
        return accounts.Balance(sums["employer"] - self.held_amount, sums["own"], percent, sums["returns"], sums["booked"], self.held_amount)

    @property
    def is_occupational(self) -> bool:
        """Of staff of a public body."""
        return self.plan.form == Form.OCCUPATIONAL


def _money(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=14, decimal_places=2, default=Decimal(0))


class Entry(models.Model):
    """A line of an account: what came in or went out. A line is never changed; a file that brought it may be taken back whole."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="entries", verbose_name=_("account"))
    kind = models.CharField(_("kind"), max_length=14, choices=EntryKind.choices)
    month = models.DateField(_("month"))  # its first day
    employer_amount = _money(_("employer’s part (yuan)"))
    own_amount = _money(_("own part (yuan)"))
    booked_amount = _money(_("of the employer’s part, only written down (yuan)"))
    payout = models.ForeignKey("annuities.Payout", models.PROTECT, related_name="entries", null=True, verbose_name=_("payout"))
    made_at = models.DateTimeField(default=now, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "month"], condition=Q(kind__in=[EntryKind.CONTRIBUTION, EntryKind.RETURNS]), name="a_month_is_paid_once",
                violation_error_message=_("This month has been entered already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[EntryKind.CONTRIBUTION, EntryKind.CARRIED_IN]) | Q(employer_amount__gte=0, own_amount__gte=0),
                name="what_comes_in_is_not_negative", violation_error_message=_("A contribution is not negative."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[EntryKind.FORFEITED, EntryKind.CARRIED_OUT, EntryKind.PAID]) | Q(employer_amount__lte=0, own_amount__lte=0),
                name="what_goes_out_is_not_positive", violation_error_message=_("What goes out is taken off."),
            ),
            models.CheckConstraint(
                condition=Q(booked_amount=0) | Q(kind__in=[EntryKind.CONTRIBUTION, EntryKind.RETURNS, EntryKind.FUNDED]),
                name="only_what_a_unit_pays_is_written_down", violation_error_message=_("Only the unit’s part and what it earns may be written down."),
            ),
            bounds.one_of("annuities_entry", "kind", EntryKind),
            bounds.day("annuities_entry", "month"),
            *(bounds.amount("annuities_entry", f"{part}_amount", least=-bounds.MOST_YUAN) for part in ("employer", "own", "booked")),
            bounds.moment("annuities_entry", "made_at"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["account", "month"], name="entries_of_an_account")]
        triggers = [pgtrigger.Protect(name="an_entry_is_not_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.month:%Y-%m}"
