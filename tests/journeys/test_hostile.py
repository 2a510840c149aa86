"""Whatever is sent to whichever address, nothing of ours breaks and nothing that cannot be read is kept.

``HOSTILE=20 pytest tests/journeys/test_hostile.py`` sends twenty times as much; what is sent follows from the seed.
"""

from __future__ import annotations

import json
import os
import random

import pytest
from django.test import Client

from governance.actions import registry
from governance.stakeholders.actors import actor_for
from tests.architecture.examples import EXAMPLES
from tests.factories import care, feedback, people
from tests.journeys import hostile

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = int(os.environ.get("HOSTILE", "1"))
SEED = 20261130
AWAY = 503  # says that something behind is away, which here it is not
LEFT_OUT = ("readyz", "demonstration/", "static/", "account/", "api/account/")  # the library's own forms have tests of their own
BROKEN_MULTIPARTS = (
    b"", b"--x", b"--x\r\n\r\n", b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nabc',
    b'--y\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc\r\n--y--', b"\xff\xfe" * 50,
)  # fmt: skip
PUBLIC = (
    "/", "/care/homes/", "/care/homes/?format=csv", "/feedback/register/", "/feedback/figures/", "/feedback/figures/?by=category",
    "/feedback/figures/?by=category&format=csv", "/api/feedback/figures/?by=category", "/feedback/register/register.atom",
    "/ledger/checkpoints.atom", "/responsibilities/", "/api/schema/?format=json", "/policies/products/", "/catalogue/programs/",
)  # fmt: skip


@pytest.fixture
def everybody():
    """Nobody, a citizen, and somebody who may do everything that offices may."""
    office = care.stakeholder("government", "government-authority", "示例市人民政府")
    for duty in registry.duties():
        people.mandate(office, duty)
    return {"anybody": None, "citizen": people.user(), "office": people.member(office, "administrator", "officer")}


def client_of(user) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def broken(answer) -> bool:
    list(answer.streaming_content) if getattr(answer, "streaming", False) else None
    return answer.status_code >= 500


def public_pages_open():
    anybody = client_of(None)
    return [f"{address}: {answer.status_code}" for address in PUBLIC if (answer := anybody.get(address)).status_code != 200]


@pytest.mark.parametrize("role", ["anybody", "citizen", "office"])
def test_no_address_breaks_whatever_it_is_asked(everybody, role):
    for make in EXAMPLES.values():
        make()
    client, choose, sent, wrong = client_of(everybody[role]), random.Random(f"{SEED}{role}"), 0, []
    for route, view in hostile.routes():
        if route.startswith(LEFT_OUT):
            continue
        for query in hostile.queries(view, choose, 2 * TIMES):
            address = hostile.address(route, choose)
            answer = client.get(address, query_params=query)
            sent += 1
            if broken(answer):
                wrong.append(f"{answer.status_code} GET {address} {query}")
        if choose.random() < 0.3 * TIMES:
            address, body = hostile.address(route, choose), choose.choice(BROKEN_MULTIPARTS)
            answer = client.generic("POST", address, body, content_type="multipart/form-data; boundary=x")
            sent += 1
            if broken(answer):
                wrong.append(f"{answer.status_code} POST {address} {body[:40]!r}")
    print(f"{sent} requests of {role}")  # noqa: T201 - shown with -s
    assert not wrong, "\n".join(wrong[:40])
    assert sent > 400


def parties(user_of, record, model):
    """Whoever may do most on a record, the office first."""
    from tests.journeys.test_every_page import parties as named

    return [user_of["office"], *named(model, record)]


@pytest.mark.parametrize("model", EXAMPLES, ids=lambda model: model._meta.label)
def test_no_form_of_a_record_breaks_whatever_is_typed(everybody, model):
    choose, wrong = random.Random(f"{SEED}{model._meta.label}"), []
    record = EXAMPLES[model]()
    for user in parties(everybody, record, model)[:3]:
        client, actor = client_of(user), actor_for(user, None)
        row = model.objects.visible_to(actor).with_actions(actor).filter(pk=record.pk).first()
        for action in row.available if row else []:
            page = f"{row.get_absolute_url()}{action.slug}/"
            for _n in range(2 * TIMES):
                wrong += post_twice(client, page, action.form(actor, row), choose)
    assert not wrong, "\n".join(wrong[:40])
    assert hostile.unseen_text() == []


def post_twice(client, page, form, choose):
    """Draw a form, send it with odd input, and send the same once more."""
    drawn = client.get(page)
    data = hostile.hidden(drawn.content.decode(errors="replace")) | hostile.typed(form, choose)
    answers = [client.post(page, data), client.post(page, data)]
    api = client.post(f"/api{page}", json.dumps(data), content_type="application/json")
    return [f"{answer.status_code} POST {page} {str(data)[:300]}" for answer in (drawn, *answers, api) if broken(answer)]


def test_no_founding_form_breaks_whatever_is_typed(everybody):
    choose, wrong, tried = random.Random(SEED), [], 0
    home = care.home()
    users = [everybody["office"], everybody["citizen"], people.member(home.provider, "administrator", "officer")]
    for action in registry.actions():
        if action.record is not None or action.by_clock_only():
            continue
        label, slug = action.app_label, action.slug
        page = f"/do/{slug}/" if label == "stakeholders" else f"/{label}/do/{slug}/"
        for user in users:
            if action.possible_at_all(actor := actor_for(user, None)):
                for _n in range(3 * TIMES):
                    wrong += post_twice(client_of(user), page, action.form(actor, None), choose)
                    tried += 1
    assert not wrong, "\n".join(wrong[:40])
    assert tried > 20
    assert hostile.unseen_text() == [] and public_pages_open() == []


STEPS = ("kind", "about", "text", "files", "contact", "check")


def test_the_wizard_holds_out_of_order_twice_and_with_nothing(everybody):
    """Steps in any order, with values from the address, sent twice, with a session that is gone."""
    choose, wrong = random.Random(SEED), []
    steps = [route for route, _view in hostile.routes() if route.startswith("feedback/new")]
    for _turn in range(15 * TIMES):
        client = client_of(choose.choice([None, everybody["citizen"]]))
        for _step in range(8):
            page = hostile.address(choose.choice(steps), choose).replace("none", choose.choice(STEPS)).replace("/1/", f"/{choose.choice(STEPS)}/")
            names = ("kind", "category", "subject", "text", "area", "named", "about", "remove", "home", "email", "telephone", "name")
            data = {name: choose.choice(SHORT) for name in choose.sample(names, 5)}
            answers = [client.get(page, query_params=data), client.post(page, data), client.post(page, data)]
            wrong += [f"{one.status_code} {page} {data}" for one in answers if broken(one)]
            if choose.random() < 0.1:
                client.cookies.clear()
    assert not wrong, "\n".join(wrong[:40])
    assert hostile.unseen_text() == [] and public_pages_open() == []
    assert feedback.brought().pk  # a matter can still be handed in


SHORT = (*hostile.SHORT_VALUES, "complaint", "question", "care", "990101000000", "没有暖气")
