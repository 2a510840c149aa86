"""An example of every kind of record, and who may see a list of it: for tests that hold for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from governance.catalogue.models import Parameter, Program
from governance.clocks.now import today
from governance.determinations.models import Determination
from governance.entitlements.models import Statement
from governance.feedback.models import Commitment, Inquiry, Matter, Removal, RoutingRule, Supervision, Supporter, Task, Wording
from governance.imports.models import Import
from governance.matching.models import Pair
from governance.stakeholders.models import Delegation, Household, Mandate, Membership, Stakeholder
from governance.stakeholders.vocabulary import Duty
from programs.annuities.models import Account, Collective, Payout, Plan, Report
from programs.care.models import Bed, Home, Reservation
from programs.insurance.models import Base, Claim, Correction, InjuryRate, Insured, Spell, Transfer
from programs.insurance.models import Statement as Owing
from programs.policies.models import Policy, Product
from tests.factories import (
    annuities,
    care,
    catalogue,
    determinations,
    entitlements,
    feedback,
    imports,
    insurance,
    matching,
    people,
    policies,
)


def _membership() -> Membership:
    organisation = care.stakeholder("social", "social-care", "示例中心")
    return Membership.objects.create(stakeholder=organisation, area=organisation.area, invited_email=f"{organisation.pk}@example.invalid", roles=["reader"])


def _delegation(principal: Stakeholder | None = None) -> Delegation:
    person = principal or care.stakeholder("citizen", "citizen-person", "示例居民")
    return Delegation.objects.create(principal=person, area=person.area, delegate_email="x@example.invalid", scopes=["*"], starts_on=today())


def _household() -> Household:
    person = care.stakeholder("citizen", "citizen-person", "示例居民")
    made = Household.objects.create(head=person, area=person.area)
    made.members.create(name=person.name, relation="self", since=today())
    return made


def _import() -> Import:
    from programs.care import actions

    return actions.ImportHomes.do(imports.keeps_register(), file=imports.file_of(imports.homes()), area=care.area(care.CITY, "示例市"))


EXAMPLES: dict[type, Callable[[], Any]] = {
    Bed: care.bed,
    Base: insurance.new_base,
    Claim: insurance.claim,
    Correction: insurance.correction,
    InjuryRate: insurance.injury_rate,
    Commitment: feedback.commitment,
    Delegation: _delegation,
    Determination: determinations.asked,
    Home: care.home,
    Household: _household,
    Import: _import,
    Mandate: lambda: people.mandate(care.stakeholder("government", "government-authority", "示例局"), Duty.VERIFY_IDENTITIES),
    Inquiry: feedback.inquiry,
    Insured: insurance.insured,
    Matter: feedback.brought,
    Membership: _membership,
    Parameter: catalogue.value,
    Pair: matching.twins,
    Account: annuities.account,
    Payout: annuities.payout,
    Plan: annuities.plan,
    Collective: annuities.offered,
    Report: annuities.report,
    Policy: policies.policy,
    Product: policies.filed,
    Program: catalogue.program,
    Removal: feedback.removal,
    Reservation: care.asks,
    RoutingRule: feedback.rule,
    Owing: insurance.statement,
    Spell: insurance.spell,
    Statement: entitlements.statement,
    Stakeholder: lambda: care.stakeholder("social", "social-care", "示例中心"),
    Supervision: feedback.supervision,
    Supporter: feedback.supporter,
    Task: feedback.task,
    Transfer: insurance.transfer,
    Wording: feedback.wording,
}
