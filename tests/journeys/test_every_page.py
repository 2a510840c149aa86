"""Every page, in both languages, wide and narrow: it opens, keeps nobody out, and has no error."""

from __future__ import annotations

from datetime import date

import pytest

from governance.actions import CLOCK
from governance.catalogue.models import Parameter
from governance.feedback import actions as feedback_actions
from governance.feedback.vocabulary import Duty as FeedbackDuty
from governance.ledger.sequencing import sequence
from governance.matching.vocabulary import Duty as MatchingDuty
from governance.stakeholders.vocabulary import Duty
from programs.care.vocabulary import Duty as CareDuty
from programs.insurance.vocabulary import Duty as InsuranceDuty
from tests.factories import care, determinations, entitlements, feedback, insurance, matching, people, policies

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    """A little of everything, with long names."""
    home = care.home(name="示例城东新区第一社会福利院暨失能失智长者照护与康复服务指导中心（松风分院）")
    bed, _second = care.beds(home, 2)
    care.reports(home)
    citizen = entitlements.citizen(date(1975, 3, 1), male=True)
    reservation = care.asks(care.Acting(citizen.person), bed)
    sequence()
    office = care.stakeholder("government", "government-authority", "示例市民政局")
    for duty in (*Duty, *CareDuty, *FeedbackDuty, *InsuranceDuty, *MatchingDuty):
        people.mandate(office, duty)
    provider = people.member(home.provider, "administrator", "officer")
    officer = people.member(office, "administrator", "officer")
    matter = feedback_actions.RouteMatter.do(CLOCK, feedback.brought(care.Acting(citizen.person)))
    feedback_actions.KeepMatter.do(CLOCK, matter)
    rule = feedback.rule()
    account = insurance.insured(citizen.person)
    spell = insurance.spell(account, care.Acting(home.provider))
    insurance.pays(account, care.Acting(home.provider))
    owing = insurance.statement(care.Acting(home.provider))
    insurer = policies.insurer("示例城东新区第一养老健康保险股份有限公司")
    product, product2 = policies.on_sale(insurer), policies.on_sale(insurer, kind="medical")
    policy = policies.policy(insurer, product, citizen.person.identity.number())
    return {"pair": matching.twins(), "account": account, "spell": spell, "owing": owing, "product": product, "product2": product2, "policy": policy, "insurer": people.member(insurer.stakeholder, "administrator", "officer"), "statement": entitlements.statement(citizen), "determination": determinations.asked(care.Acting(citizen.person)), "matter": matter, "rule": rule, "value": Parameter.objects.get(program__code="employee-pension", key="divisor-months"), "home": home, "bed": bed, "reservation": reservation, "event": reservation.events.get(), "citizen": citizen, "provider": provider, "officer": officer, "office": office, "clock": reservation.clocks.get()}


