"""By which ways a notice goes out, what becomes of each, and which way comes next when it does not arrive."""

from __future__ import annotations

import io
import json
import smtplib
import sys
from email import policy
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance import outbox
from governance.access.models import Access
from governance.notices import letters, sending, sms
from governance.notices.models import Choice, Notice
from governance.notices.vocabulary import Category
from governance.outbox.models import Item
from governance.stakeholders.models import Stakeholder
from governance.stakeholders.vocabulary import Duty
from programs.care import actions
from programs.care.vocabulary import Duty as CareDuty
from tests.factories import care, people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def carrier(settings, tmp_path):
    """Text messages go into a file, as in the demonstration."""
    settings.SMS_CARRIER, settings.SMS_FILE = "governance.notices.sms.File", str(tmp_path / "sms.jsonl")

    def sent() -> list[dict[str, str]]:
        file = tmp_path / "sms.jsonl"
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []

    return sent


@pytest.fixture
def citizen(db):
    return people.user(language="en")


def with_number(person: Stakeholder, number: str = "138 0000 0000") -> Stakeholder:
    Stakeholder.objects.filter(pk=person.pk).update(phone=number, address="示例市松风区示例路1号")
    return person


def told(person: Stakeholder, decline: bool = False) -> Notice:
    """The home has answered this person, which ends a period set by law."""
    home = care.home()
    request_ = care.asks(care.Acting(person), care.bed(home))
    actions.ConfirmReservation.do(care.runs(home), request_)
    deliver()
    return Notice.objects.get(recipient=person)


def deliver() -> None:
    while outbox.deliver_due():
        pass


def ways(notice: Notice) -> list[tuple[str, str]]:
    return list(notice.dispatches.order_by("id").values_list("way", "outcome"))


@pytest.fixture
def counter(db):
    """An officer of the counter that knows the people of the area."""
    office = care.stakeholder("government", "government-authority", "示例市民政局")
    people.mandate(office, Duty.VERIFY_IDENTITIES)
    return people.member(office)


class Refusing(EmailBackend):
    """A mail server that knows nobody of this name."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


def test_an_email_that_was_accepted_is_the_only_way(citizen, carrier):
    notice = told(with_number(citizen.person))
    assert notice.category == Category.STATUTORY and ways(notice) == [("email", "sent")] and not carrier()
    assert mail.outbox[-1].extra_headers["Message-ID"].startswith(f"<{notice.dispatches.get().pk}@")


def test_who_has_no_such_address_gets_a_text_message_in_their_language(citizen, settings, carrier):
    settings.EMAIL_BACKEND = "tests.notices.test_ways.Refusing"
    notice = told(with_number(citizen.person))
    assert ways(notice) == [("email", "refused"), ("sms", "sent")]
    (text,) = carrier()
    assert text["to"] == "13800000000" and notice.about.record.reference in text["text"] and text["text"].startswith("Something has changed")
    for word in (citizen.person.name, notice.event.stakeholder.name, "bed"):
        assert word not in text["text"]


RETURNED = """From: MAILER-DAEMON@example.invalid
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; user@example.invalid
Action: failed
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: {id}
Subject: x

