"""Signing in, as people meet it: in a browser, wide and narrow, in both languages."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail

from governance.stakeholders.models import User
from tests.factories import people
from tests.factories.care import area, stakeholder
from tests.signin.conftest import PASSWORD, SECRET, code, sent_code

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("width", [1280, 390])
BOTH_WAYS = pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en", 1280)])
LANGUAGES = pytest.mark.parametrize("language", ["zh-CN", "en"])


@pytest.fixture
def officer():
    who = people.account(password=PASSWORD)
    for name in ("示例市民政局", "示例松风养老服务中心"):
        people.member(stakeholder("government", "government-authority", name), "officer", of=who, with_second_factor=False)
    people.second_factor(who, SECRET)
    return who


def fill_in(page, **typed):
    for name, text in typed.items():
        page.fill(f"#id_{name}", text)
    page.click("main form .govuk-button:not([data-module]) >> nth=0")


@SIZES
@LANGUAGES
def test_an_officer_signs_in_with_a_second_factor_and_switches(visit, accessible, officer, language, width):
    page = visit(language=language, width=width)
    page.goto("/worklist/")
    assert "/account/login/" in page.url
    accessible(page)
    fill_in(page, login=officer.username, password=PASSWORD)
    assert page.url.endswith("/account/2fa/authenticate/")
    accessible(page)
    fill_in(page, code=code())
    assert page.url.endswith("/worklist/")
    accessible(page)
    other = page.locator("#acting option:not([selected])", has_text=re.compile("示例")).first.get_attribute("value")
    page.select_option("#acting", other)
    page.click(".acting button")
    assert urlsplit(page.url).path == "/", "for oneself one begins on the first page"
    page.goto("/worklist/")
    assert page.locator("#acting").input_value() == other


@BOTH_WAYS
def test_wrong_passwords_lead_to_a_clear_sentence_and_a_way_out(visit, accessible, language, width):
    who = people.account(password=PASSWORD)
    page = visit(language=language, width=width)
    page.goto("/account/login/")
    for _ in range(5):
        fill_in(page, login=who.username, password="wrong")
    assert page.input_value("#id_login") == who.username, "what was typed is kept"
    accessible(page)
    fill_in(page, login=who.username, password=PASSWORD)
    said = page.inner_text(".govuk-error-summary")
    assert ("15 分钟" if language == "zh-CN" else "quarter of an hour") in said
    accessible(page)
    page.click("a[href='/account/password/reset/']")
    fill_in(page, email=who.email)
    accessible(page)
    assert mail.outbox[-1].to == [who.email]


@BOTH_WAYS
def test_a_citizen_opens_an_account(visit, accessible, language, width):
    area("990199000000", "新区")
    page = visit(language=language, width=width)
    page.goto("/")
    page.click(".masthead .signin")
    page.click("main a[href^='/account/signup/']")
    accessible(page)
    fill_in(page, name="王示例", place="不知何处", email="wang@example.invalid", password1="短")
    assert page.locator(".govuk-error-message").count() == 2
    accessible(page)
    fill_in(page, place="新区", password1=PASSWORD)
    accessible(page)
    fill_in(page, code=sent_code())
    assert page.locator(".account-name").inner_text().strip() == "王示例"
    assert User.objects.get().language == ("en" if language == "en" else "zh-hans")
    page.click(".account-links a[href='/account/logout/']")
    accessible(page)
    page.click("main .govuk-button")
    assert page.locator(".masthead a.signin").is_visible()


def test_all_of_it_works_without_script(visit, officer):
    page = visit(javascript=False)
    page.goto("/account/login/")
    fill_in(page, login=officer.email, password=PASSWORD)
    fill_in(page, code=code())
    assert page.url.endswith("/worklist/")


def test_a_security_key_is_added_and_signs_in(visit, accessible, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    who = people.account(password=PASSWORD)
    page = visit()
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/account/login/")
    fill_in(page, login=who.username, password=PASSWORD)
    page.goto("/account/2fa/webauthn/add/")
    fill_in(page, password=PASSWORD)
    accessible(page)
    page.click("#key_button")
    page.wait_for_url("**/recovery-codes/")
    accessible(page)
    assert page.locator(".codes li").count() == 10
    page.goto("/account/2fa/webauthn/")
    accessible(page)
    page.goto("/account/logout/")
    page.click("main .govuk-button")
    page.goto("/account/login/")
    fill_in(page, login=who.username, password=PASSWORD)
    page.click("#key_button")
    page.wait_for_selector(".account-name")


@BOTH_WAYS
def test_the_pages_of_an_account_keep_nobody_out(visit, accessible, language, width):
    who = people.account(password=PASSWORD)
    page = visit(who, language=language, width=width)
    for address in ("/account/email/", "/account/password/change/", "/account/2fa/", "/account/sessions/", "/notices/", "/account/logout/"):
        page.goto(address)
        accessible(page)
    page.goto("/account/2fa/totp/activate/")
    accessible(page)
    fill_in(page, password=PASSWORD)
    accessible(page)
    assert page.locator("img.totp").is_visible()
