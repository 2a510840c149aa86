"""Receipts: who gets one, what it proves, how it is checked by somebody who has nothing but it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, timedelta
from xml.etree.ElementTree import fromstring

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from governance import ledger
from governance.actions import Event, bulk
from governance.clocks.now import now, stopped_at
from governance.ledger import notes, verifier
from governance.ledger.models import Seal
from governance.ledger.reading import leaf
from governance.ledger.sequencing import sequence
from governance.receipts import codes, printing, reading
from governance.receipts.reading import receipt_of
from tests.factories import care, feedback, people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def citizen():
    return people.user()


@pytest.fixture
def event(citizen):
    """Somebody has asked for a place."""
    request = care.asks(care.Acting(citizen.person, user=citizen, user_id=citizen.pk))
    return request.events.get()


def receipt(event):
    return receipt_of(leaf(event.pk))


def address(event, end=""):
    return f"/receipts/{event.pk}/{end}"


# The code -----------------------------------------------------------------------------------------------------------------


@given(st.integers(0, 2**60 - 1))
def test_a_code_can_be_read_out_and_typed_again(code):
    text = codes.spelled(code)
    assert len(text) == 17 and codes.heard(text) == code
    assert codes.heard(text.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code


@given(st.integers(0, 2**60 - 1), st.integers(0, 13), st.integers(1, 31))
def test_one_letter_heard_wrongly_or_two_neighbours_exchanged_are_noticed(code, place, by):
    letters = codes.spelled(code).replace("-", "")
    other = codes.LETTERS[(codes.LETTERS.index(letters[place]) + by) % 32]
    with pytest.raises(codes.Misheard):
        codes.heard(letters[:place] + other + letters[place + 1 :])
    for first in range(11):
        if letters[first] != letters[first + 1]:
            with pytest.raises(codes.Misheard):
                codes.heard(letters[:first] + letters[first + 1] + letters[first] + letters[first + 2 :])


def test_a_code_heard_wrongly_is_said_to_be_so(client, event):
    code = receipt(event).code
    wrong = ("2" if code[0] != "2" else "3") + code[1:]
    assert "One letter or figure of this code is wrong." in client.post("/verify/", {"number": wrong}).content.decode()


@pytest.mark.parametrize("text", ["", "7K3M", "7K3M-9QXT-2P4U-00", "7K3M-9QXT-2P4D-000", "七", "-" * 14])
def test_what_is_no_code(text):
    assert codes.heard(text) is None


# Who gets it --------------------------------------------------------------------------------------------------------------


def test_whoever_did_it_has_the_receipt_at_once(sign_in, citizen, event):
    client = sign_in(citizen, "")
    page = client.get(address(event)).content.decode()
    assert receipt(event).code in page and event.record.reference in page and "being entered" in page
    sequence()
    page = client.get(address(event)).content.decode()
    assert "no. 0" in page and "unaltered" in page
    assert "Date told: Answer to a request for a bed" in page and f"{event.record.clocks.get().due_on:%Y-%m-%d}" in page


def test_nobody_else_has_it(sign_in, client, event):
    assert client.get(address(event)).status_code == 302
    stranger = sign_in(people.user(), "")
    for end in ("", "receipt.json", "receipt.pdf", "qr.svg"):
        assert stranger.get(address(event, end)).status_code == 404
    assert stranger.get("/receipts/00000000-0000-7000-8000-000000000000/").status_code == 404


def test_the_people_of_a_home_have_the_receipts_of_the_home(sign_in, event):
    home = event.record.home
    member = people.member(home.provider, "officer")
    assert sign_in(member).get(address(event)).status_code == 404, "what the citizen did is the citizen's"
    care.actions.ConfirmReservation.do(care.runs(home), event.record)
    theirs = event.record.events.exclude(pk=event.pk).get()
    assert sign_in(member).get(address(theirs)).status_code == 200


def test_after_an_action_the_way_to_the_receipt_is_shown(sign_in, citizen):
    bed = care.bed()
    client = sign_in(citizen, "")
    answer = client.post(f"/care/beds/{bed.pk}/reserve-bed/", {"arrives_on": care.in_days(3).isoformat(), "relation": "self", "once": "abc"}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and f'/receipts/{Event.objects.get().pk}/">Your receipt</a>' in page


def test_on_the_timeline_one_s_own_acts_lead_to_receipts_and_all_others_into_the_log(sign_in, citizen, event):
    request = event.record
    care.actions.ConfirmReservation.do(care.runs(request.home), request)
    page = sign_in(citizen, "").get(request.get_absolute_url()).content.decode()
    assert page.count(address(event)) == 1
    other = request.events.exclude(pk=event.pk).get()
    assert f"/verify/?number={other.pk}" in page


# What it proves -----------------------------------------------------------------------------------------------------------


def test_the_file_before_and_after_its_entry(sign_in, citizen, event):
    client = sign_in(citizen, "")
    early = client.get(address(event, "receipt.json")).json()
    found = verifier.check_receipt(early, notes.verifier_key())
    assert (found["index"], found["trusted"]) == (None, True)
    ledger.append("test", {"n": 1})
    sequence()
    late = client.get(address(event, "receipt.json")).json()
    found = verifier.check_receipt(late, notes.verifier_key())
    assert (found["index"], found["size"]) == (0, 2)
    assert late["salt"] == early["salt"] and late["leaf_index"] == 0 and late["reference"] == event.record.reference
    assert json.loads(late["content"])["reference"] == late["reference"]


WRONG = {
    "does-not-open": [
        lambda r: r | {"salt": "00" * 32}, lambda r: r | {"content": r["content"].replace("requested", "confirmed")},
        lambda r: r | {"leaf": json.dumps(json.loads(r["leaf"]) | {"commitment": "00" * 32})},
    ],
    "not-promised": [
        lambda r: r | {"leaf": r["leaf"].replace('"time":"2', '"time":"1')}, lambda r: r | {"promise": notes.promise(bytes(32), receipt_time(r))},
        lambda r: r | {"promise": r["checkpoint"]},
    ],
    "bad-signature": [
        lambda r: r | {"promise": r["promise"].replace("Z\n", "Y\n")}, lambda r: r | {"checkpoint": r["checkpoint"].replace("\n5\n", "\n6\n")},
    ],
    "bad-note": [lambda r: r | {"promise": "x"}],
    "not-included": [
        lambda r: r | {"leaf_index": 1}, lambda r: r | {"proof": r["proof"][:-1]}, lambda r: r | {"proof": r["proof"][::-1]},
        lambda r: r | {"checkpoint": notes.checkpoint(5, bytes(32))}, lambda r: r | {"leaf_index": 77},
    ],
    "bad-checkpoint": [lambda r: r | {"checkpoint": r["promise"]}],
    "bad-receipt": [lambda r: {}, lambda r: r | {"salt": "xx"}, lambda r: r | {"leaf": "[]"}, lambda r: r | {"content": None}],
}  # fmt: skip


def receipt_time(made):
    return receipt_of(leaf(json.loads(made["leaf"])["id"])).by


@pytest.mark.parametrize(("code", "change"), [(code, change) for code, changes in WRONG.items() for change in changes])
def test_a_receipt_that_was_changed_is_refused(client, event, code, change):
    for n in range(4):
        ledger.append("test", {"n": n})
    sequence()
    made = receipt(event).as_file()
    verifier.check_receipt(made, notes.verifier_key())
    with pytest.raises(verifier.Wrong) as problem:
        verifier.check_receipt(change(made), notes.verifier_key())
    assert problem.value.code == code
    page = client.post("/verify/", {"file": upload(change(made))}).content.decode()
    assert any(words in page for words in ("Not genuine", "Not a receipt"))


def test_the_command_line(event, tmp_path):
    sequence()
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(receipt(event).as_file(), ensure_ascii=False), encoding="utf-8")

    def run(*more: str) -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, "-I", verifier.__file__, "receipt", file, *more], capture_output=True, text=True, check=False)

    due = event.record.clocks.get().due_at.astimezone(UTC).isoformat()
    said = run("--key", notes.verifier_key()).stdout
    assert "INCLUDED: entry 0" in said and f"DATE TOLD: care.answer-reservation by {due}" in said
    assert "key was taken from the receipt" in run().stdout
    file.write_text(file.read_text(encoding="utf-8").replace("requested", "confirmed"), encoding="utf-8")
    assert run().returncode == 1
    file.write_text("{", encoding="utf-8")
    assert run().returncode == 1


# On paper -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_sheet_carries_the_receipt_and_proves_itself(sign_in, citizen, event, language):
    sequence()
    client = sign_in(citizen, "")
    answer = client.get(address(event, "receipt.pdf"), HTTP_ACCEPT_LANGUAGE=language)
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF") and b"NotoSansCJKsc" in answer.content
    page = client.post("/verify/", {"file": SimpleUploadedFile("r.pdf", answer.content)}, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "This receipt is genuine and stands in the public log." in page


def test_the_qr_code_leads_to_the_page_that_verifies(settings, event):
    settings.SITE_ADDRESS = "https://example.invalid"
    assert receipt(event).address == f"https://example.invalid/verify/?number={receipt(event).code}"
    assert printing.qr(receipt(event).address).startswith(b"<svg")


# Checking -----------------------------------------------------------------------------------------------------------------


def upload(made):
    return SimpleUploadedFile("receipt.json", json.dumps(made).encode())


def test_by_the_code_without_an_account(client, event):
    """Typed as it was heard on the telephone; the whole receipt is open afterwards, to this visitor only."""
    code = receipt(event).code
    page = client.post("/verify/", {"number": code.lower().replace("-", " ")}).content.decode()
    assert "It is being entered" in page and event.record.reference in page
    sequence()
    page = client.get(f"/verify/?number={code}").content.decode()
    assert "This receipt is genuine and stands in the public log." in page and str(event.record.get_state_display()) in page
    assert event.stakeholder.name not in page, "no person is named"
    assert client.get(address(event)).status_code == 200
    assert client.get(address(event, "receipt.json")).status_code == 200
    assert type(client)().get(address(event)).status_code == 302


def test_by_the_number_of_an_entry_anybody_sees_that_there_is_one(client, event):
    sequence()
    for number in ("0", str(event.pk)):
        page = client.post("/verify/", {"number": number}).content.decode()
        assert "no. 0" in page and event.record.reference not in page and receipt(event).code not in page
    assert client.get(address(event)).status_code == 302


@pytest.mark.parametrize("number", ["7", "7K3M-9QXT-2P4D-1Z", "7K3M-9QXT-2P4D", "CW-20261123-48291735-6", "x", "99999999999999999999", "00000000-0000-7000-8000-000000000000", "\x00"])
def test_what_is_not_known(client, event, number):
    sequence()
    assert "There is nothing under this number." in client.post("/verify/", {"number": number}).content.decode() or "\x00" in number


def test_nothing_given(client):
    answer = client.post("/verify/", {})
    assert answer.status_code == 422 and "Type the tracking code" in answer.content.decode()


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\x00\xff", b"%PDF-1.7 stream\nx endstream", b'{"kind":"receipt"}', b'{"kind":"receipt","log":{"key":"x"}}'])
def test_files_that_are_no_receipts(client, data):
    page = client.post("/verify/", {"file": SimpleUploadedFile("x", data or b" ")}).content.decode()
    assert any(words in page for words in ("There is no receipt in this file.", "This receipt is from another log."))


def test_a_receipt_whose_leaf_the_log_has_lost(client, event, django_db_blocker):
    """The file is proof against whoever runs the log."""
    from django.db import connection

    made = receipt(event).as_file()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE ledger_seal DISABLE TRIGGER ALL; ALTER TABLE ledger_leaf DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM ledger_waiting; DELETE FROM ledger_seal; DELETE FROM ledger_leaf")
    assert "the log does not have what it promised" in client.post("/verify/", {"file": upload(made)}).content.decode()


def test_an_erased_receipt(client, sign_in, citizen, event):
    made, code = receipt(event).as_file(), receipt(event).code
    assert "Nothing has been erased." in client.get("/ledger/erasures/").content.decode()
    call_command("ledger", "erase", str(event.pk), "--basis", "示例：第十二条", verbosity=0)
    with pytest.raises(CommandError, match="before"):
        call_command("ledger", "erase", str(event.pk), "--basis", "again", verbosity=0)
    sequence()
    assert "erased by law" in client.post("/verify/", {"file": upload(made)}).content.decode()
    assert "nothing under this number" in client.post("/verify/", {"number": code}).content.decode()
    assert "erased by law" in client.get("/verify/?number=0").content.decode()
    assert sign_in(citizen, "").get(address(event)).status_code == 404
    for shown in ("/ledger/", "/ledger/erasures/"):
        page = client.get(shown).content.decode()
        assert "示例：第十二条" in page and str(event.pk) in page and "no. 0" in page
    stone = client.get(re.search(r'"(/ledger/erasures/[^"]+\.json)"', page)[1]).json()
    assert verifier.check_receipt(stone, notes.verifier_key())["index"] == 1 and "code" not in stone, (
        "anybody can open a tombstone"
    )
    assert json.loads(stone["content"])["leaf"] == str(event.pk)
    assert client.get(f"/ledger/erasures/{event.pk}.json").status_code == 404, "only tombstones are open to everybody"
    assert not Seal.objects.filter(pk=event.pk, code__isnull=False).exists()


# The page of the log, the feed ------------------------------------------------------------------------------------------


def test_the_page_of_the_log(client, event):
    assert "log is late" not in client.get("/ledger/").content.decode(), "an empty log has a page too"
    with stopped_at(now() + timedelta(seconds=61)):
        assert "log is late" in client.get("/ledger/").content.decode()
    sequence()
    page = client.get("/ledger/").content.decode()
    assert notes.verifier_key().replace("+", "&#x2B;") in page or notes.verifier_key() in page


def test_the_feed_holds_whole_checkpoints(client, event):
    sequence()
    answer = client.get("/ledger/checkpoints.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    import xml.etree.ElementTree as tree

    summary = tree.fromstring(answer.content).find(".//{*}entry/{*}summary").text
    assert verifier.read_checkpoint(summary, notes.verifier_key())[0] == 1
    assert reading.log_page()["head"].size == 1


# What was said ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def complaint(client):
    """Brought without an account: the tracking code is all that one has."""
    made = feedback.brought(text="九月起每月多收一百八十元。", telephone="13800000000")
    return made.events.get()


def known(client, event):
    client.post("/verify/", {"number": receipt(event).code})
    return client


def test_whoever_has_the_code_of_what_nobody_signed_for_opens_what_was_said(client, complaint):
    page = known(client, complaint).get(address(complaint)).content.decode()
    assert "九月起每月多收一百八十元。" in page and "13800000000" in page
    made = client.get(address(complaint, "receipt.json")).json()
    assert made["values"]["text"] == "九月起每月多收一百八十元。"
    assert "九月起" not in made["content"] and "13800000000" not in made["content"]
    assert "text" in verifier.check_receipt(made, notes.verifier_key())["values"]
    verifier.check_value(made, "telephone", "13800000000")


@pytest.mark.parametrize("change", [{"values": {"text": "forged"}}, {"values": {"text": "九月起每月多收一百八十元。", "bed_id": "7"}}, {"values_key": "00" * 32}])
def test_another_text_is_not_what_the_receipt_seals(client, complaint, change):
    made = known(client, complaint).get(address(complaint, "receipt.json")).json() | change
    with pytest.raises(verifier.Wrong) as wrong:
        verifier.check_receipt(made, notes.verifier_key())
    assert wrong.value.code in {"other-value", "not-sealed"}
    answer = client.post("/verify/", {"file": SimpleUploadedFile("receipt.json", json.dumps(made).encode())}).content.decode()
    assert "A value in it is not" in answer


def test_a_value_is_claimed_on_the_command_line(client, complaint, tmp_path, capsys):
    file, said = tmp_path / "receipt.json", tmp_path / "text.txt"
    file.write_text(json.dumps(known(client, complaint).get(address(complaint, "receipt.json")).json()), encoding="utf-8")
    said.write_text("九月起每月多收一百八十元。", encoding="utf-8")
    assert verifier.main(["receipt", str(file), "--key", notes.verifier_key(), "--value", f"text=@{said}", "--value", "kind=complaint"]) == 0
    assert "SEALED: text" in capsys.readouterr().out
    assert verifier.main(["receipt", str(file), "--key", notes.verifier_key(), "--value", "kind=praise"]) == 1


def test_who_only_knows_the_code_of_another_s_act_cannot_try_out_what_was_said(client, event):
    """Sex and level of care are few: with the key whoever holds the paper could find them out."""
    made = known(client, event).get(address(event, "receipt.json")).json()
    assert "values_key" not in made and "values" not in made
    assert len(made["salt"]) == 64 and verifier.check_receipt(made, notes.verifier_key())["values"] == []


def test_the_same_value_is_sealed_otherwise_each_time():
    digests = {json.loads(bytes(receipt(care.asks().events.get()).leaf.seal.content))["values"]["arrives_on"] for _ in range(3)}
    assert len(digests) == 3


def test_what_was_erased_opens_nothing_any_more(client, complaint):
    client = known(client, complaint)
    ledger.erase(complaint.pk, "示例")
    assert client.get(address(complaint, "receipt.json")).status_code in (302, 404)


def test_what_was_changed_later_is_counted_and_not_shown(sign_in, citizen, event):
    event.record.__class__.objects.filter(pk=event.record_id).update(wish="another")
    made = sign_in(citizen, "").get(address(event, "receipt.json")).json()
    assert "wish" not in made["values"] and made["values"]["bed_id"] == str(event.record.bed_id)


def test_what_was_done_together_leads_to_the_leaf_it_shares(sign_in, citizen, client):
    with bulk.bundle("test", user_id=citizen.pk) as bundle:
        bundle.founded(type(citizen.person), [citizen.person_id])
    sequence()
    shared = citizen.person.events.get()
    assert "no. 0" in client.get(f"/verify/?number={shared.pk}").content.decode()
    assert sign_in(citizen, "").get(address(shared)).url == f"/verify/?number={shared.pk}"


def test_the_feed_of_checkpoints_names_its_author_and_entries_by_iris(client, event):
    sequence()
    feed = fromstring(client.get("/ledger/checkpoints.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.find(f"{atom}author/{atom}name").text
    ids = [entry.find(f"{atom}id").text for entry in feed.findall(f"{atom}entry")]
    assert ids and all(re.fullmatch(r"tag:[a-z0-9.-]+,2026:[a-z]+/[0-9]+", id) for id in ids), ids
