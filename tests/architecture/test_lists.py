"""No list asks the database more often for many rows than for few; every list address is looked at."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from governance.catalogue.models import Parameter, Program
from governance.determinations.models import Determination
from governance.determinations.vocabulary import Duty as DeterminationDuty
from governance.feedback.models import Commitment, Inquiry, Matter, Removal, RoutingRule, Supervision, Supporter, Task, Wording
from governance.feedback.vocabulary import Duty as FeedbackDuty
from governance.imports.models import Import
from governance.matching.models import Pair
from governance.matching.vocabulary import Duty as MatchingDuty
from governance.stakeholders.models import Delegation, Household, Mandate, Membership, Stakeholder
from governance.stakeholders.vocabulary import Duty
from programs.annuities.models import Account, Collective, Payout, Plan, Report
from programs.annuities.vocabulary import Duty as AnnuityDuty
from programs.care.models import Bed, Home, Reservation
from programs.care.vocabulary import Duty as CareDuty
from programs.insurance.models import Base, Claim, Correction, InjuryRate, Insured, Spell, Statement, Transfer
from programs.insurance.vocabulary import Duty as InsuranceDuty
from programs.policies.models import Policy, Product
from tests.architecture import examples
from tests.architecture.examples import EXAMPLES
from tests.factories import care, people

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FEW, MANY = 3, 30
# What a list address shows. Those that are about the reader say so.
SHOWS = {
    "annuities:plan-list": Plan, "api:annuities-plan-list": Plan,
    "annuities:account-list": Account, "annuities:payout-list": Payout, "api:annuities-account-list": Account, "api:annuities-payout-list": Payout,
    "annuities:collective-list": Collective, "annuities:report-list": Report, "api:annuities-collective-list": Collective, "api:annuities-report-list": Report,
    "matching:pair-list": Pair, "api:matching-pair-list": Pair,
    "determinations:determination-list": Determination, "api:determinations-determination-list": Determination,
    "care:home-list": Home, "care:reservation-list": Reservation, "imports:import-list": Import,
    "insurance:insured-list": Insured, "insurance:spell-list": Spell, "insurance:statement-list": Statement, "insurance:transfer-list": Transfer, "insurance:claim-list": Claim,
    "api:insurance-insured-list": Insured, "api:insurance-spell-list": Spell, "api:insurance-statement-list": Statement, "api:insurance-transfer-list": Transfer,
    "api:insurance-claim-list": Claim, "insurance:base-list": Base, "insurance:injuryrate-list": InjuryRate, "insurance:correction-list": Correction,
    "api:insurance-base-list": Base, "api:insurance-injuryrate-list": InjuryRate, "api:insurance-correction-list": Correction,
    "policies:product-list": Product, "policies:policy-list": Policy, "api:policies-product-list": Product, "api:policies-policy-list": Policy,
    "catalogue:program-list": Program, "api:catalogue-program-list": Program, "api:catalogue-parameter-list": Parameter,
    "stakeholders:stakeholder-list": Stakeholder, "stakeholders:membership-list": Membership,
    "stakeholders:delegation-list": Delegation, "stakeholders:household-list": Household,
    "api:imports-import-list": Import, "api:care-home-list": Home, "api:care-bed-list": Bed, "api:care-reservation-list": Reservation,
    "feedback:wording-list": Wording, "feedback:removal-list": Removal, "api:feedback-removal-list": Removal,
    "feedback:routingrule-list": RoutingRule, "feedback:commitment-list": Commitment,
    "feedback:matter-list": Matter, "api:feedback-matter-list": Matter, "api:feedback-task-list": Task, "api:feedback-routingrule-list": RoutingRule,
    "api:feedback-commitment-list": Commitment, "api:feedback-supervision-list": Supervision,
    "api:feedback-inquiry-list": Inquiry, "api:feedback-supporter-list": Supporter,
    "api:stakeholders-stakeholder-list": Stakeholder, "api:stakeholders-membership-list": Membership,
    "api:stakeholders-mandate-list": Mandate, "api:stakeholders-delegation-list": Delegation,
    "api:stakeholders-household-list": Household, "api:stakeholders-area-list": None, "notices:notice-list": None, "promises:rule-list": None,
}  # fmt: skip


def list_addresses() -> list[str]:
    def walk(patterns, prefix=""):
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix)
            elif isinstance(one, URLPattern) and (one.name or "").endswith("-list"):
                yield prefix + one.name

    return sorted(set(walk(get_resolver().url_patterns)))


def test_every_list_is_looked_at():
    assert set(list_addresses()) <= set(SHOWS), "add the new list to SHOWS"


@pytest.mark.parametrize("address", [name for name, model in SHOWS.items() if model is not None])
def test_many_rows_cost_as_many_statements_as_few(client, address):
    office = care.stakeholder("government", "government-authority", "示例市民政局")
    care.area(care.CITY, "示例市")
    for duty in (*Duty, *CareDuty, *FeedbackDuty, *AnnuityDuty, *InsuranceDuty, *DeterminationDuty, *MatchingDuty):
        people.mandate(office, duty)
    user = people.member(office, "administrator", "officer")
    client.force_login(user, backend=BACKEND)
    model, counts = SHOWS[address], []
    for number in (FEW, MANY - FEW):
        for _ in range(number):
            make(model, office, user)
        client.get(reverse(address))  # what is looked up once and kept
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(reverse(address))
        assert answer.status_code == 200
        counts.append(len(captured))
    assert counts[1] <= counts[0], "\n".join(query["sql"][:200] for query in captured.captured_queries)


def make(model, office, user):
    """One more row that this office sees."""
    if model is Membership:
        return people.member(office)
    if model is Delegation:
        return examples._delegation(office)
    if model is Import:
        return examples._import()
    return EXAMPLES[model]()
