"""Collective plans, which small firms join by a simplified filing, and the occupational annuity of public bodies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Holds, Kind, Party, Refused
from governance.catalogue.values import values_on
from governance.stakeholders.responsibilities import Published
from governance.stakeholders.vocabulary import StakeholderState, Subkind
from programs.annuities import values
from programs.annuities.actions.plans import COMMON, EXAMINATION, TERMS, keeps
from programs.annuities.models import Collective, Plan
from programs.annuities.rules import plans as rules
from programs.annuities.vocabulary import OCCUPATIONAL, PUBLIC_BODIES, CollectiveState, Duty, Form, PlanState

TRUSTEE = Party("offered_by", gettext_lazy("the trustee"))
AUTHORITY = Holds(Duty.EXAMINE_PLANS) & ~TRUSTEE
OWN = tuple(name for name in TERMS if name not in {"name", *COMMON})  # what a joining employer says itself


class OfferCollective(Action):
    """A trustee offers a plan that several employers may join; the authority examines what is the same for all of them."""

    called = "Offer a collective plan"
    makes = Collective
    by = Kind("enterprise")
    end = CollectiveState.OFFERED
    fields = ("name", "for_whom", "fees", "vesting", "custodian", "account_manager", "investment_manager")

    def perform(self, record: None, **data: Any) -> Collective:
        trustee = self.actor.stakeholder
        if trustee.subkind != Subkind.INSURER or trustee.state != StakeholderState.APPROVED:
            raise Refused(_("Collective plans are offered by pension companies and insurers that are approved here."))
        longest = values.caps(values_on(self.today, "enterprise-annuity")).vesting_years
        if rules.vesting_faults(data["vesting"], longest):
            raise Refused(_("The table rises from 0 to 100 per cent within %(n)d years.") % {"n": longest}, field="vesting")
        return Collective(offered_by=trustee, area_id=trustee.area_id, **data)


class OpenCollective(Action):
    """The authority has nothing against it: employers may join."""

    place = 1
    called = "Nothing against it: open it"
    record = Collective
    by = AUTHORITY
    start, end = {CollectiveState.OFFERED}, CollectiveState.OPEN
    tells = ("offered_by",)


class RefuseCollective(Action):
    """The authority says why employers may not join it."""

    place = 2
    called = "Refuse the collective plan"
    record = Collective
    by = AUTHORITY
    start, end = {CollectiveState.OFFERED}, CollectiveState.REFUSED
    reason = True
    tells = ("offered_by",)


class CloseCollective(Action):
    """The trustee takes no further employers; those that have joined stay."""

    place = ASIDE
    called = "Take no further employers"
    record = Collective
    by = TRUSTEE
    start, end = {CollectiveState.OFFERED, CollectiveState.OPEN}, CollectiveState.CLOSED
    reason = True


class JoinCollective(Action):
    """An employer joins: it files its own numbers and how its staff agreed; the rest is the collective plan's and was examined already."""

    place = 1
    called = "Join with my staff"
    record, makes = Collective, Plan
    by = Kind("enterprise", "social") & Published(state__in=[CollectiveState.OPEN, CollectiveState.CLOSED]) & ~TRUSTEE  # of others nobody learns that they are there
    start, end = {CollectiveState.OPEN}, PlanState.FILED
    fields = OWN
    starts = EXAMINATION
    select = ("offered_by",)
    tells = ("trustee_here",)

    def perform(self, record: Collective, **data: Any) -> Plan:
        common = {name: getattr(record, name) for name in COMMON if name != "trustee"}
        who = self.actor.stakeholder
        made = Plan(
            employer=who, area=who.area, form=Form.COLLECTIVE, collective=record, name=record.name, trustee=record.offered_by.name, trustee_here=record.offered_by, **common, **data,
        )  # fmt: skip
        if Plan.objects.of_employer(who.pk).live_or_in_force().filter(name=made.name).exists():
            raise Refused(_("You have joined this plan already. Amend yours instead."))
        keeps(made, self.today)
        return made


class RegisterOccupational(Action):
    """A public body registers the occupational annuity of its staff. Its rates are set by law, so nothing is agreed to and nothing is examined."""

    called = "Register an occupational annuity"
    makes = Plan
    by = Kind("government")
    end = PlanState.IN_FORCE
    fields = ("name", "covers", "people", "starts_on", "payroll", "is_notional")

    def perform(self, record: None, *, payroll: Decimal, **data: Any) -> Plan:
        who, held = self.actor.stakeholder, values_on(self.today, OCCUPATIONAL)
        if who.subkind not in PUBLIC_BODIES:
            raise Refused(_("A body with staff of its own registers this."))
        if Plan.objects.of_employer(who.pk).in_force().filter(form=Form.OCCUPATIONAL).exists():
            raise Refused(_("Your occupational annuity is registered already."))
        unit, person = (held.number(OCCUPATIONAL, f"contribution.{one}") * 100 for one in ("employer", "person"))
        return Plan(
            employer=who, area=who.area, form=Form.OCCUPATIONAL, payroll=payroll, employer_rate=unit, employer_amount=rules.amount_of(payroll, unit),
            staff_rate=person, staff_amount=rules.amount_of(payroll, person), vesting=[100], **data,
        )  # fmt: skip