PAGES = {
    "anybody": [
        "/", "/care/homes/", "/care/homes/?q=nothing-is-called-so", "/care/homes/{home.pk}/", "/care/homes/{home.pk}/capacity/",
        "/care/homes/provinces/", "/care/homes/compare/?home={home.pk}", "/responsibilities/", "/stakeholders/", "/stakeholders/{office.pk}/",
        "/api/", "/api/problems/", "/nowhere/", "/verify/", "/verify/?number=0", "/verify/?number=7777", "/ledger/", "/ledger/erasures/", "/periods/", "/periods/GID_ANSWER/", "/periods/calculator/", "/periods/calendar/2026/",
        "/periods/calculator/?rule=GID_ANSWER&on=2026-09-15", "/periods/calculator/?rule=GID_FEE_PAY&on=", "/clocks/{clock.pk}/",
        "/insurance/retirement/?year=1971&month=4&group=women-55&paid_years=12", "/insurance/pension/?wage=8000&index=0.8&paid_years=25&balance=120000&age_years=60", "/insurance/residents-pension/", "/insurance/retirement/schedule/", "/insurance/provinces/", "/catalogue/figures/", "/catalogue/programs/{value.program_id}/figures/", "/insurance/combined-rate/?on=2026-05-01", "/annuities/costs/?payroll=10000000&people=120&employer_rate=7&staff_rate=4&years=20&returns=3",
        "/learning/", "/learning/units/five-insurances/", "/learning/quiz/first/", "/learning/quiz/second/?must-have=1&own-part=0&before-leaving=0", "/learning/finished/",
        "/learning/gaps/", "/learning/gaps/?work=enterprise", "/learning/gaps/?work=platform&show=1&employee-pension=yes&employee-medical=no&work-injury=no",
        "/catalogue/programs/", "/catalogue/called/employee-pension/", "/catalogue/parameters/{value.pk}/", "/catalogue/programs/{value.program_id}/differences/?first=2024-12-31&second=2026-01-01",
        "/policies/products/", "/policies/products/{product.pk}/", "/policies/products/compare/?product={product.pk}&product={product2.pk}", "/policies/shares/", "/matching/how/",
        "/policies/personal-pension/?payment=15000&years=10&rate=3&bracket=3", "/policies/tax-deferred/?wage=10000&payment=900&bracket=10", "/policies/health/", "/policies/group-cover/?budget=40000&payroll=1000000&staff=10&premium=5000",
        "/feedback/new/", "/feedback/follow/", "/feedback/register/", "/feedback/rules/{rule.pk}/", "/feedback/figures/", "/feedback/removals/", "/feedback/supervised/", "/feedback/join/none/", "/search/?q=示例",
        "/account/login/", "/account/signup/", "/account/password/reset/",
    ],
    "insurer": [
        "/policies/products/?stage=review", "/policies/policies/", "/policies/policies/?match=apart", "/policies/policies/{policy.pk}/", "/policies/do/file-product/", "/policies/do/file-product/?kind=medical",
        "/policies/do/register-policy/", "/policies/do/import-policies/", "/policies/products/{product.pk}/file-new-version/",
    ],
    "citizen": [
        "/policies/policies/", "/policies/policies/{policy.pk}/",
        "/learning/gaps/?work=enterprise&known=on", "/insurance/accounts/{account.pk}/", "/insurance/accounts/{account.pk}/claim-benefit/", "/insurance/pension/",
        "/", "/me/", "/me/accesses/", "/receipts/{event.pk}/", "/dates/", "/me/tokens/", "/care/reservations/", "/care/reservations/{reservation.pk}/", "/care/beds/{bed.pk}/reserve-bed/",
        "/care/reservations/{reservation.pk}/withdraw-reservation/", "/delegations/", "/do/let-somebody-act/", "/do/declare-household/",
        "/do/register-organisation/", "/care/homes/{home.pk}/ask-for-place/",
        "/determinations/all/", "/determinations/all/{determination.pk}/", "/feedback/matters/", "/feedback/matters/{matter.pk}/", "/feedback/matters/{matter.pk}/withdraw-matter/", "/feedback/matters/{matter.pk}/share-matter/",
        "/me/entitlements/", "/me/entitlements/?paid_years=20&balance=120000&wage=8000&residents_years=3&residents_balance=900&later=12", "/me/entitlements/?later=99", "/me/entitlements/household/",
        "/me/entitlements/do/issue-statement/", "/me/entitlements/statements/{statement.pk}/",
        "/notices/", "/notices/choices/", "/account/email/", "/account/2fa/", "/account/sessions/", "/account/password/change/",
    ],
    "provider": [
        "/insurance/employer/", "/insurance/spells/", "/insurance/statements/{owing.pk}/", "/insurance/do/import-contributions/",
        "/insurance/do/declare-spell/",
        "/worklist/", "/care/workspace/", "/care/homes/{home.pk}/board/", "/care/homes/{home.pk}/vacancies/", "/care/reservations/",
        "/care/reservations/{reservation.pk}/", "/care/reservations/{reservation.pk}/confirm-reservation/",
        "/care/reservations/{reservation.pk}/decline-reservation/", "/care/homes/{home.pk}/add-beds/", "/memberships/",
        "/stakeholders/{home.provider.pk}/", "/stakeholders/{home.provider.pk}/invite-member/", "/care/do/register-home/", "/notices/", "/imports/",
        "/care/do/import-beds/",
    ],
    "officer": [
        "/insurance/office/", "/insurance/accounts/", "/insurance/do/draw-up-statement/", "/insurance/spells/{spell.pk}/",
        "/feedback/matters/", "/feedback/matters/?whose=all", "/feedback/matters/{matter.pk}/", "/feedback/matters/{matter.pk}/draft-answer/",
        "/feedback/matters/{matter.pk}/ask-co-handler/", "/feedback/do/register-matter/", "/feedback/do/propose-routing-rule/", "/feedback/rules/{rule.pk}/", "/feedback/matters/{matter.pk}/bar-from-matter/",
        "/feedback/matters/{matter.pk}/split-matter/", "/feedback/desk/calendar/", "/feedback/desk/handover/", "/feedback/desk/callbacks/", "/feedback/wordings/",
        "/matching/pairs/", "/matching/pairs/{pair.pk}/", "/matching/pairs/{pair.pk}/confirm-same/",
        "/worklist/", "/notices/letters/", "/dates/", "/counter/", "/households/", "/care/workspace/", "/stakeholders/{home.provider.pk}/grant-mandate/"],
}  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("role", PAGES)
def test_every_page_keeps_nobody_out(visit, accessible, world, role, language, width):
    page = visit(world.get(role), language=language, width=width)
    wrong = []
    for address in PAGES[role]:
        answer = page.goto(address.format(**world))
        if answer.status not in (200, 404, 410) or (answer.status == 404) != (address == "/nowhere/"):
            wrong.append((address, answer.status))
            continue
        try:
            accessible(page)
        except AssertionError as problem:
            wrong.append(str(problem))
    assert not wrong, "\n".join(map(str, wrong))
