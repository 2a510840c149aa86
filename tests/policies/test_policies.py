"""Policies: found by the keyed number, read by holder and insurer only, kept apart while nobody is found."""

from datetime import timedelta
from decimal import Decimal

import pytest

from governance.actions import NotVisible, Refused
from governance.clocks.now import today
from programs.policies import actions, matching
from programs.policies.models import Policy
from tests.factories import care, policies

pytestmark = pytest.mark.django_db


def test_the_holder_is_found_and_the_numbers_are_not_kept():
    who, number = policies.person()
    policy = policies.policy(holder_number=number.lower(), policy_number="ab-2024 778899")
    assert policy.holder == who and policy.number_tail == "8899"
    kept = str(Policy.objects.filter(pk=policy.pk).values().get()) + str(list(policy.events.values()))
    assert number not in kept and "778899" not in kept
    assert "3600" not in str(list(policy.events.values("changes"))), "what somebody pays stands in no event"


def test_whoever_is_not_verified_is_not_found_until_they_are():
    who, number = policies.person(verified=False)
    type(who).objects.filter(pk=who.pk).update(identity_verified_at=None)
    insurer = policies.insurer()
    policy = policies.policy(insurer, holder_number=number)
    assert policy.holder is None
    with pytest.raises(Refused):
        actions.LookForHolder.do(insurer, policy)
    type(who).objects.filter(pk=who.pk).update(identity_verified_at=policy.created_at)
    assert actions.LookForHolder.do(insurer, policy).holder == who


def test_nobody_but_holder_and_insurer_reads_a_policy():
    who, number = policies.person()
    insurer = policies.insurer()
    found, apart = policies.policy(insurer, holder_number=number), policies.policy(insurer, holder_number=policies.identity_number())
    readers = {
        "holder": care.Acting(who), "insurer": insurer, "rival": policies.insurer(), "other": care.citizen(), "office": policies.office(), "home": care.provider(),
        "nobody": care.Acting(None),
    }  # fmt: skip
    seen = {name: set(Policy.objects.visible_to(actor).values_list("pk", flat=True)) for name, actor in readers.items()}
    assert seen == {"holder": {found.pk}, "insurer": {found.pk, apart.pk}, "rival": set(), "other": set(), "office": set(), "home": set(), "nobody": set()}
    for name in ("rival", "other", "office", "home"):
        with pytest.raises(NotVisible):
            actions.EndPolicy.do(readers[name], found, reason="x")


def test_a_policy_given_to_the_wrong_person_moves():
    wrong, number = policies.person()
    right, other = policies.person()
    insurer = policies.insurer()
    policy = policies.policy(insurer, holder_number=number)
    moved = actions.CorrectHolder.do(insurer, policy, reason="录入错误。", holder_number=other)
    assert moved.holder == right and not Policy.objects.visible_to(care.Acting(wrong)).exists()


def test_group_cover_belongs_to_the_firm():
    firm = care.stakeholder("enterprise", "enterprise-employer", "示例机械", uscc="91990000MADEM0011K")
    insurer = policies.insurer()
    policy = policies.policy(insurer, policies.on_sale(insurer, kind="group"), "91990000MADEM0011K", insured="staff")
    assert policy.holder == firm
    assert Policy.objects.group_cover()["firms"] == 1


@pytest.mark.parametrize("number", ["", "123", "990000196001010010", "99000019600101001Z"])
def test_a_wrong_number_is_refused(number):
    with pytest.raises(Refused) as refused:
        policies.policy(holder_number=number or "1")
    assert refused.value.field == "holder_number"


def test_a_policy_is_registered_once_and_its_figures_only_get_newer():
    insurer = policies.insurer()
    policy = policies.policy(insurer, policy_number="A-1 000")
    with pytest.raises(Refused, match="registered already"):
        policies.policy(insurer, policy.product, policy_number="a1000")
    assert policies.policy(policies.insurer(), policy_number="A-1 000"), "another insurer may use the same number"
    told = {name: value for name, value in policies.figures(premium=Decimal("3700")).items() if name in {*actions.policies.TOLD}}
    assert actions.UpdatePolicy.do(insurer, policy, **told).premium == 3700
    for wrong in (today() - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(Refused):
            actions.UpdatePolicy.do(insurer, policy, **told | {"as_of": wrong})


def test_an_insurer_registers_policies_of_its_own_products_only():
    with pytest.raises(Refused):
        policies.policy(policies.insurer(), policies.on_sale())


def test_lapsed_revived_ended():
    insurer = policies.insurer()
    policy = policies.policy(insurer)
    assert actions.LapsePolicy.do(insurer, policy, reason="未缴费。").state == "lapsed"
    assert actions.RevivePolicy.do(insurer, policy).state == "in-force"
    assert actions.EndPolicy.do(insurer, policy, reason="满期。").state == "ended"


def test_the_share_of_long_term_inclusive_business():
    insurer = policies.insurer()
    long, short = policies.on_sale(insurer), policies.on_sale(insurer, kind="accident", term_years=1, inclusive=True)
    policies.policy(insurer, long, premium="300", payment="monthly")
    policies.policy(insurer, short, premium="1200")
    policies.policy(insurer, long, premium="24000", payment="single")
    row = Policy.objects.shares()[0]
    assert (row["policies"], row["all"], row["inclusive"]) == (3, Decimal("7200.00"), Decimal("6000.00"))


def test_little_of_a_short_number_is_shown():
    assert [matching.tail(one) for one in ("12345678", "1234", "1", "")] == ["5678", "34", "", ""]
