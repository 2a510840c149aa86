"""A statement can be taken along and verified by whoever gets it; nobody can change it, nobody else can read it."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from governance.access.models import Access
from governance.actions import NotResponsible
from governance.clocks.now import today
from governance.entitlements.actions import IssueStatement
from governance.entitlements.models import Statement
from governance.ledger import verifier
from governance.ledger.sequencing import sequence
from governance.receipts import checking
from governance.stakeholders.actors import actor_for
from governance.stakeholders.models import Delegation
from tests.factories.entitlements import citizen, statement

pytestmark = pytest.mark.django_db



def file_of(client, made, ending="json"):
    answer = client.get(f"{made.get_absolute_url()}statement.{ending}")
    assert answer.status_code == 200
    return answer.content


@pytest.fixture
def father():
    return citizen(date(1948, 2, 29), male=True)


def test_what_the_event_seals_is_the_fingerprint_of_what_stands_in_it(father):
    made = statement(father)
    assert made.events.get().changes == {"fingerprint": hashlib.sha256(made.document.encode()).hexdigest()}
    assert {one["program"] for one in made.content["lines"]} >= {"employee-pension", "residents-pension", "care-subsidy"}
    assert all(one["missing"] for one in made.content["lines"] if one["standing"] == "cannot-tell")


@pytest.mark.parametrize("ending", ["json", "pdf"])
def test_it_verifies_as_a_file_and_on_paper(father, sign_in, ending):
    made = statement(father)
    client = sign_in(father, "")
    assert checking.by_file(file_of(client, made, ending)).verdict == "promised"
    sequence()
    data = file_of(client, made, ending)
    finding = checking.by_file(data)
    assert (finding.verdict, finding.receipt.reference) == ("included", made.reference)
    answer = client.post("/verify/", {"file": SimpleUploadedFile(f"s.{ending}", data)}, headers={"accept-language": "en"})
    assert "This receipt is genuine" in answer.content.decode()


def test_one_changed_amount_is_noticed_here_and_by_the_stand_alone_verifier(father, sign_in, tmp_path, capsys):
    made = statement(father)
    told = json.loads(file_of(sign_in(father, ""), made))
    file = tmp_path / "statement.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert verifier.main(["receipt", str(file)]) == 0
    told["document"] = told["document"].replace('"standing":"unclaimed"', '"standing":"have"').replace("cannot-tell", "have")
    finding = checking.by_file(json.dumps(told).encode())
    assert (finding.verdict, finding.reason) == ("changed", checking.REASONS["other-document"])
    file.write_text(json.dumps(told), encoding="utf-8")
    assert verifier.main(["receipt", str(file)]) == 1
    assert "other-document" in capsys.readouterr().out


def test_the_receipt_of_something_else_seals_nothing(father, sign_in):
    mine, other = statement(father), statement(father)
    client = sign_in(father, "")
    one, two = (json.loads(file_of(client, made)) for made in (mine, other))
    assert checking.by_file(json.dumps(one | {"receipt": two["receipt"], "document": one["document"] + " "}).encode()).verdict == "changed"


def test_nobody_else_reads_it(father, sign_in):
    made, stranger = statement(father), citizen(serial=300)
    for ending in ("", "statement.json", "statement.pdf"):
        assert sign_in(stranger, "").get(made.get_absolute_url() + ending).status_code == 404


def test_the_database_keeps_it_as_it_is(father):
    made = statement(father)
    for change in (lambda: Statement.objects.filter(pk=made.pk).update(document="{}"), lambda: Statement.objects.filter(pk=made.pk).delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def delegated(father, *scopes):
    daughter = citizen(serial=200)
    delegation = Delegation.objects.create(
        principal=father.person, delegate=daughter.person, area=father.person.area, scopes=list(scopes), starts_on=today(), state="accepted", delegate_email=daughter.email
    )
    return daughter, actor_for(daughter, f"d{delegation.pk}")


def test_a_daughter_takes_it_along_for_her_father_who_sees_it(father, sign_in):
    daughter, actor = delegated(father, "*")
    made = IssueStatement.do(actor)
    assert made.person_id == father.person_id
    file_of(sign_in(daughter, actor.current), made)
    assert Access.objects.about(father.person_id).get().reference == made.reference


def test_whoever_is_let_act_in_care_only_has_no_statement_issued(father):
    _daughter, actor = delegated(father, "care")
    with pytest.raises(NotResponsible):
        IssueStatement.do(actor)
