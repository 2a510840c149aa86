"""Every page, in both languages, wide and narrow: it opens, keeps nobody out, and has no error."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import URLResolver, get_resolver, resolve

from governance.actions import CLOCK, Party, registry
from governance.catalogue.models import Parameter
from governance.clocks.now import now
from governance.feedback import actions as feedback_actions
from governance.feedback.models import Inquiry
from governance.ledger.sequencing import sequence
from governance.stakeholders.actors import actor_for
from governance.stakeholders.models import Stakeholder, User
from tests.architecture.examples import EXAMPLES
from tests.factories import care, determinations, entitlements, feedback, imports, insurance, matching, people, policies
from tests.markup import faults_of_feed, faults_of_page

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
    for duty in registry.duties():
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
    batch = imports.hand_in(imports.keeps_register(), imports.file_of([*imports.homes(), imports.homes()[0] | {"kind": "?"}]))
    public = feedback.brought()
    type(public).objects.filter(pk=public.pk).update(public_subject="取暖费怎么收", public_text="收多少", public_answer="按示例办法收", office=office, published_at=now(), published_round=public.round)
    return {"batch": batch, "public": public, "pair": matching.twins(), "account": account, "spell": spell, "owing": owing, "product": product, "product2": product2, "policy": policy, "insurer": people.member(insurer.stakeholder, "administrator", "officer"), "statement": entitlements.statement(citizen), "determination": determinations.asked(care.Acting(citizen.person)), "matter": matter, "rule": rule, "value": Parameter.objects.get(program__code="employee-pension", key="divisor-months"), "home": home, "bed": bed, "reservation": reservation, "event": reservation.events.get(), "citizen": citizen, "provider": provider, "officer": officer, "office": office, "clock": reservation.clocks.get()}


PAGES = {
    "anybody": [
        "/", "/care/homes/", "/care/homes/?q=nothing-is-called-so", "/care/homes/{home.pk}/", "/care/homes/{home.pk}/capacity/",
        "/care/homes/provinces/", "/care/homes/compare/?home={home.pk}", "/responsibilities/", "/stakeholders/", "/stakeholders/{office.pk}/",
        "/api/", "/api/problems/", "/nowhere/", "/verify/", "/verify/?number=0", "/verify/?number=7777", "/ledger/", "/ledger/erasures/", "/periods/", "/periods/GID_ANSWER/", "/periods/calculator/", "/periods/calendar/2026/",
        "/periods/calculator/?rule=GID_ANSWER&on=2026-09-15", "/periods/calculator/?rule=GID_FEE_PAY&on=", "/clocks/{clock.pk}/",
        "/insurance/retirement/?year=1971&month=4&group=women-55&paid_years=12", "/insurance/pension/?wage=8000&index=0.8&paid_years=25&balance=120000&age_years=60", "/insurance/residents-pension/", "/insurance/retirement/schedule/", "/insurance/provinces/", "/catalogue/figures/", "/catalogue/programs/{value.program_id}/figures/", "/insurance/combined-rate/?on=2026-05-01", "/annuities/costs/?payroll=10000000&people=120&employer_rate=7&staff_rate=4&years=20&returns=3", "/annuities/occupational/?base=10000&years=20&returns=3", "/annuities/collectives/",
        "/learning/", "/learning/units/five-insurances/", "/learning/quiz/first/", "/learning/quiz/second/?must-have=1&own-part=0&before-leaving=0", "/learning/finished/",
        "/learning/gaps/", "/learning/gaps/?work=enterprise", "/learning/gaps/?work=platform&show=1&employee-pension=yes&employee-medical=no&work-injury=no",
        "/catalogue/programs/", "/catalogue/called/employee-pension/", "/catalogue/parameters/{value.pk}/", "/catalogue/programs/{value.program_id}/differences/?first=2024-12-31&second=2026-01-01",
        "/policies/products/", "/policies/products/{product.pk}/", "/policies/products/compare/?product={product.pk}&product={product2.pk}", "/policies/shares/", "/matching/how/",
        "/policies/personal-pension/?payment=15000&years=10&rate=3&bracket=3", "/policies/tax-deferred/?wage=10000&payment=900&bracket=10", "/policies/health/", "/policies/group-cover/?budget=40000&payroll=1000000&staff=10&premium=5000",
        "/feedback/new/", "/feedback/follow/", "/feedback/register/", "/feedback/rules/{rule.pk}/", "/feedback/figures/", "/feedback/removals/", "/feedback/supervised/", "/feedback/join/none/", "/search/?q=示例",
        "/account/login/", "/account/signup/", "/account/password/reset/",
        "/account/inactive/", "/account/3rdparty/login/cancelled/", "/account/3rdparty/login/error/", "/periods/calendar/", "/annuities/tax/",
        "/annuities/occupational/", "/feedback/commitments/", "/feedback/rules/", "/ledger/erasures/", "/feedback/register/{public.pk}/", "/catalogue/programs/{value.program_id}/",
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
        "/account/logout/", "/account/2fa/webauthn/", "/account/3rdparty/", "/annuities/accounts/", "/annuities/payouts/", "/insurance/claims/", "/insurance/transfers/",
        "/determinations/do/ask-for-determination/?rule=insurance.when-to-retire", "/households/",
    ],
    "provider": [
        "/insurance/employer/", "/insurance/spells/", "/insurance/statements/{owing.pk}/", "/insurance/do/import-contributions/",
        "/insurance/do/declare-spell/",
        "/annuities/plans/", "/annuities/do/file-plan/", "/annuities/accounts/",
        "/worklist/", "/care/workspace/", "/care/homes/{home.pk}/board/", "/care/homes/{home.pk}/vacancies/", "/care/reservations/",
        "/care/reservations/{reservation.pk}/", "/care/reservations/{reservation.pk}/confirm-reservation/",
        "/care/reservations/{reservation.pk}/decline-reservation/", "/care/homes/{home.pk}/add-beds/", "/memberships/",
        "/stakeholders/{home.provider.pk}/", "/stakeholders/{home.provider.pk}/invite-member/", "/care/do/register-home/", "/notices/", "/imports/",
        "/care/do/import-beds/", "/insurance/statements/", "/annuities/plans/", "/annuities/do/file-plan/",
    ],
    "officer": [
        "/insurance/office/", "/insurance/office/register/", "/insurance/bases/", "/insurance/injury-rates/", "/insurance/corrections/", "/insurance/accounts/", "/insurance/do/draw-up-statement/", "/insurance/spells/{spell.pk}/",
        "/feedback/matters/", "/feedback/matters/?whose=all", "/feedback/matters/{matter.pk}/", "/feedback/matters/{matter.pk}/draft-answer/",
        "/feedback/matters/{matter.pk}/ask-co-handler/", "/feedback/do/register-matter/", "/feedback/do/propose-routing-rule/", "/feedback/rules/{rule.pk}/", "/feedback/matters/{matter.pk}/bar-from-matter/",
        "/feedback/matters/{matter.pk}/split-matter/", "/feedback/desk/calendar/", "/feedback/desk/handover/", "/feedback/desk/callbacks/", "/feedback/wordings/",
        "/matching/pairs/", "/matching/pairs/{pair.pk}/", "/matching/pairs/{pair.pk}/confirm-same/",
        "/worklist/", "/notices/letters/", "/dates/", "/counter/", "/households/", "/care/workspace/", "/stakeholders/{home.provider.pk}/grant-mandate/",
        "/annuities/collectives/", "/annuities/reports/", "/catalogue/do/propose-program/", "/imports/{batch.pk}/problems/", "/imports/{batch.pk}/rows/new/", "/determinations/all/",
    ],
}  # fmt: skip


# Addresses that no walk through the pages opens, and why.
A_FILE, LEADS_ON, ONLY_SENT = "a file, a feed or a picture", "leads on to another page", "answers only what a form sends"
WALKED = "opened with what it needs, and looked at, in "
ELSEWHERE = {
    **dict.fromkeys(
        ["notices:feed", "promises:feed", "receipts:file", "receipts:pdf", "receipts:qr", "entitlements:statement-file", "entitlements:statement-pdf",
         "feedback:register-feed", "feedback:public-feed", "receipts:tombstone", "feedback:file", "notices:letter", "imports:import-template", "care:home-file", "mfa_download_recovery_codes"], A_FILE,
    ),
    **dict.fromkeys(
        ["web:language", "notices:open", "openid_connect_login", "openid_connect_callback", "account_email_verification_sent", "account_set_password",
         "account_password_reset_completed", "account_confirm_login_code", "socialaccount_signup", "insurance:mine"], LEADS_ON,
    ),
    **dict.fromkeys(["stakeholders:switch", "feedback:following", "feedback:give", "feedback:answer-many", "annuities:checks"], ONLY_SENT),
    **dict.fromkeys(
        ["account_confirm_password_reset_code", "account_complete_password_reset", "account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate",
         "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_add_webauthn",
         "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn"], f"{WALKED}tests/signin",
    ),
    **dict.fromkeys(["feedback:intake", "feedback:sent", "feedback:rate", "feedback:asked"], f"{WALKED}tests/feedback"),
}  # fmt: skip
OF_MACHINES = ("api:", "ledger:", "open311:", "receipts:feed", "demonstration")  # and the demonstration's own, which no installation has


def test_every_address_is_opened_or_says_why_not():
    opened = {resolve(re.sub(r"\{[^}]+\}", number, address).partition("?")[0]).view_name for one in PAGES.values() for address in one for number in numbers(address)}
    opened |= {f"{model._meta.app_label}:{model._meta.model_name}-{what}" for model in registry.records() for what in ("detail", "act")}  # below
    there = {name for name in named(get_resolver()) if not name.startswith(OF_MACHINES)}
    assert there - opened - set(ELSEWHERE) == set(), "put the page into PAGES, or say in ELSEWHERE why it is not opened"
    assert set(ELSEWHERE) <= there - opened, "these are opened, or not there any more"


def numbers(address: str) -> list[str]:
    """What stands for a record: a number, or for some a long one."""
    long = "00000000-0000-0000-0000-000000000001"
    return [] if address == "/nowhere/" else [long if "{clock" in address or "{event" in address else "1"]


def named(patterns, prefix=""):
    """Every name that an address has."""
    for one in patterns.url_patterns:
        if isinstance(one, URLResolver):
            yield from named(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif one.name:
            yield prefix + one.name


# Both languages and both widths are seen, not each with each: what a page is called does not change how wide it is.
SEEN = pytest.mark.parametrize(("language", "width"), [("zh-CN", 1280), ("en", 390)])
PARSED_AT = 1280  # the pages are the same markup in both widths
NARROWEST = 320  # of a telephone, and of a wide screen enlarged to 400 %


TROUBLE = {"/nowhere/": 404, "/feedback/join/none/": 410, "/account/3rdparty/login/error/": 401}  # these pages tell of it


def examine(page, accessible, address):
    """What is wrong with a page, if anything."""
    answer = page.goto(address)
    if answer.status != TROUBLE.get(address, 200):
        return f"{address}: {answer.status}"
    if page.viewport_size["width"] == PARSED_AT and (faults := faults_of_page(answer.text())):
        return f"{address}: {faults[:5]}"
    try:
        accessible(page)
    except AssertionError as problem:
        return str(problem)
    before = page.viewport_size
    page.set_viewport_size(before | {"width": NARROWEST})
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size(before)
    return "" if fits else f"{page.url} scrolls sideways where it is {NARROWEST} wide"


@SEEN
@pytest.mark.parametrize("role", PAGES)
def test_every_page_keeps_nobody_out(visit, accessible, world, role, language, width):
    page = visit(world.get(role), language=language, width=width)
    wrong = [examine(page, accessible, address.format(**world)) for address in PAGES[role]]
    assert not any(wrong), "\n".join(filter(None, wrong))


@SEEN
def test_every_kind_of_record_and_what_can_be_done_keep_nobody_out(visit, accessible, language, width):
    """As the party who may do most on it: its page, and the forms of the first things it may do."""
    office = care.stakeholder("government", "government-authority", "示例市人民政府")
    for duty in registry.duties():
        people.mandate(office, duty)
    all_duties = people.member(office, "administrator", "officer")
    wrong, unread = [], set()
    for model, make in EXAMPLES.items():
        record, who, possible = make(), None, []
        for user in (all_duties, *parties(model, record)):
            found = model.objects.visible_to(actor_for(user, None)).with_actions(actor_for(user, None)).filter(pk=record.pk).first()
            if found is not None and (who is None or len(found.available) > len(possible)):
                who, possible = user, found.available
        if who is None:
            unread.add(model)
            continue
        page = visit(who, language=language, width=width)
        for address in (record.get_absolute_url(), *(f"{record.get_absolute_url()}{action.slug}/" for action in possible[:FORMS])):
            wrong.append(examine(page, accessible, address))
        page.context.close()
    assert not any(wrong), "\n".join(filter(None, wrong))
    assert unread == READ_BY_A_LINK


READ_BY_A_LINK = {Inquiry}  # by somebody who was asked, without an account: looked at in tests/feedback
FORMS = 3  # of one record; what they are made of is the same for all


def parties(model, record):
    """Somebody for everybody whom a field of the record names."""
    for path in (reason.path for reason in model.readers.reasons() if isinstance(reason, Party)):
        one = record
        for step in path.split("__") if path != "pk" else ():
            one = getattr(one, step, None)
        if isinstance(one, Stakeholder):
            yield (User.objects.filter(person=one).first() or people.user(one)) if one.is_citizen else people.member(one, "administrator", "officer")


FEEDS = ("/feedback/register/register.atom", "/feedback/register/{public.pk}/matter.atom", "/public.atom", "/ledger/checkpoints.atom")


@pytest.mark.parametrize("address", FEEDS)
def test_every_feed_is_as_its_standard_says(client, world, address):
    sequence()
    answer = client.get(address.format(**world))
    assert answer.status_code == 200 and answer["Content-Type"].startswith("application/atom+xml")
    assert faults_of_feed(answer.content) == []


def test_what_is_badly_made_is_noticed():
    fine = "<!doctype html><html lang=en><title>x</title><p id=a>"
    assert faults_of_page(fine) == []
    for bad in ('<input class="a" class="b">', "<p id=a>", '<time datetime="2026-12-01T00:00:00.123456Z">x</time>', "<table><p>x</table>", "</div>"):
        assert faults_of_page(fine + bad), bad
