"""No leak between employers, insurers and citizens: every address of annuities and policies, for every role, of one's own and of others."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from governance.actions import NotVisible, Refusal, registry
from governance.clocks.now import today
from programs.annuities import actions
from programs.annuities.models import Account, Collective, Payout, Plan, Report
from programs.policies.models import Policy, Product
from tests.conftest import BACKEND, remember_choice
from tests.factories import annuities, care, imports, people, policies

pytestmark = pytest.mark.django_db
ROLES = (
    "nobody", "stranger", "member", "other-member", "employer", "other-employer", "keeper", "other-keeper", "trustee", "custodian", "investor", "examiner", "far-examiner",
    "insurer", "rival", "holder", "reviewer",
)  # fmt: skip
# Who reads what; nobody else does, whatever the address. What nobody may guess stands in WORDS.
RUN_IT = {"keeper", "trustee", "custodian", "investor"}
READERS = {
    Plan: {"employer", "examiner", *RUN_IT}, Account: {"member", "employer", "keeper", "trustee"}, Payout: {"member", "keeper", "trustee", "custodian"},
    Report: {"examiner", *RUN_IT}, Collective: {"trustee", "examiner"}, Product: {"insurer", "reviewer"}, Policy: {"insurer", "holder"},
}  # fmt: skip
WORDS = {Plan: "甲企业保密人群", Account: "甲会员某", Payout: "4,321.09", Report: "987,654.32", Collective: "尚未公开集合计划", Product: "尚未公开产品", Policy: "6,543.21"}
ALONG = {Account: READERS[Payout]}  # whoever pays reads whose account it is
IN_THE_ACCOUNT = ("4321.09", "4,321.09", "1234.56", "1,234.56")  # no employer, no trustee, no custodian but on the payout


class World:
    """Two employers with a plan each, two insurers with a policy each, and somebody in every role."""

    def __init__(self) -> None:
        self.users: dict[str, Any] = {"nobody": None, "stranger": people.user(), "examiner": annuities.examiner(), "reviewer": policies.office()}
        self.users["far-examiner"] = care.office(annuities.Duty.EXAMINE_PLANS, name="他市人社局", code="990300000000")
        for role, code in (("examiner", care.CITY), ("reviewer", care.CITY), ("far-examiner", "990300000000")):
            people.mandate(self.users[role].stakeholder, self.users[role].duties[0].duty, code)
        plan, other, who = self._plans()
        account = annuities.account(plan, of=1)
        Account.objects.filter(pk=account.pk).update(name=WORDS[Account])
        annuities.paid(account, employer=Decimal("3086.53"), own=Decimal("1234.56"))
        annuities.paid(annuities.account(other, of=2))
        report = actions.ReportAssets.do(who["custodian_here"], plan, as_of=today(), assets_amount=Decimal("987654.32"))
        account = actions.EndEmployment.do(self.users["employer"], account, left_on=today(), cause="retires")
        payout = actions.GrantPayout.do(who["keeper"], actions.AskForPayout.do(self.users["member"], account, occasion="retirement", way="once"))
        product, policy = self._policies()
        offered = annuities.offered(who["trustee_here"], name=WORDS[Collective])
        self.records = {Plan: plan, Account: account, Payout: payout, Report: report, Collective: offered, Product: product, Policy: policy}
        self.file = imports_of(self.users["employer"], plan)

    def _plans(self) -> tuple[Plan, Plan, dict[str, Any]]:
        mine, theirs = annuities.employer("甲企业"), annuities.employer("乙企业")
        self.users |= {"employer": mine, "other-employer": theirs, } | {role: annuities.member(n) for n, role in enumerate(("member", "other-member"), 1)}
        for role in ("member", "other-member"):
            people.user(self.users[role].stakeholder)
        plan, other = annuities.in_force(mine, covers=WORDS[Plan]), annuities.in_force(theirs)
        who = annuities.run_by(plan)
        self.users |= {"keeper": who["keeper"], "trustee": who["trustee_here"], "custodian": who["custodian_here"], "investor": who["investor_here"]}
        self.users["other-keeper"] = annuities.keeper("他账管公司")
        actions.NameParties.do(theirs, other, trustee_here=None, keeper=self.users["other-keeper"].stakeholder, custodian_here=None, investor_here=None)
        return plan, other, who

    def _policies(self) -> tuple[Product, Policy]:
        insurer, rival = policies.insurer("甲保险"), policies.insurer("乙保险")
        holder, number = policies.person()
        self.users |= {"insurer": insurer, "rival": rival, "holder": holder.user}
        policies.policy(rival)
        return policies.filed(insurer, name=WORDS[Product], name_en=""), policies.policy(insurer, holder_number=number, premium="6543.21", surrender_value="6543.21")

    def client(self, role: str) -> Client:
        """Signed in as this role."""
        client, who = Client(headers={"accept-language": "zh-CN"}), self.users[role]
        body = getattr(who, "stakeholder", None)
        user = who if hasattr(who, "memberships") else people.member(body, "officer") if body is not None and body.kind != "citizen" else getattr(body, "user", None)
        if user is not None:
            client.force_login(user, BACKEND)
            remember_choice(client.session, f"m{user.memberships.get().pk}" if body is not None and body.kind != "citizen" else "")
        return client


def imports_of(company: Any, plan: Plan) -> Any:
    """A file that the employer handed in."""
    row = {"plan": plan.reference, "number": annuities.number(9), "name": "名册中人", "joined_on": (today() - timedelta(days=40)).isoformat()}
    made = actions.ImportAnnuityMembers.do(company, file=imports.file_of([row]))
    imports.work()
    return made


def named(patterns: Any, prefix: str = "") -> Any:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern) and one.name:
            yield prefix + one.name, set(one.pattern.converters)


def without_a_record() -> list[str]:
    """Every address of both programs that is about no single record and not the same for everybody: lists, what begins something."""
    ours = ("annuities:", "policies:", "api:annuities", "api:policies")
    found = [name for name, wants in named(get_resolver().url_patterns) if name.startswith(ours) and name.endswith(("-list", "shares")) and not wants]
    founding = [reverse(f"{app}:act", args=[action.slug]) for app in ("annuities", "policies") for action in registry.founding(app)]
    return sorted({reverse(name) for name in found} | set(founding))


def body_of(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")


def spoken(model: type) -> tuple[str, ...]:
    """What of a record nobody else may see, as pages and as programs spell it."""
    return (WORDS[model], WORDS[model].replace(",", ""), json.dumps(WORDS[model])[1:-1])


@pytest.fixture(scope="module")
def world(django_db_setup: Any, django_db_blocker: Any) -> Any:
    """Made once for all roles, and taken back: reading changes nothing but who read."""
    from django.db import connection, transaction
    from django.utils import translation

    with django_db_blocker.unblock(), translation.override("en"):
        with transaction.atomic():
            yield World()
            transaction.set_rollback(True)
        connection.close()


@pytest.mark.parametrize("role", ROLES)
def test_every_address_tells_a_role_what_is_its_own_and_nothing_else(world, role):
    client = world.client(role)
    for model, record in world.records.items():
        reads = role in READERS[model]
        api = f"/api{record.get_absolute_url()}"
        shown = {address: client.get(address) for address in (record.get_absolute_url(), api)}
        hidden = {302, 401} if role == "nobody" else {404}
        for address, answer in shown.items():
            assert (answer.status_code == 200) if reads else (answer.status_code in hidden | {404}), (address, answer.status_code)
        if reads:
            assert any(word in body_of(answer) for answer in shown.values() for word in spoken(model)), f"{model.__name__}: the test looks for what is never there"
        if not reads:  # one action of each: that no other tells more is tried below, without the pages around it
            address = f"{record.get_absolute_url()}{next(iter(registry.actions_on(model))).slug}/"
            assert client.get(address).status_code in hidden | {404}, address
            assert client.post(f"/api{address}", {}, content_type="application/json").status_code in {401, 404}, address
    addresses = [one for one in without_a_record() if "/do/" not in one or role not in {"nobody", "stranger", "member", "other-member", "holder"}]
    seen = {address: body_of(client.get(address)) for address in addresses}
    for model, readers in READERS.items():
        if role not in readers | ALONG.get(model, set()):
            told = [address for address, body in seen.items() if any(word in body for word in spoken(model))]
            assert not told, f"{model.__name__} is told to {role} at {told}"
    assert (client.get(world.file.get_absolute_url()).status_code == 200) == (role == "employer")


@pytest.mark.parametrize("role", ["employer", "trustee", "custodian", "investor", "examiner"])
def test_nobody_but_member_and_keeper_reads_what_is_in_an_account(world, role):
    client, account = world.client(role), world.records[Account]
    addresses = [account.get_absolute_url(), f"/api{account.get_absolute_url()}", "/annuities/accounts/", "/annuities/accounts/?format=csv", "/api/annuities/accounts/", "/search/?q=甲会员某", "/worklist/"]
    for address in addresses:
        told = body_of(client.get(address))
        assert not any(amount in told for amount in IN_THE_ACCOUNT), address


def test_the_member_reads_what_is_in_it(world):
    """So the test above looks for words that are there."""
    told = body_of(world.client("member").get(world.records[Account].get_absolute_url()))
    assert "4,321.09" in told and "1,234.56" in told


def test_what_one_does_not_read_one_does_not_change(world):
    """The kernel's word for every action: whoever does not read a record and is not responsible for it learns nothing of it."""
    tried = 0
    for role in ROLES:
        who = world.users[role]
        actor = who if hasattr(who, "duties") else care.Acting(who.person if who else None)
        for model, record in world.records.items():
            if role in READERS[model]:
                continue
            for action in registry.actions_on(model):
                with pytest.raises(Refusal) as refused:
                    action.do(actor, record, reason="示例")
                assert isinstance(refused.value, NotVisible) or actor.stakeholder_id is None or action.barred(actor) is not None, (role, action.key)
                tried += 1
    assert tried > 400
