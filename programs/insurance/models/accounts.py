"""Accounts of insured people, and what is asked of them: transfers between areas, claims."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.actions import Holds, Party, Record, StateField
from governance.bounds import amount, day, moment, one_of, whole
from governance.clocks.near import Near
from governance.stakeholders import ciphers, rules
from governance.stakeholders.models.identity import LABEL
from governance.stakeholders.responsibilities import Where
from programs.insurance.models.guards import ENDS_WITH_NOTHING_OPEN, GUARDS, not_on_a_closed_account
from programs.insurance.querysets import ClaimQuerySet, InsuredQuerySet, TransferQuerySet
from programs.insurance.vocabulary import OPEN_CLAIM, OPEN_TRANSFER, ClaimKind, ClaimState, Duty, InsuredState, TransferState

STAKEHOLDER = "stakeholders.Stakeholder"
MOST_MONTHS = 900  # of contributions in a life
# The administrative department recognises injuries (工伤保险条例 art. 20); the office that pays learns of what was recognised.
AN_INJURY = Where(Q(kind=ClaimKind.INJURY), _("for a work injury"))
NOT_AN_OPEN_INJURY = Where(~Q(kind=ClaimKind.INJURY) | Q(state=ClaimState.GRANTED), _("for what is not a work injury still to be recognised"))
WITHOUT_AMOUNT = (ClaimKind.INJURY, ClaimKind.ABILITY)


class Insured(Record):
    """The account of a person in basic insurance. The number is sealed; by its keyed index the person is found."""

    reference_prefix = "CB"
    about = ("person",)
    sensitive = frozenset({"name", "sealed", "blind"})
    shown = ("name", "area", "closed_on")
    state_looks = {"insured": "done", "closed": "off"}
    final_states = frozenset({InsuredState.CLOSED})
    guards = GUARDS
    changed_elsewhere = frozenset({"area"})  # a finished transfer takes it to another place

    person = models.OneToOneField(STAKEHOLDER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person"))
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=60)
    sealed = models.CharField(max_length=200, editable=False)
    blind = models.CharField(max_length=64, unique=True, editable=False)
    closed_on = models.DateField(_("last day of the insurance"), null=True, blank=True, validators=[Near(days_ahead=0)])
    state = StateField(InsuredState, default=InsuredState.INSURED)

    readers = Party("person", _("the insured person")) | Holds(Duty.KEEP_ACCOUNTS)
    objects = InsuredQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("account of an insured person")
        verbose_name_plural = _("accounts of insured persons")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=InsuredState.CLOSED, closed_on__isnull=False) | ~Q(state=InsuredState.CLOSED) & Q(closed_on__isnull=True),
                name="a_closed_account_has_its_last_day", violation_error_message=_("An account is closed as of a day."),
            ),
            day("insurance_insured", "closed_on"),
            moment("insurance_insured", "created_at"),
            one_of("insurance_insured", "state", InsuredState),
        ]  # fmt: skip
        triggers = [*Record.Meta.triggers, ENDS_WITH_NOTHING_OPEN]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("insurance:insured-detail", args=[self.pk])

    def born_on(self, today: date) -> date:
        """The day of birth that the sealed number tells."""
        return self.papers(today).born_on

    def papers(self, today: date) -> rules.CitizenNumber:
        """What the sealed number tells: birth and sex."""
        return rules.citizen_number(ciphers.unseal(self.sealed, label=LABEL), today=today)


class Transfer(Record):
    """A pension account on its way from one area to another, in three steps; ``area`` is the new place."""

    reference_prefix = "ZY"
    about = ("insured__person",)
    shown = ("insured", "old_area", "area", "months", "amount", "drawn_on")
    state_looks = {"asked": "wait", "requested": "wait", "informed": "wait", "done": "done", "refused": "off", "withdrawn": "off"}
    final_states = frozenset({TransferState.DONE, TransferState.REFUSED, TransferState.WITHDRAWN})

    insured = models.ForeignKey(Insured, models.PROTECT, related_name="transfers", verbose_name=_("insured person"))
    old_area = models.ForeignKey("stakeholders.Area", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("a place", "from"))
    months = models.PositiveIntegerField(_("months of contributions"), null=True, editable=False)
    amount = models.DecimalField(_("in the account (yuan)"), max_digits=12, decimal_places=2, null=True, editable=False)
    drawn_on = models.DateField(_("account drawn up on"), null=True, editable=False)
    state = StateField(TransferState, default=TransferState.ASKED)

    readers = Party("insured__person", _("the insured person")) | Holds(Duty.KEEP_ACCOUNTS) | Holds(Duty.KEEP_ACCOUNTS, "old_area")
    objects = TransferQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("transfer of an account")
        verbose_name_plural = _("transfers of accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["insured"], condition=Q(state__in=OPEN_TRANSFER), name="one_transfer_at_a_time",
                violation_error_message=_("A transfer of this account is on its way."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TransferState.INFORMED, TransferState.DONE])
                | Q(months__isnull=False, amount__isnull=False, drawn_on__isnull=False),
                name="an_account_is_drawn_up_before_it_moves", violation_error_message=_("The old place draws the account up first."),
            ),
            models.CheckConstraint(
                condition=~Q(old_area=F("area")), name="a_transfer_goes_elsewhere",
                violation_error_message=_("The account is kept there already."),
            ),
            whole("insurance_transfer", "months", most=MOST_MONTHS),
            amount("insurance_transfer", "amount", least=0),
            day("insurance_transfer", "drawn_on"),
            moment("insurance_transfer", "created_at"),
            one_of("insurance_transfer", "state", TransferState),
        ]  # fmt: skip
        triggers = [*Record.Meta.triggers, not_on_a_closed_account(OPEN_TRANSFER)]

    def __str__(self) -> str:
        return _t("%(name)s: %(old)s → %(new)s") % {"name": self.insured.name, "old": self.old_area, "new": self.area}

    def get_absolute_url(self) -> str:
        return reverse("insurance:transfer-detail", args=[self.pk])


class Claim(Record):
    """A benefit of basic insurance that somebody asks for: one officer determines what is due, another one grants it."""

    reference_prefix = "DY"
    about = ("insured__person",)
    sensitive = frozenset({"words", "happened_on"})
    shown = ("insured", "kind", "months", "words", "happened_on", "monthly_amount", "granted_on", "area")
    state_looks = {"received": "wait", "accepted": "wait", "waiting": "wait", "granted": "done", "refused": "off", "withdrawn": "off"}
    final_states = frozenset({ClaimState.GRANTED, ClaimState.REFUSED, ClaimState.WITHDRAWN})

    insured = models.ForeignKey(Insured, models.PROTECT, related_name="claims", verbose_name=_("insured person"))
    kind = models.CharField(_("what is asked for"), max_length=12, choices=ClaimKind.choices)
    words = models.CharField(_("what the office should know"), max_length=500, blank=True)
    employer = models.ForeignKey(STAKEHOLDER, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("employer who applies"))
    happened_on = models.DateField(_("day of the accident, or of the diagnosis"), null=True, blank=True, validators=[Near(days_ahead=0)])
    is_clear = models.BooleanField(_("facts and duties are clear"), null=True, editable=False)
    months = models.PositiveIntegerField(_("months of contributions then"), default=0, editable=False)
    monthly_amount = models.DecimalField(_("granted (yuan)"), max_digits=10, decimal_places=2, null=True, editable=False)
    determination = models.ForeignKey(
        "determinations.Determination", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("determination")
    )
    determined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    granted_on = models.DateField(_("granted on"), null=True, editable=False)
    state = StateField(ClaimState, default=ClaimState.RECEIVED)

    readers = (
        Party("insured__person", _("the insured person"))
        | Party("employer", _("the employer who applies"))
        | Holds(Duty.DECIDE_CLAIMS) & NOT_AN_OPEN_INJURY
        | Holds(Duty.RECOGNISE_INJURIES) & AN_INJURY
    )
    objects = ClaimQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["insured", "kind"], condition=Q(state__in=OPEN_CLAIM), name="a_claim_is_examined_once",
                violation_error_message=_("This claim is being examined already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.GRANTED) | Q(determination__isnull=False, granted_on__isnull=False),
                name="a_claim_is_granted_from_a_determination",
                violation_error_message=_("Nothing is granted without a determination of what is due."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.GRANTED)
                | Q(determined_by__isnull=False, granted_by__isnull=False) & ~Q(determined_by=F("granted_by")),
                name="two_people_grant_a_claim",
                violation_error_message=_("Whoever determined what is due does not grant it as well: a second person does."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.GRANTED) | Q(kind__in=WITHOUT_AMOUNT, monthly_amount__isnull=True)
                | ~Q(kind__in=WITHOUT_AMOUNT) & Q(monthly_amount__isnull=False, monthly_amount__gt=0),
                name="what_is_granted_is_more_than_nothing", violation_error_message=_("What is granted is more than nothing."),
            ),
            models.CheckConstraint(
                condition=Q(kind=ClaimKind.INJURY, happened_on__isnull=False)
                | ~Q(kind=ClaimKind.INJURY) & Q(happened_on__isnull=True, employer__isnull=True, is_clear__isnull=True),
                name="an_injury_has_its_day", violation_error_message=_("Say on which day it happened, or was diagnosed."),
            ),
            models.CheckConstraint(
                condition=Q(kind=ClaimKind.INJURY) | ~Q(state__in=[ClaimState.ACCEPTED, ClaimState.WAITING]),
                name="only_injuries_are_accepted_first", violation_error_message=_("Only a work injury is accepted before it is examined."),
            ),
            one_of("insurance_claim", "kind", ClaimKind),
            whole("insurance_claim", "months", most=MOST_MONTHS),
            amount("insurance_claim", "monthly_amount", most=10_000_000),
            day("insurance_claim", "happened_on"),
            day("insurance_claim", "granted_on"),
            moment("insurance_claim", "created_at"),
            one_of("insurance_claim", "state", ClaimState),
        ]  # fmt: skip
        triggers = [*Record.Meta.triggers, not_on_a_closed_account(OPEN_CLAIM)]

    def __str__(self) -> str:
        return f"{self.insured.name} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("insurance:claim-detail", args=[self.pk])

    def _told(self, name: str) -> Any:
        """A work injury is recognised however long somebody has paid in: there the months say nothing."""
        return None if name == "months" and self.kind == ClaimKind.INJURY else super()._told(name)

    @property
    def due(self) -> Decimal | None:
        """What the determination gives, in yuan; None where it gives no amount or there is none yet."""
        values = self.determination.values if self.determination_id else {}
        return Decimal(values["total"]) if "total" in values else None