--b--
"""


def comes_back(monkeypatch, message, status="5.1.1") -> None:
    text = RETURNED.format(id=message.extra_headers["Message-ID"], status=status)
    assert BytesParser(policy=policy.default).parsebytes(text.encode()).is_multipart()
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    call_command("returned")
    deliver()


def test_an_email_that_comes_back_is_followed_by_a_text_message_and_that_by_a_letter(citizen, carrier, monkeypatch, counter, sign_in):
    notice = told(with_number(citizen.person))
    comes_back(monkeypatch, mail.outbox[-1], "4.2.2")
    assert ways(notice) == [("email", "sent")], "a delay is no return"
    comes_back(monkeypatch, mail.outbox[-1])
    comes_back(monkeypatch, mail.outbox[-1])
    assert ways(notice) == [("email", "returned"), ("sms", "sent")] and len(carrier()) == 1
    assert notice.dispatches.get(way="email").problem == "5.1.1"
    call_command("returned", str(notice.dispatches.get(way="sms").pk))
    deliver()
    assert ways(notice) == [("email", "returned"), ("sms", "returned"), ("paper", "to-print")]
    text = sign_in(citizen, "").get("/notices/", headers={"Accept-Language": "en"}).content.decode()
    assert "e-mail: came back" in text and "letter: waits to be printed" in text


def test_what_is_no_return_of_ours_is_refused(monkeypatch, db):
    for text in ("", "Message-ID: <x@example.invalid>", "Message-ID: <00000000-0000-7000-8000-000000000000@example.invalid>"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        with pytest.raises(CommandError):
            call_command("returned")


def test_a_person_without_an_account_is_written_to_by_post(counter, sign_in, carrier, monkeypatch):
    person = with_number(care.stakeholder("citizen", "citizen-person", "示例老人"), "0571-88880000")
    notice = told(person)
    assert ways(notice) == [("sms", "refused"), ("paper", "to-print")] and not carrier()
    stranger = people.member(care.home().provider)
    letter = reverse("notices:letter", args=[notice.dispatches.get(way="paper").pk])
    assert sign_in(stranger, f"m{stranger.memberships.get().pk}").get(letter).status_code == 404
    at_counter = sign_in(counter, f"m{counter.memberships.get().pk}")
    assert "示例老人" in at_counter.get("/notices/letters/").content.decode()
    printed, compile_ = [], letters.typst.compile
    monkeypatch.setattr(letters.typst, "compile", lambda *a, **k: printed.append(k["sys_inputs"]["said"]) or compile_(*a, **k))
    sheet = at_counter.get(letter).content
    assert sheet.startswith(b"%PDF") and b"NotoSansCJKsc" in sheet
    assert all(part in printed[0] for part in ("示例老人", "示例路1号", notice.about.record.reference))
    assert {a.how for a in Access.objects.about(person.pk).filter(user=counter)} == {"list", "download"}, "the person sees who printed it"
    at_counter.post(letter)
    assert ways(notice)[-1] == ("paper", "posted") and notice.dispatches.get(way="paper").by == counter
    assert at_counter.get(letter).status_code == 404, "posted once"


def test_one_chooses_for_each_category_but_cannot_refuse_what_the_law_demands(citizen, sign_in, carrier):
    with_number(citizen.person)
    client = sign_in(citizen, "")
    assert client.post("/notices/choices/", {"dates": "email"}).status_code == 422
    assert not Choice.objects.exists()
    assert client.post("/notices/choices/", {"statutory": ["email", "sms"], "dates": ["sms"]}).status_code == 302
    assert sending.choices_of(citizen) == {"statutory": ["email", "sms"], "dates": ["sms"], "changes": []}
    assert sorted(ways(told(citizen.person))) == [("email", "sent"), ("sms", "sent")] and len(carrier()) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.filter(category="statutory").update(ways=[])


def test_who_wants_no_e_mails_of_a_category_finds_it_in_the_inbox_only(citizen, monkeypatch):
    monkeypatch.setattr(Notice, "category", Category.CHANGES)
    sending.choose(citizen, {"changes": []})
    assert ways(told(citizen.person)) == []


def test_a_mail_server_that_is_away_is_tried_again_and_nothing_else(citizen, settings, monkeypatch):
    with_number(citizen.person)
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *_a: (_ for _ in ()).throw(ConnectionRefusedError()))
    notice = told(citizen.person)
    assert ways(notice) == [] and Item.objects.undone().get(topic="notices.write").attempts == 1


def test_a_carrier_over_http(settings):
    """The example: what it posts, and which answers mean never and which mean later."""
    asked, answers = [], [200, 400, 429, 503]

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append((self.headers["Authorization"], json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(answers.pop(0))
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_CARRIER, settings.SMS_URL, settings.SMS_TOKEN = "governance.notices.sms.Http", f"http://127.0.0.1:{server.server_port}/", "secret"
    sms.carrier().send("13800000000", "text", "k")
    assert asked == [("Bearer secret", {"to": "13800000000", "text": "text", "key": "k"})]
    for expected in (sms.Undeliverable, OSError, OSError):
        with pytest.raises(expected):
            sms.carrier().send("13800000000", "text", "k")
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("number", "found"), [("138 0000 0000", "13800000000"), ("+86-13800000000", "13800000000"), ("0571-88880000", ""), ("", ""), ("12800000000", "")])
def test_mobile_numbers(number, found):
    assert sms.mobile(number) == found


def test_the_feed_tells_what_happens_in_public_and_nothing_of_people(client, citizen):
    told(citizen.person)
    home = care.home(name="示例公开养老院")
    actions.SuspendHome.do(care.office(CareDuty.SUPERVISE_HOMES), home, reason="示例")
    answer = client.get("/public.atom", headers={"Accept-Language": "en"})
    assert answer.status_code == 200 and "application/atom+xml" in answer["Content-Type"]
    text = answer.content.decode()
    assert "示例公开养老院" in text and "Suspend" in text
    assert citizen.person.name not in text and "reservation" not in text.lower()
